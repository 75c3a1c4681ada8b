import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#engine/rules/index.ts';
import { OWN } from '#engine/rules/sql/testing/own.ts';
import { openDuckdb } from './session.ts';

let session: sql.Session;
beforeAll(async () => {
  session = await openDuckdb();
});
afterAll(() => session.close());

test('operators over a person’s own facts give what was worked out by hand', async () => {
  const verdicts = await sql.decideBySql(OWN.program, OWN.situation, sql.DIALECT.duckdb, session);
  const found = OWN.expected.map(({ name, service, place }) => ({ name, verdict: verdicts.get(service)?.[place] }));
  expect(found).toEqual(OWN.expected.map(({ name, verdict }) => ({ name, verdict })));
});
