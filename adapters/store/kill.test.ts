import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { deliver, openStore, readStream, vaultOf, verifyLog } from './index.ts';
import { countedRandom, emptyPostgresUrl } from './testing.ts';

const NOW = '2031-03-01T00:00:00.000Z';
const vault = vaultOf([new Uint8Array(32).fill(1)], countedRandom());
const folder = mkdtempSync(join(tmpdir(), 'ms-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Appends without end, says each number when it is on disk, and logs an access beside each. */
const WRITER = `
  import { appendEvents, openAccessLog, openStore, vaultOf } from '${join(import.meta.dirname, 'index.ts')}';
  import { systemRandom as random } from '${join(import.meta.dirname, '../clock/index.ts')}';
  const [folder, databaseUrl] = process.argv.slice(2);
  const opening = await openStore({ folder, databaseUrl }, '${NOW}');
  const vault = vaultOf([new Uint8Array(32).fill(1)], random);
  const { database } = opening;
  const accesses = openAccessLog(database, '1', { now: () => '${NOW}', random });
  const notice = (n) => ({ noticeKind: 'granted', template: 't', values: { n }, service: null, respondBy: null, channels: ['sms'] });
  for (;;) {
    const entries = await database.system('test', (session) => appendEvents(session, vault, [
      { stream: 'case/nets/mia', subjectKey: 'mia', householdKey: null, kind: 'remark', payload: null },
      { stream: 'case/nets/mia', subjectKey: 'mia', householdKey: null, kind: 'notice-given', payload: notice(0) },
    ], { at: '${NOW}', actor: 'system', random }));
    console.log('entry ' + entries.at(-1).sequence);
    await accesses.write([{ actor: 'mei', purpose: 'p', through: 't', about: { kind: 'subject', subjectKey: 'mia', householdKey: null }, columns: [] }]);
    console.log('access');
  }`;

const places: readonly (readonly [string, () => Promise<string | undefined>])[] = [['embedded', () => Promise.resolve(undefined)], ...(process.env['DATABASE_URL'] === undefined ? [] : [['postgres', emptyPostgresUrl] as const])];

describe.each(places)('a process that dies while it appends to %s', (name, database) => {
  test('leaves everything that it was told is written, in chains that are whole, and nothing sent or unsent by halves', async () => {
    const [place, program, databaseUrl] = [join(folder, name), join(folder, 'writer.mjs'), await database()];
    writeFileSync(program, WRITER);
    const told = { entry: 0, accesses: 0 };
    for (let round = 1; round <= 2; round++) {
      const child = spawn(process.execPath, [program, place, ...(databaseUrl === undefined ? [] : [databaseUrl])], { stdio: ['ignore', 'pipe', 'inherit'] });
      let lines = '';
      child.stdout.on('data', (data: Buffer) => {
        lines += data.toString();
        if (lines.split('\n').length > 30 * round) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.on('close', resolve));
      told.entry = Math.max(told.entry, ...[...lines.matchAll(/^entry (\d+)$/gm)].map(([, sequence]) => Number(sequence)));
      told.accesses += [...lines.matchAll(/^access$/gm)].length;
    }
    const opening = await openStore({ folder: place, databaseUrl }, NOW);
    if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
    const store = opening.database;
    const entries = await store.system('test', (session) => readStream(session, vault, 'case/nets/mia'));
    const looks = await store.system('test', (session) => session.selectFrom('access_log').select('sequence').execute());
    // At most what was under way when it died is there beside what it had heard of: two entries of one transaction.
    expect(entries.length).toBeGreaterThanOrEqual(told.entry);
    expect(entries.length % 2).toBe(0);
    expect(looks.length).toBeGreaterThanOrEqual(told.accesses);
    expect(told.accesses).toBeGreaterThan(20);
    expect(await store.system('test', (session) => verifyLog(session, vault))).toMatchObject({ streams: 2, entries: entries.length + looks.length, erased: 0, faults: [] });
    // Every notice that is in the log goes out, once.
    const sent: string[] = [];
    expect(await deliver({ database: store, vault, channels: ['sms'], now: () => NOW }, ({ id }) => (sent.push(id), Promise.resolve({ kind: 'sent' })))).toEqual({ sent: entries.length / 2, later: 0, dead: 0 });
    expect(new Set(sent).size).toBe(sent.length);
    await store.close();
  }, 120_000);
});
