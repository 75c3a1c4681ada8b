import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#engine/rules/index.ts';
import { HOSTILE, named, WORLDS } from '#engine/rules/sql/testing/index.ts';
import type { World } from '#engine/rules/sql/testing/index.ts';
import { countOf, differences, meaningOf, prepared } from '#engine/rules/testing/agree.ts';
import { randomRules, randomSituation } from '#engine/rules/testing/random.ts';
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

test('DuckDB means what the interpreter means, over random rules and people', async () => {
  const counts = { verdicts: 0, differing: 0 };
  for (let seed = 1; seed <= 20; seed++) {
    const rules = randomRules(seed);
    const sample = prepared({ ...rules, blocks: [randomSituation(seed, rules.schema, 12)] });
    const meant = meaningOf(sample);
    counts.verdicts += countOf(meant);
    counts.differing += differences(meant, await sql.decideBySql(sample.program, sample.situation, sql.DIALECT.duckdb, session)).length;
  }
  expect(counts.verdicts).toBeGreaterThan(500);
  expect(counts.differing).toBe(0);
});

test('a program that calls a function of forms is refused, with the operator', () => {
  const { program } = prepared({ ...randomRules(1), blocks: [] });
  const call = { op: 'call', name: 'matches', of: [], type: { kind: 'boolean' }, unknowable: true, nonable: true, id: 0, entity: undefined, stratum: 0 } as const;
  expect(sql.uncovered({ nodes: [call] })).toEqual({ op: 'call', why: 'function-of-forms' });
  expect(() => sql.sqlOf({ ...program, nodes: [...program.nodes, call] }, sql.DIALECT.duckdb)).toThrow('call');
  expect(sql.uncovered(program)).toBeUndefined();
});

test('a name stays a name, whatever it says', async () => {
  for (const world of HOSTILE.map(named)) expect(await answers(world)).toEqual(world.expected.map(({ name, verdict }) => ({ name, verdict })));
});

test('nothing is left behind, so that a script can run again', async () => {
  const left = await session.rows("SELECT count(*) FROM duckdb_tables()");
  expect(left).toEqual([[0n]]);
});
