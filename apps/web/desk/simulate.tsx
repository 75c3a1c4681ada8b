import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { Baseline } from '#engine/entitlement/index.ts';
import type { Route } from './+types/simulate.ts';
import { asked } from '../context.ts';
import { choicesOf, lineOf, reformOf } from './simulated.ts';
import type { Choice, EffectLine } from './simulated.ts';
import { deskWords, useDesk } from './words.ts';
import type { DeskMessage } from './words.ts';

/** What came of the form. */
type Outcome =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'no-number' }
  | { readonly kind: 'unknown-parameter' }
  | { readonly kind: 'faulty' }
  | { readonly kind: 'done'; readonly same: boolean; readonly lines: readonly EffectLine[] };

interface Loaded {
  readonly choices: readonly Choice[];
  readonly chosen: string;
  readonly typed: string;
  /** How many people, and what they are; null where no population is loaded. */
  readonly people: { readonly count: number; readonly synthetic: boolean; readonly standsFor: number } | null;
  readonly outcome: Outcome;
}

/** The address is the question: the same address gives the same answer as long as the day and the pack stay. */
export function loader(args: Route.LoaderArgs): Loaded {
  const { city, locale, query } = asked(args);
  const t = deskWords(locale);
  const choices = choicesOf(city, city.today, locale, t);
  const [chosen, typed] = [query.get('parameter') ?? '', query.get('value') ?? ''];
  const baseline = city.baseline();
  const { population } = city;
  return {
    choices, chosen, typed,
    people: baseline && population ? { count: population.people, synthetic: population.kind === 'synthetic', standsFor: population.standsFor } : null,
    outcome: baseline ? outcomeOf(baseline) : { kind: 'nothing-asked' },
  };

  function outcomeOf(before: Baseline): Outcome {
    if (chosen === '') return { kind: 'nothing-asked' };
    const choice = choices.find(({ key }) => key === chosen);
    if (!choice) return { kind: 'unknown-parameter' };
    const reform = reformOf(chosen, typed, city.today);
    if (!reform) return { kind: 'no-number' };
    const found = city.simulate(reform);
    if (found?.kind !== 'simulated') return { kind: 'faulty' };
    return { kind: 'done', same: Number(choice.value) === Number(typed.trim().replaceAll(',', '')), lines: found.effects.map((effect) => lineOf(city, before, effect, locale, t)) };
  }
}

const COUNTS = ['simulate.new', 'simulate.raised', 'simulate.lowered', 'simulate.ended', 'simulate.now-unknown'] as const satisfies readonly DeskMessage[];

export default function Simulate({ loaderData: { choices, chosen, typed, people, outcome } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const choice = choices.find(({ key }) => key === chosen);
  return (
    <>
      <title>{t('simulate.title')}</title>
      <h1>{t('simulate.title')}</h1>
      <p className="desk-lead">{t('simulate.lead')}</p>
      {people === null ? <p className="desk-note" role="status">{t('simulate.nobody')}</p> : <p className="desk-note"><b>{t(people.synthetic ? 'simulate.synthetic' : 'simulate.real')}</b> {t('simulate.size', { count: people.count.toLocaleString('en'), scale: people.standsFor.toLocaleString('en') })} {people.synthetic ? t('simulate.error') : null}</p>}
      <Form className="desk-form" method="get">
        <label>{t('simulate.parameter')}<select name="parameter" defaultValue={chosen} required>
          <option value="">{t('simulate.choose')}</option>
          {choices.map(({ key, text }) => <option key={key} value={key}>{text}</option>)}
        </select></label>
        <label>{t('simulate.value')}<input name="value" inputMode="decimal" defaultValue={typed} required aria-describedby={choice ? 'now' : undefined} /></label>
        {locale === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
        <button type="submit" disabled={people === null}>{t('simulate.go')}</button>
        {choice ? <span id="now" className="desk-muted">{t(choice.demo ? 'simulate.now-demo' : 'simulate.now', { value: choice.value, unit: choice.unit })}</span> : null}
      </Form>
      <Answer outcome={outcome} />
    </>
  );
}

function Answer({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const { t } = useDesk();
  switch (outcome.kind) {
    case 'nothing-asked': return null;
    case 'no-number': case 'unknown-parameter': case 'faulty': return <p role="alert" className="desk-state stop">{t(`simulate.${outcome.kind}`)}</p>;
    case 'done': return outcome.lines.length === 0 ? <p role="status" className="desk-note">{t(outcome.same ? 'simulate.same' : 'simulate.no-effect')}</p> : <Effects lines={outcome.lines} />;
    default: return outcome satisfies never;
  }
}

function Effects({ lines }: { readonly lines: readonly EffectLine[] }): ReactNode {
  const { t, locale } = useDesk();
  return (
    <>
      <h2>{t('simulate.effects')}</h2>
      <div className="desk-scroll">
        <table className="desk-plain" id="effects">
          <thead><tr>
            <th scope="col">{t('simulate.service')}</th><th scope="col" className="desk-num">{t('simulate.before')}</th><th scope="col" className="desk-num">{t('simulate.after')}</th>
            {COUNTS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}
            <th scope="col">{t('simulate.cycle')}</th><th scope="col" className="desk-num">{t('simulate.before-money')}</th><th scope="col" className="desk-num">{t('simulate.after-money')}</th><th scope="col" className="desk-num">{t('simulate.difference')}</th>
          </tr></thead>
          <tbody>{lines.map((line) => (
            <tr key={line.service}>
              <th scope="row"><a href={`/services/${line.service}`}>{line.name}</a></th><td className="desk-num">{line.before}</td><td className="desk-num">{line.after}</td>
              {line.counts.map((count, at) => <td key={COUNTS[at]} className="desk-num">{count}</td>)}
              <td>{line.cycle}</td><td className="desk-num">{line.beforeMoney}</td><td className="desk-num">{line.afterMoney}</td><td className="desk-num"><b>{line.difference}</b></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {lines.map((line) => <Detail key={line.service} line={line} />)}
      <p className="desk-muted">{t('simulate.notes')}</p>
      <p><a href={`/desk/reforms${locale === 'en' ? '?lang=en' : ''}#how`}>{t('simulate.schedule')}</a></p>
    </>
  );
}

function Detail({ line }: { readonly line: EffectLine }): ReactNode {
  const { t } = useDesk();
  return (
    <section aria-label={line.name}>
      <h2>{line.name}</h2>
      <div className="desk-pair">
        <table className="desk-plain" data-of="payers">
          <caption>{t('simulate.by-payer')}</caption>
          <thead><tr><th scope="col">{t('simulate.payer')}</th><th scope="col" className="desk-num">{t('simulate.before-money')}</th><th scope="col" className="desk-num">{t('simulate.after-money')}</th><th scope="col" className="desk-num">{t('simulate.difference')}</th></tr></thead>
          <tbody>{line.payers.map(({ key, name, before, after, difference }) => <tr key={key}><th scope="row">{name}</th><td className="desk-num">{before}</td><td className="desk-num">{after}</td><td className="desk-num">{difference}</td></tr>)}</tbody>
        </table>
        <table className="desk-plain" data-of="counties">
          <caption>{t('simulate.by-county')}</caption>
          <thead><tr><th scope="col">{t('column.county')}</th>{COUNTS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}<th scope="col" className="desk-num">{t('simulate.difference')}</th></tr></thead>
          <tbody>{line.counties.map(({ key, name, counts, difference }) => (
            <tr key={key}><th scope="row">{name}</th>
              {counts === null ? <td className="desk-num desk-muted" colSpan={COUNTS.length + 1}>{t('simulate.hidden')}</td> : <>{counts.map((count, at) => <td key={COUNTS[at]} className="desk-num">{count}</td>)}<td className="desk-num">{difference}</td></>}
            </tr>
          ))}</tbody>
        </table>
      </div>
      {line.near.length === 0 ? null : (
        <table className="desk-plain desk-narrow" data-of="near">
          <caption>{t('simulate.near')}</caption>
          <thead><tr><th scope="col">{t('simulate.clause')}</th><th scope="col" className="desk-num">{t('simulate.near-count')}</th></tr></thead>
          <tbody>{line.near.map(({ key, says, count }) => <tr key={key}><th scope="row">{says}</th><td className="desk-num">{count ?? t('simulate.hidden')}</td></tr>)}</tbody>
        </table>
      )}
    </section>
  );
}
