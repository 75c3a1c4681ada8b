import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CONFIDENCES } from '#engine/pack/index.ts';
import { drawCity, LinkCollector, senderOf, TotalCounter } from '#engine/population/index.ts';
import type { Block, Delivery, Order, Residual, Sender, SnapshotRefusal, SyntheticModel } from '#engine/population/index.ts';
import { laneOf } from '#engine/rules/index.ts';
import type { Schema } from '#engine/rules/index.ts';
import { currentIn } from './folder.ts';
import { damagedOrigin, OriginsWriter } from './origins.ts';
import type { Sealing } from './seal.ts';
import { isStored, openSnapshotIn, SnapshotWriter } from './store.ts';
import type { StoredSnapshot } from './store.ts';

export const ABOUT_FEED = z.strictObject({ feed: z.string(), file: z.string(), sha256: z.string(), rows: z.int(), taken: z.int(), quarantined: z.int(), observedOn: z.string(), validFrom: z.string() });

/** As it is written by a draw; a residual that cannot be told, of a total of 0, is left out of the file. */
const residual = z.strictObject({
  id: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }), kind: z.enum(['count', 'sum', 'mean', 'percent']), published: z.number(), wanted: z.number(), drawn: z.number(),
  residual: z.number().optional().transform((value): number | undefined => value), year: z.int(), source: z.string(), confidence: z.enum(CONFIDENCES), heldOut: z.boolean(),
});

/** What a release was made from; it lies as `release.json` beside the columns and never changes. */
const about = z.strictObject({
  format: z.literal(1),
  /** Everybody in a synthetic release does not exist; it never mixes with a real one. */
  synthetic: z.boolean(),
  city: z.string(),
  createdAt: z.string(),
  people: z.int(),
  drawn: z.strictObject({ version: z.int(), seed: z.int(), on: z.int(), residuals: z.array(residual) }).optional(),
  feeds: z.array(ABOUT_FEED),
});
export type AboutRelease = z.infer<typeof about>;
export type AboutFeed = z.infer<typeof ABOUT_FEED>;

/** A release of the population: immutable, old ones stay readable. */
export interface Release {
  /** `v1`, `v2` … in the order in which they were made. */
  readonly id: string;
  readonly folder: string;
  readonly current: boolean;
  readonly about: AboutRelease;
  /** What opens its sealed columns; undefined where there is no key. */
  readonly sealing?: Sealing | undefined;
}

/** Every finished release in a folder, oldest first; what a crash left half-made is none. */
export function listReleases(root: string, sealing?: Sealing): readonly Release[] {
  if (!existsSync(root)) return [];
  const current = currentIn(root);
  return readdirSync(root).filter((name) => /^v\d+$/.test(name)).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))).flatMap((id) => {
    const folder = join(root, id);
    const path = join(folder, ABOUT);
    const parsed = existsSync(path) ? about.safeParse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
    return parsed?.success === true ? [{ id, folder, current: folder === current, about: parsed.data, ...(sealing && { sealing }) }] : [];
  });
}

const ABOUT = 'release.json';

/** Beside the columns of a release that was made of feeds: the surrogate ids of an entity, as the column `key`, row after row. A drawn city has none. */
export const keysFile = (entity: string): string => `keys-${entity}.parquet`;

const REPORTS = 'reports.json';

/** What is kept with a release of the report of a file: what was wrong in it. */
export const KEPT_REPORT = z.object({ feed: z.string(), faults: z.array(z.strictObject({ column: z.string(), reason: z.string(), rows: z.int() })) });
export type KeptReport = z.infer<typeof KEPT_REPORT>;

/** Keeps with a release how good the files were that it was made of. */
export function noteReports(writer: SnapshotWriter, reports: readonly KeptReport[]): void {
  writer.note(REPORTS, `${JSON.stringify(reports)}\n`);
}

/** The files that a release was made of, with what was wrong in them; none where it was drawn. */
export function deliveriesOf({ folder, about: { feeds } }: Release): readonly Delivery[] {
  const path = join(folder, REPORTS);
  const found = existsSync(path) ? z.array(KEPT_REPORT).parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
  return feeds.map(({ feed, observedOn, rows, taken, quarantined }) => ({ feed, on: observedOn, rows, taken, quarantined, faults: found.find((one) => one.feed === feed)?.faults ?? [] }));
}

/** The known share of each fact of a release, from 0 to 1. */
export function knownShares(release: Release, schema: Schema): ReadonlyMap<string, number> {
  const stored = openRelease(release, schema, { verify: false });
  if (!isStored(stored)) return new Map();
  return new Map(stored.manifest.columns.map(({ fact, length, unknown, none }) => [fact, length === 0 ? 0 : (length - unknown - none) / length]));
}

/** A release with every checksum verified, or why it cannot be used. */
export function openRelease({ folder, sealing }: Release, schema: Schema, options: { readonly verify?: boolean } = {}): StoredSnapshot | SnapshotRefusal {
  return openSnapshotIn(folder, schema, { ...options, sealing });
}

/** Whether a release is whole; the refusal says what is not. */
export function verifyRelease(release: Release, schema: Schema): SnapshotRefusal | undefined {
  const opened = openRelease(release, schema);
  if (!isStored(opened)) return opened;
  const damaged = damagedOrigin(release);
  return damaged === undefined ? undefined : { kind: 'damaged', file: damaged };
}

/** Writes what a release was made from, then lets it hold. */
export function finishRelease(writer: SnapshotWriter, made: AboutRelease, manifest: Parameters<SnapshotWriter['finish']>[0]): void {
  writer.note(ABOUT, `${JSON.stringify(made, undefined, 1)}\n`);
  writer.finish(manifest);
}

export interface SyntheticOrder extends Order {
  readonly model: SyntheticModel;
  readonly schema: Schema;
  readonly createdAt: string;
  readonly sealing?: Sealing | undefined;
  /** Called after each block with how many people there are so far. */
  readonly progress?: ((people: number) => void) | undefined;
}

/**
 * Draws a city straight into a release, block by block; gives how it stands beside the published totals.
 *
 * A crash at any moment leaves the release that held before. Memory: one block, and four bytes a link.
 */
export function writeSyntheticRelease(root: string, { model, schema, createdAt, sealing, progress, ...order }: SyntheticOrder): readonly Residual[] {
  const primary = model.people.living;
  const writer = new SnapshotWriter(root, schema, { keep: true, sealing });
  try {
    const links = new LinkCollector(schema, primary);
    const totals = new TotalCounter(model);
    const columns = new OpenColumns(writer, schema);
    const origins = new OpenOrigins(writer, senderOf(model, schema, order));
    for (const block of drawCity(model, schema, order)) {
      links.add(block);
      totals.add(block);
      columns.append(block);
      origins.append(block);
      progress?.(links.rows.get(block.plan.sheet.person) ?? 0);
    }
    columns.close();
    origins.close();
    for (const [id, link] of links.links()) writer.link(id, link);
    const residuals = totals.residuals();
    const people = links.rows.get(schema.links.get(primary)?.from ?? '') ?? 0;
    const rows = Object.fromEntries([...schema.entities.keys()].map((entity) => [entity, links.rows.get(entity) ?? 0]));
    finishRelease(writer, { format: 1, synthetic: true, city: model.pack.plan.id, createdAt, people, drawn: { version: model.people.version, seed: order.seed, on: order.on, residuals: [...residuals] }, feeds: [] }, { primary, rows, quarantine: { count: 0, counts: {}, listed: [] } });
    return residuals;
  } catch (error) {
    writer.discard();
    throw error;
  }
}

/** The columns of a release while blocks come in. */
class OpenColumns {
  readonly #writer: SnapshotWriter;
  readonly #schema: Schema;
  readonly #open = new Map<string, ReturnType<SnapshotWriter['column']>>();

  constructor(writer: SnapshotWriter, schema: Schema) {
    this.#writer = writer;
    this.#schema = schema;
  }

  append({ columns }: Block): void {
    for (const [id, column] of columns) {
      const to = this.#open.get(id) ?? this.#column(id);
      if (!to) continue;
      this.#open.set(id, to);
      to.append(column);
    }
  }

  close(): void {
    for (const column of this.#open.values()) column.close();
  }

  #column(id: string): ReturnType<SnapshotWriter['column']> | undefined {
    const fact = this.#schema.facts.get(id);
    const lane = fact && laneOf(fact.type, fact.type.kind === 'code' ? this.#schema.codeLists.get(fact.type.list)?.codes.length : 0);
    return fact && lane && this.#writer.column(fact, lane);
  }
}

/** The origins of a drawn release while blocks come in. */
class OpenOrigins {
  readonly #origins: OriginsWriter;
  readonly #sender: Sender;
  readonly #feeds: ReadonlyMap<string, ReturnType<OriginsWriter['feed']>>;
  readonly #by: ReadonlyMap<string, ReturnType<SnapshotWriter['array']>>;

  constructor(writer: SnapshotWriter, sender: Sender) {
    this.#origins = new OriginsWriter(writer);
    this.#sender = sender;
    this.#feeds = new Map(sender.plans.map(({ feed }) => [feed.id, this.#origins.feed({ feed: feed.id, department: feed.department, entity: feed.entity }, feed.validFrom !== undefined)]));
    this.#by = new Map([...sender.givers].filter(([, feeds]) => feeds.length > 1).map(([fact]) => [fact, writer.array('int8')]));
  }

  append(block: Block): void {
    const { days, by } = this.#sender.block(block);
    for (const [feed, seen] of days) this.#feeds.get(feed)?.append(seen);
    for (const [fact, told] of by) this.#by.get(fact)?.append(told);
  }

  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
    for (const [fact, feeds] of this.#sender.givers) this.#origins.givers(fact, feeds.map(({ feed }) => feed.id), this.#by.get(fact)?.close().stored);
    this.#origins.finish();
  }
}
