import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#engine/rules/index.ts';
import { HOSTILE, named, WORLDS } from '#engine/rules/sql/testing/index.ts';
import type { World } from '#engine/rules/sql/testing/index.ts';
import { openDuckdb } from './session.ts';

let session: sql.Session;
beforeAll(async () => {
  session = await openDuckdb();
});
afterAll(() => session.close());

/** What the database says beside what was worked out. */
async function answers({ program, situation, expected }: World): Promise<readonly unknown[]> {
  const verdicts = await sql.decideBySql(program, situation, sql.DIALECT.duckdb, session);
  return expected.map(({ name, service, place }) => ({ name, verdict: verdicts.get(service)?.[place] }));
}

test.each(Object.entries(WORLDS))('DuckDB gives what was worked out by hand: %s', async (_, world) => {
  expect(await answers(world)).toEqual(world.expected.map(({ name, verdict }) => ({ name, verdict })));
});

test('a name stays a name, whatever it says', async () => {
  for (const world of HOSTILE.map(named)) expect(await answers(world)).toEqual(world.expected.map(({ name, verdict }) => ({ name, verdict })));
});

test('nothing is left behind, so that a script can run again', async () => {
  const left = await session.rows("SELECT count(*) FROM duckdb_tables()");
  expect(left).toEqual([[0n]]);
});
