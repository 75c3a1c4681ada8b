import type { Expr, Span } from '../op.ts';
import type { FormAst, IntervalName } from '../syntax/index.ts';
import { compared, joined } from './compare.ts';
import type { Check, Frame } from './frame.ts';
import { inForms } from './wide.ts';

/*
 * How points and ranges lie to each other, as DMN names it. Ranges are looked through where they are written; what is
 * left is comparisons of their ends.
 */

/** A range with both ends, or a point, which is the range from itself to itself. */
interface Range {
  readonly low: Expr;
  readonly lowIn: boolean;
  readonly high: Expr;
  readonly highIn: boolean;
  readonly isPoint: boolean;
}

/** A truth value that is known as it is written, or one to be computed. */
type Part = boolean | Expr | undefined;

/** Builds comparisons of ends; undefined where one cannot stand. */
class Ends {
  readonly #check: Check;
  readonly #frame: Frame;
  readonly #at: Span;

  constructor(check: Check, frame: Frame, at: Span) {
    this.#check = check;
    this.#frame = frame;
    this.#at = at;
  }

  below(a: Expr, b: Expr): Part {
    return compared(this.#check, '<', a, b, this.#at, this.#frame);
  }

  same(a: Expr, b: Expr): Part {
    return compared(this.#check, '=', a, b, this.#at, this.#frame);
  }

  and(...parts: readonly Part[]): Part {
    return this.#joined('and', parts);
  }

  or(...parts: readonly Part[]): Part {
    return this.#joined('or', parts);
  }

  #joined(op: 'and' | 'or', parts: readonly Part[]): Part {
    const settles = op === 'or';
    if (parts.includes(undefined)) return undefined;
    if (parts.includes(settles)) return settles;
    const open = parts.filter((part) => typeof part === 'object');
    return open.length === 0 ? !settles : joined(this.#check, op, open, this.#at, this.#frame);
  }

  expr(part: Part): Expr | undefined {
    return typeof part === 'boolean' ? this.#check.make({ op: 'constant', value: part }, this.#at, this.#frame) : part;
  }
}

type Relation = (ends: Ends, a: Range, b: Range) => Part;

const before: Relation = (ends, a, b) => ends.or(ends.below(a.high, b.low), ends.and(!a.highIn || !b.lowIn, ends.same(a.high, b.low)));
const startsLater: Relation = (ends, a, b) => ends.or(ends.below(b.low, a.low), ends.and(b.lowIn || !a.lowIn, ends.same(b.low, a.low)));
const endsEarlier: Relation = (ends, a, b) => ends.or(ends.below(a.high, b.high), ends.and(b.highIn || !a.highIn, ends.same(a.high, b.high)));
const reaches: Relation = (ends, a, b) => ends.or(ends.below(b.low, a.high), ends.and(b.lowIn && a.highIn, ends.same(b.low, a.high)));
const meets: Relation = (ends, a, b) => ends.and(a.highIn && b.lowIn, ends.same(a.high, b.low));
const includes: Relation = (ends, a, b) => ends.and(startsLater(ends, b, a), endsEarlier(ends, b, a));
const starts: Relation = (ends, a, b) => ends.and(a.lowIn === b.lowIn, ends.same(a.low, b.low), a.isPoint || endsEarlier(ends, a, b));
const finishes: Relation = (ends, a, b) => ends.and(a.highIn === b.highIn, ends.same(a.high, b.high), a.isPoint || startsLater(ends, a, b));
const overlaps: Relation = (ends, a, b) => ends.and(reaches(ends, a, b), reaches(ends, b, a));
/** The first starts first, they have something in common, and the first does not end after the second. */
const overlapsBefore: Relation = (ends, a, b) => ends.and(ends.or(ends.below(a.low, b.low), ends.and(a.lowIn && !b.lowIn, ends.same(a.low, b.low))), reaches(ends, a, b), ends.or(ends.below(a.high, b.high), ends.and(!a.highIn || b.highIn, ends.same(a.high, b.high))));
const overlapsAfter: Relation = (ends, a, b) => ends.and(ends.or(ends.below(b.low, a.low), ends.and(!a.lowIn && b.lowIn, ends.same(a.low, b.low))), reaches(ends, b, a), ends.or(ends.below(b.high, a.high), ends.and(a.highIn || !b.highIn, ends.same(a.high, b.high))));
const coincides: Relation = (ends, a, b) => ends.and(a.lowIn === b.lowIn, a.highIn === b.highIn, ends.same(a.low, b.low), ends.same(a.high, b.high));
const turned = (relation: Relation): Relation => (ends, a, b) => relation(ends, b, a);

/** Each with what it may be asked of: `any`, two ranges, or a point or range with a range at the named place. */
const RELATIONS: ReadonlyMap<string, { readonly relation: Relation; readonly ranges: 'any' | 'both' | 'first' | 'second' }> = new Map<IntervalName, { readonly relation: Relation; readonly ranges: 'any' | 'both' | 'first' | 'second' }>([
  ['before', { relation: before, ranges: 'any' }], ['after', { relation: turned(before), ranges: 'any' }], ['coincides', { relation: coincides, ranges: 'any' }],
  ['meets', { relation: meets, ranges: 'both' }], ['met by', { relation: turned(meets), ranges: 'both' }],
  ['overlaps', { relation: overlaps, ranges: 'both' }], ['overlaps before', { relation: overlapsBefore, ranges: 'both' }], ['overlaps after', { relation: overlapsAfter, ranges: 'both' }],
  ['finishes', { relation: finishes, ranges: 'second' }], ['finished by', { relation: turned(finishes), ranges: 'first' }],
  ['includes', { relation: includes, ranges: 'first' }], ['during', { relation: turned(includes), ranges: 'second' }],
  ['starts', { relation: starts, ranges: 'second' }], ['started by', { relation: turned(starts), ranges: 'first' }],
]);

type Call = Extract<FormAst, { kind: 'call' }>;

/** How two lie to each other; undefined where the call is of no such function. */
export function intervalCall(check: Check, call: Call, frame: Frame): { readonly expr: Expr | undefined } | undefined {
  const found = RELATIONS.get(call.name);
  if (!found) return undefined;
  const [first, second, ...more] = call.of;
  if (!inForms(check, frame, call.at, call.name)) return { expr: undefined };
  if (!first || !second || more.length > 0) return { expr: check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '2', found: call.of.length }) };
  const [a, b] = [rangeOf(check, first, frame), rangeOf(check, second, frame)];
  if (!a || !b) return { expr: undefined };
  const fits = { any: a.isPoint === b.isPoint || call.name !== 'coincides', both: !a.isPoint && !b.isPoint, first: !a.isPoint, second: !b.isPoint }[found.ranges];
  if (!fits) return { expr: check.fail(frame, 'type-clash', call.at, { expected: 'range', found: a.isPoint ? a.low.type.kind : b.low.type.kind }) };
  const ends = new Ends(check, frame, call.at);
  return { expr: ends.expr(found.relation(ends, a, b)) };
}

function rangeOf(check: Check, ast: FormAst, frame: Frame): Range | undefined {
  if (ast.kind !== 'set') {
    const point = check.expr(ast, frame);
    return point && { low: point, lowIn: true, high: point, highIn: true, isPoint: true };
  }
  const { test } = ast;
  if (test.kind !== 'range') return check.fail(frame, 'range-not-written', ast.at, { most: 2 });
  const [low, high] = [check.expr(test.low, frame), check.expr(test.high, frame)];
  return low && high && { low, lowIn: test.lowIn, high, highIn: test.highIn, isPoint: false };
}
