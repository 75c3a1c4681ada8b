import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database, Session } from './database.ts';
import { SEALED } from './sealed.ts';
import type { SealedColumn } from './sealed.ts';
import type { Vault } from './vault.ts';

/** How far a rotation of keys has come: in which sealed column, and behind which row. */
export interface ResealPlace {
  readonly at: number;
  readonly after: readonly (string | number)[];
}

export interface ResealStep {
  /** How many values were sealed anew. */
  readonly resealed: number;
  /** Undefined where everything has been gone through. */
  readonly next: ResealPlace | undefined;
}

type Row = Readonly<Record<string, string | number | Uint8Array>>;

/**
 * Seals with the first key what an older one has sealed: some rows, in one transaction. Cut off at any moment nothing is
 * lost, and the next pass goes on, for what a key has sealed says which one. A value that somebody else has written meanwhile
 * is left as it is. A fault where a key is missing.
 */
export async function resealStep(database: Database, vault: Vault, { at, after }: ResealPlace = { at: 0, after: [] }): Promise<ResealStep> {
  const sealed = SEALED[at];
  if (!sealed) return { resealed: 0, next: undefined };
  return database.owner(async (session) => {
    const rows = await rowsAfter(session, sealed, after);
    let resealed = 0;
    for (const row of rows) {
      const old = row[sealed.column];
      if (!(old instanceof Uint8Array) || isMarked(old, vault.mark)) continue;
      const key = keyOf(sealed, row);
      const place = sealed.place(key);
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      const { numAffectedRows } = await sql`update ${sql.table(sealed.table)} set ${sql.ref(sealed.column)} = ${vault.seal(vault.open(old, place), place)} where ${tuple(sealed)} = ${values(key)} and ${sql.ref(sealed.column)} = ${old}`.execute(session);
      resealed += Number(numAffectedRows ?? 0n);
    }
    const last = rows.at(-1);
    if (rows.length === sealed.rows && last) return { resealed, next: { at, after: keyOf(sealed, last) } };
    return { resealed, next: at + 1 < SEALED.length ? { at: at + 1, after: [] } : undefined };
  });
}

/** How many values another key than the first one has sealed. At none the other keys are needed no more. */
export async function sealedOtherwise(database: Database, vault: Vault): Promise<number> {
  return database.owner(async (session) => {
    let count = 0;
    for (const { table, column } of SEALED) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      const { rows: [found] } = await sql<{ count: number }>`select count(*)::integer as count from ${sql.table(table)} where substring(${sql.ref(column)} from 1 for 4) <> ${vault.mark}`.execute(session);
      count += found?.count ?? 0;
    }
    return count;
  });
}

async function rowsAfter(session: Session, sealed: SealedColumn, after: ResealPlace['after']): Promise<readonly Row[]> {
  const key = sql.join(sealed.key.map((name) => sql.ref(name)));
  const from = after.length === 0 ? sql`true` : sql`${tuple(sealed)} > ${values(after)}`;
  const { rows } = await sql<Row>`select ${key}, ${sql.ref(sealed.column)} from ${sql.table(sealed.table)} where ${sql.ref(sealed.column)} is not null and ${from} order by ${key} limit ${sealed.rows}`.execute(session);
  return rows;
}

const tuple = ({ key }: SealedColumn): RawBuilder<unknown> => sql`(${sql.join(key.map((name) => sql.ref(name)))})`;
const values = (key: ResealPlace['after']): RawBuilder<unknown> => sql`(${sql.join(key.map((part) => (typeof part === 'number' ? sql`${part}::integer` : sql`${part}::text`)))})`;

function keyOf({ key }: SealedColumn, row: Row): readonly (string | number)[] {
  return key.map((name) => {
    const part = row[name];
    if (typeof part !== 'string' && typeof part !== 'number') throw new Error(`a key of another type: ${name}`);
    return part;
  });
}

const isMarked = (bytes: Uint8Array, mark: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, mark.length).equals(mark);
