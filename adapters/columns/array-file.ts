import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LANE, newColumn } from '#engine/rules/index.ts';
import type { Column, Lane } from '#engine/rules/index.ts';
import type { StoredArray } from '#engine/population/index.ts';
import { writeAll } from './folder.ts';

/** The bytes of an array, without copying. */
export function bytesOf(array: { readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number }): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
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

  constructor(folder: string, name: string, lane: Lane) {
    this.#name = name;
    this.#lane = lane;
    this.#handle = openSync(join(folder, name), 'w');
  }

  append(piece: Column): void {
    const bytes = bytesOf(piece);
    this.#crc = crc32(bytes, this.#crc);
    this.#length += piece.length;
    const { unknown, none } = LANE[this.#lane];
    for (const value of piece) {
      if (value === unknown) this.#unknown += 1;
      else if (value === none) this.#none += 1;
      else {
        if (value < this.#min) this.#min = value;
        if (value > this.#max) this.#max = value;
      }
    }
    writeAll(this.#handle, bytes);
  }

  /** Brings the file to the disk and says what is in it. */
  finish(): { readonly stored: StoredArray; readonly unknown: number; readonly none: number; readonly min?: number; readonly max?: number } {
    fsyncSync(this.#handle);
    closeSync(this.#handle);
    const stored = { file: this.#name, lane: this.#lane, length: this.#length, crc32: this.#crc };
    return { stored, unknown: this.#unknown, none: this.#none, ...(this.#min <= this.#max ? { min: this.#min, max: this.#max } : {}) };
  }
}

/** A whole array, read straight into memory that threads share; no copy is made. */
export function readArray(folder: string, { file, lane, length }: StoredArray): Column {
  return readParts(folder, { lane, parts: [{ file, length }] });
}

/** The same of an array that lies in several files, one behind the other. */
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
export function isWhole(folder: string, { file, lane, length, crc32: expected }: StoredArray, piece = new Uint8Array(PIECE)): boolean {
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
    return total === length * LANE[lane].bytes && sum === expected;
  } finally {
    closeSync(handle);
  }
}
