import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LANE, newColumn } from '#engine/rules/index.ts';
import type { Column, Lane } from '#engine/rules/index.ts';
import type { StoredArray } from '#engine/population/index.ts';
import { PRIVATE, writeAll } from './folder.ts';
import { BlockCipher, SEALED_BLOCK, SealedReader, sealedLength, saltFrom } from './seal.ts';
import type { DataKey } from './seal.ts';

/** The bytes of an array, without copying. */
export function bytesOf(array: { readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number }): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** How an array is sealed: by what key, and what is in it. */
export interface SealedAs {
  readonly key: DataKey;
  readonly about: string;
}

/** Writes one array piece by piece and keeps its checksum and what its marks and ends are. */
export class ArrayWriter {
  readonly #handle: number;
  readonly #name: string;
  readonly #lane: Lane;
  #length = 0;
  #crc = 0;
  #unknown = 0;
  #none = 0;
  #min = Infinity;
  #max = -Infinity;
  readonly #sealer: Sealer | undefined;

  constructor(folder: string, name: string, lane: Lane, as?: SealedAs) {
    this.#name = name;
    this.#lane = lane;
    this.#handle = openSync(join(folder, name), 'w', PRIVATE.file);
    this.#sealer = as && new Sealer(as);
  }

  append(piece: Column): void {
    const bytes = bytesOf(piece);
    this.#length += piece.length;
    this.#look(piece);
    if (!this.#sealer) this.#put(bytes);
    else for (const block of this.#sealer.take(bytes)) this.#put(block);
  }

  /** Millions of values pass here: what is counted stays in local names. */
  #look(piece: Column): void {
    const { unknown, none } = LANE[this.#lane];
    let [unknowns, nones, min, max] = [0, 0, this.#min, this.#max];
    for (let at = 0; at < piece.length; at++) {
      const value = piece[at] ?? 0;
      if (value === unknown) unknowns += 1;
      else if (value === none) nones += 1;
      else {
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
    this.#unknown += unknowns;
    this.#none += nones;
    [this.#min, this.#max] = [min, max];
  }

  /** Brings the file to the disk and says what is in it. */
  finish(): { readonly stored: StoredArray; readonly unknown: number; readonly none: number; readonly min?: number; readonly max?: number } {
    for (const block of this.#sealer?.rest() ?? []) this.#put(block);
    fsyncSync(this.#handle);
    closeSync(this.#handle);
    const stored = { file: this.#name, lane: this.#lane, length: this.#length, crc32: this.#crc, ...(this.#sealer && { sealed: this.#sealer.salt }) };
    return { stored, unknown: this.#unknown, none: this.#none, ...(this.#min <= this.#max ? { min: this.#min, max: this.#max } : {}) };
  }

  #put(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
    writeAll(this.#handle, bytes);
  }
}

/** Gathers bytes into blocks and seals them. */
class Sealer {
  readonly salt: string;
  readonly #cipher: BlockCipher;
  readonly #block = new Uint8Array(SEALED_BLOCK);
  #filled = 0;
  #number = 0;

  constructor({ key, about }: SealedAs) {
    this.salt = saltFrom(key.random);
    this.#cipher = new BlockCipher(key, this.salt, about);
  }

  *take(bytes: Uint8Array): Generator<Uint8Array> {
    for (let done = 0; done < bytes.length;) {
      const piece = bytes.subarray(done, done + SEALED_BLOCK - this.#filled);
      this.#block.set(piece, this.#filled);
      this.#filled += piece.length;
      done += piece.length;
      if (this.#filled === SEALED_BLOCK) yield* this.rest();
    }
  }

  *rest(): Generator<Uint8Array> {
    if (this.#filled === 0) return;
    const sealed = this.#cipher.seal(this.#block.subarray(0, this.#filled), this.#number);
    this.#filled = 0;
    this.#number += 1;
    yield sealed;
  }
}

/** An array on disk that stretches are read of, wherever they begin (in bytes of what it holds). */
export interface ArrayReader {
  readonly read: (into: Uint8Array, position: number) => void;
  readonly close: () => void;
}

/** Opens an array. `about`: what is in it, as it was sealed; a sealed one without a key is a fault. */
export function openArray(folder: string, { file, lane, length, sealed }: StoredArray, key?: Pick<DataKey, 'bytes'>, about = ''): ArrayReader {
  if (sealed !== undefined && !key) throw new Error('a sealed column without its key');
  const handle = openSync(join(folder, file), 'r');
  const close = (): void => closeSync(handle);
  const read = (into: Uint8Array, position: number): void => readAt(handle, into, position);
  if (sealed === undefined || !key) return { read, close };
  const reader = new SealedReader(new BlockCipher(key, sealed, about), length * LANE[lane].bytes, read);
  return { read: (into, position) => reader.read(into, position), close };
}

/** A whole array, read straight into memory that threads share; of one that is not sealed no copy is made. */
export function readArray(folder: string, stored: StoredArray, key?: Pick<DataKey, 'bytes'>, about?: string): Column {
  const array = newColumn(stored.lane, stored.length, true);
  const reader = openArray(folder, stored, key, about);
  try {
    reader.read(bytesOf(array), 0);
  } finally {
    reader.close();
  }
  return array;
}

/** An array that lies in several files, one behind the other. */
export function readParts(folder: string, { lane, parts }: { readonly lane: Lane; readonly parts: readonly { readonly file: string; readonly length: number }[] }): Column {
  const array = newColumn(lane, parts.reduce((sum, { length }) => sum + length, 0), true);
  let at = 0;
  for (const { file, length } of parts) {
    const handle = openSync(join(folder, file), 'r');
    try {
      readAt(handle, bytesOf(array.subarray(at, at + length)), 0);
    } finally {
      closeSync(handle);
    }
    at += length;
  }
  return array;
}

/** Fills `into` from a position of a file; a file that is too short is a fault. */
export function readAt(handle: number, into: Uint8Array, position: number): void {
  for (let done = 0; done < into.length; ) {
    const read = readSync(handle, into, done, into.length - done, position + done);
    if (read === 0) throw new Error('a column file is shorter than its manifest says');
    done += read;
  }
}

const PIECE = 1 << 20;

/** Whether a file has the length and checksum that its manifest says. */
export function isWhole(folder: string, { file, lane, length, crc32: expected, sealed }: StoredArray, piece = new Uint8Array(PIECE)): boolean {
  let handle: number;
  try {
    handle = openSync(join(folder, file), 'r');
  } catch {
    return false;
  }
  try {
    let [sum, total] = [0, 0];
    for (let read = -1; read !== 0; total += read) {
      read = readSync(handle, piece, 0, piece.length, total);
      sum = crc32(piece.subarray(0, read), sum);
    }
    const bytes = length * LANE[lane].bytes;
    return total === (sealed === undefined ? bytes : sealedLength(bytes)) && sum === expected;
  } finally {
    closeSync(handle);
  }
}
