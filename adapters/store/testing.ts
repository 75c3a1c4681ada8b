import { createHash } from 'node:crypto';
import { openEmbedded } from './embedded.ts';
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';

const url = process.env['DATABASE_URL'];
if (url === undefined && process.env['REQUIRE_POSTGRES'] !== undefined) throw new Error('DATABASE_URL is not set');

let fresh = 0;

/** The connection string of an empty database of its own on the server under test. */
export async function emptyPostgresUrl(): Promise<string> {
  const name = `t_${process.pid}_${++fresh}`;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const at = new URL(url ?? '');
  at.pathname = `/${name}`;
  return at.href;
}

/** Every adapter under test with how to open an empty database of it; PostgreSQL where DATABASE_URL names a server. */
export const adapters: readonly (readonly [name: 'embedded' | 'postgres', open: () => Promise<Database>])[] = [
  ['embedded', () => openEmbedded(undefined)],
  ...(url === undefined ? [] : [['postgres', async () => openPostgres(await emptyPostgresUrl())] as const]),
];

/** Bytes that are the same in every run of a test, and never twice in one: they follow from a counter. */
export function countedRandom(): (bytes: number) => Uint8Array {
  let next = 0;
  return (bytes) => {
    next += 1;
    return new Uint8Array(createHash('shake256', { outputLength: bytes }).update(String(next)).digest());
  };
}
