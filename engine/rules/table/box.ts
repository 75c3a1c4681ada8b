import { inCell } from '../check/tested.ts';
import type { Check, Frame } from '../check/frame.ts';
import { aligned, all } from '../check/operand.ts';
import type { Expr, Span } from '../op.ts';
import type { FormCell, UnaryTest } from '../syntax/index.ts';
import { isWide } from '../type.ts';
import { complement } from './sweep.ts';
import type { Interval } from './sweep.ts';

/** A column of a table: one input, and what each row asks of it. */
export interface Column {
  readonly input: Expr;
  readonly cells: readonly { readonly cell: FormCell; readonly frame: Frame }[];
}

/** A column as ranges of whole numbers, and how to say one; undefined where a cell is not made of constants. */
export interface Ranges {
  readonly domain: Interval;
  readonly rows: readonly (readonly Interval[])[];
  readonly say: (range: Interval) => string;
}

/** The condition of one cell; `any` where everything passes. */
export function cellCondition(check: Check, { input, cells }: Column, row: number, at: Span): Expr | undefined | 'any' {
  const found = cells[row];
  return found && inCell(check, input, found.cell, at, found.frame);
}

/** What the rows of a column take, counted in whole numbers; none counts as one more, which only `-` and `not(…)` take. */
export function rangesOf(check: Check, { input, cells }: Column): Ranges | undefined {
  const values = new Map<UnaryTest<'form'>, readonly Expr[]>();
  for (const { cell, frame } of cells) {
    for (const test of cell.tests === 'any' ? [] : cell.tests) {
      const found = all((test.kind === 'range' ? [test.low, test.high] : [test.value]).map((value) => check.expr(value, frame)));
      if (!found || found.some((value) => value.node.op !== 'constant')) return undefined;
      values.set(test, found);
    }
  }
  // Only what can be counted has ranges: of texts whether they are the same, of times and durations nothing.
  const kind = input.type.kind;
  if (isWide(input.type) || (kind === 'text' && [...values.keys()].some((test) => test.kind !== 'is'))) return undefined;
  const [frame] = cells.map((one) => one.frame);
  const ready = frame && aligned(check, [input, ...[...values.values()].flat()], frame);
  const [of] = ready ?? [];
  if (!ready || !of) return undefined;
  const texts = [...new Set(ready.slice(1).flatMap((value) => (value.node.op === 'constant' && typeof value.node.value === 'string' ? [value.node.value] : [])))];
  const known = domainOf(check, of, texts);
  const domain = of.nonable ? { from: known.from, to: known.to + 1n } : known;
  let next = 1;
  const counted = new Map([...values].map(([test, { length }]) => {
    const own = ready.slice(next, next + length).map((value) => countOf(value, texts));
    next += length;
    return [test, own] as const;
  }));
  const rows = cells.map(({ cell }) => {
    if (cell.tests === 'any') return [domain];
    const ranges = cell.tests.flatMap((test) => within(known, spanOf(test, counted.get(test) ?? [], known)));
    return cell.negated ? complement(domain, ranges) : ranges;
  });
  return { domain, rows, say: (range) => (of.nonable && range.to === domain.to ? sayNone(check, of, texts, range) : sayRange(check, of, texts, range)) };
}

function domainOf(check: Check, { type }: Expr, texts: readonly string[]): Interval {
  if (isWide(type)) throw new RangeError('what cannot be counted has no ranges');
  switch (type.kind) {
    case 'number': return { from: type.min, to: type.max };
    case 'date': return { from: BigInt(type.min), to: BigInt(type.max) };
    case 'boolean': return { from: 0n, to: 1n };
    case 'code': return { from: 0n, to: BigInt((check.env.vocabulary.schema.codeLists.get(type.list)?.codes.length ?? 1) - 1) };
    // Every text of the table, and one more that stands for all others.
    case 'text': return { from: 0n, to: BigInt(texts.length) };
    default: return type satisfies never;
  }
}

function countOf({ node }: Expr, texts: readonly string[]): bigint {
  if (node.op !== 'constant') return 0n;
  if (typeof node.value === 'bigint') return node.value;
  return typeof node.value === 'boolean' ? BigInt(node.value) : BigInt(texts.indexOf(node.value));
}

function spanOf(test: UnaryTest<'form'>, [first = 0n, second = 0n]: readonly bigint[], { from, to }: Interval): readonly Interval[] {
  switch (test.kind) {
    case 'is': return [{ from: first, to: first }];
    case 'range': return [{ from: test.lowIn ? first : first + 1n, to: test.highIn ? second : second - 1n }];
    case 'than': {
      switch (test.test) {
        case '<': return [{ from, to: first - 1n }];
        case '<=': return [{ from, to: first }];
        case '>': return [{ from: first + 1n, to }];
        case '>=': return [{ from: first, to }];
        case '=': return [{ from: first, to: first }];
        case '!=': return complement({ from, to }, [{ from: first, to: first }]);
        default: return test.test satisfies never;
      }
    }
    default: return test satisfies never;
  }
}

function within(domain: Interval, ranges: readonly Interval[]): readonly Interval[] {
  return ranges.map(({ from, to }) => ({ from: from < domain.from ? domain.from : from, to: to > domain.to ? domain.to : to })).filter(({ from, to }) => from <= to);
}

function sayNone(check: Check, of: Expr, texts: readonly string[], { from, to }: Interval): string {
  return from === to ? 'none' : `${sayRange(check, of, texts, { from, to: to - 1n })}, none`;
}

function sayRange(check: Check, { type }: Expr, texts: readonly string[], { from, to }: Interval): string {
  const say = (count: bigint): string => {
    if (isWide(type)) return '…';
    switch (type.kind) {
      case 'number': return type.scale === 0 ? String(count) : `${String(count).padStart(type.scale + 1, '0').slice(0, -type.scale)}.${String(count).padStart(type.scale + 1, '0').slice(-type.scale)}`;
      case 'date': return String(count);
      case 'boolean': return String(count === 1n);
      case 'code': return check.env.vocabulary.schema.codeLists.get(type.list)?.labels[Number(count)] ?? '';
      case 'text': return texts[Number(count)] ?? '…';
      default: return type satisfies never;
    }
  };
  return from === to ? say(from) : `${say(from)}..${say(to)}`;
}
