import type { ReactNode } from 'react';
import type { Route } from './+types/fact.ts';
import { foundOrThrow, signedIn } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { Answer, Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { factPath, factView } from './fact-view.ts';
import type { FactView } from './fact-view.ts';
import { namedIn } from './named.ts';
import { DisputeAnswer, DisputeState } from './parts/dispute-state.tsx';

/** One fact about somebody: what is held, from whom, how good it is, what it is used for, and what can be done. */
export async function loader(args: Route.LoaderArgs) {
  return args.request.method === 'POST' ? undefined : shown(args, false);
}

/** Shows the value of a sensitive fact for this one look. */
export async function action(args: Route.ActionArgs) {
  return shown(args, true);
}

async function shown(args: Route.LoaderArgs | Route.ActionArgs, opened: boolean) {
  const { city, visitor, locale, query } = signedIn(args);
  const record = foundOrThrow(city.record);
  const { fact, no } = namedIn(args.params.id, query);
  const found = await record.facts(visitor.principal, { purpose: opened ? 'own-sensitive-facts' : 'own-facts', through: '/my/facts', only: fact, ...(opened && { open: { fact } }) });
  const one = foundOrThrow(found?.facts.find((each) => each.no === no));
  return { ...factView(city, one, found?.disputes ?? [], locale), sent: query.get('done') };
}

export default function FactPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const one = actionData ?? loaderData;
  if (!one) return null;
  return (
    <>
      <Head title={one.label} />
      <Crumbs to={[['/my', t('my.title')], ['/my/facts', t('record.facts.title')]]} />
      {one.sent === 'sent' && one.dispute && !one.dispute.answer ? <div role="status"><Note title={t('record.dispute.sent')} tone="plain"><p>{t('record.dispute.sent-says', { department: one.dispute.department, day: one.dispute.dueOn })}</p></Note></div> : null}
      {one.sent === 'declared' ? <div role="status"><Note title={t('record.declare.done')} tone="plain"><p>{t('record.declare.done-says')}</p></Note></div> : null}
      <Title lead={one.thing === undefined ? undefined : t('record.fact.of', { thing: one.thing })}>{one.label}</Title>
      <Answer>{one.closed ? <Closed one={one} /> : <Value one={one} />}</Answer>
      {one.dispute ? <section className="read"><h2>{t('record.dispute.yours')}</h2><DisputeState dispute={one.dispute} /><DisputeAnswer dispute={one.dispute} /></section> : null}
      <Acts one={one} />
      <section className="read">
        <h2>{t('record.fact.used')}</h2>
        {one.usedBy.length === 0 ? <p>{t('record.fact.unused')}</p> : <ul className="plain">{one.usedBy.map(({ id, name }) => <li key={id}><a href={href(`/services/${id}`)}>{name}</a></li>)}</ul>}
      </section>
      <section className="read">
        <h2>{t('record.fact.absent')}</h2>
        <p>{t(`record.absent.${one.absent}`)}</p>
      </section>
    </>
  );
}

function Value({ one: { value, known, from, standing, holder } }: { readonly one: FactView }): ReactNode {
  const { t } = usePage();
  return (
    <>
      <p className="sum words">{known ? value : t('record.unknown')}</p>
      {from === undefined ? null : <p>{t(`record.source.${from.kind}`, { who: from.who ?? t('record.yourself'), day: from.observedOn })}{from.file === undefined ? '' : t('record.source-file', { file: from.file })}{from.validFrom === undefined ? '' : t('record.valid-from', { day: from.validFrom })}</p>}
      <p>{t(`record.standing-says.${standing}`, { holder: holder ?? t('record.facts.no-holder') })}</p>
    </>
  );
}

function Closed({ one: { fact, no } }: { readonly one: FactView }): ReactNode {
  const { t, href } = usePage();
  return (
    <form method="post" action={href(`/my/facts/${fact}`, no === null ? {} : { no: String(no) })}>
      <p>{t('record.fact.closed')}</p>
      <button type="submit" className="button plain">{t('record.fact.show')}</button>
    </form>
  );
}

function Acts({ one }: { readonly one: FactView }): ReactNode {
  const { t, href } = usePage();
  const path = (below: string): string => { const [page = '', query = ''] = factPath(one, below).split('?'); return href(page, Object.fromEntries(new URLSearchParams(query))); };
  const waits = one.dispute !== undefined && one.dispute.answer === null;
  if (one.declarable) return <p className="buttons"><a className="button" href={path('/declare')}>{t('record.declare.go')}</a></p>;
  return waits ? null : <p className="buttons"><a className="button plain" href={path('/dispute')}>{t('record.dispute.go')}</a></p>;
}
