import type { Decision } from '../../program.ts';
import type { Verdict } from '../../value.ts';
import { blocksOfGroups, blocksOfRows, rowsIn, unitsFor } from './blocks.ts';
import type { BlockOfRows } from './blocks.ts';
import type { Kernel } from './compile.ts';
import { lost } from './context.ts';
import { amountLane, REASON } from './decision.ts';
import { newColumn } from './lane.ts';
import type { Column } from './lane.ts';
import type { Bound, Slot } from './layout.ts';

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
  const amounts = decisions.map((decision) => new Gathered(kernel, decision));
  const spills = new Map<number, Column>();
  const counts = new Int32Array(decisions.length);
  const blocks = blocksOf(kernel, population);
  const bind = (slot: Slot, block: BlockOfRows): Bound | undefined => {
    switch (slot.kind) {
      case 'fact': return slot.access === 'all' ? population.columns.get(slot.fact) : cut(kernel, population.columns.get(slot.fact), slot, block);
      case 'starts': return cut(kernel, population.links.get(slot.link)?.starts, slot, block);
      case 'targets': return population.links.get(slot.link)?.targets;
      case 'lost': return cut(kernel, population.links.get(slot.link)?.lost, slot, block);
      case 'group': return cut(kernel, population.links.get(slot.link)?.group, slot, block);
      case 'fold': return newColumn(slot.lane, block.to - block.from);
      case 'spill': {
        const column = spills.get(slot.node) ?? newColumn(slot.lane, rowsOf(slot.entity));
        spills.set(slot.node, column);
        return column;
      }
      case 'reason': return cut(kernel, reasons[slot.decision], slot, block);
      case 'amount': return amounts[slot.decision]?.room(block);
      case 'counts': return counts;
      case 'table': return tableOf(slot);
      default: return slot satisfies never;
    }
  };
  for (let pass = 0; pass < kernel.passes; pass++) {
    for (const block of blocks) {
      const units = unitsFor(kernel, pass, block);
      const used = new Set(units.flatMap((unit) => unit.used));
      const arrays = kernel.slots.map((slot, number) => (used.has(number) ? bind(slot, block) : undefined));
      counts.fill(0);
      for (const unit of units) unit.run(arrays, block.to - block.from, block.firstMember, block.from);
      amounts.forEach((gathered, number) => gathered.keep(counts[number] ?? 0));
    }
  }
  return decisions.map((decision, number) => ({ decision, reasons: reasons[number] ?? lost(number), amounts: amounts[number]?.column() }));
}

/** A decision's amounts, block after block. */
class Gathered {
  readonly #lane;
  readonly #parts: Column[] = [];
  #room: Column | undefined;

  constructor(kernel: Kernel, decision: Decision) {
    this.#lane = amountLane(kernel.program, decision);
  }

  room(block: BlockOfRows): Column | undefined {
    this.#room = this.#lane && newColumn(this.#lane, block.lastMember - block.firstMember + block.to - block.from);
    return this.#room;
  }

  keep(count: number): void {
    if (this.#room && count > 0) this.#parts.push(this.#room.subarray(0, count));
    this.#room = undefined;
  }

  column(): Column | undefined {
    if (!this.#lane) return undefined;
    const whole = newColumn(this.#lane, this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function cut<C extends Bound>(kernel: Kernel, column: C | undefined, slot: Slot, block: BlockOfRows): C | undefined {
  const [from, to] = rowsIn(kernel, slot, block);
  return column?.subarray(from, slot.kind === 'starts' ? to + 1 : to) as C | undefined;
}

const tables = new WeakMap<Slot, Column>();

/** A look-up table as an array, made once. */
export function tableOf(slot: Extract<Slot, { kind: 'table' }>): Column {
  const made = tables.get(slot) ?? newColumn(slot.lane, slot.values.length);
  if (!tables.has(slot)) made.set(slot.values);
  tables.set(slot, made);
  return made;
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

