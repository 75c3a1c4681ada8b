import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { correctionFault, describeType, dirtyHouseholds, layoutOf, overlaid, screenedColumn } from '#engine/population/index.ts';
import type { Correction, Look, Manifest, StoredColumn } from '#engine/population/index.ts';
import type { RunSummary } from '#engine/entitlement/index.ts';
import { LANE, laneOf, newColumn, seenFact } from '#engine/rules/index.ts';
import type { Column, FactColumn, Lane, Program, Schema } from '#engine/rules/index.ts';
import { ArrayWriter, readArray } from '../array-file.ts';
import { loadSnapshot } from '../store.ts';
import type { StoredSnapshot } from '../store.ts';

/** A release as a run sees it, and how much of it the overlay touches. */
export interface Seen {
  readonly snapshot: StoredSnapshot;
  readonly overlay: RunSummary['overlay'];
}

/**
 * A release with the fresh facts of its overlay in their places, and with what may not be looked at unasked left unknown.
 *
 * Columns that a correction touches are written anew under `folder`; all others stay where they are. Everybody is then
 * decided over these columns: an answer may rest on somebody of another household, so deciding only the dirty ones
 * again would leave the others' answers as they were. The dirty households are counted.
 */
export function seenThrough(stored: StoredSnapshot, program: Program, corrections: readonly Correction[], look: Look, folder: string): Seen {
  rmSync(folder, { recursive: true, force: true });
  const { snapshot, overlay } = correctedBy(stored, corrections, look, folder);
  return { snapshot: screenedBy(snapshot, program, folder), overlay };
}

/** A release with the columns that a program sees by signature written under `folder`, unknown in every row that nobody has signed for. */
function screenedBy(stored: StoredSnapshot, program: Program, folder: string): StoredSnapshot {
  const wanted = program.facts.filter((id) => seenFact(id).signed !== undefined);
  if (wanted.length === 0) return stored;
  mkdirSync(folder, { recursive: true });
  const { schema } = program;
  const columns = wanted.flatMap((id, number): readonly StoredColumn[] => {
    const { fact, signed = '' } = seenFact(id);
    // One column at a time, with the one that says who has signed: memory for two.
    const found = screenedColumn(loadSnapshot(stored, new Set([fact, signed])), id);
    const of = schema.facts.get(id);
    return found && of ? [writtenColumn(stored, of, found.column, found.layout.lane, { folder, name: `s${number}` })] : [];
  });
  const manifest: Manifest = { ...stored.manifest, columns: [...stored.manifest.columns, ...columns] };
  return { ...stored, schema, manifest, layout: layoutOf(manifest) };
}

/** A release with the fresh facts of its overlay in their places. */
function correctedBy(stored: StoredSnapshot, corrections: readonly Correction[], look: Look, folder: string): Seen {
  const { schema, manifest } = stored;
  const rows = new Map(Object.entries(manifest.rows));
  const fit = corrections.filter((one) => correctionFault(schema, rows, one) === undefined);
  const cells = overlaid(fit, look);
  const ignored = corrections.length - fit.length;
  if (cells.size === 0) return { snapshot: stored, overlay: { corrections: 0, households: 0, alone: 0, ignored } };
  mkdirSync(folder, { recursive: true });
  const columns = [...cells].map(([fact, at], number) => corrected(stored, fact, at, { folder, name: `${number}` }));
  const changed = new Set(columns.map(({ fact }) => fact));
  const whole: Manifest = { ...manifest, columns: [...manifest.columns.filter(({ fact }) => !changed.has(fact)), ...columns] };
  const touched = [...cells.values()].flatMap((at) => [...at.values()]);
  const { households, alone } = dirtyHouseholds(schema, manifest.primary ?? '', loadSnapshot(stored, new Set()).links, touched);
  return { snapshot: { ...stored, manifest: whole, layout: layoutOf(whole) }, overlay: { corrections: touched.length, households: households.length, alone: alone.length, ignored } };
}

/** One column with other values in some rows. A fact without a column was unknown for everybody. */
function corrected(stored: StoredSnapshot, id: string, at: ReadonlyMap<number, Correction>, { folder, name }: { readonly folder: string; readonly name: string }): StoredColumn {
  const { schema, manifest } = stored;
  const fact = schema.facts.get(id);
  const lane = fact && laneOf(fact.type, codesOf(schema, fact.type));
  if (!fact || !lane) throw new Error(`there is no column of ${id}`);
  const known = manifest.columns.find((column) => column.fact === id);
  const column = known ? readArray(stored.folder, known, stored.key, id) : newColumn(lane, manifest.rows[fact.entity] ?? 0).fill(LANE[lane].unknown);
  for (const [row, { value }] of at) column[row] = value;
  return writtenColumn(stored, fact, column, lane, { folder, name });
}

/** A column of a run, beside those of the release. */
function writtenColumn(stored: StoredSnapshot, fact: FactColumn, column: Column, lane: Lane, { folder, name }: { readonly folder: string; readonly name: string }): StoredColumn {
  const { unknown, none } = LANE[lane];
  // What is corrected or screened says more than a column does: all of it is sealed where anything is.
  const writer = new ArrayWriter(folder, name, lane, stored.key && { key: stored.key, about: fact.id });
  writer.append(column);
  const { stored: array, ...found } = writer.finish();
  return { ...array, file: relative(stored.folder, join(folder, name)), fact: fact.id, entity: fact.entity, ...describeType(fact.type), marks: { unknown, none }, ...found };
}

function codesOf(schema: Schema, type: Parameters<typeof laneOf>[0]): number {
  return type.kind === 'code' ? (schema.codeLists.get(type.list)?.codes.length ?? 0) : 0;
}
