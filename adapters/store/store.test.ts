import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '#engine/ports.ts';
import { packFiles } from '#tools/pack-files.ts';
import { activatePack, activations, lockFolder, openStore, releasedPack, restoreArchive, writeArchive } from './index.ts';
import type { Database, Session } from './index.ts';
import { migrate, migrations } from './migrate.ts';
import { adapters } from './testing.ts';

const NOW = '2031-03-01T00:00:00.000Z';
const clerk: Principal = { kind: 'staff', id: 'clerk-1', department: 'office', areas: [], roles: [] };
const other: Principal = { ...clerk, id: 'clerk-2' };

describe.each(adapters)('the store on %s', (_, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    await database.owner(async (session) => {
      await sql.raw(`
        create table note (id integer primary key, owner text not null, body text not null);
        alter table note enable row level security;
        alter table note force row level security;
        create policy own on note to minsheng_app using (owner = minsheng.claim('id')) with check (owner = minsheng.claim('id'));
        grant select, insert, delete on note to minsheng_app;
        create table number (big bigint, exact numeric, day date, at timestamptz);
        grant select, insert on number to minsheng_app;`).execute(session);
    });
  });
  afterAll(() => database.close());
  afterEach(() => database.owner(async (session) => void (await sql.raw('truncate note, number').execute(session))));

  const add = (session: Session, id: number, owner: string): Promise<unknown> => sql`insert into note values (${id}, ${owner}, ${'x'})`.execute(session);
  const seen = async (session: Session): Promise<unknown[]> => (await sql<{ id: number }>`select id from note order by id`.execute(session)).rows.map((row) => row.id);

  test('keeps what a transaction wrote, and nothing of one that failed', async () => {
    await database.write(clerk, 'test', (session) => add(session, 1, 'clerk-1'));
    await expect(database.write(clerk, 'test', async (session) => {
      await add(session, 2, 'clerk-1');
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');
    expect(await database.read(clerk, 'test', seen)).toEqual([1]);
  });

  test('shows a person only their rows, and takes none in another name', async () => {
    await database.write(clerk, 'test', (session) => add(session, 1, 'clerk-1'));
    expect(await database.read(other, 'test', seen)).toEqual([]);
    await expect(database.write(clerk, 'test', (session) => add(session, 2, 'clerk-2'))).rejects.toMatchObject({ code: '42501' });
  });

  test('runs under an unprivileged role and gives it back', async () => {
    const role = async (session: Session): Promise<unknown> => (await sql<{ role: string; super: boolean }>`select current_user as role, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as super`.execute(session)).rows[0];
    expect(await database.read(clerk, 'test', role)).toEqual({ role: 'minsheng_app', super: false });
    expect(await database.system('test', role)).toEqual({ role: 'minsheng_system', super: false });
    expect(await database.owner(role)).not.toMatchObject({ role: 'minsheng_app' });
  });

  test('lets a reader write nothing', async () => {
    await expect(database.read(clerk, 'test', (session) => add(session, 1, 'clerk-1'))).rejects.toMatchObject({ code: '25006' });
  });

  test('shows a statement during another transaction neither its rows nor its role nor its rollback', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const long = database.write(clerk, 'test', async (session) => {
      await add(session, 1, 'clerk-1');
      await gate;
      throw new Error('rolled back');
    }).catch((error: unknown) => error);
    const during = database.owner(async (session) => [await seen(session), (await sql<{ who: string }>`select current_user as who`.execute(session)).rows[0]?.who]);
    setTimeout(go, 50);
    const [rows, who] = await during;
    expect(rows).toEqual([]);
    expect(who).not.toBe('minsheng_app');
    expect(await long).toMatchObject({ message: 'rolled back' });
    await database.write(clerk, 'test', (session) => add(session, 3, 'clerk-1'));
    expect(await database.read(clerk, 'test', seen)).toEqual([3]);
  });

  test('refuses a call inside a call at once', async () => {
    await expect(database.read(clerk, 'test', () => database.read(clerk, 'test', seen))).rejects.toThrow('inside a store call');
  });

  test('gives numbers, dates and instants in one form, and never rounds', async () => {
    const put = (big: string): Promise<unknown> => database.write(clerk, 'test', (session) => sql`insert into number values (${sql.raw(big)}, 1.10, '2024-02-29', '2024-02-29T08:00:00+08')`.execute(session));
    await put('9007199254740991');
    const rows = (session: Session): Promise<unknown> => sql`select * from number`.execute(session).then((result) => result.rows);
    expect(await database.read(clerk, 'test', rows)).toEqual([{ big: 9007199254740991, exact: '1.10', day: '2024-02-29', at: '2024-02-29T00:00:00.000Z' }]);
    await put('9007199254740992');
    await expect(database.read(clerk, 'test', rows)).rejects.toThrow('2^53');
  });

  test('migrates once, and refuses a database that is newer than the code or was changed', async () => {
    expect(await migrate(database, NOW)).toBeUndefined();
    await Promise.all([migrate(database, NOW), migrate(database, NOW)]);
    const older = migrations().slice(0, -1);
    expect(await migrate(database, NOW, older)).toEqual({ kind: 'database-newer', database: migrations().length, code: older.at(-1)?.number ?? 0 });
    const altered = migrations().map((migration) => ({ ...migration, sha256: 'another' }));
    expect(await migrate(database, NOW, altered)).toEqual({ kind: 'migration-changed', number: 1 });
  });
});

describe.each(adapters)('a city on %s', (_, open) => {
  const packs = packFiles('lantern-bay');
  const changed = new Map([...packs, ['README.md', new TextEncoder().encode('two')]]);

  test('puts a pack in force, keeps every release byte for byte, and comes back from its archive', async () => {
    const database = await open();
    await migrate(database, NOW);
    const first = await activatePack(database, 'lantern-bay', packs, NOW);
    expect(await activatePack(database, 'lantern-bay', packs, '2031-04-01T00:00:00.000Z')).toEqual(first);
    await activatePack(database, 'lantern-bay', changed, '2031-05-01T00:00:00.000Z');
    await activatePack(database, 'lantern-bay', packs, '2031-06-01T00:00:00.000Z');
    expect(await activatePack(database, 'jinhua', packs, NOW)).toEqual({ kind: 'other-city', holds: 'lantern-bay', wanted: 'jinhua' });
    const { bytes, summary } = await writeArchive(database, NOW);
    expect(summary).toEqual({ planId: 'lantern-bay', madeAt: NOW, rows: 1 + 2 + 3 });

    expect(await restoreArchive(database, bytes)).toMatchObject({ kind: 'store-not-empty' });
    expect(await restoreArchive(database, bytes.map((byte, index) => (index === 2000 ? byte ^ 1 : byte)))).toEqual({ kind: 'archive-damaged' });
    const copy = await open();
    await migrate(copy, NOW);
    expect(await restoreArchive(copy, bytes)).toEqual(summary);
    const log = await copy.system('test', activations);
    expect(log.map((row) => [row.number, row.activated_at])).toEqual([[1, NOW], [2, '2031-05-01T00:00:00.000Z'], [3, '2031-06-01T00:00:00.000Z']]);
    expect(await copy.system('test', (session) => releasedPack(session, log[1]?.digest ?? ''))).toEqual(new Map([...changed].sort(([a], [b]) => (a < b ? -1 : 1))));
    expect((await writeArchive(copy, NOW)).bytes).toEqual(bytes);
    await Promise.all([database.close(), copy.close()]);
  });
});

describe('a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minsheng-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('belongs to one process, and to the next one when that is gone', async () => {
    const opening = await openStore({ folder }, NOW);
    if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
    expect(await openStore({ folder }, NOW)).toMatchObject({ kind: 'refused', refusal: { kind: 'folder-taken', by: { pid: process.pid } } });
    await opening.database.close();
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 999_999_999, began: '1' }));
    const again = await openStore({ folder }, NOW);
    expect(again.kind).toBe('open');
    if (again.kind === 'open') await again.database.close();
  });

  test.runIf(process.platform === 'linux')('is free once its process has ended, also where nobody has waited for that', async () => {
    // The shell becomes a sleep that never waits for the child it started.
    const shell = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = await new Promise<number>((resolve) => shell.stdout.once('data', (text: Buffer) => resolve(Number(String(text)))));
      const fields = (): readonly string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      while (fields()[0] !== 'Z') await new Promise((resolve) => setTimeout(resolve, 20));
      const place = join(folder, 'ended');
      mkdirSync(place);
      writeFileSync(join(place, 'lock'), JSON.stringify({ pid, began: fields()[19] }));
      const lock = lockFolder(place);
      expect(lock.kind).toBe('held');
      if (lock.kind === 'held') lock.release();
    } finally {
      shell.kill();
    }
  });

  test('loses no acknowledged row when its process is killed in the middle of writing', async () => {
    const script = `
      import { openStore } from '${join(import.meta.dirname, 'index.ts')}';
      import { sql } from '${import.meta.resolve('kysely')}';
      const opening = await openStore({ folder: process.argv[2] }, '${NOW}');
      await opening.database.owner((s) => sql.raw('create table if not exists pair (n integer, half integer)').execute(s));
      const start = await opening.database.owner(async (s) => (await sql.raw('select coalesce(max(n), 0) as n from pair').execute(s)).rows[0].n);
      for (let n = start + 1; ; n++) {
        await opening.database.owner(async (s) => { await sql\`insert into pair values (\${n}, 1)\`.execute(s); await sql\`insert into pair values (\${n}, 2)\`.execute(s); });
        console.log(n);
      }`;
    const place = join(folder, 'killed');
    const program = join(folder, 'writer.mjs');
    writeFileSync(program, script);
    let acknowledged = 0;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, [program, place], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.on('data', (data: Buffer) => {
        const numbers = data.toString().trim().split('\n').map(Number);
        acknowledged = Math.max(acknowledged, ...numbers);
        if (acknowledged > 40 * (round + 1)) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.on('exit', resolve));
    }
    const opening = await openStore({ folder: place }, NOW);
    if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
    const { rows } = await opening.database.owner((session) => sql<{ n: number; halves: number }>`select n, count(*)::integer as halves from pair group by n order by n`.execute(session));
    expect(rows.filter((row) => row.halves !== 2)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
    await opening.database.close();
  });

  test('says so when it cannot be written, or when the PostgreSQL is not there', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await openStore({ folder: join(folder, 'file', 'inside') }, NOW)).toMatchObject({ refusal: { kind: 'folder-unwritable' } });
    expect(await openStore({ folder: join(folder, 'pg'), databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }, NOW)).toMatchObject({ refusal: { kind: 'database-unreachable' } });
  });
});
