import { LARGEST_GROUP } from '../../infer.ts';
import { isFar, viewOf } from './layout.ts';
import type { Bound, Slot, View } from './layout.ts';

/** Members of about so many rows make a block, so that its columns stay in the cache; a household is never cut. */
export const BLOCK_ROWS = 32_768;
/** No block has more rows, for no household has more members than `LARGEST_GROUP`. */
export const MOST_ROWS = BLOCK_ROWS + Number(LARGEST_GROUP);

const BYTES: Readonly<Record<View, number>> = { int8: 1, uint8: 1, int16: 2, int32: 4, float64: 8 };

/** The arrays that generated code reads and writes, each once; what stands in the code are numbers. */
export class Slots {
  readonly list: Slot[] = [];
  readonly #numbers = new Map<string, number>();

  number(slot: Slot): number {
    const key = JSON.stringify(slot);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.list.push(slot) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** The code of one entry of a slot. */
  cell(number: number, index: string): string {
    return `c${number}[${index}]`;
  }

  /**
   * The near array of each slot, with the tables filled in; far ones have none.
   *
   * All lie in one stretch of memory, beginning on lines of the cache and not all on the same one of its sets.
   */
  near(): readonly (Bound | undefined)[] {
    let bytes = 0;
    const places = this.list.map((slot, number) => {
      const place = Math.ceil(bytes / 64) * 64 + 64 * ((number * 5) % 16);
      if (!isFar(slot)) bytes = place + lengthOf(slot) * BYTES[viewOf(slot)];
      return place;
    });
    const memory = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
    return this.list.map((slot, number) => {
      if (isFar(slot)) return undefined;
      const array = VIEW[viewOf(slot)](memory, places[number] ?? 0, lengthOf(slot));
      if (slot.kind === 'table') array.set(slot.values);
      return array;
    });
  }
}

const lengthOf = (slot: Slot): number => (slot.kind === 'table' ? slot.values.length : slot.kind === 'counts' ? slot.length : MOST_ROWS + 1);

const VIEW: Readonly<Record<View, (memory: ArrayBuffer, place: number, length: number) => Bound>> = {
  int8: (...of) => new Int8Array(...of), uint8: (...of) => new Uint8Array(...of), int16: (...of) => new Int16Array(...of), int32: (...of) => new Int32Array(...of), float64: (...of) => new Float64Array(...of),
};
