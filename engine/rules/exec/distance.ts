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
 * Empty unless the verdict is no, or where the failed clause rests on no such comparison.
 */
export function distancesOf(trace: Trace): readonly Distance[] {
  const { verdict } = trace;
  if (verdict.kind !== 'no') return [];
  const failed = trace.clauses.find((clause) => clause.id === verdict.clause);
  return failed ? within(trace, failed.step, true) : [];
}

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

function compared({ steps }: Trace, { of, detail }: Step, wanted: boolean): readonly Distance[] {
  const [left, right] = of.map((part) => steps[part.step]);
  if (!left || !right || detail.test === undefined || left.type.kind !== 'number' || left.result.kind !== 'known' || right.result.kind !== 'known') return [];
  const test = wanted ? detail.test : OPPOSITE[detail.test];
  if (test === '=' || test === '!=') return [];
  // The smallest move that makes it true: to the other side, and one unit beyond where equal is not enough.
  const units = Math.abs(Number(left.result.value) - Number(right.result.value)) + (test === '<' || test === '>' ? 1 : 0);
  const less = test === '<' || test === '<=';
  return units === 0 ? [] : [left.op === 'constant' ? { of: right, units, less: !less } : { of: left, units, less }];
}
