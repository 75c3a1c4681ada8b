import { compareDecimal, partsOf, subtractDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import type { Background, Finding, Indicator, Target } from '../pack.ts';
import { FIRMNESS } from './keywords.ts';
import { aggregate, amount, cellOf, likeness, namePlace, pairsIn, quotePlace, shown } from './reading.ts';
import type { Cell, LintRule, Reading } from './reading.ts';
import { roundsTo, worse } from './tables.ts';

/** The row that a target or a fact of the text names: an indicator or one of its lines. */
function rowOf({ pack }: Reading, id: string): { readonly id: string; readonly indicator: Indicator } | undefined {
  const whole = pack.indicators.get(id);
  if (whole) return { id, indicator: whole };
  const parted = [...pack.indicators.values()].find((one) => one.parts?.some((part) => part.id === id));
  return parted && { id, indicator: parted };
}

/** The printed values of a row for a year: what was reached, or where the plan starts. */
function valuesAt(reading: Reading, id: string, year: number): readonly Cell[] {
  return reading.cells.filter((one) => one.id === id && one.year === year && one.cell !== 'target');
}

/** What the text says was so, against the table's value for the same year; a fact of an earlier year is judged by distance. */
export const textDiffersFromTable: LintRule = (reading) => [...reading.pack.background.values()].flatMap((fact) => fact.see.flatMap((see): Finding[] => {
  const row = rowOf(reading, see);
  if (!row || !fact.value || fact.year === 'unfilled' || !comparable(reading, fact, row.indicator)) return [];
  const { year } = fact;
  const same = valuesAt(reading, see, year);
  const units = fact.unit !== undefined && unlike(reading, fact.unit, row.indicator.unit) ? [{ code: 'unit-differs', severity: 'warning' as const, places: [quotePlace(reading, fact.cite, fact.quote), namePlace(reading, row.indicator)], subjects: [fact.id, row.id], data: { name: fact.name.zh, table: row.indicator.unit, text: fact.unit } }] : [];
  return [...units, ...(same.length > 0 ? same.flatMap((cell) => against(reading, fact, cell)) : laterFarApart(reading, fact, see, year))];
}));

/** One unit, or units of one size for nearly one name: visits by the number and visits by the showing. */
function comparable({ pack }: Reading, fact: Background, indicator: Indicator): boolean {
  const [own, other] = [pack.units.get(fact.unit ?? ''), pack.units.get(indicator.unit)];
  return fact.unit === indicator.unit || (own !== undefined && other !== undefined && compareDecimal(own.times, other.times) === 0 && likeness(fact.name.zh, indicator.name.zh) > 0.7);
}

function against(reading: Reading, fact: Background, cell: Cell): Finding[] {
  if (!fact.value || !cell.value) return [];
  const found = { places: [quotePlace(reading, fact.cite, fact.quote), cell.place], subjects: [fact.id, cell.id], data: { name: fact.name.zh, text: shown(fact.value), table: cell.raw, year: cell.year } };
  // A cell that prints a bound holds no value: the text prints one and shows what the cell should hold.
  if (cell.op !== undefined) return cell.cell === 'actual' ? [{ code: 'text-differs-from-table', severity: 'error', ...found }] : [];
  const order = compareDecimal(fact.value, cell.value);
  if (fact.op === '>=' || fact.op === '>') return order <= 0 ? [] : [{ code: 'text-differs-from-table', severity: 'error', ...found }];
  if (order === 0) return [];
  if (!roundsTo(fact.value, cell.value)) return [truncated(fact, cell) ? { code: 'truncated-value', severity: 'warning', ...found } : { code: 'text-differs-from-table', severity: 'error', ...found }];
  return [{ code: 'rounded-differently', severity: 'info', places: found.places, subjects: found.subjects, data: { name: fact.name.zh, year: cell.year, one: found.data.text, other: cell.raw } }];
}

/** Cut off instead of rounded: 71.75 printed as 71. */
function truncated(fact: Background, cell: Cell): boolean {
  return fact.value !== undefined && cell.value !== undefined && cell.value.scale < fact.value.scale && Math.floor(fact.value.units / 10 ** (fact.value.scale - cell.value.scale)) === cell.value.units;
}

/** No row has the fact's own year: a value within two years that is half or twice as large cannot be the same count. */
function laterFarApart(reading: Reading, fact: Background, see: string, year: number): Finding[] {
  return reading.cells.filter((cell) => cell.id === see && cell.cell !== 'target' && Math.abs(cell.year - year) <= 2).flatMap((cell): Finding[] => {
    if (!fact.value || !cell.value || amount(fact.value) === 0) return [];
    const ratio = amount(cell.value) / amount(fact.value);
    const found = { places: [quotePlace(reading, fact.cite, fact.quote), cell.place], subjects: [fact.id, cell.id], data: { name: fact.name.zh, text: shown(fact.value), textYear: year, table: cell.raw, year: cell.year } };
    if (ratio > 1.5 || ratio < 1 / 1.5) return [{ code: 'years-far-apart', severity: 'error', ...found }];
    return [];
  });
}

/** The targets of text and boxes that repeat a row, with the row's target cell. */
function repeated(reading: Reading): readonly { readonly target: Target; readonly indicator: Indicator; readonly id: string; readonly cell: Cell; readonly found: Pick<Finding, 'places' | 'subjects'> }[] {
  return [...reading.pack.targets.values()].flatMap((target) => {
    const row = target.indicator === undefined ? undefined : rowOf(reading, target.indicator);
    const cell = row && cellOf(reading, row.id, 'target');
    return row && cell ? [{ target, ...row, cell, found: { places: [cell.place, quotePlace(reading, target.cite, target.quote)], subjects: [target.id, row.id] } }] : [];
  });
}

/** A target in the text or a box, against the target of the row it repeats; with the case that one counts all and the other what is new. */
export const targetDiffers: LintRule = (reading) => repeated(reading).flatMap(({ target, id, cell, found }): Finding[] => {
  if (!target.value || !cell.value || target.kind !== 'numeric' || compareDecimal(target.value, cell.value) === 0) return [];
  const data = { name: target.name.zh, table: cell.raw, text: shown(target.value) };
  const base = cellOf(reading, id, 'base');
  return [
    { code: 'target-differs', severity: 'error', ...found, data },
    ...(base && addsUp(base, target.value, cell.value) ? [{ code: 'increment-or-total', severity: 'warning' as const, ...found, data: { ...data, base: base.raw } }] : []),
  ];
});

/** A number in the table and only a pointer to somebody else's order in the text. */
export const targetByReference: LintRule = (reading) => repeated(reading).flatMap(({ target, cell, found }): Finding[] => (
  target.kind === 'by-reference' && cell.value ? [{ code: 'target-by-reference', severity: 'warning', ...found, data: { name: target.name.zh, table: cell.raw, text: target.quote } }] : []
));

/** One target in two units that no factor turns into each other. */
export const targetUnit: LintRule = (reading) => repeated(reading).flatMap(({ target, indicator, found }): Finding[] => (
  target.value && unlike(reading, target.unit, indicator.unit) ? [{ code: 'unit-differs', severity: 'warning', ...found, data: { name: target.name.zh, table: indicator.unit, text: target.unit } }] : []
));

/** Whether the table's target is its base plus what the text promises. */
function addsUp(base: Cell, promised: Decimal, target: Decimal): boolean {
  return base.value !== undefined && base.value.units > 0 && compareDecimal(subtractDecimal(target, base.value), promised) === 0;
}

function unlike({ pack }: Reading, one: string, other: string): boolean {
  const [a, b] = [pack.units.get(one), pack.units.get(other)];
  return one !== other && (a?.dimension !== b?.dimension || a?.times.units !== b?.times.units);
}

/** A cell that points to somebody else's order instead of printing a value. */
export const referenceInCell: LintRule = ({ cells }) => cells.flatMap((cell): Finding[] => {
  const value = cell.indicator[cell.cell];
  return typeof value === 'object' && 'reference' in value ? [{ code: 'reference-in-cell', severity: 'warning', places: [cell.place], subjects: [cell.id], data: { name: cell.name, raw: cell.raw } }] : [];
});

interface Reached { readonly value: NonNullable<Target['base']>; readonly place: Finding['places'][number]; readonly id: string; readonly what: string }

/** What the plan says is reached already of what a target asks for: linked facts, and the row's own base. */
function reachedFor(reading: Reading, target: Target): readonly Reached[] {
  const { pack } = reading;
  const facts = [...pack.background.values()].filter((fact) => fact.see.includes(target.id) && fact.value !== undefined && fact.unit === target.unit);
  const row = target.indicator === undefined ? undefined : cellOf(reading, target.indicator, 'base');
  const printedBase = target.base === undefined ? [] : reading.cells.filter((cell) => cell.cell !== 'target' && cell.year === partsOf(pack.plan.period.from).year - 1 && cell.value !== undefined && target.base !== undefined && compareDecimal(cell.value, target.base) === 0 && cell.indicator.unit === target.unit && likeness(cell.name, target.name.zh) > 0.2);
  return [
    ...facts.flatMap((fact) => fact.value ? [{ value: fact.value, place: quotePlace(reading, fact.cite, fact.quote), id: fact.id, what: fact.name.zh }] : []),
    ...[...(row ? [row] : []), ...printedBase].flatMap((cell) => cell.value && cell.indicator.unit === target.unit ? [{ value: cell.value, place: cell.place, id: cell.id, what: cell.name }] : []),
  ].filter((one, index, all) => all.findIndex((other) => other.id === one.id) === index);
}

/** A target in the text that asks for less than is reported as reached, or for what is reported as reached in full. */
export const alreadyReached: LintRule = (reading) => [...reading.pack.targets.values()].flatMap((target): Finding[] => {
  const { value } = target;
  if (!value || (target.kind !== 'numeric' && target.kind !== 'full-coverage')) return [];
  const direction = target.op === '<=' || target.op === '<' ? 'lower-better' : 'higher-better';
  const all = reachedFor(reading, target).map((reached) => ({ ...reached, side: worse({ direction }, value, reached.value) })).filter(({ side }) => side >= 0);
  const below = all.filter(({ side }) => side > 0);
  const shownOnes = below.length > 0 ? below : all;
  const first = shownOnes[0];
  if (!first) return [];
  return [{
    code: below.length > 0 ? 'target-below-reached' : 'already-achieved', severity: below.length > 0 ? 'error' : 'warning',
    places: [...shownOnes.map(({ place }) => place), quotePlace(reading, target.cite, target.quote)], subjects: [target.id, ...shownOnes.map(({ id }) => id)],
    data: { name: target.name.zh, reached: shown(first.value), what: first.what, target: shown(value), unit: target.unit },
  }];
});

/** Two targets of the text that name one thing and print two values, or one value for two groups. */
export const textTargetsDiffer: LintRule = ({ pack, ...reading }) => {
  const targets = [...pack.targets.values()].filter((target) => target.kind === 'numeric' && target.indicator === undefined);
  return targets.flatMap((a, index) => targets.slice(index + 1).flatMap((b): Finding[] => {
    if (a.unit !== b.unit || !a.value || !b.value || a.quote === b.quote) return [];
    const alike = likeness(plainName(a), plainName(b));
    const values = compareDecimal(a.value, b.value) !== 0;
    if (values ? a.scope !== b.scope || alike < 0.9 : a.scope === b.scope || alike < 0.7) return [];
    return [{ code: values ? 'text-targets-differ' : 'target-scope-differs', severity: values ? 'error' : 'info', places: [a, b].map((one) => quotePlace({ pack, ...reading }, one.cite, one.quote)), subjects: [a.id, b.id], data: { name: a.name.zh, one: `${shown(a.value)}${a.unit}`, other: `${shown(b.value)}${b.unit}`, scopeOne: a.scope, scopeOther: b.scope } }];
  }));
};

function plainName(target: Target): string {
  return target.name.zh.replace(/[(（][^)）]*[)）]/g, '');
}

/** Facts of an earlier year that stand for the state from which the plan starts. */
export const oldBaseline: LintRule = (reading) => {
  const start = partsOf(reading.pack.plan.period.from).year - 1;
  const old = [...reading.pack.background.values()].filter((fact) => fact.value !== undefined && fact.year !== 'unfilled' && fact.year < start && fact.see.length > 0);
  return aggregate('old-baseline', 'info', old.map((fact) => quotePlace(reading, fact.cite, fact.quote)), old.flatMap((fact) => [fact.id, ...fact.see]), { start });
};

/** “Reached the target”, says the text, and the table shows that it was missed. */
export const claimContradicted: LintRule = (reading) => [...reading.pack.background.values()].filter(({ quote, value }) => value === undefined && FIRMNESS.claim.test(quote)).flatMap((fact) => fact.see.flatMap((id): Finding[] => {
  const row = rowOf(reading, id);
  const [target, actual] = [cellOf(reading, id, 'target'), cellOf(reading, id, 'actual')];
  if (!row || !target?.value || !actual?.value || actual.op !== undefined || worse(row.indicator, actual.value, target.value) <= 0) return [];
  return [{ code: 'claim-contradicted', severity: 'error', places: [quotePlace(reading, fact.cite, fact.quote), target.place, actual.place], subjects: [fact.id, row.id], data: { claim: fact.quote, name: row.indicator.name.zh, target: target.raw, actual: actual.raw } }];
}));

/** To be done away with in full, where the baseline reports all of the same thing as sound already. */
export const zeroAlready: LintRule = (reading) => {
  const whole = [...reading.pack.background.values()].filter(({ value, unit }) => value !== undefined && unit === '%' && amount(value) === 100);
  return [...reading.pack.targets.values()].filter(({ kind }) => kind === 'zero').flatMap((target) => whole.filter((fact) => pairsIn(target.quote).filter((pair) => fact.quote.includes(pair)).length > 1).map((fact): Finding => ({
    code: 'already-achieved', severity: 'warning', places: [quotePlace(reading, fact.cite, fact.quote), quotePlace(reading, target.cite, target.quote)], subjects: [target.id, fact.id],
    data: { name: target.name.zh, reached: '100', what: fact.name.zh, target: '0', unit: '' },
  })));
};

/** “More than reached”, says the text, of a row whose target is no number: nobody can check it. */
export const claimUnverifiable: LintRule = (reading) => [...reading.pack.background.values()].filter(({ quote, value }) => value === undefined && FIRMNESS.claim.test(quote)).flatMap((fact) => {
  const nouns = (FIRMNESS.claimed.exec(fact.quote)?.[1] ?? '').split(/[、,，]/).filter((noun) => noun.length > 1);
  return reading.cells.filter(({ cell, indicator, name }) => cell === 'target' && typeof indicator.target === 'object' && 'reference' in indicator.target && nouns.some((noun) => name.includes(noun))).map((cell): Finding => ({
    code: 'claim-unverifiable', severity: 'warning', places: [quotePlace(reading, fact.cite, fact.quote), cell.place], subjects: [fact.id, cell.id], data: { claim: fact.quote, name: cell.name, target: cell.raw },
  }));
});

/** A bound in words or signs that points the wrong way for its indicator: at most, where more is better. */
export const directionDiffers: LintRule = (reading) => [
  ...repeated(reading).flatMap(({ target, indicator, found }): Finding[] => wrongWay(target.quote, indicator) ? [{ code: 'direction-differs', severity: 'error', ...found, data: { name: target.name.zh, raw: target.quote } }] : []),
  ...reading.cells.flatMap((cell): Finding[] => cell.cell === 'target' && wrongWay(cell.raw, cell.indicator) ? [{ code: 'direction-differs', severity: 'error', places: [cell.place], subjects: [cell.id], data: { name: cell.name, raw: cell.raw } }] : []),
];

function wrongWay(words: string, { direction }: Indicator): boolean {
  const most = FIRMNESS.atMost.test(words);
  const least = FIRMNESS.atLeast.test(words);
  return (direction === 'higher-better' && most && !least) || (direction === 'lower-better' && least && !most);
}
