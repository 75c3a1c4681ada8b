const ENCODER = new TextEncoder();
const MINUS = 45;
const ZERO = 48;

/** A piece of JSON that is written many times. */
export function jsonPiece(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/**
 * JSON as UTF-8, written piece by piece into one buffer: large answers of which most was said before cost a copy, not
 * a text that is joined and then encoded.
 */
export class JsonBytes {
  #bytes: Uint8Array;
  #length = 0;

  constructor(size = 1 << 16) {
    this.#bytes = new Uint8Array(size);
  }

  piece(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  text(text: string): this {
    // A unit of UTF-16 takes three bytes at the most.
    this.#room(text.length * 3);
    this.#length += ENCODER.encodeInto(text, this.#bytes.subarray(this.#length)).written;
    return this;
  }

  /** A whole number within the safe ones. */
  whole(number: number): this {
    this.#room(17);
    let rest = Math.abs(number);
    if (number < 0) this.#bytes[this.#length++] = MINUS;
    const digits = rest < 10 ? 1 : rest < 100 ? 2 : rest < 1_000 ? 3 : String(rest).length;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      this.#bytes[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#length += digits;
    return this;
  }

  /** How many bytes stand here. */
  get length(): number {
    return this.#length;
  }

  /** A copy of what stands here from a place on. */
  copy(from: number): Uint8Array {
    return this.#bytes.slice(from, this.#length);
  }

  /** What was written since the beginning or the last `take`, as bytes of its own. */
  take(): Uint8Array {
    const taken = this.copy(0);
    this.#length = 0;
    return taken;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#length + bytes, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
