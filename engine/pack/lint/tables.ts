import { compareDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import type { Finding, Indicator } from '../pack.ts';
import { NAME } from './keywords.ts';
import { aggregate, amount, cellOf, likeness, namePlace, rowsOf } from './reading.ts';
import type { Cell, LintRule, Reading } from './reading.ts';

/** The completion cell prints the sign of a bound: the target was copied where a value belongs. */
export const targetRepeatedAsActual: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, target, actual }): Finding[] => (
  target && actual?.op !== undefined && target.raw === actual.raw ? [{ code: 'target-repeated-as-actual', severity: 'error', places: [target.place, actual.place], subjects: [id], data: { name, raw: actual.raw } }] : []
));

/** The pairs of rows that the pack says are one indicator, each as (earlier, later). */
export function continued({ pack }: Reading): readonly (readonly [Indicator, Indicator])[] {
  return [...pack.indicators.values()].flatMap((later) => {
    const earlier = later.continues === undefined ? undefined : pack.indicators.get(later.continues);
    return earlier ? [[earlier, later] as const] : [];
  });
}

/**
 * The same indicator at the year that two tables share, with two values.
 *
 * Silent where the later plan counts in another unit or the values lie so far apart that something else is counted:
 * that is `indicator-redefined`.
 */
export const tablesDiffer: LintRule = (reading) => continued(reading).flatMap(([earlier, later]): Finding[] => {
  const reached = cellOf(reading, earlier.id, 'actual');
  const base = cellOf(reading, later.id, 'base');
  if (!reached?.value || !base?.value || reached.op !== undefined || reached.year !== base.year || redefinedBy(reading, earlier, later) !== undefined) return [];
  return differ(reached, base, later);
});

function differ(a: Cell, b: Cell, later: Indicator): Finding[] {
  if (!a.value || !b.value || compareDecimal(a.value, b.value) === 0) return [];
  const found = { places: [a.place, b.place], subjects: [a.id, b.id], data: { name: later.name.zh, year: a.year, one: a.raw, other: b.raw } };
  const coarse = Math.min(a.value.scale, b.value.scale);
  return roundsTo(a.value, b.value) ? [{ code: 'rounded-differently', severity: coarse === 0 ? 'warning' : 'info', ...found }] : [{ code: 'tables-differ', severity: 'error', ...found }];
}

/** Whether the finer of two numbers, rounded half up to the digits of the coarser, is the coarser. */
export function roundsTo(a: Decimal, b: Decimal): boolean {
  const [fine, coarse] = a.scale >= b.scale ? [a, b] : [b, a];
  const step = 10 ** (fine.scale - coarse.scale);
  return Math.floor((fine.units + step / 2) / step) === coarse.units;
}

/** How the later row counts something else than the earlier: in another unit, or a value that no year can change that much. */
function redefinedBy(reading: Reading, earlier: Indicator, later: Indicator): 'unit' | 'value' | undefined {
  if (earlier.unit !== later.unit) return 'unit';
  const reached = cellOf(reading, earlier.id, 'actual')?.value;
  const base = cellOf(reading, later.id, 'base')?.value;
  if (!reached || !base || amount(base) === 0) return undefined;
  const ratio = amount(reached) / amount(base);
  return ratio > 1.5 || ratio < 1 / 1.5 ? 'value' : undefined;
}

/** An indicator that continues under its name or another but counts something else: its series cannot be joined. */
export const indicatorRedefined: LintRule = (reading) => continued(reading).flatMap(([earlier, later]): Finding[] => {
  const by = redefinedBy(reading, earlier, later);
  const one = cellOf(reading, earlier.id, 'actual');
  const other = cellOf(reading, later.id, 'base');
  if (by === undefined || !one?.value || !other?.value || one.op !== undefined) return [];
  return [{ code: 'indicator-redefined', severity: 'warning', places: [one.place, other.place], subjects: [earlier.id, later.id], data: { earlier: earlier.name.zh, later: later.name.zh, one: one.raw, other: other.raw, unitOne: earlier.unit, unitOther: later.unit } }];
});

/** The target of this plan is weaker than the last plan's target for the same thing. */
export const weakerThanLastPlan: LintRule = (reading) => continued(reading).flatMap(([earlier, later]): Finding[] => {
  const last = cellOf(reading, earlier.id, 'target');
  const next = cellOf(reading, later.id, 'target');
  if (!last?.value || !next?.value || earlier.unit !== later.unit || last.cumulative !== next.cumulative || redefinedBy(reading, earlier, later) !== undefined) return [];
  const lower = compareDecimal(next.value, last.value);
  const weaker = later.direction === 'higher-better' ? lower < 0 : lower > 0;
  return weaker ? [{ code: 'weaker-than-last-plan', severity: 'warning', places: [last.place, next.place], subjects: [earlier.id, later.id], data: { name: later.name.zh, last: last.raw, next: next.raw } }] : [];
});

/** Five years without a step, then a long one: nothing in the past says how. */
export const stretchWithoutHistory: LintRule = (reading) => continued(reading).flatMap(([earlier, later]): Finding[] => {
  const [was, reached, base, target] = [cellOf(reading, earlier.id, 'base'), cellOf(reading, earlier.id, 'actual'), cellOf(reading, later.id, 'base'), cellOf(reading, later.id, 'target')];
  if (!was?.value || !reached?.value || !base?.value || !target?.value || earlier.unit !== later.unit || later.direction !== 'higher-better') return [];
  const gained = amount(reached.value) - amount(was.value);
  const wanted = amount(target.value) - amount(base.value);
  return gained === 0 && wanted > amount(base.value) * 0.2 ? [{ code: 'stretch-without-history', severity: 'info', places: [was.place, reached.place, base.place, target.place], subjects: [earlier.id, later.id], data: { name: later.name.zh, base: base.raw, target: target.raw, was: was.raw, reached: reached.raw } }] : [];
});

/** What the last plan promised and did not reach, by its own table. A binding one weighs more. */
export const missedTarget: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, indicator, base, target, actual }): Finding[] => {
  if (!target?.value || !actual?.value || actual.op !== undefined || actual.cumulative !== target.cumulative) return [];
  if (worse(indicator, actual.value, target.value) <= 0) return [];
  const start = base?.value && worse(indicator, actual.value, base.value) > 0 ? base : undefined;
  const found = { subjects: [id], data: { name, base: base?.raw ?? '', target: target.raw, actual: actual.raw } };
  return start
    ? [{ code: 'fell-below-start', severity: 'warning', places: [start.place, target.place, actual.place], ...found }]
    : [{ code: 'missed-target', severity: indicator.attribute === 'binding' ? 'warning' : 'info', places: [target.place, actual.place], ...found }];
});

/** Positive where a is worse than b for this indicator, zero where equal, negative where better. */
export function worse({ direction }: Pick<Indicator, 'direction'>, a: Decimal, b: Decimal): number {
  const order = compareDecimal(a, b);
  return direction === 'higher-better' ? -order : order;
}

/** The target asks for less than the year it starts from. Where the bound's sign is printed it may be meant as a limit only. */
export const targetBelowBase: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, indicator, base, target }): Finding[] => {
  if (!target?.value || !base?.value || target.cumulative !== base.cumulative || worse(indicator, target.value, base.value) <= 0) return [];
  return [{ code: 'target-below-base', severity: indicator.targetOpBasis === 'printed' ? 'warning' : 'error', places: [base.place, target.place], subjects: [id], data: { name, base: base.raw, target: target.raw, year: base.year } }];
});

/** Base and target are one number: a duty to keep, in which no progress can be measured. */
export const noIncrement: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, base, target }): Finding[] => (
  target?.value && base?.value && compareDecimal(base.value, target.value) === 0 ? [{ code: 'no-increment', severity: 'warning', places: [base.place, target.place], subjects: [id], data: { name, raw: target.raw } }] : []
));

/** Cells that print a dash: no value to start from, or none to judge by. */
export const noValuePrinted: LintRule = (reading) => {
  const dashes = (name: Cell['cell']): readonly Cell[] => reading.cells.filter((one) => one.cell === name && one.indicator[name] === 'none-printed' && one.value === undefined);
  const partly = reading.cells.filter((one) => one.cell !== 'target' && one.value === undefined && one.indicator.parts !== undefined && one.indicator.parts.length > 0);
  const base = [...dashes('base'), ...partly.filter(({ cell }) => cell === 'base')];
  return [
    ...dashes('actual').flatMap((one) => aggregate('no-actual', 'warning', [one.place], [one.id], { name: one.name })),
    ...aggregate('no-base', 'warning', base.map(({ place }) => place), base.map(({ id }) => id)),
  ];
};

/** One printed number with three or more digits under two indicators that are not linked: a cell may have slipped. */
export const sameNumber: LintRule = (reading) => {
  const linked = (a: Cell, b: Cell): boolean => a.indicator === b.indicator || a.indicator.continues === b.indicator.id || b.indicator.continues === a.indicator.id;
  const exact = reading.cells.filter(({ value, cell }) => value !== undefined && value.scale > 0 && value.units >= 100 && value.units % 10 !== 0 && cell !== 'target');
  return exact.flatMap((a, index) => exact.slice(index + 1).flatMap((b): Finding[] => (
    a.raw !== b.raw || a.year !== b.year || linked(a, b) || likeness(a.name, b.name) > 0.8 ? [] : [{ code: 'same-number', severity: 'info', places: [a.place, b.place], subjects: [a.id, b.id], data: { one: a.name, other: b.name, raw: a.raw } }]
  )));
};

/** A target of this plan that is twice its base or more: worth a second look at both numbers. Totals over the years are not compared with one year. */
export const suspiciousJump: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, indicator, base, target, actual }): Finding[] => {
  if (!target?.value || !base?.value || actual || indicator.kind === 'cumulative' || indicator.direction !== 'higher-better' || amount(base.value) <= 0) return [];
  const times = amount(target.value) / amount(base.value);
  return times < 2 ? [] : [{ code: 'suspicious-jump', severity: 'warning', places: [base.place, target.place], subjects: [id], data: { name, base: base.raw, target: target.raw, times: times.toFixed(1) } }];
});

/** The base is one year's number and the target a total over the years, and no mark in the cells says so. */
export const yearAgainstTotal: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, indicator, base, target }): Finding[] => (
  indicator.kind === 'cumulative' && target?.value && base?.value && !target.cumulative ? [{ code: 'year-against-total', severity: 'warning', places: [base.place, target.place], subjects: [id], data: { name, base: base.raw, target: target.raw } }] : []
));

/** More than the whole: a share above one hundred per cent that is no growth. */
export const shareOverHundred: LintRule = ({ cells }) => cells.flatMap((cell): Finding[] => (
  cell.indicator.unit === '%' && cell.indicator.kind === 'rate' && cell.value && amount(cell.value) > 100 ? [{ code: 'share-over-hundred', severity: 'error', places: [cell.place], subjects: [cell.id], data: { name: cell.name, raw: cell.raw } }] : []
));

/** The earlier table says which targets bind and the later does not. */
export const attributeDropped: LintRule = ({ pack }) => {
  const order = [...pack.plan.document.tables].sort((a, b) => a.target - b.target);
  return order.slice(0, -1).flatMap((table, index) => {
    const next = order[index + 1];
    const later = pack.source.tables.find((one) => one.no === next?.no);
    if (!next || !later || !table.columns.includes('attribute') || next.columns.includes('attribute')) return [];
    const earlier = pack.source.tables.find((one) => one.no === table.no);
    return aggregate('attribute-dropped', 'warning', [earlier, later].flatMap((one) => one ? [{ citation: { kind: 'table' as const, table: one.no }, file: pack.source.file, line: one.heading.line, raw: one.heading.text }] : []), [], { table: table.no, next: next.no });
  });
};

/** A share of the row above with a number of its own, and several lines under one number. */
export const rowNumbers: LintRule = (reading) => {
  const rows = [...reading.pack.indicators.values()];
  const part = rows.filter((indicator) => NAME.ofWhich.test(namePlace(reading, indicator).raw));
  const lines = rows.filter(({ parts }) => parts !== undefined && parts.length > 1);
  return [
    ...aggregate('part-numbered-as-row', 'info', part.map((one) => namePlace(reading, one)), part.map(({ id }) => id)),
    ...aggregate('several-lines-in-row', 'info', lines.map((one) => namePlace(reading, one)), lines.map(({ id }) => id)),
  ];
};

/** The smallest step, in per cent of the base, that a plan of several years can be said to take. */
const TINY_STEP = 0.015;

/** A target that hardly moves from its base, though the measure has no ceiling near. */
export const tinyStep: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, indicator, base, target, actual }): Finding[] => {
  if (!base?.value || !target?.value || actual || worse(indicator, target.value, base.value) >= 0) return [];
  const nearCeiling = indicator.unit === '%' && amount(base.value) > 80;
  const step = Math.abs(amount(target.value) - amount(base.value)) / amount(base.value);
  return nearCeiling || step >= TINY_STEP ? [] : [{ code: 'tiny-step', severity: 'info', places: [base.place, target.place], subjects: [id], data: { name, base: base.raw, target: target.raw } }];
});

/** How many times the planned gain a plan may reach before the target, or what was counted, looks wrong. */
const OVERSHOT = 4;

/** Reached many times over: the target was no target, or something else was counted. */
export const farOvershot: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, indicator, base, target, actual }): Finding[] => {
  if (!base?.value || !target?.value || !actual?.value || base.op !== undefined || target.op !== undefined || actual.op !== undefined) return [];
  if (worse(indicator, target.value, base.value) >= 0 || worse(indicator, actual.value, target.value) >= 0) return [];
  const planned = Math.abs(amount(target.value) - amount(base.value));
  const gained = Math.abs(amount(actual.value) - amount(base.value));
  return gained < planned * OVERSHOT ? [] : [{ code: 'far-overshot', severity: 'info', places: [base.place, target.place, actual.place], subjects: [id], data: { name, base: base.raw, target: target.raw, actual: actual.raw, times: (gained / planned).toFixed(1) } }];
});

/** One table's title is about more than the other's: a word that limits the subject stands in one only. */
export const titleScope: LintRule = ({ pack }) => {
  const titles = pack.source.tables.map((table) => ({ table, subject: NAME.tableSubject.exec(table.title)?.[0] ?? '' }));
  return titles.flatMap((a) => titles.filter((b) => b !== a && b.subject !== '' && a.subject !== b.subject && a.subject.endsWith(b.subject)).flatMap((b) => aggregate('title-scope-differs', 'info', [a, b].map(({ table }) => ({ citation: { kind: 'table' as const, table: table.no }, file: pack.source.file, line: table.heading.line, raw: table.heading.text })), [], { one: a.subject, other: b.subject })));
};
