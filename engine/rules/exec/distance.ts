import type { Step, Trace } from './trace-format.ts';

/** How far a value is from where a failed condition would hold. */
export interface Distance {
  /** The value that would have to move: the side of the comparison that is not a constant. */
  readonly of: Step;
  /** By so many units of its scale, more than 0. */
  readonly units: number;
  /** Down, not up. */
  readonly less: boolean;
}

type Test = NonNullable<Step['detail']['test']>;
const OPPOSITE: Readonly<Record<Test, Test>> = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/**
 * The ordered comparisons of numbers on which a refusal rests, each turned round: what the left side would have to be
 * while the right side stays. One that alone turns its clause stands beside others that would too (`or`).
 *
 * Empty unless the verdict is no, or where the failed clause rests on no such comparison, or only on time.
 */
export function distancesOf(trace: Trace): readonly Distance[] {
  const { verdict } = trace;
  if (verdict.kind !== 'no') return [];
  const failed = trace.clauses.find((clause) => clause.id === verdict.clause);
  return failed ? within(trace, failed.step, true) : [];
}

/** What only time moves; that is told as the day on which it will have moved. */
const BY_TIME: ReadonlySet<string> = new Set(['years-between', 'months-between', 'days-between', 'covered-months', 'longest-gap']);

/** `wanted`: what the step would have to be. */
function within(trace: Trace, at: number, wanted: boolean): readonly Distance[] {
  const step = trace.steps[at];
  if (step?.result.kind !== 'known' || step.result.value === wanted) return [];
  const parts = step.of.map((part) => part.step);
  switch (step.op) {
    case 'and': case 'or': return parts.flatMap((part) => within(trace, part, wanted));
    case 'not': return parts.flatMap((part) => within(trace, part, !wanted));
    case 'through': return parts.flatMap((part) => within(trace, part, wanted));
    case 'compare': return compared(trace, step, wanted);
    default: return [];
  }
}

function compared(trace: Trace, { of, detail }: Step, wanted: boolean): readonly Distance[] {
  const [left, right] = of.map((part) => trace.steps[part.step]);
  const test = detail.test && (wanted ? detail.test : OPPOSITE[detail.test]);
  if (!left || !right || !test || test === '=' || test === '!=' || BY_TIME.has(left.op) || BY_TIME.has(right.op)) return [];
  const [moves, other] = left.op === 'constant' ? [right, left] : [left, right];
  const grain = grainOf(trace, moves);
  const apart = distance(moves, other);
  if (apart === undefined) return [];
  // The smallest move that makes it true: to the other side, and one unit beyond where equal is not enough.
  const units = Math.ceil((apart + (test === '<' || test === '>' ? 1 : 0)) / grain) * grain;
  const less = (test === '<' || test === '<=') === (moves === left);
  return units === 0 ? [] : [{ of: moves, units, less }];
}

function distance(a: Step, b: Step): number | undefined {
  if (a.type.kind !== 'number' || a.result.kind !== 'known' || b.result.kind !== 'known') return undefined;
  return Math.abs(Number(a.result.value) - Number(b.result.value));
}

/** The steps in which a value can move: one counted in fen moves by fen, though it be compared in tenths of a fen. */
function grainOf({ steps }: Trace, { op, of, type }: Step): number {
  const inner = op === 'rescale' ? steps[of[0]?.step ?? -1] : undefined;
  return inner?.type.kind === 'number' && type.kind === 'number' ? 10 ** (type.scale - inner.type.scale) : 1;
}
