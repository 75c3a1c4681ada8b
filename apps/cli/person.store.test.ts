import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '#adapters/store/index.ts';
import { newPlace, removePlaces, runCli, spawnCity, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const NOW = '2031-03-01T00:00:00.000Z';
const own = ['decide', '--person', 'person-7', '--as', 'person:person-7', '--purpose', 'to know', '--json'];

interface Row {
  readonly actor: string;
  readonly purpose: string;
  readonly through: string;
  readonly subject_key: string;
  readonly columns: readonly string[];
}

async function accessLog(place: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const opening = await openStore({ folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] }, NOW);
  if (opening.kind === 'refused') throw new Error(opening.refusal.kind);
  const { rows } = await opening.database.system('test', (session) => sql<Row>`select actor, purpose, through, subject_key, columns from access_log order by at, stream, sequence`.execute(session));
  await opening.database.close();
  return rows;
}

test('a resident is told the same by the command alone and by the city that runs, and finds both in the access log', { timeout: 180_000 }, async () => {
  const place = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-01' };
  expect((await runCli(['demo', '--residents', '300'], place)).code).toBe(0);
  const alone = await runCli(own, place);
  expect(alone.code).toBe(0);
  const city = await spawnCity(place);
  const served = await runCli(own, place);
  const { token } = JSON.parse((await runCli(['token', '--as', 'staff:w-7:harbour-office', '--json'], place)).out) as { token: string };
  const clerk = await fetch(`${city.url}/api/v1/people/entitlements`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ key: 'person-7', purpose: 'curious' }) });
  await city.end();
  // The command went through the server: the folder was locked by it.
  expect(JSON.parse(served.out)).toEqual(JSON.parse(alone.out));
  expect(clerk.status).toBe(403);
  const rows = (await accessLog(place)).filter((row) => row.subject_key === 'person-7');
  expect(rows.map(({ actor, purpose, through, columns }) => [actor, purpose, through, columns.length > 0])).toEqual([
    ['person-7', 'to know', 'minsheng decide --person', true],
    ['person-7', 'to know', 'POST /api/v1/people/entitlements', true],
    ['w-7', 'curious', 'POST /api/v1/people/entitlements', false],
  ]);
});

test('what is missing or not allowed is refused with its reason', async () => {
  const place = { MINSHENG_DATA: temporaryFolder() };
  const run = async (words: readonly string[], env: Readonly<Record<string, string>>) => {
    let out = '';
    const code = await main([...words, '--json'], env, { out: (text) => { out += text; }, err: () => undefined });
    return { code, out };
  };
  const refused = async (words: readonly string[], env: Readonly<Record<string, string>> = place) => {
    const { code, out } = await run(words, env);
    return [code, (JSON.parse(out) as { refused: { code: string } }).refused.code];
  };
  expect(await refused(['decide', '--person', 'person-7', '--as', 'person:person-7'])).toEqual([2, 'purpose-missing']);
  expect(await refused(['decide', '--person', 'person-7', '--as', 'nobody', '--purpose', 'x'])).toEqual([2, 'principal-invalid']);
  expect(await refused(['decide', '--person', 'person-7', '--as', 'person:person-7', '--purpose', 'x', '--as-of', '2031-02-30'])).toEqual([2, 'day-invalid']);
  expect(await refused(['token', '--as', 'staff:w-7'])).toEqual([2, 'principal-invalid']);
  expect(await refused(['token', '--as', 'person:x', '--hours', '0'])).toEqual([2, 'whole-invalid']);
  // No city has run in this folder, so it has no key yet.
  expect(await refused(['token', '--as', 'person:x'])).toEqual([3, 'key-missing']);
  const production = { ...place, MINSHENG_MODE: 'production', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', MINSHENG_KEY: 'ab'.repeat(32) };
  expect(await refused(['token', '--as', 'person:x'], production)).toEqual([2, 'test-principals-off']);
  expect((await run(['token', '--as', 'person:x'], { ...production, MINSHENG_TEST_PRINCIPALS: 'allow' })).code).toBe(0);
});
