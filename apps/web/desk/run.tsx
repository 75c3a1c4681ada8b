import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { shownRunDetail } from '#engine/books/index.ts';
import type { ShownRun, ShownRunDetail, ShownRunService } from '#engine/books/index.ts';
import { ACTS, CYCLES, isDemoStandard, payerKey } from '#engine/entitlement/index.ts';
import type { ActKind } from '#engine/entitlement/index.ts';
import type { Route } from './+types/run.ts';
import { asked, foundOrThrow } from '../context.ts';
import { hrefIn } from '../view.ts';
import { Acted, againstText, CHANGE_TITLES, ChangeCells, ChangeHeads, clauseSays, Command, Count, Fen, payerName, PeopleNote, serviceName, stopTexts } from './books-view.tsx';
import { yuan } from './simulated.ts';
import { Demo, DemoNote, demoShare } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { deskWords, useDesk } from './words.ts';
import { Scroll } from './scroll.tsx';

interface ServiceLine extends Omit<ShownRunService, 'payers' | 'clauses'> {
  readonly demo: boolean;
  /** Whether the shares of who pays are for demonstration. */
  readonly demoPayers: boolean;
  readonly name: string;
  readonly payers: readonly { readonly name: string; readonly fen: number | null }[];
  readonly clauses: readonly (ShownRunService['clauses'][number] & { readonly says: string })[];
}

interface Loaded {
  readonly run: Omit<ShownRunDetail, 'services'>;
  readonly services: readonly ServiceLine[];
  readonly demo: DemoShare;
}

export async function loader(args: Route.LoaderArgs): Promise<Loaded> {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const { services, ...run } = shownRunDetail(foundOrThrow(await city.books?.run(args.params.id)));
  return {
    run, demo: demoShare(city, services.map(({ service }) => service)),
    services: services.map((one) => ({
      ...one, demo: isDemoStandard(city.demoServices().get(one.service)), demoPayers: city.demoServices().get(one.service)?.payers ?? false, name: serviceName(city.pack, one.service, locale),
      payers: one.payers.map(({ level, county, fen }) => ({ name: payerName(city.pack, payerKey(level, county ?? undefined), locale, t), fen })),
      clauses: one.clauses.map((clause) => ({ ...clause, says: clauseSays(city, { service: one.service, ...clause }, run.asOf, locale, t) })),
    })),
  };
}

export default function Run({ loaderData: { run, services, demo } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const title = t('run.title', { day: run.asOf });
  return (
    <>
      <title>{title}</title>
      <p><Link to={hrefIn({ locale, size: 'normal', place: '' }, '/desk/runs')}>{t('run.back')}</Link></p>
      <h1>{title}</h1>
      <p className="desk-lead">{t('run.against', { what: againstText(run, t) })} · {run.id}</p>
      <PeopleNote people={run.people} />
      <DemoNote share={demo} money />
      <p>{t('run.sum', { grants: run.grants.toLocaleString('en') })}</p>
      {run.cycles.length === 0 ? null : <ul>{run.cycles.map(({ cycle, beforeFen, movedFen }) => <li key={cycle}>{t('run.sum-of', { cycle: t(`cycle.${cycle}`), before: yuan(beforeFen), moved: yuan(movedFen) })}</li>)}</ul>}
      {run.stops.length === 0 ? <p>{t('stop.none-long')}</p> : <div role="note">{stopTexts(run, t).map((text) => <p key={text} className="desk-state warn">◆ {text}</p>)}<p>{t(run.acted === 'whole' ? 'stop.was-let-go' : 'stop.means')}</p></div>}
      <Acts run={run} />
      <h2>{t('run.services')}</h2>
      {services.length === 0 ? <p>{t('run.no-service')}</p> : <Services services={services} />}
      {services.filter(({ payers, clauses }) => payers.length > 0 || clauses.length > 0).map((one) => <Service key={one.service} line={one} />)}
    </>
  );
}

function Acts({ run }: { readonly run: ShownRun }): ReactNode {
  const { t } = useDesk();
  const done = ACTS.filter((act) => run.acts[act].count !== 0);
  return (
    <>
      <h2 id="acts">{t('run.acts')}</h2>
      <p><Acted of={run} /></p>
      {done.length === 0 ? null : (
        <table className="desk-plain desk-narrow" data-of="acts">
          <thead><tr><th scope="col">{t('run.act')}</th><th scope="col" className="desk-num">{t('run.changes')}</th><th scope="col" className="desk-num">{t('run.act-fen')}</th></tr></thead>
          <tbody>{done.map((act) => <tr key={act}><th scope="row">{t(`act.${act}`)}<br /><small className="desk-muted">{t(`act.${act}.says`)}</small></th><Count of={run.acts[act].count} /><ActMoney of={run.acts[act]} /></tr>)}</tbody>
        </table>
      )}
      <Next run={run} />
    </>
  );
}

/** The money behind an act, cycle by cycle; few people's is not shown. */
function ActMoney({ of: { fen, byCycle = {} } }: { readonly of: ShownRun['acts'][ActKind] }): ReactNode {
  const { t } = useDesk();
  const texts = CYCLES.flatMap((cycle) => (byCycle[cycle] === undefined ? [] : [t('runs.moved-of', { cycle: t(`cycle.${cycle}`), moved: yuan(byCycle[cycle]) })]));
  return texts.length === 0 ? <Fen of={fen} /> : <td className="desk-num">{texts.map((text) => <div key={text}>{text}</div>)}</td>;
}

/** The command that comes next. */
function Next({ run: { id, asOf, against, acted } }: { readonly run: Pick<ShownRun, 'id' | 'asOf' | 'against' | 'acted'> }): ReactNode {
  const { t } = useDesk();
  if (acted === 'nothing') return null;
  if (against.kind !== 'grants') return <p>{t('run.not-actable')} <Command of={`minsheng decide --all --as-of ${asOf} --against grants`} /></p>;
  return acted === 'whole' ? <p>{t('run.then')} <Command of={`minsheng pay book --month ${asOf.slice(0, 7)}`} /></p> : <p>{t(acted === 'part' ? 'run.go-on' : 'run.act-on')} <Command of={`minsheng act ${id} --accept --as NAME`} /></p>;
}

function Services({ services }: { readonly services: readonly ServiceLine[] }): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <Scroll label={t('run.services')}>
        <table className="desk-plain desk-wide" id="services">
          <caption className="desk-hidden">{t('run.services')}</caption>
          <thead><tr><th scope="col">{t('simulate.service')}</th><th scope="col">{t('simulate.cycle')}</th><th scope="col" className="desk-num">{t('run.before')}</th><th scope="col" className="desk-num">{t('run.after')}</th><ChangeHeads /><th scope="col" className="desk-num">{t('run.before-money')}</th><th scope="col" className="desk-num">{t('run.decided-money')}</th></tr></thead>
          <tbody>{services.map((one) => (
            <tr key={one.service}>
              <th scope="row">{one.payers.length > 0 || one.clauses.length > 0 ? <a href={`#${one.service}`}>{one.name}</a> : one.name}<Demo is={one.demo} /></th>
              <td>{one.cycle === null ? '—' : t(`cycle.${one.cycle}`)}</td>
              <Count of={one.before.grants} />{one.after === null ? <td className="desk-num">{t('run.not-decided')}</td> : <Count of={one.after.grants} />}
              <ChangeCells counts={one.counts} />
              <Money fen={one.before.fen} line={one} /><Money fen={one.after === null ? undefined : one.after.fen} line={one} />
            </tr>
          ))}</tbody>
        </table>
      </Scroll>
      <p className="desk-muted">{t('run.notes')}</p>
    </>
  );
}

/** Undefined: there is none. A service that brings no money shows none. */
function Money({ fen, line: { after, cycle } }: { readonly fen: number | null | undefined; readonly line: ServiceLine }): ReactNode {
  return fen === undefined || (after !== null && cycle === null) ? <td className="desk-num">—</td> : <Fen of={fen} />;
}

function Service({ line: { service, name, demoPayers, payers, unstatedFen, clauses } }: { readonly line: ServiceLine }): ReactNode {
  const { t } = useDesk();
  return (
    <details className="desk-open">
      <summary><h2>{name}</h2></summary>
      {/* A link that leads into what is closed opens it. */}
      <div id={service} />
      <div className="desk-pair">
        {payers.length === 0 && unstatedFen === 0 ? null : (
          <table className="desk-plain">
            <caption>{t('run.payers')}<Demo is={demoPayers} /></caption>
            <thead><tr><th scope="col">{t('simulate.payer')}</th><th scope="col" className="desk-num">{t('run.decided-money')}</th></tr></thead>
            <tbody>{payers.map((one) => <tr key={one.name}><th scope="row">{one.name}</th><Fen of={one.fen} /></tr>)}{unstatedFen === 0 ? null : <tr><th scope="row">{t('payer.unstated')}</th><Fen of={unstatedFen} /></tr>}</tbody>
          </table>
        )}
        {clauses.length === 0 ? null : (
          <table className="desk-plain desk-wrapped" data-of="clauses">
            <caption>{t('run.clauses')}</caption>
            <thead><tr><th scope="col">{t('run.change')}</th><th scope="col">{t('run.clause')}</th><th scope="col" className="desk-num">{t('run.changes')}</th></tr></thead>
            <tbody>{clauses.map((one) => <tr key={`${one.kind} ${one.clause ?? ''}`}><td>{t(CHANGE_TITLES[one.kind])}</td><td>{one.says}</td><Count of={one.count} /></tr>)}</tbody>
          </table>
        )}
      </div>
    </details>
  );
}
