import { childrenOf } from './op.ts';
import type { Constant, Fold, Op } from './op.ts';
import { callType } from './builtin/index.ts';
import { clash, larger, mismatch, smaller, union } from './relate.ts';
import type { TypeProblem } from './relate.ts';
import { FIRST_DATE, LARGEST_EXACT, LAST_DATE } from './type.ts';
import type { Known, Type } from './type.ts';

export { mismatch, union } from './relate.ts';
export type { TypeProblem } from './relate.ts';

type Numeric = Extract<Type, { kind: 'number' }>;
export type Inferred = Known | TypeProblem;

export function isProblem(found: Inferred): found is TypeProblem {
  return 'kind' in found;
}

export const BOOLEAN: Type = { kind: 'boolean' };
export const ANY_DATE: Type = { kind: 'date', min: FIRST_DATE, max: LAST_DATE };
const number = (scale: number, min: bigint, max: bigint, unit?: string): Numeric => ({ kind: 'number', scale, min, max, unit });

/** What an exact number needs so that doubles hold it; a problem where it may get beyond. */
function exact(type: Numeric, flags: Omit<Known, 'type'>): Inferred {
  return tooLarge(type) ?? { type, ...flags };
}

function tooLarge(type: Numeric): TypeProblem | undefined {
  const bound = larger(type.max < 0n ? -type.max : type.max, type.min < 0n ? -type.min : type.min);
  return bound > LARGEST_EXACT ? { kind: 'may-overflow', bound } : undefined;
}

const never = { unknowable: false, nonable: false };
const strict = (of: readonly Known[]): Omit<Known, 'type'> => ({ unknowable: of.some((one) => one.unknowable), nonable: of.some((one) => one.nonable) });
/** A truth value over operands whose none reads as false. */
const truth = (of: readonly Known[]): Known => ({ type: BOOLEAN, unknowable: of.some((one) => one.unknowable), nonable: false });

/** What type a declared result has, for the operators that state it: constant, rescale, divide, a call that recasts. */
export type Declared = Type | undefined;

/**
 * Type, range, and whether unknown or none may come out, of an operator over operands of which the same is known.
 *
 * The one place that knows an operator's types: the checker, the program builder and the generator of random rules
 * ask it. `declared` is the type the expression claims; operators that compute theirs ignore it. `leaf` gives facts,
 * `entitled` and links.
 */
export function infer(op: Op<Known>, declared: Declared, leaf: { readonly fact: (id: string) => Known; readonly linkKnown: (id: string) => Omit<Known, 'type'> }): Inferred {
  switch (op.op) {
    case 'constant': return { type: declared ?? constantType(op.value), ...never };
    case 'fact': return leaf.fact(op.fact);
    case 'entitled': return { type: BOOLEAN, unknowable: true, nonable: false };
    case 'call': return callType(op, declared);
    case 'lookup': return op.of.type.kind === 'code' ? lookupType(op.of, op.table, declared) : clash('code', op.of.type);
    case 'not': case 'and': case 'or': return logicType(op.op === 'not' ? [op.of] : op.of);
    case 'has': return { type: BOOLEAN, unknowable: op.of.unknowable, nonable: false };
    case 'one-of': return truth([op.of]);
    case 'compare': return compareType(op.test, op.left, op.right);
    case 'add': case 'subtract': case 'multiply': case 'negate': case 'absolute': case 'rescale': case 'divide': return arithmeticType(op, declared);
    case 'least': case 'greatest': return extremeType(op.op, op.of);
    case 'if': return ifType(op.condition, op.yes, op.no);
    case 'years-between': case 'months-between': case 'days-between': return betweenType(op.op, op.from, op.to);
    case 'add-months': case 'add-days': return movedType(op.date, op.op === 'add-months' ? op.months : op.days);
    case 'month-start': case 'month-end': case 'month-after': return op.of.type.kind === 'date' ? { type: ANY_DATE, ...strict([op.of]) } : clash('date', op.of.type);
    case 'part': return op.of.type.kind === 'date' ? partType(op.part, op.of) : clash('date', op.of.type);
    case 'through': {
      const link = leaf.linkKnown(op.link);
      return { type: op.of.type, unknowable: op.of.unknowable || link.unknowable, nonable: op.of.nonable || link.nonable };
    }
    case 'fold': return foldType(op.fold, op.where, op.value, leaf.linkKnown(op.link));
    case 'covered-months': case 'longest-gap': return spellType(op.from, op.to, leaf.linkKnown(op.link).nonable);
    default: return op satisfies never;
  }
}

function constantType(value: Constant): Type {
  if (typeof value === 'boolean') return BOOLEAN;
  return typeof value === 'bigint' ? number(0, value, value) : { kind: 'text', most: Array.from(value).length };
}

function lookupType(of: Known, table: readonly (bigint | undefined)[], declared: Declared): Inferred {
  const values = table.filter((value) => value !== undefined);
  const flags = { unknowable: of.unknowable || values.length < table.length, nonable: of.nonable };
  if (declared?.kind !== 'number') return declared ? { type: declared, ...flags } : clash('number', BOOLEAN);
  if (values.length === 0) return { type: { ...declared, min: 0n, max: 0n }, ...flags };
  return exact({ ...declared, min: values.reduce(smaller), max: values.reduce(larger) }, flags);
}

function logicType(of: readonly Known[]): Inferred {
  const wrong = of.find((one) => one.type.kind !== 'boolean');
  return wrong ? clash('boolean', wrong.type) : truth(of);
}

function compareType(test: string, left: Known, right: Known): Inferred {
  const problem = mismatch(left.type, right.type);
  if (problem) return problem;
  const ordered = left.type.kind === 'number' || left.type.kind === 'date';
  return !ordered && test !== '=' && test !== '!=' ? clash('number', left.type) : truth([left, right]);
}

type Arithmetic = Extract<Op<Known>, { op: 'add' | 'subtract' | 'multiply' | 'negate' | 'absolute' | 'rescale' | 'divide' }>;

function arithmeticType(op: Arithmetic, declared: Declared): Inferred {
  const of: readonly Known[] = childrenOf<Known>(op);
  const wrong = of.find((one) => one.type.kind !== 'number');
  if (wrong) return clash('number', wrong.type);
  const types = of.map((one) => one.type).filter((type) => type.kind === 'number');
  const [first, second = first] = types;
  if (!first || !second) return clash('number', BOOLEAN);
  const flags = strict(of);
  switch (op.op) {
    case 'add': return sumType(types, flags);
    case 'subtract': return sumType([first, { ...second, min: -second.max, max: -second.min }], flags);
    case 'multiply': return productType(first, types.slice(1), flags);
    case 'negate': return exact({ ...first, min: -first.max, max: -first.min }, flags);
    case 'absolute': return exact({ ...first, min: larger(0n, larger(first.min, -first.max)), max: larger(first.max, -first.min) }, flags);
    case 'rescale': return rescaleType(first, declared, flags);
    case 'divide': return divideType(first, second, declared, flags);
    default: return op satisfies never;
  }
}

/** Each sum on the way must be exact too, in the order in which the operands stand. */
function sumType(types: readonly Numeric[], flags: Omit<Known, 'type'>): Inferred {
  const [first, ...rest] = types;
  if (!first) return clash('number', BOOLEAN);
  let total: Numeric = first;
  for (const next of rest) {
    const problem = mismatch(total, next) ?? tooLarge(total);
    if (problem) return problem;
    total = number(total.scale, total.min + next.min, total.max + next.max, total.unit ?? next.unit);
  }
  return exact(total, flags);
}

function productType(first: Numeric, rest: readonly Numeric[], flags: Omit<Known, 'type'>): Inferred {
  let total = first;
  for (const next of rest) {
    const problem = tooLarge(total);
    if (problem) return problem;
    total = product(total, next);
  }
  return exact(total, flags);
}

function product(a: Numeric, b: Numeric): Numeric {
  const ends = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max];
  return number(a.scale + b.scale, ends.reduce(smaller), ends.reduce(larger), a.unit ?? b.unit);
}

function rescaleType(from: Numeric, declared: Declared, flags: Omit<Known, 'type'>): Inferred {
  if (declared?.kind !== 'number' || declared.scale < from.scale) return { kind: 'scale-clash' };
  const factor = 10n ** BigInt(declared.scale - from.scale);
  return exact({ ...from, scale: declared.scale, min: from.min * factor, max: from.max * factor }, flags);
}

/**
 * A quotient at the declared scale. Its numerator, raised to that scale and doubled for the half, must be exact too:
 * below 2^53 the floor of a double quotient is the floor of the true one.
 */
function divideType(left: Numeric, right: Numeric, declared: Declared, flags: Omit<Known, 'type'>): Inferred {
  if (declared?.kind !== 'number') return { kind: 'scale-clash' };
  const shift = declared.scale + right.scale - left.scale;
  const raise = shift > 0 ? 10n ** BigInt(shift) : 1n;
  const lower = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  const top = larger(left.max, -left.min) * raise;
  const bottom = larger(right.max, -right.min) * lower;
  if (2n * top + bottom > LARGEST_EXACT) return { kind: 'may-overflow', bound: 2n * top + bottom };
  const divisors = [right.min, right.max, ...(right.min <= 1n && right.max >= 1n ? [1n] : []), ...(right.min <= -1n && right.max >= -1n ? [-1n] : [])].filter((value) => value !== 0n);
  const ends = divisors.flatMap((divisor) => [left.min, left.max].map((value) => (value * raise) / (divisor * lower)));
  const type = number(declared.scale, ends.reduce(smaller, 0n) - 1n, ends.reduce(larger, 0n) + 1n, left.unit === right.unit ? undefined : (declared.unit ?? left.unit));
  const tight = left.min >= 0n && right.min > 0n ? { ...type, min: 0n } : type;
  return exact(tight, { unknowable: flags.unknowable, nonable: flags.nonable || (right.min <= 0n && right.max >= 0n) });
}

function extremeType(op: 'least' | 'greatest', of: readonly Known[]): Inferred {
  const [first, ...rest] = of;
  if (!first) return clash('number', BOOLEAN);
  const flags = { unknowable: of.some((one) => one.unknowable), nonable: of.every((one) => one.nonable) };
  let type = first.type;
  for (const { type: next } of rest) {
    const problem = mismatch(type, next);
    if (problem) return problem;
    type = union(type, next);
  }
  return type.kind === 'number' || type.kind === 'date' ? { type: narrowed(op, type, of), ...flags } : clash('number', type);
}

/** The hull of the operands, cut by those that are certainly there: `max(x, 1)` is never below 1, even where x may be none. */
function narrowed(op: 'least' | 'greatest', hull: Type, of: readonly Known[]): Type {
  const certain = of.flatMap(({ type, nonable }) => (nonable || (type.kind !== 'number' && type.kind !== 'date') ? [] : [{ min: BigInt(type.min), max: BigInt(type.max) }]));
  if (certain.length === 0) return hull;
  const cut = op === 'greatest' ? { min: certain.map((one) => one.min).reduce(larger) } : { max: certain.map((one) => one.max).reduce(smaller) };
  if (hull.kind === 'number') return { ...hull, ...cut };
  return hull.kind === 'date' ? { ...hull, min: Number(cut.min ?? hull.min), max: Number(cut.max ?? hull.max) } : hull;
}

function ifType(condition: Known, yes: Known, no: Known): Inferred {
  if (condition.type.kind !== 'boolean') return clash('boolean', condition.type);
  const problem = mismatch(yes.type, no.type);
  return problem ?? { type: union(yes.type, no.type), unknowable: condition.unknowable || yes.unknowable || no.unknowable, nonable: yes.nonable || no.nonable };
}

const LONGEST = { 'years-between': 9_999n, 'months-between': 119_988n, 'days-between': 3_652_059n } as const;
const UNITS = { 'years-between': 'years', 'months-between': 'months', 'days-between': 'days' } as const;

function betweenType(op: keyof typeof LONGEST, from: Known, to: Known): Inferred {
  if (from.type.kind !== 'date') return clash('date', from.type);
  if (to.type.kind !== 'date') return clash('date', to.type);
  const years = BigInt(Math.max(0, Math.floor(to.type.max / 10_000) - Math.floor(from.type.min / 10_000)));
  const most = op === 'years-between' ? years : op === 'months-between' ? years * 12n + 11n : years * 366n + 366n;
  return { type: number(0, 0n, smaller(most, LONGEST[op]), UNITS[op]), ...strict([from, to]) };
}

function movedType(date: Known, by: Known): Inferred {
  if (date.type.kind !== 'date') return clash('date', date.type);
  if (by.type.kind !== 'number') return clash('number', by.type);
  return by.type.scale === 0 ? { type: ANY_DATE, ...strict([date, by]) } : { kind: 'scale-clash' };
}

function partType(part: 'year' | 'month' | 'day', of: Known): Inferred {
  const range = { year: [1n, 9_999n], month: [1n, 12n], day: [1n, 31n] } as const;
  return { type: number(0, range[part][0], range[part][1]), ...strict([of]) };
}

/** A group holds at most this many members, so that sums over it stay exact. */
export const LARGEST_GROUP = 1_000n;

function foldType(fold: Fold, where: Known | undefined, value: Known | undefined, link: Omit<Known, 'type'>): Inferred {
  if (where && where.type.kind !== 'boolean') return clash('boolean', where.type);
  const filterUnknown = link.unknowable || where?.unknowable === true;
  if (fold === 'count') return { type: number(0, 0n, LARGEST_GROUP), unknowable: filterUnknown, nonable: false };
  if (!value) return clash('number', BOOLEAN);
  const { type } = value;
  const unknowable = filterUnknown || value.unknowable;
  switch (fold) {
    case 'some': case 'every': return type.kind === 'boolean' ? { type, unknowable, nonable: false } : clash('boolean', type);
    case 'sum': return type.kind === 'number' ? exact({ ...type, min: smaller(0n, type.min * LARGEST_GROUP), max: larger(0n, type.max * LARGEST_GROUP) }, { unknowable, nonable: false }) : clash('number', type);
    case 'least': case 'greatest': return type.kind === 'number' || type.kind === 'date' ? { type, unknowable, nonable: true } : clash('number', type);
    default: return fold satisfies never;
  }
}

/** Spells are a record that somebody keeps; whether it is complete is never certain before one looks. */
function spellType(from: Known, to: Known, nonable: boolean): Inferred {
  if (from.type.kind !== 'date') return clash('date', from.type);
  if (to.type.kind !== 'date') return clash('date', to.type);
  return { type: number(0, 0n, LONGEST['months-between'], 'months'), unknowable: true, nonable: nonable || from.nonable || to.nonable };
}
