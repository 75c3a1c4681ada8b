import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { contactStream } from '#engine/contact/index.ts';
import type { ElectronicChannel } from '#engine/contact/index.ts';
import type { Principal } from '#engine/ports.ts';
import { appendEvents, askContact, contactOf, deliver, erasePayloads, proveContact, removeContact, vaultOf, verifyLog, wantPaper } from './index.ts';
import type { Append, ChangeTold, ContactDoor, Database, Outgoing } from './index.ts';
import { migrate } from './migrate.ts';
import { dateOf } from './read-model.ts';
import { adapters, countedRandom } from './testing.ts';

type Person = Extract<Principal, { kind: 'person' }>;

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const minutes = (count: number): string => new Date(Date.parse(NOW) + count * 60_000).toISOString();
const person = (id: string, ...subjects: string[]): Person => ({ kind: 'person', id, subjects: subjects.length === 0 ? [id, `home-of-${id}`] : subjects });
const TOLD: ChangeTold = { on: dateOf('2031-03-03'), phone: '12345' };
const prove = (door: ContactDoor, who: Person, channel: ElectronicChannel, code: string): Promise<boolean> => proveContact(door, who, channel, { code, told: TOLD });
const email = (address: string) => ({ channel: 'email', address, until: minutes(15), locale: 'zh' } as const);

// One story: each test goes on from where the one before it left them.
for (const [name, open] of adapters) describe(`how residents hear, on ${name}`, { shuffle: false }, () => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());

  const door = (at = NOW) => ({ database, vault, by: { at, random } });
  const tell = (id: string, by?: Principal): Promise<unknown> => {
    const notice: Append = { stream: caseStream('nets', id), subjectKey: id, householdKey: null, kind: 'notice-given', payload: { noticeKind: 'granted', template: 't', values: {}, service: 'nets', respondBy: null } };
    const append = (session: Parameters<Parameters<Database['system']>[1]>[0]) => appendEvents(session, vault, [notice], { at: NOW, actor: by?.id ?? 'system', random });
    return by ? database.write(by, 'test', append) : database.system('test', append);
  };
  const ways = (id: string) => database.system('test', async (session) => (await session.selectFrom('outbox').select('channel').where('stream', '=', caseStream('nets', id)).orderBy('channel').execute()).map(({ channel }) => channel));
  const seenBy = (who: Principal, id: string, at = NOW) => database.read(who, 'test', (session) => contactOf(session, vault, id, at));
  /** What arrives on every way with an address, and at which. */
  const arriving = async (at = NOW): Promise<readonly Outgoing[]> => {
    const seen: Outgoing[] = [];
    await deliver({ database, vault, channels: ['email', 'sms'], now: () => at }, (message) => (seen.push(message), Promise.resolve({ kind: 'sent' })));
    return seen;
  };
  const codeTo = async (to: string): Promise<string> => (await arriving()).flatMap((one) => (one.to === to && one.told.kind === 'code' ? [one.told.code ?? ''] : []))[0] ?? 'none';

  test('an address counts once the code that went there was entered, and is shown to its owner masked', async () => {
    const mia = person('mia');
    await askContact(door(), mia, email('mia@harbour.example'));
    expect(await seenBy(mia, 'mia')).toEqual({ addresses: [], asked: [{ channel: 'email', masked: 'm***@harbour.example' }], paper: false });
    await tell('mia');
    expect(await ways('mia')).toEqual(['paper']);
    const code = await codeTo('mia@harbour.example');
    expect(code).toMatch(/^\d{6}$/);
    expect(await prove(door(), mia, 'email', code)).toBe(true);
    expect(await seenBy(mia, 'mia')).toEqual({ addresses: [{ channel: 'email', masked: 'm***@harbour.example' }], asked: [], paper: false });
    await tell('mia');
    expect(await ways('mia')).toEqual(['email', 'paper']);
    expect(await arriving()).toMatchObject([{ to: 'mia@harbour.example', locale: 'zh', told: { kind: 'notice', noticeKind: 'granted', service: 'nets' } }]);
    // Entered again, it proves nothing.
    expect(await prove(door(), mia, 'email', code)).toBe(false);
  });

  test('a code is good for fifteen minutes and five tries, and a newer one takes its place', async () => {
    const noa = person('noa');
    await askContact(door(), noa, email('noa@one.example'));
    const first = await codeTo('noa@one.example');
    expect(await prove(door(minutes(15)), noa, 'email', first)).toBe(false);
    await askContact(door(), noa, email('noa@two.example'));
    const second = await codeTo('noa@two.example');
    expect(second).not.toBe(first);
    expect(await prove(door(), noa, 'email', first)).toBe(false);
    for (const wrong of ['', '12345', `${second}0`, second.slice(1)]) expect(await prove(door(), noa, 'email', wrong)).toBe(false);
    expect(await prove(door(), noa, 'email', second)).toBe(false);
    expect(await prove(door(), person('nobody'), 'email', second)).toBe(false);
    expect((await seenBy(noa, 'noa', minutes(16))).asked).toEqual([]);
  });

  test('letters come besides where somebody wants them, and where an address is taken away', async () => {
    const ava = person('ava');
    await askContact(door(), ava, { ...email('ava@harbour.example'), channel: 'sms', address: '13800001234' });
    await prove(door(), ava, 'sms', await codeTo('13800001234'));
    await wantPaper(door(), ava, true, 'zh');
    await wantPaper(door(), ava, true, 'zh');
    await tell('ava');
    expect(await ways('ava')).toEqual(['paper', 'sms']);
    await wantPaper(door(), ava, false, 'zh');
    await removeContact(door(), ava, 'sms', TOLD);
    await removeContact(door(), ava, 'sms', TOLD);
    expect(await seenBy(ava, 'ava')).toEqual({ addresses: [], asked: [], paper: false });
    // What was given before has nowhere to go; who sends says so, and it goes out on paper.
    await deliver({ database, vault, channels: ['sms'], now: () => NOW }, (message) => Promise.resolve(message.to === undefined ? { kind: 'impossible', problem: 'no address' } : { kind: 'sent' }));
    expect(await database.system('test', (session) => session.selectFrom('log_entry').select('kind').where('stream', '=', contactStream('ava')).orderBy('sequence').execute())).toEqual(['contact-asked', 'contact-proven', 'notice-given', 'contact-paper', 'contact-paper', 'contact-removed', 'notice-given'].map((kind) => ({ kind })));
  });

  test('where somebody heard until then they are told of a change, at the address that was in force and not at the new one', async () => {
    const eve = person('eve');
    const kept = () => database.system('test', async (session) => (await session.selectFrom('contact_warned').select('number').execute()).length);
    const warnings = async () => (await arriving()).flatMap(({ to, told }) => (told.kind === 'address-changed' ? [{ to, on: told.on }] : []));
    // Whoever had none had letters until then.
    await askContact(door(), eve, email('eve@one.example'));
    await prove(door(), eve, 'email', await codeTo('eve@one.example'));
    const onPaper = await database.system('test', (session) => session.selectFrom('outbox').select('channel').where('stream', '=', contactStream('eve')).where('channel', '=', 'paper').execute());
    expect([onPaper.length, await warnings()]).toEqual([1, []]);
    // The same address once more is no change.
    await askContact(door(), eve, email('eve@one.example'));
    await prove(door(), eve, 'email', await codeTo('eve@one.example'));
    expect(await warnings()).toEqual([]);
    // Somebody with her session leads her notices elsewhere: she hears, and nobody with her rights can take that back.
    await askContact(door(), eve, email('thief@two.example'));
    await prove(door(), eve, 'email', await codeTo('thief@two.example'));
    await expect(database.write(eve, 'test', (session) => sql`delete from contact_warned`.execute(session))).rejects.toMatchObject({ code: '42501' });
    expect(await kept()).toBe(1);
    expect(await warnings()).toEqual([{ to: 'eve@one.example', on: '2031-03-03' }]);
    // Once it has left the old address is nowhere any more.
    expect(await kept()).toBe(0);
    // A second way besides is told to the first; one that is taken away hears of it too.
    await askContact(door(), eve, { ...email('13800005678'), channel: 'sms' });
    await prove(door(), eve, 'sms', await codeTo('13800005678'));
    expect(await warnings()).toEqual([{ to: 'thief@two.example', on: '2031-03-03' }]);
    await removeContact(door(), eve, 'sms', TOLD);
    expect(new Set((await warnings()).map(({ to }) => to))).toEqual(new Set(['13800005678', 'thief@two.example']));
  });

  test('nobody sees or changes them for another: not who looks or acts for them, not staff', async () => {
    const daughter: Person = person('daughter', 'mia', 'home-of-mia');
    const clerk: Principal = { kind: 'staff', id: 'mei', department: 'fishery', areas: [], roles: ['window-clerk', 'case-officer'] };
    for (const who of [daughter, { ...daughter, only: 'look' as const }, clerk, person('noa')]) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
      expect(await seenBy(who, 'mia')).toEqual({ addresses: [], asked: [], paper: false });
    }
    const put = (who: Principal) => database.write(who, 'test', (session) => appendEvents(session, vault, [{ stream: contactStream('mia'), subjectKey: 'mia', householdKey: null, kind: 'contact-removed', payload: { channel: 'email' } }], { at: NOW, actor: who.id, random }));
    for (const who of [daughter, clerk]) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await expect(put(who)).rejects.toMatchObject({ code: '42501' });
    }
    for (const who of [daughter, clerk]) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      expect(await database.write(who, 'test', async (session) => (await sql`delete from contact where subject_key = 'mia' returning 1`.execute(session)).rows.length)).toBe(0);
    }
    // Not even their own without an entry that says so.
    await expect(database.write(person('mia'), 'test', (session) => sql`update contact set number = 99 where subject_key = 'mia'`.execute(session))).rejects.toMatchObject({ code: '42501' });
    expect((await seenBy(person('mia'), 'mia')).addresses).toHaveLength(1);
  });

  test('a notice that somebody gives in the case of another takes the ways of the one whom it is about', async () => {
    await tell('mia', person('daughter', 'mia', 'home-of-mia'));
    expect((await arriving()).map(({ to }) => to)).toEqual(['mia@harbour.example']);
    // And of somebody about whom they may not write they learn nothing.
    const asked = (who: Principal) => database.read(who, 'test', async (session) => (await sql`select * from minsheng.channels_of(array['mia'])`.execute(session)).rows.length);
    expect([await asked(person('noa')), await asked(person('mia'))]).toEqual([0, 1]);
  });

  test('erasing what a stream says erases the addresses, and the chain stays whole', async () => {
    await database.system('test', (session) => erasePayloads(session, vault, [contactStream('mia')], { at: NOW, actor: 'system', random, reason: 'asked for' }));
    expect((await seenBy(person('mia'), 'mia')).addresses).toEqual([]);
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
  });
});
