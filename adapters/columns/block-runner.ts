import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { columnOver, LANE, newColumn, rowsIn, tableOf, unitsFor } from '#engine/rules/index.ts';
import type { BlockOfRows, Bound, Kernel, Slot } from '#engine/rules/index.ts';
import type { Manifest, StoredArray } from '#engine/population/index.ts';
import { bytesOf, readAt } from './array-file.ts';
import { writeAll } from './folder.ts';
import { amountPart, reasonFile } from './result.ts';

/** Where a runner reads, and where it writes; `shared` holds, by slot, what links may lead to anywhere. */
export interface RunPlace {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly shared: readonly (Bound | undefined)[];
  readonly out: string;
  /** Which part of the work this is: its amounts go to files of their own. */
  readonly part: number;
  /** No block has more rows. */
  readonly capacity: number;
}

/** A slot that is read from a file before each block. */
interface Inlet {
  readonly slot: number;
  readonly handle: number;
  readonly bytes: number;
  readonly into: Uint8Array;
}

/**
 * Runs a kernel block after block: reads what the block needs into buffers that never change, runs the loops, and
 * writes the answers. Memory stays the same however many people there are.
 */
export class BlockRunner {
  readonly #kernel: Kernel;
  readonly #place: RunPlace;
  readonly #arrays: (Bound | undefined)[];
  readonly #inlets = new Map<number, Inlet>();
  readonly #outlets = new Map<number, number>();
  readonly #counts: Int32Array;
  readonly #written: number[];

  constructor(kernel: Kernel, place: RunPlace) {
    this.#kernel = kernel;
    this.#place = place;
    this.#counts = new Int32Array(kernel.program.decisions.length);
    this.#written = kernel.program.decisions.map(() => 0);
    this.#arrays = kernel.slots.map((slot, number) => this.#bind(slot, number));
  }

  /** Runs one pass over some blocks. */
  run(pass: number, blocks: readonly BlockOfRows[]): void {
    for (const block of blocks) {
      const units = unitsFor(this.#kernel, pass, block);
      const used = new Set(units.flatMap((unit) => unit.used));
      for (const slot of used) this.#read(slot, block);
      this.#counts.fill(0);
      for (const unit of units) unit.run(this.#arrays, block.to - block.from, block.firstMember, block.from);
      for (const slot of used) this.#write(slot, block);
    }
  }

  /** Closes every file; gives how many amounts each decision has written. */
  close(): readonly number[] {
    for (const { handle } of this.#inlets.values()) closeSync(handle);
    for (const handle of this.#outlets.values()) closeSync(handle);
    return this.#written;
  }

  #bind(slot: Slot, number: number): Bound | undefined {
    const { capacity, shared, out, part } = this.#place;
    switch (slot.kind) {
      case 'fact': return shared[number] ?? this.#inlet(number, this.#place.manifest.columns.find(({ fact }) => fact === slot.fact));
      case 'targets': case 'spill': return shared[number];
      case 'starts': return slot.link === this.#kernel.layout.primary ? new Int32Array(capacity + 1) : this.#inlet(number, this.#link(slot.link)?.starts);
      case 'lost': return this.#inlet(number, this.#link(slot.link)?.lost);
      case 'group': return this.#inlet(number, this.#link(slot.link)?.group);
      case 'fold': return newColumn(slot.lane, capacity);
      case 'counts': return this.#counts;
      case 'table': return tableOf(slot);
      case 'reason':
        this.#outlets.set(number, openSync(join(out, reasonFile(slot.decision)), 'r+'));
        return new Uint8Array(capacity);
      case 'amount':
        this.#outlets.set(number, openSync(join(out, amountPart(slot.decision, part)), 'w'));
        return newColumn(slot.lane, capacity);
      default: return slot satisfies never;
    }
  }

  #link(id: string) {
    return this.#place.manifest.links.find(({ link }) => link === id);
  }

  #inlet(slot: number, stored: StoredArray | undefined): Bound | undefined {
    if (!stored) return undefined;
    const { bytes } = LANE[stored.lane];
    const buffer = new ArrayBuffer((this.#place.capacity + 1) * bytes);
    this.#inlets.set(slot, { slot, bytes, handle: openSync(join(this.#place.folder, stored.file), 'r'), into: new Uint8Array(buffer) });
    return columnOver(stored.lane, buffer, 0, this.#place.capacity + 1);
  }

  #read(number: number, block: BlockOfRows): void {
    const slot = this.#kernel.slots[number];
    if (!slot) return;
    const [from, to] = rowsIn(this.#kernel, slot, block);
    const inlet = this.#inlets.get(number);
    const rows = to - from + (slot.kind === 'starts' ? 1 : 0);
    if (inlet) readAt(inlet.handle, inlet.into.subarray(0, rows * inlet.bytes), from * inlet.bytes);
    else if (slot.kind === 'starts') this.#arrays[number]?.set(this.#place.shared[number]?.subarray(from, from + rows) ?? []);
  }

  #write(number: number, block: BlockOfRows): void {
    const slot = this.#kernel.slots[number];
    const handle = this.#outlets.get(number);
    const array = this.#arrays[number];
    if (!slot || handle === undefined || !array) return;
    if (slot.kind === 'reason') {
      const [from, to] = rowsIn(this.#kernel, slot, block);
      writeAll(handle, bytesOf(array.subarray(0, to - from)), from);
    } else if (slot.kind === 'amount') {
      const count = this.#counts[slot.decision] ?? 0;
      this.#written[slot.decision] = (this.#written[slot.decision] ?? 0) + count;
      if (count > 0) writeAll(handle, bytesOf(array.subarray(0, count)));
    }
  }
}

