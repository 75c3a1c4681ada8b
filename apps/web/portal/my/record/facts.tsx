import type { ReactNode } from 'react';
import type { HeldFact, Stated } from '#engine/record/index.ts';
import type { Route } from './+types/facts.ts';
import { foundOrThrow, signedIn } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { departmentName, disputeView, factPath, factView } from './fact-view.ts';
import type { DisputeView, FactView } from './fact-view.ts';
import { DisputeState } from './parts/dispute-state.tsx';

/** Everything that is held about somebody, department by department; what is sensitive stays closed. */
export async function loader(args: Route.LoaderArgs) {
  // A form that asks for more is answered by the action, which opens it all in one go.
  return args.request.method === 'POST' ? undefined : shown(args, undefined);
}

/** Opens what one department holds that is sensitive, for this one look: it goes on record as such. */
export async function action(args: Route.ActionArgs) {
  const holder = (await args.request.formData()).get('show');
  return shown(args, typeof holder === 'string' ? holder : undefined);
}

async function shown(args: Route.LoaderArgs | Route.ActionArgs, holder: string | undefined) {
  const { city, visitor, locale } = signedIn(args);
  const record = foundOrThrow(city.record);
  const found = await record.facts(visitor.principal, { purpose: holder === undefined ? 'own-facts' : 'own-sensitive-facts', through: '/my/facts', ...(holder !== undefined && { open: { holder } }) });
  if (!found) return { loaded: false as const };
  const { facts, disputes } = found;
  const holders = [...[...city.pack.departments.keys()].filter((id) => facts.some((one) => one.holder === id)), ...(facts.some((one) => one.holder === undefined) ? [undefined] : [])];
  const view = (one: HeldFact): FactView => factView(city, one, disputes, locale);
  return {
    loaded: true as const,
    waiting: disputes.filter(({ sent, answer }) => sent !== null && answer === null).map((one) => ({ path: factPath(one), ...disputeView(city, one, locale) })),
    answered: disputes.filter(({ answer }) => answer !== null).slice(0, 5).map((one) => ({ path: factPath(one), ...disputeView(city, one, locale) })),
    drafts: disputes.filter(({ sent }) => sent === null).map((one) => ({ path: factPath(one, '/dispute'), ...disputeView(city, one, locale) })),
    holders: holders.map((id) => {
      const own = facts.filter((one) => one.holder === id);
      return {
        id: id ?? '', name: departmentName(city, id, locale), known: own.filter(({ value }) => value !== undefined && !saysNo(value)).map(view), none: own.filter(({ value }) => value !== undefined && saysNo(value)).map(view),
        unknown: own.filter(({ value, closed, usedBy }) => value === undefined && !closed && usedBy.length > 0).map(view), closed: own.filter(({ closed }) => closed).length,
      };
    }).filter(({ known, none, unknown, closed }) => known.length + none.length + unknown.length + closed > 0),
  };
}

/** None, or a question of yes or no answered with no: folded away, because most of what is known is of this kind. */
const saysNo = (value: Stated): boolean => value.is === 'none' || value.text === 'false';

type Shown = Extract<Awaited<ReturnType<typeof shown>>, { loaded: true }>;

export default function Facts({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  const found = actionData ?? loaderData;
  return (
    <>
      <Head title={t('record.facts.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Title lead={t('record.facts.lead')}>{t('record.facts.title')}</Title>
      {found?.loaded === true ? <All {...found} /> : <p className="read">{t('record.facts.nobody')}</p>}
    </>
  );
}

function All({ waiting, answered, drafts, holders }: Shown): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      {drafts.map(({ path, label }) => <Note key={path} title={t('record.draft', { fact: label })} tone="plain"><p><a href={href(path)}>{t('record.draft-go-on')}<span className="away">{t('colon')}{label}</span></a></p></Note>)}
      <Disputes title={t('record.facts.waiting')} all={waiting} />
      <Disputes title={t('record.facts.answered')} all={answered} />
      {holders.map((one) => <Holder key={one.id} {...one} />)}
      <section className="read">
        <h2>{t('record.facts.means')}</h2>
        <p>{t('record.facts.means-absent')}</p>
        <p>{t('record.facts.means-text')}</p>
        <p><a href={href('/my/access')}>{t('record.access.title')}</a> · <a href={href('/my/download')}>{t('record.download.title')}</a></p>
      </section>
    </>
  );
}

function Disputes({ title, all }: { readonly title: string; readonly all: readonly (DisputeView & { readonly path: string })[] }): ReactNode {
  const { t, href } = usePage();
  return all.length === 0 ? null : (
    <section>
      <h2>{title}</h2>
      {/* The same fact may have been disputed more than once. */}
      <ul className="rows">{all.map((one) => <li key={`${one.path} ${one.sentOn} ${one.should}`}><a href={href(one.path)}>{one.label}</a><DisputeState dispute={one} /><p className="muted">{t('record.dispute.says', { was: one.was, should: one.should })}</p></li>)}</ul>
    </section>
  );
}

function Holder({ id, name, known, none, unknown, closed }: Shown['holders'][number]): ReactNode {
  const { t, href } = usePage();
  const title = name ?? t('record.facts.no-holder');
  return (
    <section>
      <h2>{title}</h2>
      {known.length === 0 ? null : <ul className="rows">{known.map((one) => <Line key={`${one.fact} ${one.no ?? ''}`} one={one} />)}</ul>}
      <More title={t('record.facts.none', { count: none.length })} all={none} />
      <More title={t('record.facts.unknown', { count: unknown.length })} all={unknown} />
      {closed === 0 ? null : (
        <form method="post" action={href('/my/facts')} className="show">
          <input type="hidden" name="show" value={id} />
          <p>{t('record.facts.closed', { count: closed })}</p>
          <button type="submit" className="button plain">{t('record.facts.show', { holder: title })}</button>
        </form>
      )}
    </section>
  );
}

function Line({ one }: { readonly one: FactView }): ReactNode {
  const { t, href, locale } = usePage();
  const who = one.from?.who ?? t('record.yourself');
  return (
    <li>
      <a href={href(`/my/facts/${one.fact}`, one.no === null ? {} : { no: String(one.no) })}>{one.label}</a>
      {one.thing === undefined ? null : <span className="kind">{one.thing}</span>}
      <p><b {...(locale === 'en' && /\p{Script=Han}/u.test(one.value ?? '') ? { lang: 'zh-CN' } : {})}>{one.value}</b>{one.standing === 'good' || one.standing === 'missing' ? null : <> <span className="tag">{t(`record.standing.${one.standing}`)}</span></>}</p>
      {one.from === undefined ? null : <p className="muted">{who === one.holder ? t('record.as-of-day', { day: one.from.observedOn }) : t('record.as-of', { day: one.from.observedOn, who })}</p>}
    </li>
  );
}

function More({ title, all }: { readonly title: string; readonly all: readonly FactView[] }): ReactNode {
  const { href, t } = usePage();
  return all.length === 0 ? null : (
    <details>
      <summary>{title}</summary>
      <ul className="plain">{all.map(({ fact, no, label, thing, declarable }) => <li key={`${fact} ${no ?? ''}`}><a href={href(`/my/facts/${fact}`, no === null ? {} : { no: String(no) })}>{label}</a>{thing === undefined ? null : <span className="kind">{thing}</span>}{declarable ? <> <span className="tag">{t('record.facts.you-can')}</span></> : null}</li>)}</ul>
    </details>
  );
}
