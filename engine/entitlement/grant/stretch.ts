import { rightIn } from './grant.ts';
import type { Step } from './grant.ts';
import { monthsLater } from './month.ts';
import type { Month } from './month.ts';

/** Months of a grant, one after the other, that come to something else than they did. */
export interface Stretch {
  readonly from: Month;
  /** The last month, included; undefined where it holds on. */
  readonly until: Month | undefined;
  /** Fen a period; 0 where the service brings no money, undefined where there was, or is, no right. */
  readonly wasFen: number | undefined;
  readonly isFen: number | undefined;
}

/** The stretches in which two courses of a grant give something else, ascending. Who pays is no matter of the subject: another county alone makes none. */
export function stretchesBetween(before: readonly Step[], after: readonly Step[]): readonly Stretch[] {
  const starts = [...new Set([...before, ...after].map(({ from }) => from))].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  starts.forEach((from, at) => {
    const next = starts[at + 1];
    const one: Stretch = { from, until: next === undefined ? undefined : monthsLater(next, -1), wasFen: rightIn(before, from)?.amountFen, isFen: rightIn(after, from)?.amountFen };
    if (one.wasFen === one.isFen) return;
    const last = stretches.at(-1);
    const isSame = last?.until === monthsLater(from, -1) && last.wasFen === one.wasFen && last.isFen === one.isFen;
    if (isSame) stretches[stretches.length - 1] = { ...last, until: one.until };
    else stretches.push(one);
  });
  return stretches;
}
