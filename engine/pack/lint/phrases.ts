import { compareDecimal, parseDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import type { Finding } from '../pack.ts';
import { PHRASE, SENTENCE } from './keywords.ts';
import { baselineSections, matchesQuote, placeIn, rowsOf, subjectsAt } from './reading.ts';
import type { Cell, LintRule, Passage, Reading } from './reading.ts';

/** A number that the text states of something: the thing, the number, its unit, and whether it tells of before or of the plan. */
interface Stated {
  readonly passage: Passage;
  readonly raw: string;
  readonly key: string;
  readonly value: Decimal;
  readonly unit: string;
  readonly past: boolean;
  readonly year: string | undefined;
}

/** Names shorter than this say too little to be compared. */
const SHORTEST = 5;

function keyOf(name: string): string {
  return name.replaceAll(/[“”\s]/g, '').replace(PHRASE.lead, '').replace(PHRASE.scope, '').replace(PHRASE.tail, '');
}

function stated(reading: Reading): readonly Stated[] {
  const baseline = baselineSections(reading);
  return reading.sentences.flatMap(({ passage, text }) => text.split(SENTENCE.clause).flatMap((clause): Stated[] => {
    const groups = PHRASE.stated.exec(clause)?.groups;
    const value = groups && parseDecimal(groups['value'] ?? '');
    const key = keyOf(groups?.['name'] ?? '');
    if (!value || key.length < SHORTEST) return [];
    return [{ passage, raw: clause, key, value, unit: groups['unit'] ?? '', past: baseline.has(JSON.stringify(passage.citation)), year: /\d{4}(?=\p{Script=Han})/u.exec(clause)?.[0] }];
  }));
}

/** One thing, two numbers, both in the text, both of the plan or both of before, and no years that tell them apart. */
export const statementsDiffer: LintRule = (reading) => {
  const all = stated(reading);
  return all.flatMap((a, index) => all.slice(index + 1).flatMap((b): Finding[] => {
    if (a.key !== b.key || a.unit !== b.unit || a.past !== b.past || (a.year !== b.year && a.year !== undefined && b.year !== undefined)) return [];
    if (compareDecimal(a.value, b.value) === 0) return [];
    return [{ code: 'statements-differ', severity: 'error', places: [a, b].map(({ passage, raw }) => placeIn(reading, passage, raw)), subjects: [a, b].flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)), data: { name: a.key, one: `${a.raw.slice(-24)}`, other: `${b.raw.slice(-24)}` } }];
  }));
};

/** A number of the text that no record of the pack carries, against the cell of the row that has the same name. */
export const unlinkedDiffers: LintRule = (reading) => {
  const rows = rowsOf(reading).filter(({ indicator }) => indicator.parts === undefined);
  return stated(reading).filter(({ passage, raw }) => !matchesQuote(reading, passage, raw)).flatMap((one) => rows.filter(({ name, indicator }) => keyOf(name) === one.key && indicator.unit === one.unit).flatMap(({ base, target, actual, id }): Finding[] => {
    const cells = [one.past ? actual ?? base : actual === undefined ? target : undefined].filter((cell): cell is Cell => cell?.value !== undefined && (cell.cell === 'target' || cell.op === undefined));
    return cells.filter((cell) => cell.value !== undefined && compareDecimal(cell.value, one.value) !== 0 && (one.year === undefined || Number(one.year) === cell.year)).map((cell) => ({
      code: 'statements-differ', severity: 'error', places: [placeIn(reading, one.passage, one.raw), cell.place].sort((a, b) => a.line - b.line), subjects: [id], data: { name: one.key, one: one.raw.slice(-24), other: cell.raw },
    }));
  }));
};
