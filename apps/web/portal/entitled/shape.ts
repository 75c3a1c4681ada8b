import type { City } from '#engine/city.ts';
import { explainEntitlement, groupOf, OTHERS, SELF, SHOWN_AS_DEMO, sourcesOf, whenItChanges, wordsOfPack } from '#engine/entitlement/index.ts';
import type { Amount, Answer, Answers, Band, Entitlement, Group, LinkedQuestion, Progress, Told } from '#engine/entitlement/index.ts';
import type { Locale, LocalName, LocalText } from '#engine/kernel/index.ts';
import { bareNumeral, explainChange, numeral } from '#engine/rules/index.ts';
import type { Missing } from '#engine/rules/index.ts';
import { payerName } from '../../named.ts';
import { wordsOf } from '../../words.ts';
import type { Say } from '../../words.ts';

/** A question as a page shows it. */
export interface AskedQuestion {
  readonly id: string;
  readonly question: LocalName;
  readonly why: LocalText | undefined;
  readonly example: LocalText | undefined;
  readonly kind: 'several' | 'choice' | 'boolean' | 'date' | 'month' | 'number';
  readonly choices: readonly { readonly value: string; readonly label: string; readonly checked: boolean }[];
  readonly none: LocalName | undefined;
  /** What stands after a number that is typed. */
  readonly unit: string | undefined;
  /** What was answered before, as it is typed. */
  readonly typed: string;
}

export function questionView(city: City, linked: LinkedQuestion, { bands, answer, locale }: { readonly bands: readonly Band[]; readonly answer: Answer | undefined; readonly locale: Locale }): AskedQuestion {
  const { question, fact, options } = linked;
  const { id, why, example, none, form } = question;
  const unit = unitOf(city, fact?.id, locale);
  const kind = kindOf(linked);
  const choices = kind === 'number'
    ? bands.map((band) => ({ value: `b${String(band.min)}_${String(band.max)}`, label: bandLabel(band, fact, unit, locale), checked: answer?.kind === 'between' && answer.min === band.min && answer.max === band.max }))
    : options.map(({ option }) => ({ value: form === 'several' ? option.id : `o${option.id}`, label: option.label[locale], checked: answer?.kind === 'chosen' && answer.options.includes(option.id) }));
  return { id, question: question.question, why, example, none, kind, choices, unit, typed: typedBefore(answer, fact) };
}

function kindOf({ question, fact, options }: LinkedQuestion): AskedQuestion['kind'] {
  if (question.form === 'several') return 'several';
  if (options.length > 0 || !fact) return 'choice';
  switch (fact.type.kind) {
    case 'date': return question.month === true ? 'month' : 'date';
    case 'number': case 'boolean': return fact.type.kind;
    case 'code': case 'text': return 'choice';
    default: return fact.type satisfies never;
  }
}

/** What was answered before as the form has it. */
function typedBefore(answer: Answer | undefined, fact: Fact): string {
  switch (answer?.kind) {
    case 'declined': return '-';
    case 'none': return 'none';
    case 'value': return typedOf(answer.units, fact);
    case 'between': case 'chosen': case undefined: return '';
    default: return answer satisfies never;
  }
}

type Fact = LinkedQuestion['fact'];

function typedOf(units: bigint, fact: Fact): string {
  return fact?.type.kind === 'number' ? plain(units, fact.type.scale) : String(units);
}

function plain(units: bigint, scale: number): string {
  return numeral(Number(units), scale).replaceAll(',', '');
}

function unitOf(city: City, fact: string | undefined, locale: Locale): string | undefined {
  const unit = city.pack.facts.get(fact ?? '')?.unit;
  return unit === undefined ? undefined : city.pack.units.get(unit)?.[locale];
}

/** A band in words, by round numbers where an end is one unit beyond one. */
function bandLabel({ min, max }: Band, fact: Fact, unit: string | undefined, locale: Locale): string {
  if (fact?.type.kind !== 'number') return '';
  const { type } = fact;
  const t = wordsOf(locale);
  const show = (units: bigint): string => (unit === undefined ? bareNumeral(Number(units), type.scale) : t('entitled.with-unit', { value: numeral(Number(units), type.scale), unit }));
  const whole = 10n ** BigInt(type.scale);
  const beyond = type.scale > 0 && min % whole === 1n;
  const short = type.scale > 0 && (max + 1n) % whole === 0n;
  const lower = beyond ? t('entitled.above', { value: show(min - 1n) }) : t('entitled.from', { value: show(min) });
  const upper = short ? t('entitled.below', { value: show(max + 1n) }) : t('entitled.up-to', { value: show(max) });
  if (min === max) return show(min);
  if (min === type.min) return upper;
  return max === type.max ? lower : t('entitled.from-to', { from: lower, to: upper });
}

/** An answer in words, for the list of answers. */
export function answerText(city: City, linked: LinkedQuestion, answer: Answer, locale: Locale): string {
  const t = wordsOf(locale);
  const { fact, options, question } = linked;
  switch (answer.kind) {
    case 'declined': return t('entitled.unknown');
    case 'none': return question.none?.[locale] ?? t('entitled.none');
    case 'chosen': return answer.options.length === 0 ? t('entitled.none-chosen') : options.flatMap(({ option }) => (answer.options.includes(option.id) ? [option.label[locale]] : [])).join(t('entitled.list'));
    case 'between': return bandLabel(answer, fact, unitOf(city, fact?.id, locale), locale);
    case 'value': return valueText(city, fact, answer.units, question.month === true, locale);
    default: return answer satisfies never;
  }
}

function valueText(city: City, fact: Fact, units: bigint, month: boolean, locale: Locale): string {
  const t = wordsOf(locale);
  if (fact?.type.kind === 'boolean') return t(units === 1n ? 'entitled.yes' : 'entitled.no');
  const unit = unitOf(city, fact?.id, locale);
  if (fact?.type.kind === 'number') return unit === undefined ? bareNumeral(Number(units), fact.type.scale) : t('entitled.with-unit', { value: numeral(Number(units), fact.type.scale), unit });
  const date = Number(units);
  const parts = { year: Math.floor(date / 10_000), month: Math.floor(date / 100) % 100, day: date % 100 };
  return month ? t('entitled.month-of', parts) : t('entitled.day-of', parts);
}

/** Everything that was answered, with where to change it; `said` where it was not that one does not know. */
export function answerLines(city: City, answers: Answers, locale: Locale): readonly { readonly id: string; readonly question: LocalName; readonly answer: string; readonly said: boolean }[] {
  return [...answers].flatMap(([id, answer]) => {
    const linked = city.questions.get(id);
    return linked ? [{ id, question: linked.question.question, answer: answerText(city, linked, answer, locale), said: answer.kind !== 'declined' }] : [];
  });
}

/** One service of the result. */
export interface ResultLine {
  readonly id: string;
  readonly name: LocalName;
  readonly gives: LocalText;
  readonly group: Group;
  /** 366 or 300–366, in yuan. */
  readonly amount: string | undefined;
  readonly per: string | undefined;
  readonly demo: boolean;
  readonly answer: string;
  readonly reasons: readonly { readonly held: 'yes' | 'no' | 'unknown'; readonly asks: string | undefined; readonly says: string }[];
  /** What is not known, with the question that would tell it, where there is one. */
  readonly missing: readonly { readonly says: string; readonly question: string | undefined }[];
  readonly nearly: readonly string[];
  readonly change: string | undefined;
  readonly payers: readonly { readonly name: string; readonly amount: string; readonly demo: boolean }[];
  readonly payerUnknown: boolean;
}

export function resultLines(city: City, told: Told, entitlements: readonly Entitlement[], locale: Locale): readonly ResultLine[] {
  const t = wordsOf(locale);
  const words = wordsOfPack(city.rules, locale, t('entitled.others'));
  return entitlements.map((one) => {
    const { answer, reasons, missing, nearly } = explainEntitlement(one, words, (name) => t('entitled.about', { name }));
    const { service, amount, payers, verdict } = one;
    const change = whenItChanges(city.rules, told, one);
    return {
      id: service.id, name: service.name, gives: service.gives, group: groupOf(one, missing),
      amount: amount && sumOf(amount, t),
      per: amount?.per, demo: one.demo && amount !== undefined, answer,
      reasons: reasons.filter(({ held, clause }) => verdict.kind === 'yes' || (verdict.kind === 'no' ? clause === verdict.clause : held === 'unknown')).map(({ held, asks, says }) => ({ held, asks, says })),
      missing: missing.map((lack) => ({ says: lack.says, question: questionFor(city, lack) })), nearly,
      change: change && explainChange(one.trace, change, words),
      payers: (payers ?? []).map(({ payer, amountFen }) => ({ name: payerName(payer, locale), amount: numeral(amountFen, 2), demo: SHOWN_AS_DEMO.has(payer.confidence) })),
      payerUnknown: amount !== undefined && payers === undefined && service.payers === 'unfilled',
    };
  });
}

/** The question that would tell a fact that is not known, or what it follows from, of the same people. */
function questionFor({ questions, rules }: City, { fact, thing }: Missing): string | undefined {
  if (fact === undefined) return undefined;
  const subject = rules.pack.plan.interview?.subject ?? 'person';
  const place = thing?.entity === subject && thing.place === OTHERS ? OTHERS : SELF;
  const wanted = [fact, ...(sourcesOf(rules).get(fact) ?? [])];
  return [...questions.values()].find((one) => one.place === place && wanted.some((id) => one.covers.has(id)))?.question.id;
}

/** An amount in yuan; of a range that begins below one yuan only its end says anything. */
function sumOf({ minFen, maxFen }: Amount, t: Say): string {
  if (minFen === maxFen) return numeral(minFen, 2);
  return minFen < 100 ? t('entitled.at-most', { to: numeral(maxFen, 2) }) : t('entitled.range', { from: numeral(minFen, 2), to: numeral(maxFen, 2) });
}

/** The newest settled services beside a question: those that apply first. */
export function settledView(city: City, progress: Progress): readonly { readonly id: string; readonly name: LocalName; readonly kind: 'yes' | 'no' }[] {
  return progress.settled.flatMap(({ service, verdict }) => {
    const record = city.pack.services.get(service);
    return record && verdict.kind !== 'unknown' ? [{ id: service, name: record.name, kind: verdict.kind }] : [];
  }).toSorted((a, b) => (a.kind === b.kind ? 0 : a.kind === 'yes' ? -1 : 1));
}

