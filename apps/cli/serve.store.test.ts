import { cpSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { activations, openStore } from '#adapters/store/index.ts';
import { batchesOnRecord } from '#tools/on-record.ts';
import { openOldPostgres } from '#tools/old-postgres.ts';
import { newPlace, removePlaces, runCli, spawnCity, temporaryFolder } from '#tools/spawn-cli.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');
const json = async (url: string): Promise<Record<string, unknown>> => (await fetch(url)).json() as Promise<Record<string, unknown>>;

describe('a city that starts', () => {
  test('says where it is, is healthy and ready, and stops on SIGTERM with nothing left behind', async () => {
    const place = await newPlace('from nothing');
    const city = await spawnCity(place, ['--lang', 'en']);
    expect(city.printed()).toContain('灯湾公共服务 · Lantern Bay Public Services');
    expect(await json(`${city.url}/healthz`)).toEqual({ status: 'ok' });
    expect(await json(`${city.url}/readyz`)).toMatchObject({ status: 'ready' });
    expect(await json(`${city.url}/api/v1/services/island-care`)).toMatchObject({ name: { en: 'Island childcare' } });
    const data = place['MINSHENG_DATA'] ?? '';
    expect([existsSync(join(data, 'lock')), existsSync(join(data, 'socket'))]).toEqual([true, true]);
    const { code, out } = await city.end('SIGTERM');
    expect([code, out.includes('Stopped; the data are safe.')]).toEqual([0, true]);
    expect([existsSync(join(data, 'lock')), existsSync(join(data, 'socket'))]).toEqual([false, false]);
  });

  test('is the same city after a kill -9: the release stays in force since its first instant', async () => {
    const place = await newPlace();
    const first = await spawnCity(place);
    const before = await json(`${first.url}/api/v1/plan`);
    await first.end('SIGKILL');
    const second = await spawnCity(place);
    expect((await json(`${second.url}/api/v1/plan`))['release']).toEqual(before['release']);
    expect((await second.end()).code).toBe(0);
    // Its figures about everybody rest on everybody's facts: each start that reads them is on record.
    expect(await batchesOnRecord(place['MINSHENG_DATA'] ?? '', place['DATABASE_URL'])).toEqual([expect.stringMatching(/^serve\//), expect.stringMatching(/^serve\//)]);
  });

  test('is as of the day that was set for a demonstration', async () => {
    const city = await spawnCity({ ...(await newPlace()), MINSHENG_TODAY: '2031-04-05' });
    expect(await json(`${city.url}/api/v1/plan`)).toMatchObject({ today: '2031-04-05' });
    await city.end('SIGINT');
  });

  test('tells a program in one line of JSON, which `open` finds again', async () => {
    const place = await newPlace();
    const city = await spawnCity(place, ['--json']);
    const said: unknown = JSON.parse(city.printed());
    expect(said).toMatchObject({ serving: { plan: 'lantern-bay', url: city.url, pid: city.pid, docs: `${city.url}/api/docs` } });
    const { code, out } = await runCli(['open', '--json'], place);
    expect([code, JSON.parse(out)]).toMatchObject([0, { url: city.url, pid: city.pid, plan: 'lantern-bay' }]);
    expect((await runCli(['open', '--print'], place)).out).toBe(`${city.url}\n`);
    await city.end();
    expect((await runCli(['open'], place)).code).toBe(3);
  });

  test('may be another city: a skeleton is written, checked and served with no code', async () => {
    const folder = join(temporaryFolder(), 'far-hill');
    expect((await runCli(['pack', 'new', folder, '--name-zh', '远山市', '--name-en', 'Farhill', '--from', '2026'])).code).toBe(0);
    expect((await runCli(['pack', 'check', folder])).code).toBe(0);
    const city = await spawnCity(await newPlace(), ['--pack', folder]);
    expect(await json(`${city.url}/api/v1/plan`)).toMatchObject({ id: 'far-hill', city: { zh: '远山市', en: 'Farhill' }, period: { from: '2026-01-01', to: '2030-12-31' }, counts: { services: 2, indicators: 2 } });
    expect(await json(`${city.url}/api/v1/search?q=yanglao`)).toContainEqual(expect.objectContaining({ kind: 'service', id: 'home-care' }));
    await city.end();
  });
});

describe('a city that cannot start says why, in both languages, and how it ends is documented', () => {
  /** Both languages in one message, and the exit code. */
  const refusal = async (environment: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<{ readonly code: number | null; readonly zh: string; readonly en: string }> => {
    const { code, err } = await runCli(['serve', ...words], environment);
    const [zh = '', en = '', ...more] = err.trimEnd().split('\n').slice(-2);
    expect(more).toEqual([]);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/[[{]/);
    return { code, zh, en };
  };

  test('the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    const place = await newPlace('from nothing');
    expect(await refusal({ ...place, PORT: port })).toMatchObject({ code: 3, en: expect.stringContaining(`Port ${port} is taken`) as string });
    expect(existsSync(place['MINSHENG_DATA'] ?? '')).toBe(false);
    server.close();
  });

  test('the folder is locked by another process, which is named; it goes on undisturbed', async () => {
    const place = await newPlace();
    const city = await spawnCity(place);
    expect(await refusal(place)).toMatchObject({ code: 3, en: expect.stringContaining(`by process ${city.pid}`) as string });
    expect(await json(`${city.url}/readyz`)).toMatchObject({ status: 'ready' });
    await city.end();
  });

  test('the folder belongs to another city', async () => {
    const place = await newPlace();
    await (await spawnCity(place)).end();
    const other = join(temporaryFolder(), 'other');
    await runCli(['pack', 'new', other]);
    expect(await refusal(place, ['--pack', other])).toMatchObject({ code: 3, en: expect.stringContaining('belongs to “lantern-bay”') as string });
  });

  test('the folder cannot be written, or its path is too long for a socket', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusal({ ...(await newPlace()), MINSHENG_DATA: join(file, 'data') })).toMatchObject({ code: 3, en: expect.stringContaining('cannot be written') as string });
    expect(await refusal({ ...(await newPlace()), MINSHENG_DATA: join(temporaryFolder(), 'x'.repeat(120)) })).toMatchObject({ code: 3, en: expect.stringContaining('too long') as string });
  });

  test('PostgreSQL is not there, or is too old', async () => {
    const place = await newPlace();
    expect(await refusal({ ...place, DATABASE_URL: 'postgres://who:secret@127.0.0.1:1/none' })).toMatchObject({ code: 3, en: expect.not.stringContaining('secret') as string });
    const old = await openOldPostgres();
    expect(await refusal({ ...place, DATABASE_URL: old.url })).toMatchObject({ code: 3, en: 'PostgreSQL 14.9 is too old; 15 or later is needed.' });
    old.close();
  });

  test('the database is newer than the code', async () => {
    const place = await newPlace();
    const opening = await openStore({ folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] }, '2031-01-01T00:00:00.000Z');
    if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
    await opening.database.owner((session) => sql`insert into schema_migration values (9000, 'from the future', 'x', now())`.execute(session));
    await opening.database.close();
    expect(await refusal(place)).toMatchObject({ code: 3, en: expect.stringContaining('version 9000') as string });
  });

  test('the pack has errors: each is shown with its place, and nothing is served', async () => {
    const pack = join(temporaryFolder(), 'pack');
    cpSync(LANTERN_BAY, pack, { recursive: true });
    writeFileSync(join(pack, 'units.yaml'), 'x: [');
    const { code, err } = await runCli(['serve', '--pack', pack, '--lang', 'en'], await newPlace());
    expect(code).toBe(1);
    expect(err).toContain('units.yaml:');
    expect(err).toContain('errors and is not served');
    expect(await refusal(await newPlace(), ['--pack', temporaryFolder()])).toMatchObject({ code: 2, en: expect.stringContaining('plan.yaml is missing') as string });
  });

  test('a setting cannot be followed', async () => {
    const place = await newPlace();
    for (const [environment, words] of [
      [{ PORT: '70000' }, 'PORT must be'], [{ PORT: '80a' }, 'PORT must be'], [{ MINSHENG_TODAY: '2031-02-29' }, 'MINSHENG_TODAY must be'],
      [{ MINSHENG_MODE: 'test' }, 'demo or production'], [{ DATABASE_URL: 'mysql://x' }, 'postgres://'],
    ] as const) expect(await refusal({ ...place, ...environment })).toMatchObject({ code: 2, en: expect.stringContaining(words) as string });
    expect(await refusal({ ...place, HOST: '203.0.113.1' })).toMatchObject({ code: 3, en: expect.stringContaining('no address 203.0.113.1') as string });
  });

  test('production takes no convenience of a demonstration', async () => {
    const place = { ...(await newPlace()), MINSHENG_MODE: 'production', MINSHENG_KEY: 'a'.repeat(64), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect(await refusal({ ...place, MINSHENG_TODAY: '2031-01-01' })).toMatchObject({ code: 2, en: expect.stringContaining('does not take MINSHENG_TODAY') as string });
    expect(await refusal(place, ['--watch'])).toMatchObject({ code: 2, en: expect.stringContaining('does not take --watch') as string });
    expect(await refusal({ ...place, DATABASE_URL: '' })).toMatchObject({ code: 2, en: expect.stringContaining('needs a PostgreSQL') as string });
    expect(await refusal(place)).toMatchObject({ code: 3, en: expect.stringContaining('cannot be reached') as string });
  });
});

describe('a city that is being written', () => {
  test('shows a saved file at once, keeps the last good pack while one is faulty, and starts again for its sources', async () => {
    const pack = join(temporaryFolder(), 'pack');
    cpSync(LANTERN_BAY, pack, { recursive: true });
    const service = join(pack, 'services/children/island-care.yaml');
    const original = readFileSync(service, 'utf8');
    const place = await newPlace();
    const city = await spawnCity(place, ['--pack', pack, '--watch', '--lang', 'en']);
    const release = async (): Promise<unknown> => (await json(`${city.url}/api/v1/plan`))['release'];
    const first = await release();
    const name = async (): Promise<unknown> => (await json(`${city.url}/api/v1/services/island-care`))['name'];
    const soon = { timeout: 40_000, interval: 50 };

    writeFileSync(service, original.replace('Island childcare', 'Childcare on the islands'));
    await vi.waitFor(async () => expect(await name()).toMatchObject({ en: 'Childcare on the islands' }), soon);
    const digest = (await json(`${city.url}/readyz`))['release'];
    expect(await release()).toEqual({ digest, activatedAt: null });

    writeFileSync(service, original.replace('kind: in-kind', 'kind: gift'));
    await vi.waitFor(() => expect(city.printed()).toContain('The pack has 1 errors; the site keeps the last good one.'), soon);
    expect(city.printed()).toContain('services/children/island-care.yaml:5:7 value-not-allowed');
    expect(await json(`${city.url}/readyz`)).toEqual({ status: 'ready', release: digest });

    writeFileSync(service, original);
    await vi.waitFor(async () => expect(await name()).toMatchObject({ en: 'Island childcare' }), soon);
    expect(await release()).toEqual(first);

    const starts = (): number => city.printed().split('/api/docs').length - 1;
    expect(starts()).toBe(1);
    const now = new Date();
    utimesSync(join(import.meta.dirname, 'exit.ts'), now, now);
    await vi.waitFor(() => expect(starts()).toBe(2), soon);
    await vi.waitFor(async () => expect(await name()).toMatchObject({ en: 'Island childcare' }), soon);
    expect((await city.end()).code).toBe(0);
    // Three good saves, and a start again with the first pack: one pack was in force all the while.
    const opening = await openStore({ folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] }, '2031-01-01T00:00:00.000Z');
    if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
    expect(await opening.database.system('count activations', activations)).toHaveLength(1);
    await opening.database.close();
  }, 120_000);

  test('waits for the save that mends a faulty pack', async () => {
    const pack = join(temporaryFolder(), 'pack');
    cpSync(LANTERN_BAY, pack, { recursive: true });
    const units = readFileSync(join(pack, 'units.yaml'), 'utf8');
    writeFileSync(join(pack, 'units.yaml'), 'x: [');
    let isMended = false;
    const city = await spawnCity(await newPlace(), ['--pack', pack, '--watch', '--lang', 'en'], (printed) => {
      if (isMended || !printed.includes('Waiting for the next save')) return;
      isMended = true;
      writeFileSync(join(pack, 'units.yaml'), units);
    });
    expect(city.printed()).toContain('Waiting for the next save');
    expect(await json(`${city.url}/readyz`)).toMatchObject({ status: 'ready' });
    expect((await city.end('SIGINT')).code).toBe(0);
  });
});
