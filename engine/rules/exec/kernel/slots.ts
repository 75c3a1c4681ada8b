import { LARGEST_GROUP } from '../../infer.ts';
import { isFar, viewOf } from './layout.ts';
import type { Slot, View } from './layout.ts';

/** Members of about so many rows make a block, so that its columns stay in the cache; a household is never cut. */
export const BLOCK_ROWS = 8_192;
/** No block has more rows, for no household has more members than `LARGEST_GROUP`. */
export const MOST_ROWS = BLOCK_ROWS + Number(LARGEST_GROUP);

export const BYTES: Readonly<Record<View, number>> = { int8: 1, uint8: 1, int16: 2, int32: 4, float64: 8 };
const NAME: Readonly<Record<View, string>> = { int8: 'I8', uint8: 'U8', int16: 'I16', int32: 'I32', float64: 'F64' };

/** The arrays that generated code reads and writes, each once; what stands in the code are numbers. */
export class Slots {
  readonly list: Slot[] = [];
  /** By slot, the byte of the arena where it begins; far ones have no place there. */
  readonly places: (number | undefined)[] = [];
  bytes = 0;
  readonly #numbers = new Map<string, number>();

  number(slot: Slot): number {
    const key = JSON.stringify(slot);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.list.push(slot) - 1;
    this.#numbers.set(key, number);
    this.places.push(isFar(slot) ? undefined : this.#place(slot, number));
    return number;
  }

  /** The code of one entry of a slot. */
  cell(number: number, index: string): string {
    const slot = this.list[number];
    const place = this.places[number];
    if (!slot) throw new Error('there is no such slot');
    const view = viewOf(slot);
    return place === undefined ? `c${number}[${index}]` : `${NAME[view]}[${place / BYTES[view]} + ${index}]`;
  }

  /** Arrays begin on lines of the cache, and not all on the same one of its sets. */
  #place(slot: Slot, number: number): number {
    const length = slot.kind === 'table' ? slot.values.length : slot.kind === 'counts' ? slot.length : MOST_ROWS + 1;
    const place = Math.ceil(this.bytes / 64) * 64 + 64 * ((number * 5) % 16);
    this.bytes = place + length * BYTES[viewOf(slot)];
    return place;
  }
}

/** The views of an arena, as generated code names them. */
export interface Arena {
  readonly I8: Int8Array;
  readonly U8: Uint8Array;
  readonly I16: Int16Array;
  readonly I32: Int32Array;
  readonly F64: Float64Array;
}

export function newArena(bytes: number): Arena {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  return { I8: new Int8Array(buffer), U8: new Uint8Array(buffer), I16: new Int16Array(buffer), I32: new Int32Array(buffer), F64: new Float64Array(buffer) };
}
