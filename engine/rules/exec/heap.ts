import { keyOf } from '../builtin/index.ts';
import type { Datum } from '../value.ts';

/** Values that a frame's doubles stand for: texts, and what only forms and questions compute. The same value has the same number. */
export class Heap {
  readonly #values: Datum[] = [];
  readonly #places = new Map<string, number>();

  constructor(texts: Iterable<string>) {
    for (const text of texts) this.put(text);
  }

  put(value: Datum): number {
    const key = keyOf(value);
    const found = this.#places.get(key);
    if (found !== undefined) return found;
    const place = this.#values.push(value) - 1;
    this.#places.set(key, place);
    return place;
  }

  get(place: number): Datum {
    const value = this.#values[place];
    if (value === undefined) throw new RangeError(`no value has the number ${String(place)}`);
    return value;
  }
}
