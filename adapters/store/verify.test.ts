import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { appendEvents, erasePayloads, openAccessLog, vaultOf, verifyLog, writeArchive } from './index.ts';
import type { Append, Database, Session, Verification } from './index.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { countedRandom, emptyPostgresUrl } from './testing.ts';

const NOW = '2031-03-01T00:00:00.000Z';
const random = countedRandom();
const KEY = '01'.repeat(32);
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const BY = { at: NOW, actor: 'system', random };
const VERIFIER = join(import.meta.dirname, '../../tools/verify-log.mjs');
const folder = mkdtempSync(join(tmpdir(), 'ms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const about = (id: string, kind: string): Append => ({ stream: caseStream('nets', id), subjectKey: id, householdKey: null, kind, payload: { 'name 姓名': '𠮷', amountFen: 12_300 } });

/** What the program that shares no code says of an archive or a database. */
function outside(source: string, words: readonly string[] = [], key = KEY): { readonly code: number | null; readonly found: { digest: string; faults: unknown[]; entries: number; payloads: number; opened: number; erased: number } } {
  const { status, stdout } = spawnSync(process.execPath, [VERIFIER, source, '--json', ...words], { encoding: 'utf8', env: { ...process.env, MINSHENG_KEY: key } });
  return { code: status, found: JSON.parse(stdout === '' ? '{}' : stdout) as ReturnType<typeof outside>['found'] };
}

let files = 0;
async function archiveFile(database: Database): Promise<string> {
  const file = join(folder, `archive-${++files}`);
  writeFileSync(file, (await writeArchive(database, NOW)).bytes);
  return file;
}

/** A log with a case, an erased case, accesses and a run. */
async function fill(database: Database): Promise<void> {
  await migrate(database, NOW);
  await database.system('test', async (session) => {
    await appendEvents(session, vault, [about('a', 'opened'), about('a', 'decided'), about('a', 'paid'), about('b', 'opened'), { ...about('', 'began'), stream: 'run/1', subjectKey: null }], BY);
    await erasePayloads(session, vault, [caseStream('nets', 'b')], { ...BY, reason: 'asked for' });
  });
  await openAccessLog(database, '1', { now: () => NOW, random }).write([{ actor: 'mei', purpose: '审核', through: '/console', about: { kind: 'subject', subjectKey: 'a', householdKey: null }, columns: ['残疾等级'] }, { actor: 'system', purpose: 'decide', through: 'run', about: { kind: 'batch', id: '1' }, columns: [] }]);
}

describe('the verifier that shares no code', () => {
  let database: Database;
  let older: string;
  let untouched: Verification;
  beforeAll(async () => {
    database = await openEmbedded(undefined);
    await fill(database);
    older = await archiveFile(database);
    untouched = await inside();
  });
  afterAll(() => database.close());
  /** An archive of the log after somebody with the rights of the owner has been at it. */
  const spoilt = async (statement: (session: Session) => Promise<unknown>): Promise<string> => {
    await database.owner(statement);
    return archiveFile(database);
  };
  const inside = () => database.system('test', (session) => verifyLog(session, vault));

  test('says of an archive what the product says of the store', async () => {
    const { code, found } = outside(older);
    // 3 + 2 of the case that was erased, 1 of the run, 2 accesses; the erased one said one thing.
    expect([code, found]).toMatchObject([0, { streams: 4, entries: 8, payloads: 7, erased: 1, opened: 5, digest: untouched.digest, faults: [] }]);
    expect(untouched).toMatchObject({ streams: 4, entries: 8, payloads: 7, erased: 1, faults: [] });
    expect(outside(older, [], '')).toMatchObject({ code: 0, found: { opened: 0, faults: [] } });
  });

  test('refuses an archive that is damaged', () => {
    const file = join(folder, 'broken');
    writeFileSync(file, 'no archive');
    expect(outside(file).code).toBe(2);
  });

  test('finds what the product finds, and what only an older archive can show', async () => {
    const stream = caseStream('nets', 'a');
    const changes: readonly (readonly [string, (session: Session) => Promise<unknown>, (session: Session) => Promise<unknown>])[] = [
      ['altered', (session) => sql`update log_entry set actor = 'x' where stream = ${stream} and sequence = 2`.execute(session), (session) => sql`update log_entry set actor = 'system' where stream = ${stream} and sequence = 2`.execute(session)],
      ['payload-altered', (session) => sql`update log_payload set salt = '\\x00' where stream = ${stream} and sequence = 2`.execute(session), async () => undefined],
    ];
    for (const [kind, change, back] of changes) {
      const file = await spoilt(change);
      const expected = [{ kind, stream, sequence: 2 }];
      expect([outside(file).found.faults, (await inside()).faults]).toEqual([expected, expected]);
      await database.owner(back);
    }
    // The end of a chain cut off leaves a chain that is whole.
    const cut = await spoilt(async (session) => {
      await sql`delete from log_payload where stream = ${stream}`.execute(session);
      await sql`delete from log_entry where stream = ${stream} and sequence = 3`.execute(session);
    });
    expect(outside(cut)).toMatchObject({ code: 0, found: { faults: [] } });
    expect(outside(cut, ['--since', older])).toMatchObject({ code: 1, found: { faults: [{ kind: 'cut-off', stream, sequence: 3 }] } });
    const missing = await spoilt((session) => sql`delete from log_entry where stream = ${stream} and sequence = 1`.execute(session));
    expect(outside(missing).found.faults).toEqual([{ kind: 'missing', stream, sequence: 1 }]);
  });
});

test.runIf(process.env['DATABASE_URL'] !== undefined)('the verifier that shares no code reads a PostgreSQL as its owner', async () => {
  const url = await emptyPostgresUrl();
  const database = openPostgres(url);
  await fill(database);
  const { digest } = await database.system('test', (session) => verifyLog(session));
  expect(outside(url)).toMatchObject({ code: 0, found: { entries: 8, payloads: 7, opened: 5, digest, faults: [] } });
  await database.close();
});
