import type { Decision } from '../../program.ts';
import type { Verdict } from '../../value.ts';
import { blocksOfGroups, blocksOfRows } from './blocks.ts';
import type { BlockOfRows } from './blocks.ts';
import type { Kernel } from './compile.ts';
import { lost } from './context.ts';
import { amountLane, REASON } from './decision.ts';
import { newColumn } from './lane.ts';
import type { Column } from './lane.ts';
import { isFar } from './layout.ts';
import type { Bound, Slot } from './layout.ts';
import { BlockRunner } from './runner.ts';

/** The arrays of a link; which of them there are depends on its kind. See `Slot`. */
export interface LinkColumns {
  readonly starts: Int32Array;
  readonly targets?: Int32Array | undefined;
  readonly lost?: Int8Array | undefined;
  readonly group?: Int32Array | undefined;
}

/** A whole population in memory, as the kernel reads it. */
export interface Population {
  readonly rows: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, Column>;
  readonly links: ReadonlyMap<string, LinkColumns>;
}

/** The answers of one service: a reason for each row of its subject, and the amounts of the rows whose reason is 0, in order. */
export interface Answers {
  readonly decision: Decision;
  readonly reasons: Uint8Array;
  readonly amounts: Column | undefined;
}

/** All blocks of a pass, in the order in which amounts are put down. */
export function blocksOf(kernel: Kernel, population: Population): readonly BlockOfRows[] {
  const { program, layout } = kernel;
  const primary = layout.primary === undefined ? undefined : program.schema.links.get(layout.primary);
  return [...program.schema.entities.keys()].filter((entity) => entity !== primary?.to).flatMap((entity) => {
    const rows = population.rows.get(entity) ?? 0;
    if (entity !== primary?.from) return blocksOfRows('rows', entity, 0, rows);
    const starts = population.links.get(primary.id)?.starts ?? lost(primary.id);
    return [...blocksOfGroups(starts, entity), ...blocksOfRows('alone', entity, starts[starts.length - 1] ?? 0, rows)];
  });
}

/** Decides every service for everybody, in memory and in one thread. */
export function runKernel(kernel: Kernel, population: Population): readonly Answers[] {
  const { decisions } = kernel.program;
  const rowsOf = (entity: string): number => population.rows.get(entity) ?? 0;
  const reasons = decisions.map((decision) => new Uint8Array(rowsOf(decision.subject)));
  const amounts = decisions.map((): Bound[] => []);
  const runner = new BlockRunner(kernel, {
    far: (slot) => (slot.kind === 'spill' ? newColumn(slot.lane, rowsOf(slot.entity)) : isFar(slot) ? arrayOf(population, slot) : undefined),
    read: (slot, _, from, into) => into.set(arrayOf(population, slot)?.subarray(from, from + into.length) ?? []),
    write: (slot, _, from, values) => {
      if (slot.kind === 'reason') reasons[slot.decision]?.set(values, from);
      else if (slot.kind === 'amount') amounts[slot.decision]?.push(values.slice());
    },
  });
  const blocks = blocksOf(kernel, population);
  for (let pass = 0; pass < kernel.passes; pass++) runner.run(pass, blocks);
  return decisions.map((decision, number) => ({ decision, reasons: reasons[number] ?? lost(number), amounts: gathered(kernel, decision, amounts[number] ?? []) }));
}

/** The array of a population that a slot stands for. */
function arrayOf(population: Population, slot: Slot): Bound | undefined {
  switch (slot.kind) {
    case 'fact': return population.columns.get(slot.fact);
    case 'starts': case 'targets': case 'lost': case 'group': return population.links.get(slot.link)?.[slot.kind];
    default: return undefined;
  }
}

/** A decision's amounts, block after block, in one column. */
function gathered(kernel: Kernel, decision: Decision, parts: readonly Bound[]): Column | undefined {
  const lane = amountLane(kernel.program, decision);
  if (!lane) return undefined;
  const whole = newColumn(lane, parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The verdict that a reason and an amount stand for. */
export function verdictOfReason(decision: Decision, reason: number, amountFen: number | undefined): Verdict {
  if (reason === REASON.yes) return amountFen === undefined ? { kind: 'yes' } : { kind: 'yes', amountFen };
  if (reason < REASON.unknown) return { kind: 'no', clause: decision.clauses[reason - REASON.no]?.id ?? lost(reason) };
  return { kind: 'unknown', clause: decision.clauses[reason - REASON.unknown]?.id ?? 'amount' };
}

/** The verdicts of one service, row after row. */
export function verdictsOf({ decision, reasons, amounts }: Answers): readonly Verdict[] {
  let next = 0;
  return Array.from(reasons, (reason) => verdictOfReason(decision, reason, reason === REASON.yes && amounts ? amounts[next++] : undefined));
}

