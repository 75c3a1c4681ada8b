import type { ReactNode } from 'react';
import { data } from 'react-router';
import { addMonths, parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { MANDATE_SCOPES } from '#engine/mandate/index.ts';
import type { Mandate } from '#engine/mandate/index.ts';
import type { Route } from './+types/family.ts';
import { signedIn } from '../../context.ts';
import { day } from '../../format.ts';
import { Head, usePage } from '../../page.tsx';
import { Answer, Crumbs, Note, Title } from '../parts/blocks.tsx';

/** How long a mandate may be for, in months. */
const LENGTHS = [1, 6, 12] as const;

const shown = ({ number, giver, scope, until, state, subjectKey }: Mandate) => ({ number, giver, scope, until, subjectKey, kind: state.kind, taker: state.kind === 'taken' ? state.taker : undefined });

/** For whom I may act, and who may act for me. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, query } = signedIn(args);
  if (visitor.acting || !city.family) return { own: false as const };
  const { wards, given, held } = await city.family.of(visitor.principal);
  return {
    own: true as const, problem: query.get('problem') === 'not-yours' ? ('not-yours' as const) : undefined,
    wards: wards.map(({ key, born }) => ({ key, year: born === undefined ? undefined : Math.floor(born / 10_000) })),
    given: given.filter(({ state, until }) => state.kind !== 'revoked' && until >= city.today).map(shown), held: held.map(shown), today: city.today,
  };
}

/** Offers, takes or ends a mandate. A code is shown once: the answer to the form is the page that holds it, and it is kept by nobody. */
export async function action(args: Route.ActionArgs) {
  const { city, visitor } = signedIn(args);
  const form = await args.request.formData();
  const said = (name: string): string => { const text = form.get(name); return typeof text === 'string' ? text.trim() : ''; };
  if (visitor.acting || !city.family) return data({ kind: 'not-now' as const }, { status: 409 });
  switch (said('do')) {
    case 'offer': {
      const scope = MANDATE_SCOPES.find((one) => one === said('scope'));
      const months = LENGTHS.find((one) => String(one) === said('months'));
      if (!scope || !months) return data({ kind: 'choose' as const }, { status: 422 });
      const until: CalendarDate = parseDate(addMonths(city.today, months)) ?? city.today;
      return city.family.offer(visitor.principal, { giver: visitor.name, scope, until });
    }
    case 'take': {
      const answer = said('code') === '' ? { kind: 'code-unknown' as const } : await city.family.take(visitor.principal, { taker: visitor.name, code: said('code') });
      return answer.kind === 'taken' ? { kind: 'taken' as const } : data(answer, { status: 422 });
    }
    case 'revoke': return city.family.revoke(visitor.principal, Number(said('number')));
    default: return data({ kind: 'not-now' as const }, { status: 400 });
  }
}

export default function FamilyPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  return (
    <>
      <Head title={t('family.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Done of={actionData} />
      <Title lead={t('family.lead')}>{t('family.title')}</Title>
      {loaderData.own ? <Own {...loaderData} /> : <Note title={t('family.acting')}><p>{t('family.acting-says')}</p></Note>}
    </>
  );
}

/** What the form that was sent came to. */
function Done({ of }: { readonly of: Route.ComponentProps['actionData'] }): ReactNode {
  const { t, locale } = usePage();
  if (of === undefined) return null;
  switch (of.kind) {
    case 'offered': return <div role="status"><Answer><h2>{t('family.code')}</h2><p className="code">{of.code}</p><p>{t('family.code-says')}</p></Answer></div>;
    case 'taken': case 'revoked': return <div role="status"><Note tone="plain" title={t(`family.${of.kind}`)}><p>{t(`family.${of.kind}-says`)}</p></Note></div>;
    case 'mandate-too-long': return <div role="alert"><Note title={t('family.mandate-too-long')}><p>{t('family.mandate-too-long-says', { latest: day(of.latest, locale) })}</p></Note></div>;
    case 'code-unknown': case 'mandate-own': case 'mandate-over': case 'choose': case 'not-now': return <div role="alert"><Note title={t(`family.${of.kind}`)}><p>{t(`family.${of.kind}-says`)}</p></Note></div>;
    default: return of satisfies never;
  }
}

type OwnPage = Extract<Route.ComponentProps['loaderData'], { own: true }>;

function Own({ wards, given, held, problem, today }: OwnPage): ReactNode {
  const { t } = usePage();
  return (
    <>
      {problem === undefined ? null : <div role="alert"><Note title={t('family.not-yours')}><p>{t('family.not-yours-says')}</p></Note></div>}
      <section>
        <h2>{t('family.for')}</h2>
        {wards.length + held.length === 0 ? <p>{t('family.for-nobody')}</p> : (
          <ul className="acting">
            {wards.map(({ key, year }) => <li key={key}><ActFor other={key} says={year === undefined ? t('family.child') : t('family.child-born', { year })} why={t('family.child-why')} /></li>)}
            {held.map((one) => <li key={`${one.subjectKey} ${one.number}`}><ActFor other={one.subjectKey} says={one.giver} why={<Terms of={one} />} /></li>)}
          </ul>
        )}
      </section>
      <section>
        <h2>{t('family.by')}</h2>
        {given.length === 0 ? <p>{t('family.by-nobody')}</p> : (
          <ul className="acting">
            {given.map((one) => (
              <li key={one.number}>
                <p><b>{one.taker ?? t('family.offered')}</b> <Terms of={one} /></p>
                <form method="post"><input type="hidden" name="do" value="revoke" /><input type="hidden" name="number" value={one.number} /><button type="submit" className="plainly">{t('family.revoke')}<span className="away">{t('colon')}{one.taker ?? t('family.offered')}</span></button></form>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Offer today={today} />
      <Take />
    </>
  );
}

function Terms({ of: { scope, until } }: { readonly of: Pick<ReturnType<typeof shown>, 'scope' | 'until'> }): ReactNode {
  const { t, locale } = usePage();
  return <span className="muted">{t(`family.scope.${scope}`)}{t('list.comma')}{t('family.until', { day: day(until, locale) })}</span>;
}

function ActFor({ other, says, why }: { readonly other: string; readonly says: string; readonly why: ReactNode }): ReactNode {
  const { t } = usePage();
  return (
    <>
      <p><b>{says}</b> <span className="muted">{why}</span></p>
      <form method="post" action="/act-for"><input type="hidden" name="other" value={other} /><button type="submit" className="button second">{t('family.act-for')}<span className="away">{t('colon')}{says}</span></button></form>
    </>
  );
}

function Offer({ today }: { readonly today: CalendarDate }): ReactNode {
  const { t, locale } = usePage();
  return (
    <section>
      <h2>{t('family.offer')}</h2>
      <p>{t('family.offer-says')}</p>
      <form method="post" className="stacked">
        <input type="hidden" name="do" value="offer" />
        <fieldset>
          <legend>{t('family.scope')}</legend>
          {MANDATE_SCOPES.map((scope) => <label key={scope} className="choice"><input type="radio" name="scope" value={scope} defaultChecked={scope === 'look'} /> <span>{t(`family.scope.${scope}`)}</span></label>)}
        </fieldset>
        <fieldset>
          <legend>{t('family.length')}</legend>
          {LENGTHS.map((months) => <label key={months} className="choice"><input type="radio" name="months" value={months} defaultChecked={months === 1} /> <span>{t('family.until', { day: day(addMonths(today, months), locale) })}</span></label>)}
        </fieldset>
        <button type="submit" className="button">{t('family.make-code')}</button>
      </form>
    </section>
  );
}

function Take(): ReactNode {
  const { t } = usePage();
  return (
    <section>
      <h2>{t('family.take')}</h2>
      <p id="take-says">{t('family.take-says')}</p>
      <form method="post" className="typed">
        <input type="hidden" name="do" value="take" />
        <label htmlFor="code">{t('family.code-label')}</label>
        <input id="code" name="code" autoComplete="off" autoCapitalize="characters" spellCheck={false} aria-describedby="take-says" required />
        <button type="submit" className="button">{t('family.take-code')}</button>
      </form>
    </section>
  );
}
