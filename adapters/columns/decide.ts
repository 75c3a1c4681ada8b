import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { amountLane, BlockRunner, blocksOfGroups, blocksOfRows, newColumn, REASON } from '#engine/rules/index.ts';
import type { BlockOfRows, Bound, Kernel } from '#engine/rules/index.ts';
import { readArray } from './array-file.ts';
import { FileDoor } from './file-door.ts';
import { draftIn, PRIVATE, syncFile, writeSynced } from './folder.ts';
import { describeResult, reasonFile, RESULT_FORMAT } from './result.ts';
import type { ResultManifest } from './result.ts';
import { words } from './store.ts';
import type { StoredSnapshot } from './store.ts';

/** The work of a run cut for several threads, with what they share. */
export interface Work {
  /** By slot: arrays that links may lead into from anywhere, values handed from pass to pass, the starts of households. */
  readonly shared: readonly (Bound | undefined)[];
  readonly parts: readonly (readonly BlockOfRows[])[];
}

/** Cuts a run into parts: households go to parts by the number of their members, and are never cut. */
export function workOf(kernel: Kernel, { folder, manifest, key }: StoredSnapshot, parts: number): Work {
  const { program, layout } = kernel;
  const rows = (entity: string): number => manifest.rows[entity] ?? 0;
  const primary = layout.primary === undefined ? undefined : program.schema.links.get(layout.primary);
  const stored = manifest.links.find(({ link }) => link === primary?.id);
  const starts = stored ? words(readArray(folder, stored.starts)) : new Int32Array(1);
  const blocks = [...program.schema.entities.keys()].flatMap((entity): readonly BlockOfRows[] => {
    if (entity === primary?.to) return [];
    if (entity !== primary?.from) return blocksOfRows('rows', entity, 0, rows(entity));
    return [...blocksOfGroups(starts, entity), ...blocksOfRows('alone', entity, starts[starts.length - 1] ?? 0, rows(entity))];
  });
  const used = blocks.filter((block) => kernel.units.some((unit) => unit.over.kind === block.over && (unit.over.kind !== 'rows' || unit.over.entity === block.entity)));
  return {
    shared: kernel.slots.map((slot) => {
      switch (slot.kind) {
        case 'fact': {
          const column = manifest.columns.find(({ fact }) => fact === slot.fact);
          return slot.access === 'all' && column ? readArray(folder, column, key, column.fact) : undefined;
        }
        case 'targets': {
          const link = manifest.links.find((one) => one.link === slot.link);
          return link?.targets && readArray(folder, link.targets);
        }
        case 'spill': return newColumn(slot.lane, rows(slot.entity), true);
        case 'starts': return slot.link === primary?.id ? starts : undefined;
        default: return undefined;
      }
    }),
    parts: evenly(used, parts),
  };
}

/** Blocks in their order, cut where about the same number of rows has gone by. */
function evenly(blocks: readonly BlockOfRows[], parts: number): readonly (readonly BlockOfRows[])[] {
  const size = (block: BlockOfRows): number => block.lastMember - block.firstMember;
  const total = blocks.reduce((sum, block) => sum + size(block), 0);
  const cut: BlockOfRows[][] = Array.from({ length: parts }, () => []);
  let before = 0;
  for (const block of blocks) {
    cut[Math.min(parts - 1, Math.floor((before / Math.max(1, total)) * parts))]?.push(block);
    before += size(block);
  }
  return cut;
}

/** Makes the files of reasons as long as they will be, so that parts write where their rows stand. */
export function prepareFiles(kernel: Kernel, { manifest }: StoredSnapshot, out: string): void {
  kernel.program.decisions.forEach((decision, number) => {
    const handle = openSync(join(out, reasonFile(number)), 'w', PRIVATE.file);
    ftruncateSync(handle, manifest.rows[decision.subject] ?? 0);
    closeSync(handle);
  });
}

/** How answers are kept. */
export interface Keeping {
  /** They are on the disk before they hold, so that they outlive a power cut; else only the death of the process. */
  readonly durable?: boolean;
}

/** Writes the manifest, which says in which files the amounts of each part lie; nothing is put together. `written` counts amounts by part and decision. */
export function finishFiles(kernel: Kernel, { manifest }: StoredSnapshot, out: string, written: readonly (readonly number[])[], { durable = false }: Keeping): ResultManifest {
  const services = kernel.program.decisions.map((decision, number) => describeResult(decision, number, manifest.rows[decision.subject] ?? 0, amountLane(kernel.program, decision), written.map((part) => part[number] ?? 0)));
  const result: ResultManifest = { format: RESULT_FORMAT, lawOn: kernel.program.lawOn, vocabulary: manifest.vocabulary, reasons: REASON, services };
  if (durable) for (const { reasons, amounts } of services) for (const { file } of [reasons, ...(amounts?.parts ?? [])]) syncFile(join(out, file));
  writeSynced(join(out, 'manifest.json'), `${JSON.stringify(result, undefined, 1)}\n`);
  return result;
}

/** Decides everybody in this thread and writes the answers under `root`; a crash leaves the answers of the last run. */
export function decideStored(kernel: Kernel, snapshot: StoredSnapshot, root: string, keeping: Keeping = {}): ResultManifest {
  const draft = draftIn(root);
  try {
    const { shared, parts } = workOf(kernel, snapshot, 1);
    prepareFiles(kernel, snapshot, draft.folder);
    const door = new FileDoor(kernel, { folder: snapshot.folder, manifest: snapshot.manifest, key: snapshot.key, shared, out: draft.folder, part: 0 });
    const runner = new BlockRunner(kernel, door);
    for (let pass = 0; pass < kernel.passes; pass++) runner.run(pass, parts[0] ?? []);
    const result = finishFiles(kernel, snapshot, draft.folder, [door.close()], keeping);
    draft.publish();
    return result;
  } catch (error) {
    draft.discard();
    throw error;
  }
}
