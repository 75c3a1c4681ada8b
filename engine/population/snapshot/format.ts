import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LANES, laneOf } from '#engine/rules/index.ts';
import type { Layout, Schema, ValueType } from '#engine/rules/index.ts';
import { FAULTS } from './encode.ts';

/** The version of the files. Code of another version refuses them: they are built again from the Parquet that is kept. */
export const SNAPSHOT_FORMAT = 2;

/** A little-endian array in a file of its own: raw, or sealed under a salt (hex). The checksum is of the bytes on disk. */
export const STORED_ARRAY = z.strictObject({ file: z.string(), lane: z.enum(LANES), length: z.int().nonnegative(), crc32: z.int().nonnegative(), sealed: z.string().optional() });
export type StoredArray = z.infer<typeof STORED_ARRAY>;

const column = STORED_ARRAY.extend({
  fact: z.string(),
  entity: z.string(),
  /** Kind and scale of the values; of a code the list, of a number the power of ten. */
  kind: z.enum(['boolean', 'number', 'date', 'code']),
  scale: z.int().nonnegative().optional(),
  list: z.string().optional(),
  /** The marks below every value. */
  marks: z.strictObject({ unknown: z.number(), none: z.number() }),
  unknown: z.int().nonnegative(),
  none: z.int().nonnegative(),
  /** Of the known values; absent where there is none. */
  min: z.number().optional(),
  max: z.number().optional(),
});
export type StoredColumn = z.infer<typeof column>;

const link = z.strictObject({ link: z.string(), starts: STORED_ARRAY, targets: STORED_ARRAY.optional(), lost: STORED_ARRAY.optional(), group: STORED_ARRAY.optional() });
export type StoredLink = z.infer<typeof link>;

/**
 * What lies in a snapshot's folder: `manifest.json` beside one raw file for each array.
 *
 * `vocabulary` is the digest of the schema: entities, links, facts with their ranges, code lists. `order` leads each
 * row back to where it came in; rows without one lie as they came.
 */
export const MANIFEST = z.strictObject({
  format: z.literal(SNAPSHOT_FORMAT),
  vocabulary: z.string(),
  primary: z.string().optional(),
  rows: z.record(z.string(), z.int().nonnegative()),
  columns: z.array(column),
  links: z.array(link),
  order: z.record(z.string(), STORED_ARRAY),
  quarantine: z.strictObject({
    count: z.int().nonnegative(),
    counts: z.record(z.string(), z.int().nonnegative()),
    listed: z.array(z.strictObject({ entity: z.string(), of: z.string(), row: z.int().nonnegative(), fault: z.enum(FAULTS) })),
  }),
});
export type Manifest = z.infer<typeof MANIFEST>;

/** The digest of everything about a schema that the meaning of a column depends on. */
export function vocabularyDigest(schema: Schema): string {
  const text = JSON.stringify([[...schema.entities], [...schema.links], [...schema.facts], [...schema.codeLists]], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(text).digest('hex');
}

/** What a manifest says of a type. */
export function describeType(type: ValueType): Pick<StoredColumn, 'kind' | 'scale' | 'list'> {
  switch (type.kind) {
    case 'boolean': case 'date': return { kind: type.kind };
    case 'number': return { kind: 'number', scale: type.scale };
    case 'code': return { kind: 'code', list: type.list };
    case 'text': throw new Error('no column of numbers holds text');
    default: return type satisfies never;
  }
}

/** What generated code may rely on: the marks that do occur, the links that are not known for some. */
export function layoutOf({ primary, columns, links }: Manifest): Layout {
  return {
    primary,
    columns: new Map(columns.map(({ fact, lane, unknown, none }) => [fact, { lane, unknown: unknown > 0, none: none > 0 }])),
    unknownLinks: new Set(links.filter(({ lost }) => lost).map((one) => one.link)),
  };
}

/** Why stored files cannot be used; each but `nothing-there` and `sealed` is cured by building them again from Parquet. */
export type SnapshotRefusal =
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'other-format'; readonly found: unknown; readonly wanted: number }
  | { readonly kind: 'other-vocabulary' }
  /** Columns are sealed, and the key that opens them is not here. */
  | { readonly kind: 'sealed' }
  /** A column that must be sealed lies in the clear. */
  | { readonly kind: 'unsealed'; readonly fact: string }
  | { readonly kind: 'damaged'; readonly file: string };

/** The manifest that a text spells for this schema, or why it cannot be used. */
export function readManifest(text: string, schema: Schema): Manifest | SnapshotRefusal {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { kind: 'damaged', file: 'manifest.json' };
  }
  const found = z.looseObject({ format: z.unknown() }).safeParse(raw).data?.format;
  if (found !== SNAPSHOT_FORMAT) return { kind: 'other-format', found, wanted: SNAPSHOT_FORMAT };
  const manifest = MANIFEST.safeParse(raw);
  if (!manifest.success) return { kind: 'damaged', file: 'manifest.json' };
  return manifest.data.vocabulary === vocabularyDigest(schema) && manifest.data.columns.every((one) => holds(schema, one)) ? manifest.data : { kind: 'other-vocabulary' };
}

/** Whether a column lies as this code would lay it. */
function holds(schema: Schema, { fact, lane }: StoredColumn): boolean {
  const type = schema.facts.get(fact)?.type;
  return type !== undefined && laneOf(type, type.kind === 'code' ? schema.codeLists.get(type.list)?.codes.length : 0) === lane;
}
