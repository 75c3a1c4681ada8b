import { parseDecimal, printDecimal, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { City } from '#engine/city.ts';
import type { Baseline, CountyEffect, PayerEffect, ServiceEffect } from '#engine/entitlement/index.ts';
import { CHANGES, hiddenPlaces, nearMisses } from '#engine/entitlement/index.ts';
import type { Parameter, Reform } from '#engine/pack/index.ts';
import { figure, quantity } from '../format.ts';
import type { DeskMessage, DeskWords } from './words.ts';

/** A value of a parameter that can be changed: which, where, and what it is today. */
export interface Choice {
  /** `<parameter>@<area>`, as the address of the page says it. */
  readonly key: string;
  readonly text: string;
  readonly value: string;
  readonly unit: string;
  readonly demo: boolean;
}

/** How sure a value must be not to be called a demonstration (decision 5 of the pack format). */
const SURE: ReadonlySet<string> = new Set(['verified', 'verified-secondary', 'derived', 'plan']);

/** The values of all parameters in force on a day, in the order of the pack. */
export function choicesOf({ pack }: Pick<City, 'pack'>, today: CalendarDate, locale: Locale, t: DeskWords): readonly Choice[] {
  return [...pack.parameters.values()].flatMap((parameter) => valuesOn(parameter, today).map(({ area, value, confidence }): Choice => {
    const division = pack.divisions.get(area);
    const demo = !SURE.has(confidence);
    const text = t('simulate.choice', { name: say(parameter.label, locale), area: division ? say(division.name, locale) : area, value: quantity(value, pack.units.get(parameter.unit), locale) });
    return { key: `${parameter.id}@${area}`, text: demo ? t('simulate.choice-demo', { choice: text }) : text, value: printDecimal(value), unit: pack.units.get(parameter.unit)?.[locale] ?? parameter.unit, demo };
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

/** One line of the table of effects, ready to be shown. */
export interface EffectLine {
  readonly service: string;
  readonly name: string;
  readonly cycle: string;
  readonly counts: readonly number[];
  readonly before: number;
  readonly after: number;
  readonly beforeMoney: string;
  readonly afterMoney: string;
  readonly difference: string;
  readonly payers: readonly { readonly key: string; readonly name: string; readonly before: string; readonly after: string; readonly difference: string }[];
  readonly counties: readonly { readonly key: string; readonly name: string; readonly counts: readonly number[] | null; readonly difference: string | null }[];
  /** Those who, before the change, fail by exactly one condition: which, and how many; null where they are few. */
  readonly near: readonly { readonly key: string; readonly says: string; readonly count: number | null }[];
}

export function lineOf(city: City, baseline: Baseline, effect: ServiceEffect, locale: Locale, t: DeskWords): EffectLine {
  const service = city.pack.services.get(effect.service);
  const { before: unsaidBefore, after: unsaidAfter } = effect.unstatedFen;
  const unsaid = unsaidBefore === unsaidAfter ? [] : [{ key: 'unsaid', name: t('simulate.unsaid'), ...money(unsaidBefore, unsaidAfter) }];
  return {
    service: effect.service,
    name: service ? say(service.name, locale) : effect.service,
    cycle: effect.cycle === undefined ? '' : t(`cycle.${effect.cycle}`),
    counts: CHANGES.map((kind) => effect.counts[kind]),
    before: effect.before, after: effect.after,
    beforeMoney: yuan(effect.beforeFen), afterMoney: yuan(effect.afterFen), difference: signed(effect.afterFen - effect.beforeFen),
    payers: [...byLevel(effect.payers, t), ...unsaid],
    counties: countyLines(city, effect.counties, locale, t),
    near: nearLines(city, baseline, effect.service, locale, t),
  };
}

/** The payers of a level together: which county pays how much shows in the table of counties. */
function byLevel(payers: readonly PayerEffect[], t: DeskWords): EffectLine['payers'] {
  return [...new Set(payers.map(({ level }) => level))].map((level) => {
    const own = payers.filter((payer) => payer.level === level);
    return { key: level, name: t(`level.${level}` satisfies DeskMessage), ...money(own.reduce((sum, one) => sum + one.beforeFen, 0), own.reduce((sum, one) => sum + one.afterFen, 0)) };
  });
}

const money = (beforeFen: number, afterFen: number): { readonly before: string; readonly after: string; readonly difference: string } => ({ before: yuan(beforeFen), after: yuan(afterFen), difference: signed(afterFen - beforeFen) });

/** County by county; where few people are touched, neither their number nor their money is shown. */
function countyLines({ pack }: City, counties: readonly CountyEffect[], locale: Locale, t: DeskWords): EffectLine['counties'] {
  const hidden = hiddenPlaces(counties.map(({ counts }) => CHANGES.reduce((sum, kind) => sum + counts[kind], 0)));
  return counties.map(({ county, counts, beforeFen, afterFen }, at) => {
    const division = county === undefined ? undefined : pack.divisions.get(county);
    return {
      key: county ?? '', name: division ? say(division.name, locale) : t('simulate.county-unknown'),
      counts: hidden.has(at) ? null : CHANGES.map((kind) => counts[kind]),
      difference: hidden.has(at) ? null : signed(afterFen - beforeFen),
    };
  });
}

function nearLines({ pack, today }: City, { book, snapshot, run }: Baseline, id: string, locale: Locale, t: DeskWords): EffectLine['near'] {
  const standard = pack.services.get(id)?.standard?.find(({ from, until }) => from <= today && (until === undefined || today <= until));
  const near = nearMisses(book, snapshot, run, id);
  const hidden = hiddenPlaces(near.map(({ count }) => count));
  return near.map(({ clause, count }, at) => {
    const says = standard?.conditions.find((condition) => condition.id === clause)?.says;
    return { key: clause, says: says ? say(says, locale) : clause === 'scope' ? t('simulate.scope') : clause.startsWith('stacks/') ? t('simulate.stacks') : clause, count: hidden.has(at) ? null : count };
  });
}

/** Fen as yuan with two decimals: 1,234.00. */
export const yuan = (fen: number): string => figure({ units: fen, scale: 2 });
/** With its sign, where it is not 0. */
export const signed = (fen: number): string => (fen > 0 ? `+${yuan(fen)}` : yuan(fen).replace('-', '−'));
