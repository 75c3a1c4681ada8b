import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutOf, readManifest, SNAPSHOT_FORMAT, vocabularyDigest, describeType } from '#engine/population/index.ts';
import type { Manifest, Snapshot, SnapshotRefusal, StoredArray, StoredColumn, StoredLink } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Column, FactColumn, Lane, Layout, LinkColumns, Schema } from '#engine/rules/index.ts';
import { ArrayWriter, isWhole, readArray } from './array-file.ts';
import { currentIn, draftIn, writeSynced } from './folder.ts';
import { makeDataKey, openDataKey } from './seal.ts';
import type { DataKey, Sealing } from './seal.ts';
import type { Draft } from './folder.ts';

/** A snapshot on disk whose files have been checked. */
export interface StoredSnapshot {
  readonly schema: Schema;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly layout: Layout;
  /** What opens its sealed columns; undefined where it has none. */
  readonly key?: DataKey | undefined;
}

/**
 * The snapshot that holds in a folder, for this schema.
 *
 * Every checksum is verified, unless `verify` is false (files this process has just verified). Files of another
 * format or vocabulary, and damaged ones, are refused: build them again from Parquet. `sealing` opens what is sealed, and
 * where it is given, a column in the clear that it would seal is refused too.
 */
export function openSnapshot(root: string, schema: Schema, options: Opening = {}): StoredSnapshot | SnapshotRefusal {
  const folder = currentIn(root);
  return folder ? openSnapshotIn(folder, schema, options) : { kind: 'nothing-there' };
}

export interface Opening {
  readonly verify?: boolean | undefined;
  readonly sealing?: Sealing | undefined;
}

/** The snapshot in one folder, whichever version holds. */
export function openSnapshotIn(folder: string, schema: Schema, { verify = true, sealing }: Opening = {}): StoredSnapshot | SnapshotRefusal {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return { kind: 'nothing-there' };
  const manifest = readManifest(readFileSync(path, 'utf8'), schema);
  if ('kind' in manifest) return manifest;
  const damaged = verify ? arraysOf(manifest).find((array) => !isWhole(folder, array)) : undefined;
  if (damaged) return { kind: 'damaged', file: damaged.file };
  const bare = manifest.columns.find(({ fact, sealed }) => sealed === undefined && sealing?.facts.has(fact) === true);
  if (bare) return { kind: 'unsealed', fact: bare.fact };
  const key = sealing && openDataKey(folder, sealing);
  if (!key && manifest.columns.some(({ sealed }) => sealed !== undefined)) return { kind: 'sealed' };
  return { schema, folder, manifest, layout: layoutOf(manifest), key };
}

export function isStored(found: StoredSnapshot | SnapshotRefusal): found is StoredSnapshot {
  return 'folder' in found;
}

function arraysOf({ columns, links, order }: Manifest): readonly StoredArray[] {
  return [...columns, ...links.flatMap(({ starts, targets, lost, group }) => [starts, targets, lost, group]), ...Object.values(order)].filter((array) => array !== undefined);
}

/** The columns of these facts, and every link, in memory. What a program does not read is not read either. */
export function loadSnapshot({ schema, folder, manifest, layout, key }: StoredSnapshot, facts: ReadonlySet<string>): Snapshot {
  const { listed, count, counts } = manifest.quarantine;
  return {
    schema,
    layout,
    rows: new Map(Object.entries(manifest.rows)),
    columns: new Map(manifest.columns.filter(({ fact }) => facts.has(fact)).map((column) => [column.fact, readArray(folder, column, key, column.fact)])),
    links: new Map(manifest.links.map((link) => [link.link, readLink(folder, link)])),
    order: new Map(Object.entries(manifest.order).map(([entity, array]) => [entity, words(readArray(folder, array))])),
    quarantine: { count, counts: new Map(Object.entries(counts)), listed },
  };
}

function readLink(folder: string, { starts, targets, lost, group }: StoredLink): LinkColumns {
  const read = (array: StoredArray | undefined): Int32Array | undefined => array && words(readArray(folder, array));
  const gone = lost && readArray(folder, lost);
  return { starts: words(readArray(folder, starts)), targets: read(targets), group: read(group), lost: gone instanceof Int8Array ? gone : undefined };
}

/** An array of whole words; the manifest says so, and another lane is a fault. */
export function words(column: Column): Int32Array {
  if (!(column instanceof Int32Array)) throw new Error('a list of rows is not of whole words');
  return column;
}

/**
 * Writes a snapshot column by column. Nothing of it is seen before `finish`, and a crash leaves the last one.
 */
export class SnapshotWriter {
  readonly #schema: Schema;
  readonly #draft: Draft;
  readonly #columns: StoredColumn[] = [];
  readonly #links = new Map<string, StoredLink>();
  readonly #order: Record<string, StoredArray> = {};
  readonly #sealing: Sealing | undefined;
  readonly #key: DataKey | undefined;
  #files = 0;

  /** `keep`: the versions before this one stay readable. `sealing`: what seals the columns that are not to lie in the clear. */
  constructor(root: string, schema: Schema, { sealing, ...options }: { readonly keep?: boolean; readonly sealing?: Sealing | undefined } = {}) {
    this.#schema = schema;
    this.#draft = draftIn(root, options);
    this.#sealing = sealing;
    this.#key = sealing && makeDataKey(this.#draft.folder, sealing);
  }

  /** Where a file beside the columns goes until the snapshot holds. */
  beside(name: string): string {
    return join(this.#draft.folder, name);
  }

  /** Puts a text beside the columns: what the snapshot was made from. */
  note(name: string, text: string): void {
    writeSynced(join(this.#draft.folder, name), text);
  }

  /** A column to append to, piece after piece; `close` notes it in the manifest. */
  column(fact: FactColumn, lane: Lane): { readonly append: (piece: Column) => void; readonly close: () => void } {
    const writer = this.#writer(lane, fact.id);
    const close = (): void => {
      const { stored, ...found } = writer.finish();
      const { unknown, none } = LANE[lane];
      this.#columns.push({ ...stored, fact: fact.id, entity: fact.entity, ...describeType(fact.type), marks: { unknown, none }, ...found });
    };
    return { append: (piece) => writer.append(piece), close };
  }

  link(id: string, { starts, targets, lost, group }: LinkColumns): void {
    this.#links.set(id, { link: id, starts: this.#whole(starts), ...(targets && { targets: this.#whole(targets) }), ...(lost && { lost: this.#whole(lost) }), ...(group && { group: this.#whole(group) }) });
  }

  /** An array beside the columns, piece after piece; `close` gives what is to be noted of it, and the least and most of it. */
  array(lane: Lane): { readonly append: (piece: Column) => void; readonly close: () => ReturnType<ArrayWriter['finish']> } {
    const writer = this.#writer(lane);
    return { append: (piece) => { writer.append(piece); }, close: () => writer.finish() };
  }

  order(entity: string, places: Int32Array): void {
    this.#order[entity] = this.#whole(places);
  }

  finish(about: Pick<Manifest, 'rows' | 'quarantine'> & { readonly primary: string | undefined }): void {
    const { primary, ...rest } = about;
    const manifest: Manifest = { format: SNAPSHOT_FORMAT, vocabulary: vocabularyDigest(this.#schema), ...(primary === undefined ? {} : { primary }), ...rest, columns: this.#columns, links: [...this.#links.values()], order: this.#order };
    writeSynced(join(this.#draft.folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 1)}\n`);
    this.#draft.publish();
  }

  discard(): void {
    this.#draft.discard();
  }

  #whole(array: Column): StoredArray {
    const writer = this.#writer(array instanceof Int8Array ? 'int8' : 'int32');
    writer.append(array);
    return writer.finish().stored;
  }

  /** Files are numbered: no name of a pack becomes a path. */
  #writer(lane: Lane, fact?: string): ArrayWriter {
    this.#files += 1;
    const as = this.#key && fact !== undefined && this.#sealing?.facts.has(fact) === true ? { key: this.#key, about: fact } : undefined;
    return new ArrayWriter(this.#draft.folder, `${String(this.#files).padStart(4, '0')}.${lane}`, lane, as);
  }
}

/** Writes a snapshot that is in memory. */
export function saveSnapshot(root: string, snapshot: Snapshot): void {
  const writer = new SnapshotWriter(root, snapshot.schema);
  try {
    for (const [id, column] of snapshot.columns) {
      const fact = snapshot.schema.facts.get(id);
      const lane = snapshot.layout.columns.get(id)?.lane;
      if (!fact || !lane) continue;
      const open = writer.column(fact, lane);
      open.append(column);
      open.close();
    }
    for (const [id, link] of snapshot.links) writer.link(id, link);
    for (const [entity, places] of snapshot.order) writer.order(entity, places);
    const { count, counts, listed } = snapshot.quarantine;
    writer.finish({ primary: snapshot.layout.primary, rows: Object.fromEntries(snapshot.rows), quarantine: { count, counts: Object.fromEntries(counts), listed: [...listed] } });
  } catch (error) {
    writer.discard();
    throw error;
  }
}
