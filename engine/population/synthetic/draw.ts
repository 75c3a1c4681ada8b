import { LANE } from '#engine/rules/index.ts';
import { dateOfDay, dayNumberOf } from './day.ts';
import { Deal, Quota } from './dice.ts';
import type { Dice } from './dice.ts';
import { ModelFault } from './model.ts';
import type { DrawModel } from './model.ts';
import type { Drawn, Sheet } from './sheet.ts';
import { compileWhen } from './test.ts';
import { atUnits, ratio, valueIn } from './value.ts';

/** What the drawing of a column goes by. */
export interface Drawing {
  readonly sheet: Sheet;
  readonly drawn: Drawn;
  readonly dice: Dice;
  /** The day of the city, as yyyymmdd. */
  readonly on: number;
  readonly where: string;
}

/** The value of a row. */
export type Draw = (row: number) => number;

/** A case of a column as a function of the row. */
export function compileDraw(drawing: Drawing, model: DrawModel): Draw {
  const { sheet, drawn, dice, on, where } = drawing;
  if (model.share) {
    const [quota, share] = [new Quota(dice, model.least ?? 0), ratio(model.share) / 100];
    return () => (quota.hit(share) ? 1 : 0);
  }
  if (model.of) {
    const values = Object.keys(model.of).map((text) => valueIn(drawn, text, on, where));
    const deal = new Deal(dice, Object.values(model.of).map(ratio));
    return () => values[deal.next()] ?? 0;
  }
  if (model.bands) return bandsOf(drawing, model);
  if (model.daysBefore) {
    const { from, to } = model.daysBefore;
    const today = dayNumberOf(on);
    return () => dateOfDay(today - dice.between(from, to));
  }
  if (model.after) {
    const date = sheet.find(model.after.date, where);
    const [read, none, { from, to }] = [sheet.reader(date, drawn.entity, where), LANE[date.lane].none, model.after];
    return (row) => {
      const value = read(row);
      return value > none ? dateOfDay(dayNumberOf(value) + dice.between(from, to)) : LANE[drawn.lane].none;
    };
  }
  if (model.value !== undefined) {
    const value = valueIn(drawn, model.value, on, where);
    return () => value;
  }
  return compileDerived(drawing, model);
}

function bandsOf({ drawn, dice, where }: Drawing, { bands = [], step }: DrawModel): Draw {
  if (drawn.type.kind !== 'number') throw new ModelFault(where, 'bands draw numbers');
  const { scale } = drawn.type;
  const unit = step ? atUnits(step, scale) : 1;
  const ends = bands.map(({ from, to }) => [atUnits(from, scale) / unit, atUnits(to, scale) / unit] as const);
  const deal = new Deal(dice, bands.map(({ weight }) => (weight ? ratio(weight) : 1)));
  return () => {
    const [from, to] = ends[deal.next()] ?? [0, 0];
    return dice.between(from, to) * unit;
  };
}

/** What follows from other columns. */
function compileDerived({ sheet, drawn, where }: Drawing, model: DrawModel): Draw {
  if (model.is) {
    const passes = compileWhen(sheet, model.is, drawn.entity, where);
    return (row) => (passes(row) ? 1 : 0);
  }
  const by = model.by ? ratio(model.by) : 1;
  if (model.copy !== undefined) return copied(sheet, drawn, model.copy, by, where);
  if (model.times) return product(sheet, drawn, model.times, by, where);
  const members = (row: number, each: (person: number) => void): void => {
    const group = sheet.ways.members.get(drawn.entity);
    for (let at = group?.starts[row] ?? 0; at < (group?.starts[row + 1] ?? 0); at++) each(group?.people[at] ?? 0);
  };
  if (model.members === true) return (row) => { let count = 0; members(row, () => { count += 1; }); return count; };
  if (model.some) {
    const passes = compileWhen(sheet, model.some, sheet.person, where);
    return (row) => { let some = 0; members(row, (person) => { if (passes(person)) some = 1; }); return some; };
  }
  if (model.first !== undefined) {
    const [of, none] = [sheet.find(model.first, where), LANE[drawn.lane].none];
    const read = sheet.reader(of, sheet.person, where);
    const way = translated(of, drawn);
    return (row) => { let [found, value] = [false, none]; members(row, (person) => { if (!found) { found = true; value = way(read(person)); } }); return value; };
  }
  const summed = model.sum ?? model.mean;
  if (summed !== undefined) {
    const of = sheet.find(summed, where);
    const [read, none, factor] = [sheet.reader(of, sheet.person, where), LANE[of.lane].none, by * 10 ** (scaleOf(drawn) - scaleOf(of))];
    return (row) => { let [sum, count] = [0, 0]; members(row, (person) => { const value = read(person); count += 1; if (value > none) sum += value; }); return Math.round((sum * factor) / (model.mean === undefined ? 1 : Math.max(1, count))); };
  }
  throw new ModelFault(where, 'a case says nothing');
}

const scaleOf = ({ type }: Drawn): number => (type.kind === 'number' ? type.scale : 0);

function copied(sheet: Sheet, drawn: Drawn, name: string, by: number, where: string): Draw {
  const of = sheet.find(name, where);
  const read = sheet.reader(of, drawn.entity, where);
  const way = translated(of, drawn);
  if (of.type.kind !== 'number' || drawn.type.kind !== 'number') return (row) => way(read(row));
  const factor = by * 10 ** (drawn.type.scale - of.type.scale);
  const none = LANE[of.lane].none;
  return (row) => { const value = read(row); return value > none ? Math.round(value * factor) : LANE[drawn.lane].none; };
}

/** From the marks and codes of one column to those of another; codes go by their labels. */
function translated(from: Drawn, to: Drawn): (value: number) => number {
  const [a, b] = [LANE[from.lane], LANE[to.lane]];
  const codes = from.type.kind === 'code' && to.type.kind === 'code' && from.type.list !== to.type.list ? from.labels.map((label) => to.labels.indexOf(label)) : undefined;
  return (value) => (value === a.none ? b.none : value === a.unknown ? b.unknown : codes ? (codes[value] ?? b.none) : value);
}

function product(sheet: Sheet, drawn: Drawn, names: readonly string[], by: number, where: string): Draw {
  const of = names.map((name) => sheet.find(name, where));
  const reads = of.map((one) => sheet.reader(one, drawn.entity, where));
  const marks = of.map((one) => LANE[one.lane].none);
  const factor = by * 10 ** (scaleOf(drawn) - of.reduce((sum, one) => sum + scaleOf(one), 0));
  return (row) => {
    let whole = 1;
    for (let at = 0; at < reads.length; at++) {
      const value = reads[at]?.(row) ?? 0;
      if (value <= (marks[at] ?? 0)) return LANE[drawn.lane].none;
      whole *= value;
    }
    return Math.round(whole * factor);
  };
}

/** The names that a case depends on. */
export function askedBy(model: DrawModel): readonly string[] {
  const { when = {}, some = {}, is = {}, after, copy, times = [], sum, mean, first } = model;
  return [...Object.keys(when), ...Object.keys(some), ...Object.keys(is), ...times, ...[after?.date, copy, sum, mean, first].filter((name) => name !== undefined)];
}
