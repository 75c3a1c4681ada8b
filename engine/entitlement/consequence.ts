import type { Residual } from '#engine/population/index.ts';
import { countsOf, eachChange } from './change.ts';
import type { ChangeCounts } from './change.ts';
import { cliffOf, withMoreIncome } from './cliff.ts';
import type { Cliff } from './cliff.ts';
import { nearMisses } from './near.ts';
import type { BreakdownId } from './parts.ts';
import { fenByRow } from './run.ts';
import type { Run } from './run.ts';
import type { Baseline, Simulation } from './simulate.ts';
import { statedErrorOf } from './stated-error.ts';
import type { StatedError } from './stated-error.ts';
import type { ClauseCount } from './totals.ts';

/** What a reform does to one service in one group of a breakdown. */
export interface GroupEffect {
  /** Undefined: it is not known in which group. */
  readonly group: string | undefined;
  readonly counts: ChangeCounts;
  readonly beforeFen: number;
  readonly afterFen: number;
}

interface BeforeAfter<T> {
  readonly before: T;
  readonly after: T;
}

/** What else a reform does to one service: for whom, who is near, and who stands at a cliff. */
export interface Consequence {
  readonly service: string;
  /** By town and country; none where the pack does not part the service's subject so. */
  readonly places: readonly GroupEffect[];
  /** By bands of income, likewise. */
  readonly incomes: readonly GroupEffect[];
  readonly near: BeforeAfter<readonly ClauseCount[]>;
  /** Undefined where the pack does not say what an income is. */
  readonly cliffs: BeforeAfter<Cliff> | undefined;
  readonly error: StatedError;
}

/** The consequences for every service that a simulation changes, in the order of its effects. Some runs for each of them. */
export function consequencesOf(baseline: Baseline, simulation: Simulation, residuals: readonly Residual[] | undefined): readonly Consequence[] {
  const { book, snapshot, run, on } = baseline;
  const more = withMoreIncome(book, snapshot);
  return simulation.effects.map(({ service, subject }) => ({
    service,
    places: groupEffects(baseline, simulation, { service, subject, by: 'place' }),
    incomes: groupEffects(baseline, simulation, { service, subject, by: 'income' }),
    near: { before: nearMisses(book, snapshot, run, service), after: nearMisses(simulation.book, snapshot, simulation.after, service) },
    cliffs: more && { before: cliffOf(book, run, service, { snapshot, more }), after: cliffOf(simulation.book, simulation.after, service, { snapshot, more }) },
    error: statedErrorOf(simulation.book, on, service, residuals),
  }));
}

function groupEffects({ parts, run }: Baseline, { changes, after }: Simulation, { service, subject, by }: { readonly service: string; readonly subject: string; readonly by: BreakdownId }): readonly GroupEffect[] {
  const groupOf = parts.of(by, subject);
  if (!groupOf) return [];
  const groups = [...parts.groups(by), undefined];
  const counts = groups.map(() => ({ ...countsOf([]) }));
  for (const { row, kind } of eachChange({ services: changes.services.filter((one) => one.service === service) })) {
    const of = counts[groupOf[row] ?? groups.length - 1];
    if (of) of[kind] += 1;
  }
  const [before, now] = [fenByGroup(run, service, groupOf, groups.length), fenByGroup(after, service, groupOf, groups.length)];
  return groups.map((group, at) => ({ group, counts: counts[at] ?? countsOf([]), beforeFen: before[at] ?? 0, afterFen: now[at] ?? 0 }))
    .filter((one) => one.group !== undefined || one.beforeFen + one.afterFen > 0 || Object.values(one.counts).some((count) => count > 0));
}

function fenByGroup({ answers }: Run, service: string, groupOf: Uint8Array, length: number): Float64Array {
  const sums = new Float64Array(length);
  const found = answers.get(service);
  const fen = found && fenByRow(found);
  fen?.forEach((amount, row) => {
    const at = groupOf[row] ?? length - 1;
    sums[at] = (sums[at] ?? 0) + amount;
  });
  return sums;
}
