import { buildProgram } from '../../build.ts';
import { isExpr, typed } from '../../expr.ts';
import type { Declared } from '../../infer.ts';
import type { Constant, Expr, Op } from '../../op.ts';
import type { Program } from '../../program.ts';
import type { FactColumn, Link, Schema } from '../../schema.ts';
import type { ValueType } from '../../type.ts';
import { known, NONE, UNKNOWN } from '../../value.ts';
import type { Situation, Thing, Value, Verdict } from '../../value.ts';

/* Small rules and small worlds for tests of SQL: a harbour town with persons, homes and spells of insurance. */

export const MONEY: Extract<ValueType, { kind: 'number' }> = { kind: 'number', scale: 2, min: -100_000_000n, max: 100_000_000n, unit: 'money' };
export const COUNT: ValueType = { kind: 'number', scale: 0, min: 0n, max: 1_000n };
export const DATE: ValueType = { kind: 'date', min: 10101, max: 99991231 };
const BOOLEAN: ValueType = { kind: 'boolean' };

const fact = (entity: string, id: string, type: ValueType): FactColumn => ({ id, name: id, entity, type, unknowable: true, nonable: true });
const certain = (entity: string, id: string, type: ValueType): FactColumn => ({ ...fact(entity, id, type), unknowable: false, nonable: false });
const link = (id: string, kind: Link['kind'], from: string, to: string, single: boolean): Link => ({ id, kind, from, to, single });
const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> => new Map(all.map((one) => [one.id, one]));

/** Facts `a b c` are money, `n` a count, `p q` truth values, `d e` dates, `g` a grade, `t u` texts; `x` (money) and `y` (truth) are certain. */
export const HARBOUR: Schema = {
  entities: byId(['person', 'home', 'cover'].map((id) => ({ id }))),
  links: byId([link('home', 'grouping', 'person', 'home', true), link('spouse', 'relation', 'person', 'person', true), link('children', 'relation', 'person', 'person', false), link('cover', 'spells', 'person', 'cover', false)]),
  facts: byId([
    ...['a', 'b', 'c'].map((id) => fact('person', id, MONEY)), fact('person', 'n', COUNT), ...['p', 'q'].map((id) => fact('person', id, BOOLEAN)),
    ...['d', 'e'].map((id) => fact('person', id, DATE)), fact('person', 'g', { kind: 'code', list: 'grade' }), ...['t', 'u'].map((id) => fact('person', id, { kind: 'text' })),
    certain('person', 'x', MONEY), certain('person', 'y', BOOLEAN), fact('home', 'rent', MONEY),
    fact('cover', 'cover.from', DATE), fact('cover', 'cover.until', DATE), fact('cover', 'paid', BOOLEAN),
  ]),
  codeLists: byId([{ id: 'grade', codes: ['one', 'two', 'three'], labels: ['one', 'two', 'three'] }]),
};

/** A checked expression over the harbour; a problem in a test is thrown. */
export function make(node: Op<Expr>, declared?: Declared, schema: Schema = HARBOUR): Expr {
  const made = typed({ schema, subjects: new Map([...schema.entities.keys()].map((id) => [`of-${id}`, id])) }, node, declared);
  if (!isExpr(made)) throw new Error(`${made.kind} at ${node.op}`);
  return made;
}

export const f = (id: string): Expr => make({ op: 'fact', fact: id });
export const money = (value: bigint): Expr => make({ op: 'constant', value }, { kind: 'number', scale: 2, min: value, max: value, unit: 'money' });
export const whole = (value: bigint): Expr => make({ op: 'constant', value });
export const date = (value: number): Expr => make({ op: 'constant', value: BigInt(value) }, { kind: 'date', min: value, max: value });
export const yes: Expr = make({ op: 'constant', value: true });

/** What a world says of a fact: a value, or `'none'` or `'unknown'`; a text has an equals sign before it, so that it is not taken for a state. */
export type Said = Constant | number;

export function valueOf(said: Said): Value {
  if (said === 'none') return NONE;
  if (said === 'unknown') return UNKNOWN;
  return known(typeof said === 'number' ? BigInt(said) : typeof said === 'string' ? said.slice(1) : said);
}

/** A thing by its facts and links; what is not said is unknown, and a grouping that is not said leads nowhere. */
export function thing(facts: Readonly<Record<string, Said>>, links: Readonly<Record<string, readonly number[]>> = {}): Thing {
  return { facts: new Map(Object.entries(facts).map(([id, said]) => [id, valueOf(said)])), links: new Map(Object.entries(links)) };
}

/** One expression, what it is asked about, and what it must give. */
export interface Case {
  readonly name: string;
  readonly expr: Expr;
  /** The person asked about, by place. */
  readonly place: number;
  readonly is: Said;
}

/** Cases over one world, as a program in which each expression is a service that says what its value is. */
export interface World {
  readonly program: Program;
  readonly situation: Situation;
  readonly expected: readonly { readonly name: string; readonly service: string; readonly place: number; readonly verdict: Verdict }[];
}

/**
 * A value is read through two clauses: `there` (it is neither none nor unknown) and `same` (it is the expected one).
 * So a known value gives yes, none gives no at `there`, unknown gives unknown at `there`, a wrong value no at `same`.
 */
export function worldOf(cases: readonly Case[], situation: Situation): World {
  const services = cases.map(({ expr, is }, at) => ({ service: `case-${String(at)}`, subject: 'person', clauses: [{ id: 'there', when: make({ op: 'has', of: expr }) }, ...same(expr, valueOf(is))] }));
  return {
    program: buildProgram(HARBOUR, 20310615, services),
    situation,
    expected: cases.map(({ name, place, is }, at) => ({ name, service: `case-${String(at)}`, place, verdict: verdictOf(valueOf(is)) })),
  };
}

function same(expr: Expr, value: Value): readonly { readonly id: string; readonly when: Expr }[] {
  return value.kind === 'known' ? [{ id: 'same', when: make({ op: 'compare', test: '=', left: expr, right: make({ op: 'constant', value: value.value }, expr.type) }) }] : [];
}

function verdictOf({ kind }: Value): Verdict {
  if (kind === 'known') return { kind: 'yes' };
  return kind === 'none' ? { kind: 'no', clause: 'there' } : { kind: 'unknown', clause: 'there' };
}
