import type { Rule } from '../build.ts';
import type { Constant } from '../op.ts';
import type { FactColumn, Schema } from '../schema.ts';
import { known, NONE } from '../value.ts';
import type { Situation, Thing, Value } from '../value.ts';
import { addDays, dateOf } from './calendar.ts';
import { constantsOf } from './frontier.ts';
import type { FactOf } from './frontier.ts';

/**
 * Values of a fact at which an answer may turn: both truth values, every code, none where there may be none, the ends
 * of the range, a few values inside, and each constant of the rules that it could be compared with, with its neighbours.
 */
export function trialsOf(schema: Schema, rules: readonly Rule[]): (column: FactColumn) => readonly Value[] {
  const constants = rules.flatMap((rule) => [...rule.clauses.map((clause) => clause.when), ...(rule.amount ? [rule.amount] : [])]).flatMap(constantsOf);
  const made = new Map<string, readonly Value[]>();
  return (column) => {
    const found = made.get(column.id);
    if (found) return found;
    const values = [...knownTrials(schema, column, constants), ...(column.nonable ? [NONE] : [])];
    made.set(column.id, values);
    return values;
  };
}

function knownTrials(schema: Schema, { type }: FactColumn, constants: ReturnType<typeof constantsOf>): readonly Value[] {
  const same = constants.filter((one) => one.type.kind === type.kind);
  switch (type.kind) {
    case 'boolean': return [known(true), known(false)];
    case 'code': return (schema.codeLists.get(type.list)?.codes ?? []).map((_, code) => known(BigInt(code)));
    case 'text': return unique(['', ...same.map((one) => one.value)]).map(known);
    case 'date': return unique([type.min, type.max, ...same.flatMap(({ value }) => [addDays(Number(value), -1), Number(value), addDays(Number(value), 1)]), ...daysInside(type.min, type.max)].filter((day) => day >= type.min && day <= type.max)).map((day) => known(BigInt(day)));
    case 'number': {
      const scaled = same.flatMap((one) => (one.type.kind === 'number' && typeof one.value === 'bigint' ? [rescaled(one.value, one.type.scale, type.scale)] : []));
      return unique([type.min, type.max, 0n, ...inside(type.min, type.max), ...scaled.flatMap((value) => [value - 1n, value, value + 1n])].filter((value) => value >= type.min && value <= type.max)).map(known);
    }
    default: return type satisfies never;
  }
}

/** A few values between two, evenly. */
function inside(min: bigint, max: bigint): readonly bigint[] {
  return [1n, 2n, 3n, 4n].map((part) => min + ((max - min) * part) / 5n);
}

/** A day in each month, at different places in it, in years between two. */
function daysInside(min: number, max: number): readonly number[] {
  const [first, last] = [Math.floor(min / 10_000), Math.floor(max / 10_000)];
  return Array.from({ length: 12 }, (_, at) => dateOf({ year: first + Math.floor(((last - first) * (at + 1)) / 13), month: at + 1, day: 1 + ((at * 5) % 28) }));
}

function rescaled(value: bigint, from: number, to: number): bigint {
  return to >= from ? value * 10n ** BigInt(to - from) : value / 10n ** BigInt(from - to);
}

function unique<T extends Constant | number>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

/** The situation with some facts learnt. */
export function learning(situation: Situation, learnt: readonly (readonly [FactOf, Value])[]): Situation {
  const changed = new Map<string, Thing[]>();
  for (const [{ fact, entity, place }, value] of learnt) {
    const things = changed.get(entity) ?? [...(situation.get(entity) ?? [])];
    const thing = things[place];
    if (thing) things[place] = { ...thing, facts: new Map([...thing.facts, [fact, value]]) };
    changed.set(entity, things);
  }
  return new Map<string, readonly Thing[]>([...situation, ...changed]);
}
