import { parseDecimal, printDecimal, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { City } from '#engine/city.ts';
import type { BreakdownId, Consequence, PayerEffect, ServiceEffect, ShownCliff, ShownConsequence, ShownGroup, ShownTouched, StatedError } from '#engine/entitlement/index.ts';
import { CHANGES, conditionSays, isDemoStandard, shownConsequence, SHOWN_AS_DEMO, shownEffect, standardOn, totalNamed } from '#engine/entitlement/index.ts';
import type { Parameter, Reform } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { figure, quantity } from '../format.ts';
import { countedElsewhere } from './elsewhere.ts';
import type { DeskMessage, DeskWords } from './words.ts';

/** A value of a parameter that can be changed: which, where, and what it is today. */
export interface Choice {
  /** `<parameter>@<area>`, as the address of the page says it. */
  readonly key: string;
  readonly text: string;
  /** The services whose rule reads it, by name: the first, and how many more. */
  readonly service: string;
  readonly value: string;
  /** The same with its unit. */
  readonly now: string;
  readonly demo: boolean;
}

/** The values in force on a day of the parameters that some rule reads: another one changes nobody. In the order of the services. */
export function choicesOf({ pack, rules }: Pick<City, 'pack' | 'rules'>, today: CalendarDate, locale: Locale, t: DeskWords): readonly Choice[] {
  const readers = new Map<string, string[]>();
  for (const service of pack.services.values()) for (const { parameter } of standardOn(rules, service, dayNumber(today))?.parameters ?? []) readers.set(parameter.id, [...(readers.get(parameter.id) ?? []), say(service.name, locale)]);
  return [...readers].flatMap(([id, names]) => { const parameter = pack.parameters.get(id); return parameter ? [{ parameter, names }] : []; }).flatMap(({ parameter, names }) => valuesOn(parameter, today).map(({ area, value, confidence }): Choice => {
    const [first = '', ...more] = names;
    const division = pack.divisions.get(area);
    const demo = SHOWN_AS_DEMO.has(confidence);
    const now = quantity(value, pack.units.get(parameter.unit), locale);
    const text = t('simulate.choice', { name: say(parameter.label, locale), area: division ? say(division.name, locale) : area, value: now });
    return { key: `${parameter.id}@${area}`, text: demo ? t('simulate.choice-demo', { choice: text }) : text, service: more.length === 0 ? first : t('simulate.readers', { service: first, count: more.length }), value: printDecimal(value), now, demo };
  }));
}

/** The value of each area that holds on a day: where an older one was left without an end, the newer one does. */
function valuesOn({ values }: Parameter, today: CalendarDate): Parameter['values'] {
  const current = values.filter(({ from, until }) => from <= today && (until === undefined || today <= until)).sort((a, b) => (a.from < b.from ? -1 : 1));
  return [...new Map(current.map((value) => [value.area, value])).values()];
}

/** The reform that a form asks for; undefined where what was typed is no number. */
export function reformOf(key: string, typed: string, today: CalendarDate): Reform | undefined {
  const [parameter = '', area = ''] = key.split('@');
  const value = parseDecimal(typed.trim().replaceAll(',', ''));
  return value && { name: { zh: parameter, en: parameter }, parameters: [{ parameter, area, from: today, value }], standards: [], openings: [], payers: [] };
}

/** A reform with what it changes later brought forward to today; `later` is the last of those days, undefined where all of it holds already. */
export function asOfToday({ parameters, standards, openings, payers, ...rest }: Reform, today: CalendarDate): { readonly today: Reform; readonly later: CalendarDate | undefined } {
  const forward = <T extends { readonly from: CalendarDate }>(all: readonly T[]): T[] => all.map((one) => (one.from > today ? { ...one, from: today } : one));
  const later = [...parameters, ...standards, ...openings, ...payers].map(({ from }) => from).filter((from) => from > today).sort().at(-1);
  return { today: { ...rest, parameters: forward(parameters), standards: forward(standards), openings: forward(openings), payers: forward(payers) }, later };
}

/** A line of a breakdown; null where few are behind it, or it would give few away. */
export interface GroupLine {
  readonly key: string;
  readonly name: string;
  readonly counts: readonly (number | null)[];
  readonly difference: string | null;
}

/** A number before and after; null where it is small. */
export interface BeforeAfterLine {
  readonly key: string;
  readonly says: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** One line of the table of effects, ready to be shown. */
export interface EffectLine {
  readonly service: string;
  readonly name: string;
  /** Whether its standard, and whether the shares of who pays, are for demonstration. */
  readonly demo: { readonly standard: boolean; readonly payers: boolean };
  readonly cycle: string;
  readonly counts: readonly (number | null)[];
  readonly before: number | null;
  readonly after: number | null;
  readonly beforeMoney: string | null;
  readonly afterMoney: string | null;
  readonly difference: string | null;
  readonly payers: readonly ({ readonly key: string; readonly name: string } & MoneyWords)[];
  readonly counties: readonly GroupLine[];
  readonly places: readonly GroupLine[];
  readonly incomes: readonly GroupLine[];
  /** Those who fail by exactly one condition: which, and how many before and after. */
  readonly near: readonly BeforeAfterLine[];
  /** Those for whom one more yuan of income takes more than a yuan away; null where no income is known. */
  readonly cliffs: BeforeAfterLine | null;
  /** How far it may be off; null where nobody was drawn. */
  readonly error: string | null;
}

/** The lines of a simulation, each with what else it does. */
export function linesOf(city: City, reform: Reform, locale: Locale, t: DeskWords): readonly EffectLine[] | undefined {
  const found = city.simulate(reform);
  if (found?.kind !== 'simulated') return undefined;
  const consequences = new Map(city.consequences(reform)?.map((one) => [one.service, one]));
  return found.effects.flatMap((effect) => {
    const consequence = consequences.get(effect.service);
    return consequence ? [lineOf({ city, locale, t }, effect, consequence)] : [];
  });
}

interface Page {
  readonly city: City;
  readonly locale: Locale;
  readonly t: DeskWords;
}

function lineOf(page: Page, effect: ServiceEffect, consequence: Consequence): EffectLine {
  const { city, locale, t } = page;
  const service = city.pack.services.get(effect.service);
  const { near, cliffs, error } = shownConsequence(consequence);
  const { counts, before, after, beforeFen, afterFen, unstatedFen, counties, places, incomes } = shownEffect(effect, consequence);
  const unsaid = unstatedFen.before === unstatedFen.after ? [] : [{ key: 'unsaid', name: t('simulate.unsaid'), ...money(unstatedFen.before, unstatedFen.after) }];
  const { before: beforeMoney, after: afterMoney, difference } = money(beforeFen, afterFen);
  return {
    service: effect.service,
    name: service ? say(service.name, locale) : effect.service,
    demo: { standard: isDemoStandard(city.demoServices().get(effect.service)), payers: city.demoServices().get(effect.service)?.payers ?? false },
    cycle: effect.cycle === undefined ? '' : t(`cycle.${effect.cycle}`),
    counts: CHANGES.map((kind) => counts[kind]),
    before, after, beforeMoney, afterMoney, difference,
    payers: [...byLevel(effect.payers, { beforeFen, afterFen }, t), ...unsaid],
    counties: counties.filter(({ county, afterFen, beforeFen }) => county === undefined || beforeFen !== 0 || afterFen !== 0 || !countedElsewhere(city).has(county)).map((one) => groupLine(one, one.county ?? '', countyName(page, one.county))),
    places: breakdownLines(page, 'place', places), incomes: breakdownLines(page, 'income', incomes),
    near: nearLines(page, effect.service, near),
    cliffs: cliffs && { key: 'cliffs', says: cliffWords(cliffs.before, cliffs.after, t), before: cliffs.before.count, after: cliffs.after.count },
    error: errorWords(page, error),
  };
}

/** The payers of a level together: which county pays how much shows in the table of counties. What is hidden of the whole is of its parts. */
function byLevel(payers: readonly PayerEffect[], whole: Pick<ShownTouched, 'beforeFen' | 'afterFen'>, t: DeskWords): EffectLine['payers'] {
  return [...new Set(payers.map(({ level }) => level))].map((level) => {
    const own = payers.filter((payer) => payer.level === level);
    const sum = (of: 'beforeFen' | 'afterFen'): number | null => (whole[of] === null ? null : own.reduce((total, one) => total + one[of], 0));
    return { key: level, name: t(`level.${level}` satisfies DeskMessage), ...money(sum('beforeFen'), sum('afterFen')) };
  });
}

interface MoneyWords {
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string | null;
}

function money(beforeFen: number | null, afterFen: number | null): MoneyWords {
  return { before: beforeFen === null ? null : yuan(beforeFen), after: afterFen === null ? null : yuan(afterFen), difference: beforeFen === null || afterFen === null ? null : signed(afterFen - beforeFen) };
}

function groupLine({ counts, beforeFen, afterFen }: ShownTouched, key: string, name: string): GroupLine {
  return { key, name, counts: CHANGES.map((kind) => counts[kind]), difference: money(beforeFen, afterFen).difference };
}

function countyName({ city: { pack }, locale, t }: Page, county: string | undefined): string {
  const division = county === undefined ? undefined : pack.divisions.get(county);
  return division ? say(division.name, locale) : t('simulate.county-unknown');
}

function breakdownLines({ city: { pack }, locale, t }: Page, id: BreakdownId, groups: readonly ShownGroup[]): readonly GroupLine[] {
  return groups.map((one) => {
    const group = pack.breakdowns.get(id)?.groups.find((each) => each.id === one.group);
    return groupLine(one, one.group ?? '', group ? say(group.label, locale) : t('simulate.group-unknown'));
  });
}

function nearLines({ city: { pack, today }, locale, t }: Page, id: string, near: ShownConsequence['near']): readonly BeforeAfterLine[] {
  const standard = pack.services.get(id)?.standard?.find(({ from, until }) => from <= today && (until === undefined || today <= until));
  return near.map(({ clause, before, after }) => {
    const says = conditionSays(pack, standard, clause);
    return { key: clause, says: says ? say(says, locale) : clause === 'scope' ? t('simulate.scope') : clause.startsWith('stacks/') ? t('simulate.stacks') : clause, before, after };
  });
}

function cliffWords(before: ShownCliff, after: ShownCliff, t: DeskWords): string {
  const most = Math.max(before.mostFen ?? 0, after.mostFen ?? 0);
  return most > 0 ? t('simulate.cliff-most', { amount: yuan(most) }) : t('simulate.cliff');
}

/** How far a figure may be off, in words; null where nobody was drawn. */
export function errorWords({ city: { pack }, locale, t }: Page, error: StatedError): string | null {
  switch (error.kind) {
    case 'everybody': return null;
    case 'unknown': return t('error.unknown');
    case 'band': {
      const total = totalNamed(pack, error.worst);
      return t('error.band', { count: error.totals.length, total: total ? say(total.name, locale) : error.worst, percent: error.percent.toFixed(1) });
    }
    default: return error satisfies never;
  }
}

/** Fen as yuan with two decimals: 1,234.00. */
export const yuan = (fen: number): string => figure({ units: fen, scale: 2 });
/** With its sign, where it is not 0. */
export const signed = (fen: number): string => (fen > 0 ? `+${yuan(fen)}` : yuan(fen).replace('-', '−'));
