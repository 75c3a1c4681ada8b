import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { shownRun } from '#engine/books/index.ts';
import type { RunList, ShownRun } from '#engine/books/index.ts';
import type { Route } from './+types/runs.ts';
import { asked } from '../context.ts';
import { hrefIn } from '../view.ts';
import { Acted, actsText, againstText, ChangeCells, ChangeHeads, Count, movedTexts, Nothing, PeopleNote, stopTexts } from './books-view.tsx';
import { Demo, DemoNote, demoShare } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { useDesk } from './words.ts';
import { Scroll } from './scroll.tsx';

interface Loaded {
  readonly store: boolean;
  readonly runs: readonly ShownRun[];
  readonly cutOff: RunList['cutOff'];
  readonly demo: DemoShare;
}

export async function loader(args: Route.LoaderArgs): Promise<Loaded> {
  const { city } = asked(args);
  const { books } = city;
  const runs = await books?.runs();
  return { store: books !== undefined, runs: (runs?.finished ?? []).map(shownRun), cutOff: runs?.cutOff ?? [], demo: demoShare(city) };
}

export default function Runs({ loaderData: { store, runs, cutOff, demo } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  const [newest] = runs;
  return (
    <>
      <title>{t('runs.title')}</title>
      <h1>{t('runs.title')}</h1>
      <p className="desk-lead">{t('runs.lead')}</p>
      {store ? null : <Nothing says={t('books.no-store')} />}
      {newest === undefined ? <Nothing says={t('runs.none')} command="minsheng decide --all --against grants" /> : <><PeopleNote people={newest.people} /><DemoNote share={demo} /><List runs={runs} demo={demo.standards > 0} /></>}
      {cutOff.length === 0 ? null : <><h2>{t('runs.cut-off')}</h2><p>{t('runs.cut-off.says')}</p><ul className="desk-places">{cutOff.map(({ id }) => <li key={id}>{id}</li>)}</ul></>}
    </>
  );
}

function List({ runs, demo }: { readonly demo: boolean; readonly runs: readonly ShownRun[] }): ReactNode {
  const { t, locale } = useDesk();
  const view = { locale, size: 'normal', place: '' } as const;
  return (
    <Scroll label={t('runs.title')}>
      <table className="desk-plain desk-wide" id="runs">
        <caption className="desk-hidden">{t('runs.title')}</caption>
        <thead><tr><th scope="col">{t('runs.day')}</th><th scope="col">{t('runs.release')}</th><th scope="col">{t('runs.against')}</th><th scope="col" className="desk-num">{t('runs.grants')}</th><ChangeHeads /><th scope="col" className="desk-num">{t('runs.moved')}</th><th scope="col">{t('runs.stops')}</th><th scope="col">{t('runs.acted')}</th></tr></thead>
        <tbody>{runs.map((run) => (
          <tr key={run.id}>
            <th scope="row"><Link to={hrefIn(view, `/desk/runs/${run.id}`)}>{run.asOf}</Link><br /><small className="desk-muted">{run.id.slice(-12)}</small><Demo is={demo} /></th>
            <td>{run.people.release}</td>
            <td>{againstText(run, t)}</td>
            <Count of={run.grants} /><ChangeCells counts={run.counts} /><td className="desk-num">{run.movedFen === 0 ? t('runs.moved-nothing') : movedTexts(run, t).map((text) => <div key={text}>{text}</div>)}</td>
            <td>{stopTexts(run, t).map((text) => <div key={text}>{text}</div>)}{run.stops.length === 0 ? t('stop.none') : null}</td>
            <td><Acted of={run} /><br />{actsText(run.acts, t)}</td>
          </tr>
        ))}</tbody>
      </table>
    </Scroll>
  );
}
