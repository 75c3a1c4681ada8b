import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { differenceOf, serviceName } from '#engine/entitlement/index.ts';
import type { DiffLine } from '#engine/entitlement/index.ts';
import type { Route } from './+types/reforms.ts';
import { asked } from '../context.ts';
import { figure } from '../format.ts';
import { State } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

/** What a reform was found to do to a service, ready to be shown. */
interface Effect {
  readonly service: string;
  readonly name: string;
  readonly counts: readonly number[];
  readonly before: string;
  readonly after: string;
}

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly state: 'scheduled' | 'in-force' | 'withdrawn';
  readonly on: string;
  readonly told: string;
  readonly withdrawn: string | null;
  readonly tried: { readonly people: string; readonly effects: readonly Effect[] } | null;
  readonly changes: readonly { readonly file: string; readonly key: string; readonly lines: readonly DiffLine[] }[];
  readonly text: string;
}

export function loader(args: Route.LoaderArgs): { readonly reforms: readonly Shown[] } {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  return { reforms: city.reforms().map(({ entry, state, withdrawn }): Shown => ({
    id: entry.id, name: entry.name ? say(entry.name, locale) : entry.id, state, on: entry.on ?? '', text: entry.reform ?? '',
    told: t('reforms.told', { by: entry.by, at: entry.at }), withdrawn: withdrawn ? t('reforms.withdrawn-by', { by: withdrawn.by, at: withdrawn.at }) : null,
    changes: (entry.changes ?? []).map(({ file, key, before, after }) => ({ file, key, lines: differenceOf(before, after) })),
    tried: entry.tried ? {
      people: t(entry.tried.synthetic ? 'reforms.people-synthetic' : 'reforms.people-real', { count: entry.tried.people.toLocaleString('en'), on: entry.tried.on }),
      effects: entry.tried.effects.map((one): Effect => ({ service: one.service, name: serviceName(city.pack, one.service, locale), counts: [one.new, one.raised, one.lowered, one.ended, one.nowUnknown], before: yuan(one.beforeFen), after: yuan(one.afterFen) })),
    } : null,
  })) };
}

const yuan = (fen: number): string => figure({ units: fen, scale: 2 });

const TONES = { scheduled: 'warn', 'in-force': 'ok', withdrawn: 'quiet' } as const;

export default function Reforms({ loaderData: { reforms } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('reforms.title')}</title>
      <h1>{t('reforms.title')}</h1>
      <p className="desk-lead">{t('reforms.lead')}</p>
      {reforms.length === 0 ? <p className="desk-note" role="status">{t('reforms.none')}</p> : reforms.map((one) => <Reform key={one.id} of={one} />)}
      <h2 id="how">{t('reforms.how')}</h2>
      <p className="desk-lead">{t('reforms.how-says')}</p>
      <pre className="desk-code">{`minsheng simulate ${t('reforms.file')}.yaml\nminsheng reform schedule ${t('reforms.file')}.yaml --on 2027-01-01\nminsheng reform list\nminsheng reform withdraw ${t('reforms.number')}`}</pre>
    </>
  );
}

function Reform({ of: { id, name, state, on, told, withdrawn, tried, changes, text } }: { readonly of: Shown }): ReactNode {
  const { t } = useDesk();
  return (
    <section aria-labelledby={`r-${id}`} data-reform={id}>
      <h2 id={`r-${id}`}>{t('reforms.from', { on })} · {name}</h2>
      <p><State tone={TONES[state]}>{t(`reforms.state.${state}`)}</State> <span className="desk-muted">{told} {withdrawn}</span> <code>{id}</code></p>
      {changes.map(({ file, key, lines }) => (
        <figure key={`${file} ${key}`} className="desk-diff">
          <figcaption>{file} · {key}</figcaption>
          <pre>{lines.map(({ mark, line }, at) => <span key={at} data-mark={mark}>{`${mark} ${line}\n`}</span>)}</pre>
        </figure>
      ))}
      {tried === null ? <p className="desk-muted">{t('reforms.untried')}</p> : (
        <div className="desk-scroll"><table className="desk-plain">
          <caption>{tried.people}</caption>
          <thead><tr><th scope="col">{t('simulate.service')}</th>{COUNTS.map((key) => <th key={key} scope="col" className="desk-num">{t(key)}</th>)}<th scope="col" className="desk-num">{t('simulate.before-money')}</th><th scope="col" className="desk-num">{t('simulate.after-money')}</th></tr></thead>
          <tbody>{tried.effects.map(({ service, name: of, counts, before, after }) => <tr key={service}><th scope="row"><a href={`/services/${service}`}>{of}</a></th>{counts.map((count, at) => <td key={COUNTS[at]} className="desk-num">{count}</td>)}<td className="desk-num">{before}</td><td className="desk-num">{after}</td></tr>)}</tbody>
        </table></div>
      )}
      <details><summary>{t('reforms.text')}</summary><pre className="desk-code">{text}</pre></details>
    </section>
  );
}

const COUNTS = ['simulate.new', 'simulate.raised', 'simulate.lowered', 'simulate.ended', 'simulate.now-unknown'] as const;
