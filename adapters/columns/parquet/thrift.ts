/*
 * The part of Thrift's compact protocol that Parquet's page headers and footer are written in.
 * (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md)
 */

/** A value of Thrift as Parquet uses it: 32- and 64-bit whole numbers, texts, lists, structs by field number. */
export type ThriftValue =
  | { readonly kind: 'i32' | 'i64'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly of: ThriftValue['kind']; readonly value: readonly ThriftValue[] }
  | { readonly kind: 'struct'; readonly value: ReadonlyMap<number, ThriftValue> };

export const i32 = (value: number): ThriftValue => ({ kind: 'i32', value });
export const i64 = (value: number): ThriftValue => ({ kind: 'i64', value });
export const text = (value: string): ThriftValue => ({ kind: 'text', value });
export const list = (of: ThriftValue['kind'], value: readonly ThriftValue[]): ThriftValue => ({ kind: 'list', of, value });
export const struct = (fields: Readonly<Record<number, ThriftValue | undefined>>): ThriftValue => ({ kind: 'struct', value: new Map(Object.entries(fields).flatMap(([field, value]) => (value ? [[Number(field), value]] : []))) });

const CODE = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const satisfies Record<ThriftValue['kind'], number>;

export function encodeThrift(value: ThriftValue): Uint8Array {
  const bytes: number[] = [];
  write(value, bytes);
  return Uint8Array.from(bytes);
}

function write(value: ThriftValue, bytes: number[]): void {
  switch (value.kind) {
    case 'i32': case 'i64': varint(zigzag(value.value), bytes); return;
    case 'text': {
      const encoded = new TextEncoder().encode(value.value);
      varint(encoded.length, bytes);
      bytes.push(...encoded);
      return;
    }
    case 'list':
      if (value.value.length < 15) bytes.push((value.value.length << 4) | CODE[value.of]);
      else {
        bytes.push(0xf0 | CODE[value.of]);
        varint(value.value.length, bytes);
      }
      for (const item of value.value) write(item, bytes);
      return;
    case 'struct': {
      let last = 0;
      for (const [field, item] of [...value.value].sort(([a], [b]) => a - b)) {
        // Fields of Parquet are never more than fifteen apart.
        bytes.push(((field - last) << 4) | CODE[item.kind]);
        write(item, bytes);
        last = field;
      }
      bytes.push(0);
      return;
    }
    default: value satisfies never;
  }
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** Sizes go beyond 32 bits, so no shifts. */
export function varint(value: number, bytes: number[]): void {
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
}

/** What a struct holds by field number: whole numbers, texts, structs and lists of them; the rest is passed over. */
export type Item = number | string | Decoded;
export type Decoded = ReadonlyMap<number, Item | readonly Item[]>;

/** A struct at the start of some bytes, and how many bytes it takes. */
export function decodeThrift(bytes: Uint8Array, start = 0): { readonly value: Decoded; readonly end: number } {
  const reader = new Reader(bytes, start);
  return { value: reader.struct(), end: reader.at };
}

class Reader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  struct(): Decoded {
    const fields = new Map<number, Item | readonly Item[]>();
    for (let field = 0; ; ) {
      const head = this.#byte();
      if (head === 0) return fields;
      const step = head >> 4;
      field = step === 0 ? this.#signed() : field + step;
      const value = this.#value(head & 15);
      if (value !== undefined) fields.set(field, value);
    }
  }

  #value(code: number): Item | readonly Item[] | undefined {
    switch (code) {
      case 1: return 1;
      case 2: return 0;
      case 3: return this.#byte();
      case 4: case 5: case 6: return this.#signed();
      case 7: this.at += 8; return undefined;
      case 8: return this.#text();
      case 9: case 10: {
        const head = this.#byte();
        const length = head >> 4 === 15 ? this.#varint() : head >> 4;
        return Array.from({ length }, () => this.#value(head & 15)).filter((item) => item !== undefined).filter((item): item is Item => !Array.isArray(item));
      }
      case 12: return this.struct();
      default: throw new Error(`a Parquet file has a field of type ${code}`);
    }
  }

  #text(): string {
    const length = this.#varint();
    this.at += length;
    return new TextDecoder().decode(this.#bytes.subarray(this.at - length, this.at));
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new RangeError('a Parquet header ends too soon');
    this.at += 1;
    return byte;
  }

  #varint(): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  }

  #signed(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

export const numberAt = (from: Decoded, field: number): number => {
  const value = from.get(field);
  return typeof value === 'number' ? value : 0;
};

export function structAt(from: Decoded, field: number): Decoded {
  const value = from.get(field);
  return value instanceof Map ? value : new Map();
}

export function listAt(from: Decoded, field: number): readonly Item[] {
  const value = from.get(field);
  return Array.isArray(value) ? value : [];
}

export function textAt(from: Decoded, field: number): string {
  const value = from.get(field);
  return typeof value === 'string' ? value : '';
}
