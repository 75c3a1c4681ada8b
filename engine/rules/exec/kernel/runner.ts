import { rowsIn, unitsFor } from './blocks.ts';
import type { BlockOfRows } from './blocks.ts';
import type { Kernel } from './compile.ts';
import type { Bound, Slot } from './layout.ts';

/** Where a runner gets columns from and puts answers. */
export interface Door {
  /** The far array of a slot; undefined where the slot is not far. */
  readonly far: (slot: Slot, number: number) => Bound | undefined;
  /** Fills `into` with the entries of a slot from a row on. */
  readonly read: (slot: Slot, number: number, from: number, into: Bound) => void;
  /** Takes the reasons of the rows from `from` on, or the next amounts of a decision; what is kept must be copied. */
  readonly write: (slot: Slot, number: number, from: number, values: Bound) => void;
}

/**
 * Runs a kernel block after block: fetches what the block needs into the memory of the kernel, runs the loops, and
 * hands out the answers. Memory stays the same however many people there are.
 */
export class BlockRunner {
  readonly #kernel: Kernel;
  readonly #door: Door;
  readonly #far: readonly (Bound | undefined)[];
  readonly #counts: Bound | undefined;

  constructor(kernel: Kernel, door: Door) {
    this.#kernel = kernel;
    this.#door = door;
    this.#far = kernel.slots.map((slot, number) => door.far(slot, number));
    this.#counts = kernel.near[kernel.slots.findIndex((slot) => slot.kind === 'counts')];
  }

  /** Runs one pass over some blocks. */
  run(pass: number, blocks: readonly BlockOfRows[]): void {
    for (const block of blocks) {
      const units = unitsFor(this.#kernel, pass, block);
      if (units.length === 0) continue;
      const used = new Set(units.flatMap((unit) => unit.used));
      for (const number of used) this.#read(number, block);
      this.#counts?.fill(0);
      const count = block.to - block.from;
      for (const unit of units) {
        for (let from = 0; from < count; from += CALL) unit.run(this.#far, from, Math.min(count, from + CALL), block.firstMember, block.from);
      }
      for (const number of used) this.#write(number, block);
    }
  }

  #read(number: number, block: BlockOfRows): void {
    const slot = this.#kernel.slots[number];
    const near = this.#kernel.near[number];
    if (!slot || !near || !READ.has(slot.kind)) return;
    const [from, to] = rowsIn(this.#kernel, slot, block);
    this.#door.read(slot, number, from, near.subarray(0, to - from + (slot.kind === 'starts' ? 1 : 0)));
  }

  #write(number: number, block: BlockOfRows): void {
    const slot = this.#kernel.slots[number];
    const near = this.#kernel.near[number];
    if (!slot || !near) return;
    if (slot.kind === 'reason') {
      const [from, to] = rowsIn(this.#kernel, slot, block);
      this.#door.write(slot, number, from, near.subarray(0, to - from));
    } else if (slot.kind === 'amount') {
      const count = this.#counts?.[slot.decision] ?? 0;
      if (count > 0) this.#door.write(slot, number, 0, near.subarray(0, count));
    }
  }
}

/**
 * So many groups or rows go into one call of a loop. V8 puts constants into machine code only where a function is
 * entered, not where it is replaced inside a long loop, so short calls make it fast from the first blocks on.
 */
const CALL = 512;

const READ: ReadonlySet<Slot['kind']> = new Set(['fact', 'starts', 'lost', 'group']);
