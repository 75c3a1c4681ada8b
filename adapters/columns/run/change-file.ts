import { join } from 'node:path';
import { changeAt, CHANGES, NO_CLAUSE } from '#engine/entitlement/index.ts';
import type { Change, ServiceChanges } from '#engine/entitlement/index.ts';
import { draftOf, settle } from '../folder.ts';
import { bitsWhere, longsOf, ParquetWriter } from '../parquet/write.ts';
import type { ParquetColumn, Values } from '../parquet/write.ts';
import { ParquetReader } from '../parquet/read.ts';
import { readSummary } from './place.ts';
import type { StoredRun } from './place.ts';

/** The change list of a run: one row a change, services in the order of their ids and subjects in that of their rows. */
const COLUMNS = [
  { name: 'service', type: 'text' }, { name: 'subject', type: 'text' }, { name: 'row', type: 'int32' }, { name: 'kind', type: 'text' },
  { name: 'was_fen', type: 'int64' }, { name: 'is_fen', type: 'int64' }, { name: 'clause', type: 'text' },
] as const satisfies readonly ParquetColumn[];

/** A row group has so many changes of one service, its last one the rest: where a service begins follows from how many changes each has. */
export const GROUP_ROWS = 262_144;

export const changeFile = ({ folder }: Pick<StoredRun, 'folder'>): string => join(folder, 'changes.parquet');

/** Writes a change list service by service; it is there only once `close` has returned. */
export class ChangeWriter {
  readonly #path: string;
  readonly #writer: ParquetWriter;

  constructor(path: string) {
    this.#path = path;
    this.#writer = new ParquetWriter(draftOf(path), COLUMNS, 'zstd');
  }

  put(changes: ServiceChanges): void {
    for (let from = 0; from < changes.rows.length; from += GROUP_ROWS) {
      const part = sliced(changes, from, from + GROUP_ROWS);
      this.#writer.group(part.rows.length, (at) => valuesOf(part, COLUMNS[at]?.name ?? 'row'));
    }
  }

  close(): void {
    this.#writer.close();
    settle(this.#path);
  }
}

function sliced(changes: ServiceChanges, from: number, to: number): ServiceChanges {
  const { rows, kinds, wasFen, isFen, clauses } = changes;
  return { ...changes, rows: rows.subarray(from, to), kinds: kinds.subarray(from, to), wasFen: wasFen?.subarray(from, to), isFen: isFen?.subarray(from, to), clauses: clauses.subarray(from, to) };
}

function valuesOf({ service, subject, rows, kinds, wasFen, isFen, clauses, clauseIds }: ServiceChanges, column: (typeof COLUMNS)[number]['name']): Values {
  const always = (word: string): Values => ({ present: undefined, values: new Uint8Array(rows.length), words: [word] });
  switch (column) {
    case 'service': return always(service);
    case 'subject': return always(subject);
    case 'row': return { present: undefined, values: rows };
    case 'kind': return { present: undefined, values: kinds, words: CHANGES };
    case 'was_fen': return fenValues(wasFen, rows.length);
    case 'is_fen': return fenValues(isFen, rows.length);
    case 'clause': return { present: bitsWhere(rows.length, (row) => clauses[row] !== NO_CLAUSE), values: clauses.filter((clause) => clause !== NO_CLAUSE), words: clauseIds };
    default: return column satisfies never;
  }
}

function fenValues(fen: Float64Array | undefined, rows: number): Values {
  return { present: bitsWhere(rows, (row) => !Number.isNaN(fen?.[row] ?? NaN)), values: longsOf(fen?.filter((one) => !Number.isNaN(one)) ?? new Float64Array()) };
}

/** Which changes to read: of one service or of all, so many from a place on. */
export interface ChangePage {
  readonly service?: string | undefined;
  readonly from: number;
  readonly count: number;
}

/** A stretch of the change list of a finished run and how many there are in all; undefined where it is not finished. */
export function readChanges(run: StoredRun, { service, from, count }: ChangePage): { readonly all: number; readonly changes: readonly Change[] } | undefined {
  const summary = readSummary(run);
  if (!summary) return undefined;
  const groups = summary.services.flatMap(({ service: id, counts }) => groupsOf(CHANGES.reduce((sum, kind) => sum + counts[kind], 0)).map((rows) => ({ id, rows })));
  const reader = new ParquetReader(changeFile(run));
  try {
    const changes: Change[] = [];
    let before = 0;
    groups.forEach(({ id, rows }, group) => {
      if (service !== undefined && id !== service) return;
      const [first, last] = [Math.max(0, from - before), Math.min(rows, from + count - before)];
      before += rows;
      if (first >= last) return;
      const read = readGroup(reader, group);
      for (let at = first; at < last; at++) changes.push(changeAt(read, at));
    });
    return { all: before, changes };
  } finally {
    reader.close();
  }
}

const groupsOf = (rows: number): readonly number[] => Array.from({ length: Math.ceil(rows / GROUP_ROWS) }, (_, group) => Math.min(GROUP_ROWS, rows - group * GROUP_ROWS));

function readGroup(reader: ParquetReader, group: number): ServiceChanges {
  const rows = reader.groups[group]?.rows ?? 0;
  const word = (column: 'service' | 'subject'): string => reader.readText(group, column).words[0] ?? '';
  const fen = (column: 'was_fen' | 'is_fen'): Float64Array => {
    const values = new Float64Array(rows);
    reader.read(group, column, { column: values, at: 0, absent: NaN, unknown: NaN, min: 0, max: Number.MAX_SAFE_INTEGER });
    return values;
  };
  const places = new Int32Array(rows);
  reader.read(group, 'row', { column: places, at: 0, absent: 0, unknown: 0, min: 0, max: 0x7fff_ffff });
  const [kinds, clauses] = [reader.readText(group, 'kind'), reader.readText(group, 'clause')];
  return {
    service: word('service'), subject: word('subject'), rows: places, wasFen: fen('was_fen'), isFen: fen('is_fen'),
    kinds: Uint8Array.from(kinds.places), clauses: Uint8Array.from(clauses.places, (place) => (place < 0 ? NO_CLAUSE : place)), clauseIds: clauses.words,
  };
}
