import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { LANE } from '#engine/rules/index.ts';
import type { Bound, Door, Kernel, Slot } from '#engine/rules/index.ts';
import type { Manifest, StoredArray } from '#engine/population/index.ts';
import { bytesOf, openArray } from './array-file.ts';
import type { ArrayReader } from './array-file.ts';
import { PRIVATE, writeAll } from './folder.ts';
import { amountFile, reasonFile } from './result.ts';
import type { DataKey } from './seal.ts';

/** Where a run reads, and where it writes; `shared` holds, by slot, what links may lead into from anywhere. */
export interface RunPlace {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What opens sealed columns. */
  readonly key?: Pick<DataKey, 'bytes'> | undefined;
  readonly shared: readonly (Bound | undefined)[];
  readonly out: string;
  /** Which part of the work this is: its amounts go to files of their own. */
  readonly part: number;
}

/** Columns from files and answers into files; reads go straight into the arena. */
export class FileDoor implements Door {
  readonly #kernel: Kernel;
  readonly #place: RunPlace;
  readonly #inlets: readonly ({ readonly array: ArrayReader; readonly bytes: number } | undefined)[];
  readonly #outlets: (number | undefined)[];
  readonly #written: number[];

  constructor(kernel: Kernel, place: RunPlace) {
    this.#kernel = kernel;
    this.#place = place;
    this.#inlets = kernel.slots.map((slot) => {
      const stored = this.#isShared(slot) ? undefined : this.#stored(slot);
      return stored && { array: openArray(place.folder, stored, place.key, slot.kind === 'fact' ? slot.fact : undefined), bytes: LANE[stored.lane].bytes };
    });
    this.#outlets = kernel.slots.map((slot) => (slot.kind === 'reason' ? openSync(join(place.out, reasonFile(slot.decision)), 'r+') : undefined));
    this.#written = kernel.program.decisions.map(() => 0);
  }

  far(slot: Slot, number: number): Bound | undefined {
    return slot.kind === 'starts' ? undefined : this.#place.shared[number];
  }

  read(_: Slot, number: number, from: number, into: Bound): void {
    const inlet = this.#inlets[number];
    if (inlet) inlet.array.read(bytesOf(into), from * inlet.bytes);
    else into.set(this.#place.shared[number]?.subarray(from, from + into.length) ?? []);
  }

  write(slot: Slot, number: number, from: number, values: Bound): void {
    switch (slot.kind) {
      case 'reason': return writeAll(this.#outlets[number] ?? NaN, bytesOf(values), from);
      case 'amount':
        this.#written[slot.decision] = (this.#written[slot.decision] ?? 0) + values.length;
        return writeAll((this.#outlets[number] ??= openSync(join(this.#place.out, amountFile(slot.decision, this.#place.part)), 'w', PRIVATE.file)), bytesOf(values));
      default: throw new Error(`a kernel writes its ${slot.kind}`);
    }
  }

  /** Closes every file; gives how many amounts each decision has written. */
  close(): readonly number[] {
    for (const inlet of this.#inlets) inlet?.array.close();
    for (const handle of this.#outlets) if (handle !== undefined) closeSync(handle);
    return this.#written;
  }

  /** Where households begin is in memory already, since the work was cut by it. */
  #isShared(slot: Slot): boolean {
    return slot.kind === 'targets' || slot.kind === 'spill' || (slot.kind === 'fact' && slot.access === 'all') || (slot.kind === 'starts' && slot.link === this.#kernel.layout.primary);
  }

  #stored(slot: Slot): StoredArray | undefined {
    const { columns, links } = this.#place.manifest;
    switch (slot.kind) {
      case 'fact': return columns.find(({ fact }) => fact === slot.fact);
      case 'starts': case 'lost': case 'group': return links.find(({ link }) => link === slot.link)?.[slot.kind];
      default: return undefined;
    }
  }
}
