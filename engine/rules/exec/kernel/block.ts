import { LANE } from './lane.ts';
import type { Lane } from './lane.ts';

/**
 * A value in generated code: a name or a literal, never text of a pack.
 *
 * `js` is a JavaScript truth value; everything else is a number in which the marks of `lane` stand for unknown and
 * none. Where `unknown` or `none` is false the mark does not occur and no test for it is written.
 */
export interface Val {
  readonly code: string;
  readonly lane: Lane;
  readonly unknown: boolean;
  readonly none: boolean;
  readonly js: boolean;
}

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
    this.lines.push(...lines);
  }

  /** `if (condition) { … } else { … }`. Both are written before either is put down, since what they share goes above. */
  branch(condition: string, then: (inner: Block) => void, otherwise?: (inner: Block) => void): void {
    const yes = new Block(this);
    then(yes);
    const no = new Block(this);
    otherwise?.(no);
    this.add(`if (${condition}) {`, ...yes.lines, ...(no.lines.length > 0 ? ['} else {', ...no.lines] : []), '}');
  }

  loop(head: string, body: (inner: Block) => void): void {
    const inner = new Block(this);
    body(inner);
    this.add(`for (${head}) {`, ...inner.lines, '}');
  }
}

export const unknownMark = (lane: Lane): string => String(LANE[lane].unknown);
export const noneMark = (lane: Lane): string => String(LANE[lane].none);

/** A condition that may be settled before anything runs. */
export type Condition = string | boolean;

export const isUnknown = (value: Val): Condition => (value.unknown ? `${value.code} === ${unknownMark(value.lane)}` : false);
export const isNone = (value: Val): Condition => (value.none ? `${value.code} === ${noneMark(value.lane)}` : false);

/** Neither unknown nor none; both marks lie below every value. */
export function isKnown(value: Val): Condition {
  if (!value.unknown && !value.none) return true;
  return value.none ? `${value.code} > ${noneMark(value.lane)}` : `${value.code} !== ${unknownMark(value.lane)}`;
}

export function isTrue(value: Val): Condition {
  if (value.code === 'true' || value.code === 'false') return value.code === 'true';
  return value.js ? value.code : `${value.code} === 1`;
}

/** Known to be false, or none, which logic reads as false. */
export function isFalse(value: Val): Condition {
  if (value.code === 'true' || value.code === 'false') return value.code === 'false';
  if (value.js) return `!${value.code}`;
  if (!value.unknown) return `${value.code} !== 1`;
  return value.none ? `(${value.code} === 0 || ${value.code} === ${noneMark(value.lane)})` : `${value.code} === 0`;
}

/** The code of a condition; `any` and `all` join several and drop what is settled. */
export const codeOf = (condition: Condition): string => String(condition);

export function any(conditions: readonly Condition[]): Condition {
  if (conditions.includes(true)) return true;
  const open = conditions.filter((condition) => condition !== false);
  return open.length === 0 ? false : open.length === 1 ? (open[0] ?? false) : `(${open.join(' || ')})`;
}

/** `condition ? yes : no`, without the test where it is settled. */
export function choose(condition: Condition, yes: string, no: string): string {
  return typeof condition === 'boolean' ? (condition ? yes : no) : `${condition} ? ${yes} : ${no}`;
}

/** The code of a value where a column of `lane` wants it, with that lane's marks. */
export function inLane(value: Val, lane: Lane): string {
  if (value.js) return value.code === 'true' ? '1' : value.code === 'false' ? '0' : `(${value.code} ? 1 : 0)`;
  if (value.lane === lane) return value.code;
  const none = choose(isNone(value), noneMark(lane), value.code);
  return value.unknown || value.none ? `(${choose(isUnknown(value), unknownMark(lane), value.none ? `(${none})` : none)})` : value.code;
}
