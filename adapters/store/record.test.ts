import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import type { Principal } from '#engine/ports.ts';
import { accessesOf, appendEvents, casesOf, countAccesses, digestOfEvidence, endSessionsOf, erasePayloads, evidenceAt, keepEvidence, linesOf, openAccessLog, openSession, sessionOf, sessionsOf, vaultOf, verifyLog } from './index.ts';
import type { Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters } from './testing.ts';

const NOW = '2031-03-03T08:00:00.000Z';
let given = 0;
const random = (bytes: number): Uint8Array => { const drawn = new Uint8Array(bytes); new DataView(drawn.buffer).setUint32(0, ++given); return drawn; };
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
type Person = Extract<Principal, { kind: 'person' }>;
const mia: Person = { kind: 'person', id: 'mia', subjects: ['mia', 'home-1'] };
const zoe: Person = { kind: 'person', id: 'zoe', subjects: ['zoe'] };
const noa: Person = { kind: 'person', id: 'noa', subjects: ['noa', 'home-2'] };
const mei: Principal = { kind: 'staff', id: 'mei', department: 'fishery', areas: ['9901'], roles: ['case-officer'] };
const joe: Principal = { kind: 'staff', id: 'joe', department: 'school', areas: [], roles: ['case-officer'] };
const BYTES = new TextEncoder().encode('%PDF-1.7 𠮷');
const stream = caseStream('dispute', 'mia');

describe.each(adapters)('what is held of somebody on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    const log = openAccessLog(database, '1', { now: () => NOW, random });
    const look = { purpose: 'review', through: '/console', columns: ['income'] };
    const about = (subjectKey: string) => ({ kind: 'subject', subjectKey, householdKey: null }) as const;
    await log.write([
      { ...look, actor: 'mei', department: 'fishery', about: about('mia') }, { ...look, actor: 'mei', department: 'fishery', about: about('noa') }, { ...look, actor: 'mia', about: about('mia') },
      { ...look, actor: 'system', about: about('home-1') }, { ...look, actor: 'system', about: { kind: 'batch', id: 'r1' } }, { ...look, actor: 'noa', about: about('mia') },
    ]);
    await log.close();
    await database.write(mia, 'test', (session) => appendEvents(session, vault, [
      { stream, subjectKey: 'mia', householdKey: 'home-1', kind: 'task-opened', payload: { taskKind: 'correction', department: 'fishery', area: '990101', service: null, dueOn: '2031-03-17', dueCounted: 'calendar', about: null } },
      { stream, subjectKey: 'mia', householdKey: 'home-1', kind: 'dispute-evidence', payload: { sha256: digestOfEvidence(BYTES) } },
    ], { at: NOW, actor: 'mia', random }));
    await database.write(mia, 'test', (session) => keepEvidence(session, vault, { stream, number: 2, subjectKey: 'mia', householdKey: 'home-1', mediaType: 'application/pdf', bytes: BYTES }));
  });
  afterAll(() => database.close());
  const looks = (who: Person, wanted: { readonly notBy?: string; readonly by?: string } = {}) => database.read(who, 'test', (session) => accessesOf(session, { limit: 50, offset: 0, ...wanted }));

  test('who looked is told to the person, with the department, and to nobody else', async () => {
    expect((await looks(mia)).map(({ actor, department, subject_key: subject }) => [actor, department, subject].join(' ')).sort()).toEqual(['mei fishery mia', 'mia  mia', 'noa  mia', 'system  ', 'system  home-1']);
    expect((await looks(mia, { notBy: 'mia', by: 'fishery' })).map(({ actor }) => actor)).toEqual(['mei']);
    expect((await looks(mia, { by: 'machine' })).length).toBe(2);
    expect((await looks(mia, { by: "x' or true --" })).length).toBe(0);
    expect((await looks(noa)).map(({ subject_key: subject }) => subject)).toEqual(expect.arrayContaining(['noa', null]));
    expect((await looks(noa)).some(({ subject_key: subject }) => subject === 'mia')).toBe(false);
    expect([...(await database.read(mia, 'test', (session) => countAccesses(session, 'mia')))].map(([who, count]) => `${who} ${count}`).sort()).toEqual(['department fishery 1', 'machine 2', 'other 1', 'self 1']);
  });

  test('the department is part of what the entry says: a row that names another is told', async () => {
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
    await database.owner((session) => sql`update access_log set department = 'school' where actor = 'mei' and subject_key = 'mia'`.execute(session));
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toMatchObject([{ kind: 'payload-altered', stream: 'audit/1' }]);
    await database.owner((session) => sql`update access_log set department = 'fishery' where actor = 'mei' and subject_key = 'mia'`.execute(session));
  });

  test('a paper is seen by the person and by staff with the open task, sealed for everybody else', async () => {
    const seen = (who: Principal) => database.read(who, 'test', (session) => evidenceAt(session, vault, { stream, number: 2 }));
    expect(await seen(mia)).toEqual({ mediaType: 'application/pdf', bytes: BYTES });
    expect(await seen(mei)).toMatchObject({ mediaType: 'application/pdf' });
    expect([await seen(noa), await seen(joe)]).toEqual([undefined, undefined]);
    const { rows } = await database.system('test', (session) => sql<{ body: Uint8Array }>`select body from evidence`.execute(session));
    expect(rows.some(({ body }) => Buffer.from(body).includes('PDF'))).toBe(false);
  });

  test('nobody keeps a paper in the case of another, or without an entry of their own, or one that is nothing that is taken', async () => {
    const keep = (who: Person, change: Partial<Parameters<typeof keepEvidence>[2]>) => database.write(who, 'test', (session) => keepEvidence(session, vault, { stream, number: 2, subjectKey: 'mia', householdKey: null, mediaType: 'application/pdf', bytes: BYTES, ...change }));
    await expect(keep(noa, {})).rejects.toThrow('row-level security');
    await expect(keep(noa, { subjectKey: 'noa' })).rejects.toThrow('row-level security');
    await expect(keep(mia, { number: 9 })).rejects.toThrow('row-level security');
    await expect(keep(mia, { number: 1, mediaType: 'text/html' })).rejects.toThrow('check constraint');
    await expect(keep(mia, {})).rejects.toThrow('duplicate key');
  });

  test('cases and money are those of the person alone', async () => {
    await database.system('test', (session) => session.insertInto('ledger_line').values({ service: 'nets', subject_key: 'noa', household_key: null, period: 203_103, payer: 'city', kind: 'due', amount_fen: 100, cause: 'book/203103', booked_at: NOW }).execute());
    const all = (who: Person) => database.read(who, 'test', async (session) => [(await casesOf(session, vault)).map(({ kind }) => kind), (await linesOf(session)).map(({ amount_fen: fen }) => fen)]);
    expect(await all(mia)).toEqual([['task-opened', 'dispute-evidence'], []]);
    expect(await all(noa)).toEqual([[], [100]]);
  });

  test('where somebody is signed in is told to them; all but one are ended', async () => {
    const at = (minute: number): string => `2031-03-03T08:0${minute}:00.000Z`;
    const signIn = (holder: string, now: string) => openSession(database, vault, { kind: 'person', holder, name: '𠮷' }, { now, random });
    const [here, there, hers] = [await signIn('mia', at(0)), await signIn('mia', at(1)), await signIn('noa', at(1))];
    const id = (await sessionOf(database, vault, here, at(2)))?.id ?? '';
    expect(await sessionsOf(database, mia, id, at(2))).toEqual(expect.arrayContaining([expect.objectContaining({ openedAt: at(0), here: true }), expect.objectContaining({ openedAt: at(1), here: false })]));
    expect((await sessionsOf(database, mia, id, at(2))).length).toBe(2);
    // Half an hour later nobody has used them.
    expect(await sessionsOf(database, mia, id, '2031-03-03T08:40:00.000Z')).toEqual([]);
    expect(await endSessionsOf(database, { kind: 'person', holder: 'mia' }, at(3), id)).toBe(1);
    expect([await sessionOf(database, vault, here, at(4)), await sessionOf(database, vault, there, at(4)), await sessionOf(database, vault, hers, at(4))]).toEqual([expect.anything(), undefined, expect.anything()]);
  });

  test('a paper goes with the stream that is erased', async () => {
    const own = caseStream('dispute', 'zoe');
    const by = { at: NOW, actor: 'zoe', random };
    await database.write(zoe, 'test', (session) => appendEvents(session, vault, [{ stream: own, subjectKey: 'zoe', householdKey: null, kind: 'dispute-evidence', payload: {} }], by));
    await database.write(zoe, 'test', (session) => keepEvidence(session, vault, { stream: own, number: 1, subjectKey: 'zoe', householdKey: null, mediaType: 'application/pdf', bytes: BYTES }));
    await database.system('test', (session) => erasePayloads(session, vault, [own], { at: NOW, actor: 'system', random, reason: 'asked for' }));
    expect(await database.read(zoe, 'test', (session) => evidenceAt(session, vault, { stream: own, number: 1 }))).toBeUndefined();
  });
});
