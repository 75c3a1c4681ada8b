import { nearest } from '#engine/pack/index.ts';
import type { Expr, Span } from '../op.ts';
import { AREAS } from '../vocabulary/index.ts';
import type { ValueType } from '../type.ts';
import type { Check, Frame } from './frame.ts';

type Numeric = Extract<ValueType, { kind: 'number' }>;

/** A constant number with its own digits as its whole range. */
export function numberOf(check: Check, units: bigint, scale: number, at: Span, frame: Frame, unit?: string): Expr | undefined {
  return check.make({ op: 'constant', value: units }, at, frame, { kind: 'number', scale, min: units, max: units, unit });
}

/** A number at a larger scale: a constant is written again, anything else is rescaled. */
export function raised(check: Check, expr: Expr, scale: number, frame: Frame): Expr | undefined {
  if (expr.type.kind !== 'number' || expr.type.scale === scale) return expr;
  if (expr.node.op === 'constant' && typeof expr.node.value === 'bigint' && scale > expr.type.scale) {
    const made = numberOf(check, expr.node.value * 10n ** BigInt(scale - expr.type.scale), scale, expr.at, frame, expr.type.unit);
    return made && { ...made, origin: expr.origin };
  }
  return check.make({ op: 'rescale', of: expr }, expr.at, frame, { ...expr.type, scale });
}

/**
 * The operands so that they can stand together: numbers at the largest scale among them, texts as codes where
 * another is a code. Kinds and units that clash are left for the operator to refuse.
 */
export function aligned(check: Check, of: readonly Expr[], frame: Frame): readonly Expr[] | undefined {
  const code = of.map((one) => one.type).find((type) => type.kind === 'code');
  const scale = Math.max(0, ...of.map((one) => (one.type.kind === 'number' ? one.type.scale : 0)));
  const ready = of.map((one) => (code ? coded(check, one, code.list, frame) : raised(check, one, scale, frame)));
  return all(ready);
}

/** A text as the code that its label names. */
export function coded(check: Check, expr: Expr, list: string, frame: Frame): Expr | undefined {
  if (expr.node.op !== 'constant' || typeof expr.node.value !== 'string') return expr;
  const found = codeIndex(check, list, expr.node.value);
  if (found === 'ambiguous') return check.fail(frame, 'label-ambiguous', expr.at, { label: expr.node.value });
  if (found === undefined) {
    const labels = check.env.vocabulary.schema.codeLists.get(list)?.labels ?? [];
    return check.fail(frame, 'label-unknown', expr.at, { label: expr.node.value, labels: labels.slice(0, 12).join('、') }, nearest(expr.node.value, labels));
  }
  return check.make({ op: 'constant', value: BigInt(found) }, expr.at, frame, { kind: 'code', list });
}

function codeIndex({ env }: Check, list: string, label: string): number | 'ambiguous' | undefined {
  return codeOf(env.vocabulary.schema.codeLists.get(list), label);
}

/** The place of a label in its list; the code itself also counts where it names an area, for names of areas repeat. */
export function codeOf(list: { readonly id: string; readonly codes: readonly string[]; readonly labels: readonly string[] } | undefined, label: string): number | 'ambiguous' | undefined {
  if (!list) return undefined;
  const at = list.labels.indexOf(label);
  if (at !== -1) return list.labels.indexOf(label, at + 1) === -1 ? at : 'ambiguous';
  const code = list.id === AREAS ? list.codes.indexOf(label) : -1;
  return code === -1 ? undefined : code;
}

/** All of them, or undefined where one is missing. */
export function all<T>(of: readonly (T | undefined)[]): readonly T[] | undefined {
  const found = of.filter((one) => one !== undefined);
  return found.length === of.length ? found : undefined;
}

/** What a product measures: money times a count is money; two measures that are not money clash. */
export function ordered(left: Expr, right: Expr): readonly [Expr, Expr] | { readonly left: string; readonly right: string } {
  const [a, b] = [unitOf(left), unitOf(right)];
  if (a === undefined || b === undefined) return a === undefined && b !== undefined ? [right, left] : [left, right];
  if (b === 'money' && a !== 'money') return [right, left];
  return a === 'money' && b !== 'money' && b !== 'share' ? [left, right] : { left: a, right: b };
}

export function unitOf(expr: Expr): string | undefined {
  return expr.type.kind === 'number' ? expr.type.unit : undefined;
}

/** Whether a comparison holds or fails for every value that its operands can take; undefined where it depends. */
export function settled(test: string, a: Numeric | Extract<ValueType, { kind: 'date' }>, b: Numeric | Extract<ValueType, { kind: 'date' }>): boolean | undefined {
  const [low, high] = [BigInt(a.min), BigInt(a.max)];
  const [from, to] = [BigInt(b.min), BigInt(b.max)];
  switch (test) {
    case '<': return high < from ? true : low >= to ? false : undefined;
    case '<=': return high <= from ? true : low > to ? false : undefined;
    case '>': return low > to ? true : high <= from ? false : undefined;
    case '>=': return low >= to ? true : high < from ? false : undefined;
    case '=': return high < from || low > to ? false : undefined;
    default: return high < from || low > to ? true : undefined;
  }
}
