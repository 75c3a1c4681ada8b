import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Database, Session } from './database.ts';
import { migrations } from './migrate.ts';

/** The first line of an archive. */
interface Manifest {
  readonly format: 1;
  readonly madeAt: string;
  /** The newest migration of the store it was made from. */
  readonly schema: number;
  readonly planId: string | null;
  readonly tables: Readonly<Record<string, number>>;
}

export type ArchiveRefusal =
  | { readonly kind: 'archive-damaged' }
  | { readonly kind: 'archive-other-format'; readonly format: number }
  | { readonly kind: 'archive-other-schema'; readonly archive: number; readonly code: number }
  | { readonly kind: 'store-not-empty'; readonly table: string };

/** How much was written or read. */
export interface ArchiveSummary {
  readonly planId: string | null;
  readonly madeAt: string;
  readonly rows: number;
}

const LEDGER = 'schema_migration';
/** Rows restored by one statement; 65,535 parameters are the most that PostgreSQL takes. */
const ROWS_AT_ONCE = 500;

/**
 * Everything in the store as one compressed text: a manifest, a line a row, and the SHA-256 of both.
 *
 * Rows are logical, so an archive of the embedded database restores into PostgreSQL and back. It is one
 * consistent state, read in one transaction. Held in memory: a store of many gigabytes is backed up by the
 * tools of PostgreSQL.
 */
export async function writeArchive(database: Database, now: string): Promise<{ readonly bytes: Uint8Array; readonly summary: ArchiveSummary }> {
  return database.owner(async (session) => {
    await sql`set transaction isolation level repeatable read`.execute(session);
    const names = await tablesInOrder(session);
    const lines: string[] = [];
    const counts: Record<string, number> = {};
    for (const name of names) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)} order by ${sql.raw(await keyOf(session, name))}`.execute(session);
      counts[name] = rows.length;
      for (const row of rows) lines.push(JSON.stringify({ table: name, row: Object.fromEntries(Object.entries(row).map(([key, value]) => [key, encode(value)])) }));
    }
    const city = await session.selectFrom('city').select('plan_id').executeTakeFirst();
    const manifest: Manifest = { format: 1, madeAt: now, schema: migrations().at(-1)?.number ?? 0, planId: city?.plan_id ?? null, tables: counts };
    const body = [JSON.stringify(manifest), ...lines].join('\n');
    return { bytes: new Uint8Array(gzipSync(`${body}\n${digestOf(body)}\n`)), summary: { planId: manifest.planId, madeAt: now, rows: lines.length } };
  });
}

/** What an archive says it holds; undefined where it is damaged. */
export function summaryOf(bytes: Uint8Array): ArchiveSummary | undefined {
  const [head = '', ...lines] = bodyOf(bytes)?.split('\n') ?? [];
  if (head === '') return undefined;
  const { planId, madeAt } = JSON.parse(head) as Manifest;
  return { planId, madeAt, rows: lines.length };
}

/** Fills an empty store from an archive; all of it or nothing. */
export async function restoreArchive(database: Database, bytes: Uint8Array): Promise<ArchiveSummary | ArchiveRefusal> {
  const body = bodyOf(bytes);
  if (body === undefined) return { kind: 'archive-damaged' };
  const [head = '', ...lines] = body.split('\n');
  const manifest = JSON.parse(head) as Manifest;
  if (manifest.format !== 1) return { kind: 'archive-other-format', format: manifest.format };
  const code = migrations().at(-1)?.number ?? 0;
  if (manifest.schema !== code) return { kind: 'archive-other-schema', archive: manifest.schema, code };
  return database.owner(async (session) => {
    for (const name of await tablesInOrder(session)) {
      const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(session);
      if (rows.length > 0) return { kind: 'store-not-empty', table: name };
    }
    for (let first = 0; first < lines.length; first += ROWS_AT_ONCE) {
      const rows = lines.slice(first, first + ROWS_AT_ONCE).map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
      for (const [table, group] of Map.groupBy(rows, ({ table }) => table)) {
        const columns = Object.keys(group[0]?.row ?? {});
        const values = group.map(({ row }) => sql`(${sql.join(columns.map((column) => decode(row[column])))})`);
        // Rows keep the numbers that the database once gave them: other rows name them.
        await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))}) overriding system value values ${sql.join(values)}`.execute(session);
      }
    }
    await numberOn(session);
    return { planId: manifest.planId, madeAt: manifest.madeAt, rows: lines.length };
  });
}

/** Lets every column that the database numbers go on after the highest number that was restored. */
async function numberOn(session: Session): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where a.attidentity <> '' order by 1`.execute(session);
  for (const { table, column } of rows) {
    await sql`select setval(pg_get_serial_sequence(${`public.${table}`}, ${column}), (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)`.execute(session);
  }
}

/** The text of an archive without its last line, the digest; undefined where either is damaged. */
function bodyOf(bytes: Uint8Array): string | undefined {
  try {
    const lines = gunzipSync(bytes).toString('utf8').split('\n');
    const body = lines.slice(0, -2).join('\n');
    return lines.at(-2) === digestOf(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The tables of the store, each after those it refers to. */
async function tablesInOrder(session: Session): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; needs: readonly string[] | null }>`
    select t.relname as name, array_remove(array_agg(distinct f.relname::text), t.relname::text) as needs
    from pg_class t
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
    left join pg_constraint c on c.conrelid = t.oid and c.contype = 'f'
    left join pg_class f on f.oid = c.confrelid
    where t.relkind = 'r' and t.relname <> ${LEDGER}
    group by t.relname order by t.relname`.execute(session);
  const ordered: string[] = [];
  while (ordered.length < rows.length) {
    const next = rows.find((row) => !ordered.includes(row.name) && (row.needs ?? []).every((need) => need === null || ordered.includes(need)));
    if (!next) throw new Error('the tables of the store refer to one another in a circle');
    ordered.push(next.name);
  }
  return ordered;
}

/** The columns of a table's primary key, by which its rows are in the same order everywhere. */
async function keyOf(session: Session, table: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(a.attname) as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = ${`public.${table}`}::regclass and i.indisprimary order by array_position(i.indkey::smallint[], a.attnum)`.execute(session);
  return rows.map(({ name }) => name).join(', ') || '1';
}

function encode(value: unknown): unknown {
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value;
}

function decode(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'string' ? new Uint8Array(Buffer.from(value.bytes, 'base64')) : value;
}
