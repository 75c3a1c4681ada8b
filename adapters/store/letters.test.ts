import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleStream, caseStream } from '#engine/casework/index.ts';
import { LETTERS_AT_ONCE } from '#engine/contact/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import { appendEvents, askContact, bundlesSeen, deliver, endBundle, lettersOf, lettersWaiting, openSession, namesKnown, placeLetters, proveContact, readBundle, rebuildReadModels, takeLetters, vaultOf, verifyLog, wantPaper, writeMandate } from './index.ts';
import type { Append, Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const minutes = (count: number): string => new Date(Date.parse(NOW) + count * 60_000).toISOString();
const clerk = (id: string, ...areas: string[]): Principal => ({ kind: 'staff', id, department: 'fishery', areas, roles: ['window-clerk'] });
const EAST = ['990101'];
const READ = { zone: 'UTC', at: NOW };

// One story: each test goes on from where the one before it left them.
for (const [name, open] of adapters) describe(`letters in bundles, on ${name}`, { shuffle: false }, () => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());

  const door = (actor: string) => ({ database, vault, by: { at: NOW, actor, random } });
  const told = (id: string, at: number, channels?: readonly string[]): Promise<unknown> => {
    const notice: Append = { stream: caseStream('nets', id), subjectKey: id, householdKey: null, kind: 'notice-given', payload: { noticeKind: 'granted', template: 't', values: { for: id }, service: 'nets', respondBy: '2031-03-20', ...(channels ? { channels: [...channels] } : {}) } };
    return database.system('test', (session) => appendEvents(session, vault, [notice], { at: minutes(at), actor: 'system', random }));
  };
  const inBundle = (id: string) => database.system('test', async (session) => (await lettersOf(session, vault, id, READ)).map(({ notice }) => notice.subjectKey));
  const waiting = (areas: readonly string[]) => database.system('test', (session) => lettersWaiting(session, areas, 'UTC'));
  const seen = (who: Principal) => database.read(who, 'test', async (session) => (await bundlesSeen(session, 'UTC')).map(({ id }) => id));

  test('whoever has no address gets a letter, which waits in the area where they live; of whom no area is known in the whole city', async () => {
    for (const [at, id] of ['ada', 'bo', 'cy', 'nowhere'].entries()) {
      // oxlint-disable-next-line no-await-in-loop -- the first is told first
      await told(id, at);
    }
    await told('mailed', 9, ['email']);
    await placeLetters(database, (id) => ({ area: { ada: '990101001', bo: '990122', cy: '990101' }[id] ?? '', people: [id] }));
    expect([await waiting(EAST), await waiting(['990122']), await waiting(['9902']), await waiting([])]).toEqual([{ count: 2, since: '2031-03-03' }, { count: 1, since: '2031-03-03' }, { count: 0, since: null }, { count: 4, since: '2031-03-03' }]);
  });

  test('a bundle holds what waited the longest, and is seen by windows that cover its areas and by nobody else', async () => {
    expect(await takeLetters(door('mei'), 'east-1', EAST)).toBe(true);
    expect(await inBundle('east-1')).toEqual(['cy', 'ada']);
    expect(await takeLetters(door('mei'), 'east-2', EAST)).toBe(false);
    expect([await seen(clerk('he', '990101')), await seen(clerk('wu', '9901')), await seen(clerk('li'))]).toEqual([['east-1'], ['east-1'], ['east-1']]);
    for (const who of [clerk('x', '990122'), clerk('x', '990101001'), { ...clerk('x'), roles: ['case-officer'] } as Principal, { kind: 'person', id: 'ada', subjects: ['ada'] } as const]) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
      expect([await seen(who), await database.read(who, 'test', (session) => readBundle(session, 'east-1', 'UTC'))]).toEqual([[], undefined]);
    }
    // What leaves on other ways was not touched, and no window learns from the outbox whom anything is to.
    expect(await database.read(clerk('li'), 'test', async (session) => (await sql`select 1 from outbox`.execute(session)).rows.length)).toBe(0);
    expect((await waiting([])).count).toBe(2);
  });

  test('given back, letters wait again where they stood; posted, they are sent and wait for nobody', async () => {
    expect(await endBundle(door('he'), 'east-1', { kind: 'given-back' })).toBe(true);
    expect(await endBundle(door('mei'), 'east-1', { kind: 'posted', on: on('2031-03-03') })).toBe(false);
    expect([await waiting(EAST), await inBundle('east-1')]).toEqual([{ count: 2, since: '2031-03-03' }, []]);
    expect(await takeLetters(door('mei'), 'east-3', EAST)).toBe(true);
    const both = await Promise.all([endBundle(door('mei'), 'east-3', { kind: 'posted', on: on('2031-03-03') }), endBundle(door('he'), 'east-3', { kind: 'given-back' })]);
    expect(both).toEqual([true, false]);
    expect((await waiting(EAST)).count).toBe(0);
    expect(await database.system('test', (session) => session.selectFrom('outbox').select(['subject_key', 'sent_at', 'attempts']).where('bundle', '=', 'east-3').orderBy('subject_key').execute())).toEqual([{ subject_key: 'ada', sent_at: NOW, attempts: 2 }, { subject_key: 'cy', sent_at: NOW, attempts: 2 }]);
    expect(await endBundle(door('mei'), 'never-was', { kind: 'given-back' })).toBe(false);
  });

  test('any number of windows take at once, and no letter is ever in two bundles', async () => {
    const people = Array.from({ length: 3 * LETTERS_AT_ONCE + 10 }, (_, at) => `many-${at}`);
    for (const id of people) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
      await told(id, 20);
    }
    await placeLetters(database, (id) => ({ area: '990133', people: [id] }));
    const ids = ['a', 'b', 'c', 'd'].map((one) => `at-once-${one}`);
    expect(await Promise.all(ids.map((id) => takeLetters(door('mei'), id, ['990133'])))).toEqual([true, true, true, true]);
    const taken: string[] = [];
    for (const id of ids) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
      const letters = await inBundle(id);
      expect(letters.length).toBeLessThanOrEqual(LETTERS_AT_ONCE);
      taken.push(...letters);
    }
    expect([taken.length, new Set(taken).size]).toEqual([people.length, people.length]);
  });

  test('an erased notice is given up and never printed blank, before it is taken or after', async () => {
    const eraseOf = (id: string) => database.system('test', (session) => sql`delete from log_payload where stream = ${caseStream('nets', id)}`.execute(session));
    for (const id of ['early', 'late', 'stays']) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
      await told(id, 30);
    }
    await placeLetters(database, (id) => ({ area: '990144', people: [id] }));
    await eraseOf('early');
    expect(await takeLetters(door('mei'), 'erased', ['990144'])).toBe(true);
    await eraseOf('late');
    expect(await inBundle('erased')).toEqual(['stays']);
    expect(await database.system('test', (session) => session.selectFrom('outbox').select(['subject_key', 'problem']).where('problem', '=', 'erased').orderBy('subject_key').execute())).toEqual([{ subject_key: 'early', problem: 'erased' }, { subject_key: 'late', problem: 'erased' }]);
    await endBundle(door('mei'), 'erased', { kind: 'posted', on: on('2031-03-04') });
    expect(await database.system('test', (session) => session.selectFrom('outbox').select('subject_key').where('bundle', '=', 'erased').where('sent_at', 'is not', null).execute())).toEqual([{ subject_key: 'stays' }]);
  });

  test('is written to in the language in which they want letters, and by the name that the city knows', async () => {
    const eve = { kind: 'person', id: 'eve', subjects: ['eve'] } as const;
    await wantPaper({ database, vault, by: { at: NOW, random } }, eve, true, 'en');
    await told('eve', 40);
    await placeLetters(database, (id) => ({ area: '990155', people: [id] }));
    await takeLetters(door('mei'), 'english', ['990155']);
    expect(await database.system('test', (session) => lettersOf(session, vault, 'english', READ))).toMatchObject([{ locale: 'en', area: '990155', notice: { values: { for: 'eve' } } }]);
    await openSession(database, vault, { kind: 'person', holder: 'eve', name: 'Eve' }, { now: NOW, random });
    await openSession(database, vault, { kind: 'person', holder: 'fay', name: 'Fay' }, { now: NOW, random });
    await writeMandate({ database, vault, by: { at: NOW, random } }, 'mei', { subjectKey: 'fay', giver: '老费', taker: 'Mei', scope: 'look', until: on('2031-05-01'), seen: 'identity-card', witnessBy: minutes(60) });
    expect(await database.system('test', (session) => namesKnown(session, vault, ['eve', 'fay', 'ada']))).toEqual(new Map([['eve', 'Eve'], ['fay', '老费']]));
  });

  test('what a household is told goes to each of its people who has an address; it is printed where none has, or one wants letters besides', async () => {
    const homes = { 'home-mail': ['gus', 'hal'], 'home-both': ['ivy', 'jo'], 'home-none': ['kit'] };
    const isHome = (id: string): id is keyof typeof homes => id in homes;
    const prove = async (id: string, channel: 'email' | 'sms', address: string): Promise<void> => {
      const person = { kind: 'person', id, subjects: [id] } as const;
      const at = { database, vault, by: { at: NOW, random } };
      await askContact(at, person, { channel, address, until: minutes(15), locale: 'zh' });
      let code = '';
      await deliver({ database, vault, channels: [channel], now: () => minutes(1) }, ({ told: what }) => { code = what.kind === 'code' ? (what.code ?? '') : code; return Promise.resolve({ kind: 'sent' }); });
      expect(await proveContact(at, person, channel, { code, told: { on: on('2031-03-03'), phone: '12345' } })).toBe(true);
    };
    await prove('gus', 'email', 'gus@harbour.example');
    await prove('hal', 'email', 'hal@harbour.example');
    await prove('ivy', 'sms', '13800001111');
    await wantPaper({ database, vault, by: { at: NOW, random } }, { kind: 'person', id: 'jo', subjects: ['jo'] }, true, 'zh');
    for (const [at, home] of Object.keys(homes).entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
      await told(home, 50 + at);
    }
    const place = () => placeLetters(database, (id) => (isHome(id) ? { area: '990166', people: homes[id] } : { area: '', people: [id] }));
    await Promise.all([place(), place()]);
    expect((await waiting(['990166'])).count).toBe(2);
    const heard: string[] = [];
    await deliver({ database, vault, channels: ['email', 'sms'], now: () => minutes(60) }, ({ to, told: what }) => { if (to !== undefined && what.kind === 'notice' && what.noticeKind === 'granted') heard.push(to); return Promise.resolve({ kind: 'sent' }); });
    expect(heard.sort()).toEqual(['13800001111', 'gus@harbour.example', 'hal@harbour.example']);
    await takeLetters(door('mei'), 'homes', ['990166']);
    expect(await inBundle('homes')).toEqual(['home-both', 'home-none']);
  });

  test('what the log says makes the bundles again, row for row, and its chain holds', async () => {
    const rows = () => database.system('test', async (session) => [(await sql`select * from letter_bundle order by id`.execute(session)).rows, (await sql`select id, bundle, sent_at, dead_at from outbox order by id`.execute(session)).rows]);
    const before = await rows();
    await rebuildReadModels(database, vault);
    expect(await rows()).toEqual(before);
    expect(await database.system('test', (session) => session.selectFrom('log_entry').select(['kind', 'actor']).where('stream', '=', bundleStream('east-1')).orderBy('sequence').execute())).toEqual([{ kind: 'letters-taken', actor: 'mei' }, { kind: 'letters-given-back', actor: 'he' }]);
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
    // Whoever delivers by mail leaves letters where they are.
    expect(await deliver({ database, vault, channels: ['sms'], now: () => NOW }, () => Promise.resolve({ kind: 'sent' }))).toEqual({ sent: 0, later: 0, dead: 0 });
  });
});
