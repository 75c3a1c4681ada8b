import { deadlineOf, nameOfTaskKind, workingCalendar } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { cycleOn, monthOf, monthsLater, rightIn, SHOWN_AS_DEMO, sinceOf } from '#engine/entitlement/index.ts';
import type { Month } from '#engine/entitlement/index.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale, LocalName } from '#engine/kernel/index.ts';
import type { Affairs } from '#engine/mine/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { dayNumber, dayText, numeral, restsOn } from '#engine/rules/index.ts';
import type { Explanation, Step, Trace, Verdict, Words } from '#engine/rules/index.ts';
import { day } from '../../format.ts';
import { payerName } from '../../named.ts';
import { wordsOf } from '../../words.ts';
import { waitsForAccount } from './account/view.ts';
import { amountText } from './lines.ts';
import { monthText, payerText, periodText } from './money-view.ts';
import type { Explained } from './own.ts';

/** The verdict of one service with everything that it rests on. */
export function verdictView(city: City, { one, explanation, words, why }: Explained, locale: Locale) {
  return {
    kind: one.verdict.kind, because: becauseOf(one.verdict, explanation, why, locale),
    amount: one.amount && amountText(one.amount.maxFen, one.amount.per, locale), demo: one.demo,
    payers: (one.payers ?? []).map(({ payer, amountFen }) => ({ name: payerName(payer, locale), amount: numeral(amountFen, 2), demo: SHOWN_AS_DEMO.has(payer.confidence) })),
    reasons: explanation.reasons.map(({ clause, held, asks, says, law }) => ({ clause, held, asks, says, law: lawText(city, law, locale) })),
    missing: explanation.missing.map(({ says }) => says), nearly: explanation.nearly,
    facts: factsOf(city, one.trace, words, locale),
  };
}

/** Why it comes out so, without saying once more how it does. */
function becauseOf(verdict: Verdict, { reasons, missing, answer }: Explanation, why: string, locale: Locale): string {
  switch (verdict.kind) {
    case 'yes': return why;
    case 'no': return reasons.find(({ clause }) => clause === verdict.clause)?.says ?? answer;
    case 'unknown': return missing.map(({ says }) => says).join(wordsOf(locale)('my.semicolon'));
    default: return verdict satisfies never;
  }
}

/** The text that a condition carries out; where nobody has read one, that is said. */
function lawText(city: City, law: string | undefined, locale: Locale): string | undefined {
  const source = city.pack.sources.get(law ?? '');
  return source?.kind === 'memory' ? wordsOf(locale)('my.law-unread') : source && wordsOf(locale)('my.law', { law: source.title });
}

/** What was read of somebody for an answer: each fact once, with its holder and its days. */
function factsOf(city: City, trace: Trace, words: Words, locale: Locale) {
  const { subject } = trace;
  const seen = new Map<string, ReturnType<typeof factView>>();
  for (const step of restsOn(trace)) {
    const { fact } = step.detail;
    if (fact === undefined) continue;
    const at = `${fact} ${String(step.thing?.place)}`;
    if (!seen.has(at)) seen.set(at, factView(city, fact, step, { words, locale, isOwn: step.thing?.entity === subject.entity && step.thing.place === subject.place }));
  }
  return [...seen].map(([id, view]) => ({ id, ...view }));
}

function factView(city: City, fact: string, { thing, result, type, provenance }: Step, { words, locale, isOwn }: { readonly words: Words; readonly locale: Locale; readonly isOwn: boolean }) {
  const holder = city.pack.departments.get(provenance?.holder ?? '');
  const dated = (on: number | undefined): string | undefined => { const date = on === undefined ? undefined : parseDate(dayText(on)); return date && day(date, locale); };
  return {
    name: words.fact(fact), whose: thing === undefined || isOwn ? undefined : words.thing(thing.entity, thing.place),
    value: provenance?.withheld === true ? wordsOf(locale)('my.withheld') : valueText(city, fact, { result, type }, words, locale),
    holder: holder ? say(holder.name, locale) : words.holder(fact), observed: dated(provenance?.observedOn), since: dated(provenance?.validFrom),
  };
}

/** A value as people write it. */
function valueText(city: City, fact: string, { result, type }: Pick<Step, 'result' | 'type'>, words: Words, locale: Locale): string {
  const t = wordsOf(locale);
  if (result.kind !== 'known') return t(result.kind === 'none' ? 'entitled.none' : 'my.not-known');
  const unit = city.pack.units.get(city.pack.facts.get(fact)?.unit ?? '');
  switch (type.kind) {
    case 'boolean': return t(result.value === true ? 'my.yes' : 'my.no');
    case 'number': return unit ? t('entitled.with-unit', { value: numeral(Number(result.value), type.scale), unit: unit[locale] }) : numeral(Number(result.value), type.scale);
    case 'date': { const date = parseDate(dayText(Number(result.value))); return date ? day(date, locale) : String(result.value); }
    case 'code': return words.code(type.list, String(result.value));
    default: return String(result.value);
  }
}

/** What they have of the service: since when, on what ground, and what became of each period. */
export function holdingView(city: City, affairs: Affairs, service: Service, locale: Locale) {
  const { grants, periods, tasks, notices, debts } = affairs;
  const t = wordsOf(locale);
  const month = monthOf(dayNumber(city.today));
  const own = grants.filter((one) => one.service === service.id);
  const [grant] = own.map((one) => one.grant);
  const now = own.flatMap((one) => rightIn(one.grant.steps, month) ?? rightIn(one.grant.steps, monthsLater(month, 1)) ?? []);
  const since = own.flatMap((one) => sinceOf(one.grant.steps) ?? []);
  const of = Map.groupBy(periods.filter((one) => one.service === service.id), ({ period }) => period);
  const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
  return {
    has: now.length > 0, refused: grant?.refused ?? false, asked: grant?.proposal !== undefined, held: grant?.held, waits: waitsForAccount(affairs, service.id), ground: grant?.ground, ...pauseView(own, service, month, locale),
    since: since.length === 0 ? undefined : monthText(Math.min(...since), locale),
    amount: now.length === 0 || sum(now.map(({ amountFen }) => amountFen)) === 0 ? undefined : amountText(sum(now.map(({ amountFen }) => amountFen)), service.standard?.at(-1)?.per, locale),
    periods: [...of].sort(([a], [b]) => b - a).map(([period, lines]) => ({
      period, name: periodText(period, locale), booked: numeral(sum(lines.map(({ bookedFen }) => bookedFen)), 2), paid: numeral(sum(lines.map(({ paidFen, returnedFen }) => paidFen - returnedFen)), 2),
      parts: lines.filter(({ bookedFen }) => bookedFen !== 0).map(({ payer, bookedFen }) => t('my.part', { payer: payerText(city, payer, locale, service.id), amount: numeral(bookedFen, 2) })).join(t('list.comma')),
    })),
    tasks: tasks.filter((one) => one.service === service.id).map((task) => ({ at: `${task.stream} ${String(task.number)}`, kind: nameOfTaskKind(task.kind, locale), isReview: task.kind === 'review', department: nameOf(city, task.department), dueOn: task.dueOn })),
    notices: notices.filter((one) => one.service === service.id).map(({ number, givenOn }) => ({ number, given: day(givenOn, locale) })),
    owes: debts.some((one) => one.service === service.id && one.recovery.openFen > 0 && one.recovery.objection === undefined),
  };
}

/** Since when they do without, or from when on; and whether what they have can be paused: what is paid month by month. */
function pauseView(own: Affairs['grants'], service: Service, month: Month, locale: Locale): { readonly pausedFrom: string | undefined; readonly mayPause: boolean } {
  const next = monthsLater(month, 1);
  const pause = own.flatMap(({ grant }) => grant.pauses).find(({ before }) => before === undefined || before > next);
  return { pausedFrom: pause && monthText(pause.from, locale), mayPause: pause === undefined && cycleOn(service, month) === 'month' && own.some(({ grant }) => rightIn(grant.steps, next) !== undefined) };
}

function nameOf(city: City, department: string): LocalName {
  return city.pack.departments.get(department)?.name ?? { zh: department, en: department };
}

/** What stands open against an answer; days run from the newest thing that they were told of it. */
export function remediesView(city: City, { notices }: Affairs, service: Service, locale: Locale) {
  const told = notices.find((one) => one.service === service.id)?.givenOn;
  const calendar = workingCalendar(city.pack.calendar);
  const until = (days: number | undefined): CalendarDate | undefined => {
    const due = told === undefined || days === undefined ? undefined : deadlineOf(calendar, told, { kind: 'days', count: days });
    return due?.kind === 'due' ? due.on : undefined;
  };
  return (service.remedies ?? []).flatMap((id) => city.pack.remedies.get(id) ?? []).map(({ id, name, says, withinDays, source, procedures }) => {
    const last = until(withinDays);
    return { id, name, says, days: withinDays, until: last && day(last, locale), source: lawText(city, source, locale), apply: procedures?.some(({ from }) => from <= city.today) === true ? `/my/reconsideration/new/${service.id}` : undefined };
  });
}
