import type { City } from '#engine/city.ts';
import { parseDate, say as sayIn } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Dispute, HeldFact, Stated } from '#engine/record/index.ts';
import { dayText } from '#engine/rules/index.ts';
import { wordsOfPack } from '#engine/entitlement/index.ts';
import { day } from '../../../format.ts';
import { wordsOf } from '../../../words.ts';
import { factLabel, valueWords } from './value.ts';

/** The address of a fact's page. */
export const factPath = ({ fact, no }: Pick<HeldFact, 'fact' | 'no'>, below = ''): string => `/my/facts/${fact}${below}${no === null ? '' : `?no=${no}`}`;

/** A fact as its page and its line in the list show it. */
export function factView(city: City, one: HeldFact, disputes: readonly Dispute[], locale: Locale) {
  const dispute = disputes.find(({ fact, no, sent }) => fact === one.fact && no === one.no && sent !== null);
  return {
    fact: one.fact, no: one.no, label: factLabel(city, one.fact, locale), thing: thingOf(city, one, locale), closed: one.closed, sensitive: one.sensitive,
    value: one.value && valueWords(city, one.fact, one.value, locale), known: one.value !== undefined, from: one.from && sourceWords(city, one.from, locale), standing: one.standing.kind,
    holder: departmentName(city, one.holder, locale), declarable: one.declarable, absent: city.pack.facts.get(one.fact)?.absent ?? 'unknown',
    usedBy: one.usedBy.flatMap((id) => { const service = city.pack.services.get(id); return service ? [{ id, name: sayIn(service.name, locale) }] : []; }),
    dispute: dispute && disputeView(city, dispute, locale),
  };
}
export type FactView = ReturnType<typeof factView>;

/** Of which group or record a fact is; undefined where it is the person's own. */
function thingOf({ rules, pack }: City, { entity, no }: HeldFact, locale: Locale): string | undefined {
  if (entity === (pack.plan.interview?.subject ?? 'person')) return undefined;
  const name = wordsOfPack(rules, locale, undefined).link(entity);
  return no === null ? name : wordsOf(locale)('record.numbered', { name, number: no + 1 });
}

export function departmentName(city: City, id: string | undefined, locale: Locale): string | undefined {
  const department = id === undefined ? undefined : city.pack.departments.get(id);
  return department && sayIn(department.name, locale);
}

/** Who told a value, and of which day it is. */
function sourceWords(city: City, { feed, department, observedOn, validFrom }: NonNullable<HeldFact['from']>, locale: Locale) {
  const file = city.pack.feeds.get(feed);
  const dayOf = (on: number): string => { const date = parseDate(dayText(on)); return date ? day(date, locale) : String(on); };
  const kind = feed === 'holder' || feed === 'self-declared' ? feed : 'feed';
  return { who: departmentName(city, department, locale), file: file && fileName(sayIn(file.label, locale), departmentName(city, department, locale)), observedOn: dayOf(observedOn), validFrom: validFrom === observedOn || validFrom === 0 ? undefined : dayOf(validFrom), kind } as const;
}

/** What a file is called, without the department that has been named already. */
function fileName(label: string, department: string | undefined): string {
  return department !== undefined && label.startsWith(department) ? label.slice(department.length).replace(/^[：:]\s*/, '') : label;
}

/** A dispute that was sent, with what came of it. */
export function disputeView(city: City, { fact, value, why, evidence, sent, answer }: Dispute, locale: Locale) {
  const words = (stated: Stated | null | undefined): string => valueWords(city, fact, stated ?? undefined, locale);
  const serviceName = (id: string): string => { const service = city.pack.services.get(id); return service ? sayIn(service.name, locale) : id; };
  return {
    label: factLabel(city, fact, locale), was: words(sent?.was), should: words(value), why: why ?? '', files: evidence.map(({ name }) => name),
    sentOn: sent ? day(sent.on, locale) : '', department: departmentName(city, sent?.department, locale) ?? sent?.department ?? '', dueOn: sent ? day(sent.dueOn, locale) : '', dueCounted: sent?.dueCounted ?? 'calendar',
    late: sent !== null && answer === null && city.today > sent.dueOn,
    answer: answer && {
      outcome: answer.outcome, on: day(answer.on, locale), from: day(answer.from, locale), is: words(answer.value), because: answer.because, department: departmentName(city, answer.department, locale) ?? answer.department,
      changes: answer.changes.map(({ service, was, is }) => ({ service, name: serviceName(service), was, is })),
    },
  };
}
export type DisputeView = ReturnType<typeof disputeView>;
