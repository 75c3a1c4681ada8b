import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { systemRandom } from '#adapters/clock/index.ts';
import { appendEvents, openStore, openVault } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import { newPlace, removePlaces, runCli, spawnCity, temporaryFolder } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

afterAll(removePlaces);

const NOW = '2031-03-01T00:00:00.000Z';

/** Works in the store of a place while no city runs on it. */
async function inStore(place: Environment, work: (database: Database, vault: Vault) => Promise<unknown>): Promise<void> {
  const folder = place['MINSHENG_DATA'] ?? '';
  const opening = await openStore({ folder, databaseUrl: place['DATABASE_URL'] }, NOW);
  const vault = openVault({ folder, keys: place['MINSHENG_KEY'], file: 'make' }, systemRandom);
  if (opening.kind !== 'open' || vault.kind !== 'vault') throw new Error('the store does not open');
  await work(opening.database, vault.vault);
  await opening.database.close();
}

const fill = (place: Environment): Promise<void> => inStore(place, (database, vault) => database.system('test', (session) => appendEvents(session, vault, ['opened', 'decided', 'paid'].map((kind) => ({ stream: 'case/nets/mia', subjectKey: 'mia', householdKey: null, kind, payload: { kind } })), { at: NOW, actor: 'system', random: systemRandom })));

describe('audit verify', () => {
  test('says the same of a running city and of one that stands still', async () => {
    const place = await newPlace();
    await fill(place);
    const still = await runCli(['audit', 'verify', '--json'], place);
    expect([still.code, JSON.parse(still.out)]).toMatchObject([0, { verification: { streams: 1, entries: 3, payloads: 3, erased: 0, faults: [], opened: true } }]);
    // A start puts on record that it reads everybody's facts, and the first one who its test accounts are: chains of their own.
    const city = await spawnCity(place);
    const running = await runCli(['audit', 'verify', '--json'], place);
    const { verification } = JSON.parse(running.out) as { verification: { streams: number; entries: number; faults: readonly unknown[] } };
    expect([verification.streams > 1, verification.entries > 3, verification.faults]).toEqual([true, true, []]);
    expect((await runCli(['audit', 'verify', '--lang', 'en'], place)).out).toContain(`The log is whole: ${verification.streams} chains with ${verification.entries} entries`);
    await city.end();
    expect(JSON.parse((await runCli(['audit', 'verify', '--json'], place)).out)).toEqual({ verification });
  });

  test('ends with 1 where an entry was changed, and names it', async () => {
    const place = await newPlace();
    await fill(place);
    await inStore(place, (database) => database.owner((session) => sql`update log_entry set actor = 'nobody' where sequence = 2`.execute(session)));
    const { code, out } = await runCli(['audit', 'verify', '--lang', 'en'], place);
    expect([code, out]).toEqual([1, expect.stringContaining('case/nets/mia: entry 2 was changed') as string]);
  });

  test('verifies the chains without a key, and says that it opened nothing', async () => {
    const place = { ...(await newPlace()), MINSHENG_KEY: 'a'.repeat(64) };
    await fill(place);
    const { code, out } = await runCli(['audit', 'verify', '--json'], { ...place, MINSHENG_KEY: '' });
    expect([code, JSON.parse(out)]).toMatchObject([0, { verification: { entries: 3, faults: [], opened: false } }]);
    expect((await runCli(['audit', 'verify'], { ...place, MINSHENG_DATA: join(temporaryFolder(), 'nowhere'), DATABASE_URL: '' })).code).toBe(2);
  });
});

describe('the key of a city', () => {
  test('is made once in the folder of a demonstration, for its owner alone', async () => {
    const place = await newPlace();
    const file = join(place['MINSHENG_DATA'] ?? '', 'key');
    await (await spawnCity(place)).end();
    const key = readFileSync(file, 'utf8');
    expect([/^[0-9a-f]{64}\n$/.test(key), statSync(file).mode & 0o777]).toEqual([true, 0o600]);
    await (await spawnCity(place)).end();
    expect(readFileSync(file, 'utf8')).toBe(key);
  });

  test('that is lost is told before anything is sealed with another one', async () => {
    const place = await newPlace();
    await fill(place);
    const file = join(place['MINSHENG_DATA'] ?? '', 'key');
    const former = readFileSync(file, 'utf8').trim();
    rmSync(file);
    expect(await runCli(['serve', '--lang', 'en'], place)).toMatchObject({ code: 3, err: expect.stringContaining('sealed with another key') as string });
    // A new key before the former one: both are there.
    const city = await spawnCity({ ...place, MINSHENG_KEY: `${'b'.repeat(64)},${former}` });
    await city.end();
    writeFileSync(file, 'no key');
    expect(await runCli(['serve', '--lang', 'en'], place)).toMatchObject({ code: 3, err: expect.stringContaining('64 hex digits') as string });
  });

  test('must be given in production, where none is made', async () => {
    const folder = join(temporaryFolder(), 'data');
    const place = { ...(await newPlace('from nothing')), MINSHENG_DATA: folder, MINSHENG_MODE: 'production', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect(await runCli(['serve', '--lang', 'en'], place)).toMatchObject({ code: 2, err: expect.stringContaining('MINSHENG_KEY') as string });
    expect(existsSync(folder)).toBe(false);
  });
});
