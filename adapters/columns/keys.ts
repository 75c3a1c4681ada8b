import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysOf, rowNumbers } from '#engine/population/index.ts';
import type { Keys, Surrogates } from '#engine/population/index.ts';
import { bytesOf, readAt } from './array-file.ts';
import { PRIVATE, writeAll } from './folder.ts';
import type { Release } from './release.ts';
import type { StoredSnapshot } from './store.ts';

/*
 * The surrogate ids of one kind of thing as a file that leads both ways without being in memory: a head, where each
 * id begins, a hash table of rows with open addressing, the ids one after the other. Reading one id takes two reads,
 * finding its row about four, all of them from the pages that the system keeps.
 */

/** Beside the columns of a release that was made of feeds. */
export const keyIndexFile = (entity: string): string => `keys-${entity}.index`;

const MARK = 0x4d_53_4b_31;
const HEAD = 12;
const EMPTY = -1;
/** So many slots of the table are read at once: a run of taken ones is seldom longer. */
const RUN = 16;

/** FNV-1a over bytes from one place to before another. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash >>> 0;
}

/** A power of two, at most half full. */
function slotsFor(rows: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(RUN, rows * 2)));
}

/** Writes the index of ids that come in the order of their rows. Ids are different from one another. */
export class KeyIndexWriter {
  readonly #handle: number;
  readonly #rows: number;
  readonly #starts: Uint32Array;
  readonly #table: Int32Array;
  #row = 0;
  #length = 0;

  constructor(path: string, rows: number) {
    this.#rows = rows;
    this.#starts = new Uint32Array(rows + 1);
    this.#table = new Int32Array(slotsFor(rows)).fill(EMPTY);
    this.#handle = openSync(path, 'w', PRIVATE.file);
  }

  /** Ids as bytes, `lengths` saying where one ends. */
  append(bytes: Uint8Array, lengths: readonly number[]): void {
    writeAll(this.#handle, bytes, this.#textAt + this.#length);
    let at = 0;
    for (const length of lengths) {
      this.#put(hashOf(bytes, at, at + length), length);
      at += length;
    }
  }

  finish(): void {
    if (this.#row !== this.#rows) throw new Error('an index of keys has fewer keys than rows');
    writeAll(this.#handle, bytesOf(Uint32Array.of(MARK, this.#rows, this.#table.length)), 0);
    writeAll(this.#handle, bytesOf(this.#starts), HEAD);
    writeAll(this.#handle, bytesOf(this.#table), HEAD + this.#starts.byteLength);
    closeSync(this.#handle);
  }

  get #textAt(): number {
    return HEAD + this.#starts.byteLength + this.#table.byteLength;
  }

  #put(hash: number, length: number): void {
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    while (this.#table[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#table[slot] = this.#row;
    this.#row += 1;
    this.#length += length;
    this.#starts[this.#row] = this.#length;
  }
}

/** An index read where it lies. A file that is no index is a fault. */
export function openKeyIndex(path: string): Surrogates & { readonly close: () => void } {
  const handle = openSync(path, 'r');
  const head = new Uint32Array(HEAD / 4);
  readAt(handle, bytesOf(head), 0);
  const [mark, rows = 0, slots = 0] = head;
  if (mark !== MARK) throw new Error('a file of keys is none');
  const tableAt = HEAD + (rows + 1) * 4;
  const bytesOfId = (row: number): Uint8Array => {
    const ends = new Uint32Array(2);
    readAt(handle, bytesOf(ends), HEAD + row * 4);
    const [from = 0, to = 0] = ends;
    const id = new Uint8Array(to - from);
    readAt(handle, id, tableAt + slots * 4 + from);
    return id;
  };
  return {
    idOf: (row) => (Number.isInteger(row) && row >= 0 && row < rows ? new TextDecoder().decode(bytesOfId(row)) : undefined),
    rowOf: (text) => {
      const id = new TextEncoder().encode(text);
      const run = new Int32Array(RUN);
      for (let slot = hashOf(id, 0, id.length) & (slots - 1); ;) {
        // A run ends with the table; the next one then begins at its start.
        const rowsThere = run.subarray(0, Math.min(RUN, slots - slot));
        readAt(handle, bytesOf(rowsThere), tableAt + slot * 4);
        for (const row of rowsThere) {
          if (row === EMPTY) return undefined;
          if (Buffer.compare(bytesOfId(row), id) === 0) return row;
        }
        slot = (slot + rowsThere.length) & (slots - 1);
      }
    },
    close: () => closeSync(handle),
  };
}

/** An index as a whole in memory. */
interface LoadedIndex {
  readonly starts: Uint32Array;
  readonly table: Int32Array;
  readonly text: Uint8Array;
}

function loadKeyIndex(path: string): LoadedIndex {
  const bytes = readFileSync(path);
  // Fields begin at whole words of the file, the buffer of a file at any place.
  const words = new Uint8Array(bytes).buffer;
  const [mark, rows = 0, slots = 0] = new Uint32Array(words, 0, HEAD / 4);
  if (mark !== MARK) throw new Error('a file of keys is none');
  const tableAt = HEAD + (rows + 1) * 4;
  return { starts: new Uint32Array(words, HEAD, rows + 1), table: new Int32Array(words, tableAt, slots), text: new Uint8Array(words, tableAt + slots * 4) };
}

/** For each row of a kind of thing in a release its row in an earlier one, -1 where it was not in that; undefined where one of them has no lasting ids of the kind. */
export function rowsBefore(before: Release, now: Release, entity: string): Int32Array | undefined {
  const paths = [before, now].map(({ folder }) => join(folder, keyIndexFile(entity)));
  if (!paths.every((path) => existsSync(path))) return undefined;
  const [was, is] = paths.map(loadKeyIndex);
  if (!was || !is) return undefined;
  return Int32Array.from({ length: is.starts.length - 1 }, (_, row) => rowIn(was, is.text, is.starts[row] ?? 0, is.starts[row + 1] ?? 0));
}

/** The row of an id that stands in some bytes; -1 where it is not in the index. */
function rowIn({ starts, table, text }: LoadedIndex, bytes: Uint8Array, from: number, to: number): number {
  const mask = table.length - 1;
  for (let slot = hashOf(bytes, from, to) & mask; ; slot = (slot + 1) & mask) {
    const row = table[slot] ?? EMPTY;
    if (row === EMPTY) return -1;
    const start = starts[row] ?? 0;
    if ((starts[row + 1] ?? 0) - start !== to - from) continue;
    let at = 0;
    while (at < to - from && text[start + at] === bytes[from + at]) at += 1;
    if (at === to - from) return row;
  }
}

/**
 * The keys of a release: of one made of feeds its surrogate ids, of a drawn city the numbers of its rows. Files are
 * opened when a key of their kind is first asked for. A kind that no feed registers has no keys.
 */
export function openKeys({ folder, about }: Release, { manifest }: StoredSnapshot): Keys & { readonly close: () => void } {
  const opened = new Map<string, ReturnType<typeof openKeyIndex>>();
  const index = (entity: string): ReturnType<typeof openKeyIndex> => {
    const found = opened.get(entity) ?? openKeyIndex(join(folder, keyIndexFile(entity)));
    opened.set(entity, found);
    return found;
  };
  const kinds = Object.entries(manifest.rows).flatMap(([entity, rows]): readonly (readonly [string, Surrogates])[] => {
    if (about.drawn) return [[entity, rowNumbers(rows)]];
    return existsSync(join(folder, keyIndexFile(entity))) ? [[entity, { idOf: (row) => index(entity).idOf(row), rowOf: (id) => index(entity).rowOf(id) }]] : [];
  });
  return { ...keysOf(new Map(kinds)), close: () => { for (const one of opened.values()) one.close(); } };
}
