import type { OpName } from '../op.ts';
import type { Program } from '../program.ts';
import type { DialectId } from './dialect/index.ts';

/** How an operator stands in a dialect: as an expression, as stages of its own, or not at all and why. */
export type Support =
  | { readonly kind: 'expression' }
  | { readonly kind: 'join' | 'aggregate' | 'window' }
  | { readonly kind: 'unsupported'; readonly why: UnsupportedReason };

/** `function-of-forms`: a function beyond the profile of services has a meaning in the closure only. */
export type UnsupportedReason = 'function-of-forms';

const EXPRESSION: Support = { kind: 'expression' };
const JOIN: Support = { kind: 'join' };
const WINDOW: Support = { kind: 'window' };
export const unsupported = (why: UnsupportedReason): Support => ({ kind: 'unsupported', why });

/** All dialects share one emitter, so an operator is there in all of them or in none. */
const SUPPORT = {
  constant: EXPRESSION, fact: EXPRESSION, entitled: EXPRESSION, lookup: EXPRESSION, not: EXPRESSION, and: EXPRESSION, or: EXPRESSION, compare: EXPRESSION, 'one-of': EXPRESSION,
  add: EXPRESSION, multiply: EXPRESSION, subtract: EXPRESSION, negate: EXPRESSION, absolute: EXPRESSION, least: EXPRESSION, greatest: EXPRESSION, rescale: EXPRESSION, divide: EXPRESSION, if: EXPRESSION, has: EXPRESSION,
  'years-between': EXPRESSION, 'months-between': EXPRESSION, 'days-between': EXPRESSION, 'add-months': EXPRESSION, 'add-days': EXPRESSION, 'month-start': EXPRESSION, 'month-end': EXPRESSION, 'month-after': EXPRESSION, part: EXPRESSION,
  through: JOIN, fold: { kind: 'aggregate' }, 'covered-months': WINDOW, 'longest-gap': WINDOW,
  call: unsupported('function-of-forms'),
} as const satisfies Readonly<Record<OpName, Support>>;

export interface Coverage {
  readonly op: string;
  readonly support: Readonly<Record<DialectId, Support>>;
}

/** Every operator and how each dialect has it, for a page. */
export function coverage(): readonly Coverage[] {
  return Object.entries(SUPPORT).map(([op, support]) => ({ op, support: { duckdb: support, postgres: support, spark: support } }));
}

/** Why a program cannot be SQL; undefined where it can. */
export function uncovered({ nodes }: Pick<Program, 'nodes'>): { readonly op: OpName; readonly why: UnsupportedReason } | undefined {
  for (const { op } of nodes) {
    const support: Support = SUPPORT[op];
    if (support.kind === 'unsupported') return { op, why: support.why };
  }
  return undefined;
}
