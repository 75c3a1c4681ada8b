import { LANE } from './lane.ts';
import type { Lane } from './lane.ts';

/**
 * How a value is held in generated code. Numbers, dates and codes lie in a lane with its marks. Truth values that
 * are certain are `bit`, 0 or 1; those that may be unknown are `tri`: 0 false, 1 unknown, 3 true, so that `&` and `|`
 * are the logic of Kleene; only those that may be none lie in a lane, `int8`.
 */
export type Holding = Lane | 'bit' | 'tri';

/**
 * A value in generated code: a name or a literal, never text of a pack.
 *
 * Where `unknown` or `none` is false the mark does not occur and no test for it is written.
 */
export interface Val {
  readonly code: string;
  readonly lane: Holding;
  readonly unknown: boolean;
  readonly none: boolean;
}

/** The marks of unknown and none; a `bit` has neither and a `tri` no none. */
const MARKS: Readonly<Record<Holding, { readonly unknown: number; readonly none: number }>> = { ...LANE, bit: { unknown: NaN, none: NaN }, tri: { unknown: 1, none: NaN } };

/** The lane of a column that keeps values as they are held. */
export const columnLane = (lane: Holding): Lane => (lane === 'bit' || lane === 'tri' ? 'int8' : lane);

/** A stretch of generated code with the names that are in sight in it. */
export class Block {
  readonly lines: string[] = [];
  readonly #values = new Map<string, Val>();
  readonly #parent: Block | undefined;

  constructor(parent?: Block) {
    this.#parent = parent;
  }

  find(key: string): Val | undefined {
    return this.#values.get(key) ?? this.#parent?.find(key);
  }

  keep(key: string, value: Val): Val {
    this.#values.set(key, value);
    return value;
  }

  add(...lines: readonly string[]): void {
    for (const line of lines) this.lines.push(line);
  }

  /** `if (condition) { … } else { … }`. Both are written before either is put down, since what they share goes above. */
  branch(condition: string, then: (inner: Block) => void, otherwise?: (inner: Block) => void): void {
    const yes = new Block(this);
    then(yes);
    const no = new Block(this);
    otherwise?.(no);
    this.#nest(`if (${condition}) {`, yes);
    if (no.lines.length > 0) this.#nest('} else {', no);
    this.add('}');
  }

  loop(head: string, body: (inner: Block) => void): void {
    const inner = new Block(this);
    body(inner);
    this.#nest(`for (${head}) {`, inner);
    this.add('}');
  }

  /** Line by line: a generated block may have more lines than a call may have arguments. */
  #nest(head: string, inner: Block): void {
    this.lines.push(head);
    for (const line of inner.lines) this.lines.push(line);
  }
}

export const unknownMark = (lane: Holding): string => String(MARKS[lane].unknown);
export const noneMark = (lane: Holding): string => String(MARKS[lane].none);

/** A condition that may be settled before anything runs. */
export type Condition = string | boolean;

/** A literal that is compared with a literal is settled at once. */
function equal(value: Val, literal: string): Condition {
  return /^\(?-?\d+\)?$/.test(value.code) ? Number(value.code.replace(/[()]/g, '')) === Number(literal) : `${value.code} === ${literal}`;
}

export const isUnknown = (value: Val): Condition => (value.unknown ? equal(value, unknownMark(value.lane)) : false);
export const isNone = (value: Val): Condition => (value.none ? equal(value, noneMark(value.lane)) : false);

/** Neither unknown nor none; both marks of a lane lie below every value. */
export function isKnown(value: Val): Condition {
  if (!value.unknown && !value.none) return true;
  if (value.lane === 'tri' || !value.none) return negated(isUnknown(value));
  const none = isNone(value);
  return none === true ? false : `${value.code} > ${noneMark(value.lane)}`;
}

export const isTrue = (value: Val): Condition => equal(value, value.lane === 'tri' ? '3' : '1');

/** Known to be false, or none, which logic reads as false. */
export function isFalse(value: Val): Condition {
  return value.unknown ? any([equal(value, '0'), isNone(value)]) : negated(isTrue(value));
}

export function negated(condition: Condition): Condition {
  if (typeof condition === 'boolean') return !condition;
  const [, left, right] = /^(\S+) === (\S+)$/.exec(condition) ?? [];
  return left !== undefined && right !== undefined ? `${left} !== ${right}` : `!(${condition})`;
}

/** The code of a condition; `any` joins several and drops what is settled. */
export const codeOf = (condition: Condition): string => String(condition);

export function any(conditions: readonly Condition[]): Condition {
  if (conditions.includes(true)) return true;
  const open = conditions.filter((condition) => condition !== false);
  return open.length === 0 ? false : open.length === 1 ? (open[0] ?? false) : `(${open.join(' || ')})`;
}

/** A condition as 0 or 1 without a jump. Where chance decides a jump costs more than a few operations. */
export const bitOf = (condition: Condition): string => (typeof condition === 'boolean' ? (condition ? '1' : '0') : `((${condition}) | 0)`);

/** Several conditions as one bit: 1 where one holds. */
export function anyBit(conditions: readonly Condition[]): string {
  const bits = conditions.filter((condition) => condition !== false).map(bitOf);
  return bits.length === 0 ? '0' : bits.includes('1') ? '1' : bits.length === 1 ? (bits[0] ?? '0') : `(${bits.join(' | ')})`;
}

/** `condition ? yes : no`, without the test where it is settled. */
export function choose(condition: Condition, yes: string, no: string): string {
  return typeof condition === 'boolean' ? (condition ? yes : no) : `${condition} ? ${yes} : ${no}`;
}

/** The code of a value where it is wanted in another holding, with the marks of that. */
export function held(value: Val, lane: Holding): string {
  if (value.lane === lane) return value.code;
  if (lane === 'bit') return bitOf(isTrue(value));
  if (lane === 'tri') return triOf(value);
  const known = value.lane === 'tri' ? `${value.code} >> 1` : value.code;
  const none = choose(isNone(value), noneMark(lane), known);
  return value.unknown || value.none ? `(${choose(isUnknown(value), unknownMark(lane), value.none ? `(${none})` : none)})` : value.code;
}

/** A truth value as 0, 1 or 3. */
function triOf(value: Val): string {
  if (value.lane === 'tri') return value.code;
  if (value.code === '0' || value.code === '1') return value.code === '1' ? '3' : '0';
  if (value.lane === 'bit') return `(${value.code} * 3)`;
  const unknown = bitOf(isUnknown(value));
  return unknown === '0' ? `(${bitOf(isTrue(value))} * 3)` : `(${bitOf(isTrue(value))} * 3 + ${unknown})`;
}
