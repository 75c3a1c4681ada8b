import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { PayTo } from '#engine/mine/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Principal } from '#engine/ports.ts';
import { packFiles } from '#tools/pack-files.ts';
import { ACCOUNT_CASE, appendEvents, approveBatch, bookThrough, changeGrants, choicesOf, choosePayTo, eraseDue, itemsIn, nameOfChoice, openChoices, prepareBatches, readGrants, readStream, releaseBatch, resealStep, returnItem, sharedChoices, vaultOf } from './index.ts';
import type { Database, PaymentDoor, ResealPlace } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const town = pack;
const random = countedRandom();
const [older, newer] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const vault = vaultOf([older], random);
const NOW = '2031-06-10T08:00:00.000Z';
const SERVICE = 'closed-season-grant';
const by = (actor: string) => ({ at: NOW, actor, random });
const asking = { pack: town, respondBy: parseDate('2031-06-20') ?? expect.unreachable(), dueOn: parseDate('2031-06-15') ?? expect.unreachable() };
const person = (id: string) => ({ kind: 'person', id, subjects: [id, `home-of-${id}`] }) as const satisfies Principal;
const [ada, bo, cy] = [person('ada'), person('bo'), person('cy')];
// The check digits of both hold.
const HARBOUR: PayTo = { kind: 'bank-account', bank: '海港银行', number: '4539578763621486' };
const ISLAND: PayTo = { kind: 'bank-account', bank: '海岛银行', number: '6011000990139424' };
const CARD: PayTo = { kind: 'social-security-card' };

// One story: each test goes on from where the one before it left the town.
for (const [name, open] of adapters) describe(`accounts that people choose on ${name}`, { shuffle: false }, () => {
  let database: Database;
  let door: PaymentDoor;
  const choose = (who: Parameters<typeof choosePayTo>[1], to: PayTo) => choosePayTo({ database, vault, by: { at: NOW, random } }, who, to, { on: { day: asking.dueOn }, phone: '12345' });
  const chosen = (who: Principal, subject: string) => database.read(who, 'test', (session) => choicesOf(session, vault, subject, 'Asia/Shanghai'));
  const accountsIn = async (batch: string) => Object.fromEntries((await database.system('test', (session) => itemsIn(session, batch))).map(({ subject, account }) => [subject, account]));

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    door = { database, vault, by: by('system') };
    await database.system('test', async (session) => {
      const events = [{ kind: 'set', run: 'june', ground: 'facts', from: 203106, right: { amountFen: 80_000, areas: { registered: '990101', resident: '990101' } } }] as const;
      await changeGrants(session, vault, [ada, bo, cy].map(({ id }) => ({ service: SERVICE, subject: id, household: `home-of-${id}`, events })), new Map(), by('system'));
    });
    await bookThrough(database, town, 203106, NOW);
  });
  afterAll(() => database.close());

  test('go to the social security card until somebody names one; named twice it is named once', async () => {
    expect(await chosen(ada, 'ada')).toEqual([]);
    expect([await choose(ada, CARD), await choose(ada, HARBOUR), await choose(ada, HARBOUR)]).toEqual([false, true, false]);
    expect(await chosen(ada, 'ada')).toEqual([{ number: 1, chosenOn: '2031-06-10', kind: 'bank-account', bank: '海港银行', lastFour: '1486' }]);
    // They are told, and the log says that they chose and gave their word, never what.
    const entries = await database.system('test', (session) => readStream(session, vault, caseStream(ACCOUNT_CASE, 'ada')));
    expect(entries.map(({ kind, payload }) => [kind, payload])).toMatchObject([['account-chosen', { to: 'bank-account', promised: 'own-name' }], ['notice-given', { noticeKind: 'account' }]]);
    expect(JSON.stringify(entries)).not.toContain('1486');
  });

  test('stand nowhere in the clear', async () => {
    const { rows } = await database.owner((session) => sql<{ body: Uint8Array; number_index: Uint8Array }>`select body, number_index from pay_account`.execute(session));
    for (const bytes of rows.flatMap((row) => [row.body, row.number_index])) expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/1486|4539/);
  });

  test('are seen and chosen by nobody else: not a helper, not family with leave to act, not staff, and not by a look alone', async () => {
    const helper: Principal = { kind: 'person', id: 'helper:li', subjects: ['ada'] };
    const son: Principal = { kind: 'person', id: 'bo', subjects: ['ada'] };
    const clerk: Principal = { kind: 'staff', id: 'he', department: 'fishery', areas: [], roles: ['case-officer', 'payments-approver'] };
    for (const who of [helper, son, clerk, bo]) expect(await chosen(who, 'ada'), who.id).toEqual([]);
    // Past every check of the code the database refuses it: in the name of another, and on an entry that another has made.
    for (const who of [helper, son, { ...ada, only: 'look' } as const]) await expect(choose({ ...who, id: who.id }, ISLAND), who.id).rejects.toMatchObject({ code: '42501' });
    const row = JSON.stringify([{ subject_key: 'ada', sequence: 1, chosen_at: NOW }]);
    for (const who of [helper, son, clerk, bo]) await expect(database.write(who, 'test', (session) => sql`select minsheng.put_pay_accounts((${row}::text)::jsonb)`.execute(session)), who.id).rejects.toMatchObject({ code: '42501' });
    for (const who of [ada, clerk]) await expect(database.write(who, 'test', (session) => sql`insert into pay_account (subject_key, sequence, chosen_at) values ('ada', 9, now())`.execute(session)), who.id).rejects.toMatchObject({ code: '42501' });
    // Whoever acts for Ada says where their own money goes at most.
    expect(await chosen(ada, 'ada')).toHaveLength(1);
  });

  test('are those of the day on which a batch is prepared: what stands in one goes where it was going', async () => {
    await prepareBatches(door, 203106, asking);
    expect(await accountsIn('203106-city-1')).toEqual({ ada: 1, bo: null, cy: null });
    expect(await choose(ada, ISLAND)).toBe(true);
    expect(await accountsIn('203106-city-1')).toEqual({ ada: 1, bo: null, cy: null });
    const opened = await database.system('test', (session) => openChoices(session, vault, [{ subject: 'ada', account: 1 }]));
    expect(opened.get(nameOfChoice({ subject: 'ada', account: 1 }))).toEqual({ bank: '海港银行', number: '4539578763621486' });
  });

  test('of money that the bank gave back free it at once, and the department has nothing to do any more', async () => {
    for (const id of ['203106-city-1', '203106-county-990101-1']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect([await approveBatch({ ...door, by: by('li') }, id), await releaseBatch({ ...door, by: by('wang') }, id)]).toEqual([undefined, undefined]);
    }
    expect(await returnItem({ ...door, by: by('bank') }, '203106-city-1', { service: SERVICE, subject: 'bo' }, 'account-closed', asking)).toBeUndefined();
    const held = async () => (await database.system('test', (session) => readGrants(session, [{ service: SERVICE, subject: 'bo' }]))).get(`${SERVICE}\nbo`)?.grant.held;
    const tasks = async () => (await database.system('test', (session) => session.selectFrom('task').select(['kind', 'state', 'outcome']).where('subject_key', '=', 'bo').execute()));
    // Bo is told, with what to do, beside the task of the department.
    expect(await database.read(bo, 'test', (session) => session.selectFrom('notice').select(['kind', 'template', 'service']).execute())).toEqual([{ kind: 'account', template: 'notice.returned', service: SERVICE }]);
    expect([await held(), await tasks()]).toMatchObject(['account', [{ kind: 'account', state: 'open' }]]);
    expect(await choose(bo, HARBOUR)).toBe(true);
    expect([await held(), await tasks()]).toMatchObject([undefined, [{ kind: 'account', state: 'done', outcome: 'account-corrected' }]]);
    // What Ada's first account gave back does not wait: she has chosen another since.
    expect(await returnItem({ ...door, by: by('bank') }, '203106-city-1', { service: SERVICE, subject: 'ada' }, 'account-closed', asking)).toBeUndefined();
    expect((await database.system('test', (session) => readGrants(session, [{ service: SERVICE, subject: 'ada' }]))).get(`${SERVICE}\nada`)?.grant.held).toBeUndefined();
    expect((await database.read(ada, 'test', (session) => session.selectFrom('notice').select('template').where('service', '=', SERVICE).execute())).map(({ template }) => template)).toEqual(['notice.returned-elsewhere']);
    await prepareBatches(door, 203106, asking);
    expect(await accountsIn('203106-city-2')).toEqual({ ada: 3, bo: 1 });
  });

  test('that several people share are found without opening a number, also after the keys were changed', async () => {
    expect(await database.system('test', sharedChoices)).toEqual([]);
    expect(await choose(cy, { ...HARBOUR, bank: '海港银行东口支行' })).toBe(true);
    expect(await database.system('test', sharedChoices)).toEqual([{ subjects: ['bo', 'cy'] }]);
    // Three accounts: one sealed anew by the new key before, two by the rotation.
    const both = vaultOf([newer, older], random);
    expect(await choosePayTo({ database, vault: both, by: { at: NOW, random } }, ada, HARBOUR, {})).toBe(true);
    for (let place: ResealPlace | undefined = { at: 0, after: [] }; place;) {
      // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before has ended
      ({ next: place } = await resealStep(database, both, place));
    }
    expect(await database.system('test', sharedChoices)).toEqual([{ subjects: ['ada', 'bo', 'cy'] }]);
    const after = vaultOf([newer], random);
    expect(await database.read(cy, 'test', (session) => choicesOf(session, after, 'cy', 'UTC'))).toMatchObject([{ bank: '海港银行东口支行', lastFour: '1486' }]);
  });

  test('that no longer hold are kept as long as a payment names them, thirty years; what was never paid to goes at once', async () => {
    const numbers = async (subject: string) => (await database.system('test', (session) => session.selectFrom('pay_account').select('sequence').where('subject_key', '=', subject).orderBy('sequence').execute())).map(({ sequence }) => sequence);
    const due = { vault: vaultOf([newer], random), random };
    await choosePayTo({ database, vault: due.vault, by: { at: NOW, random } }, ada, CARD, {});
    // Ada: 1 was paid to, 3 stands in a batch, 5 was never paid to, and the last one, the card, holds.
    expect(await numbers('ada')).toEqual([1, 3, 5, 7]);
    expect(await eraseDue(database, { ...due, at: '2061-06-01T00:00:00.000Z', dryRun: true })).toContainEqual({ data: 'pay-accounts', count: 1 });
    await eraseDue(database, { ...due, at: NOW });
    expect(await numbers('ada')).toEqual([1, 3, 7]);
    await eraseDue(database, { ...due, at: '2061-07-01T00:00:00.000Z' });
    expect([await numbers('ada'), await numbers('bo')]).toEqual([[7], [1]]);
  });

  test('rest on an entry that says so: another one of the same person is no ground', async () => {
    await expect(database.write(ada, 'test', async (session) => {
      const [entry] = await appendEvents(session, vault, [{ stream: caseStream(ACCOUNT_CASE, 'ada'), subjectKey: 'ada', householdKey: null, kind: 'remark', payload: {} }], by('ada'));
      const row = JSON.stringify([{ subject_key: 'ada', sequence: entry?.sequence, chosen_at: NOW }]);
      await sql`select minsheng.put_pay_accounts((${row}::text)::jsonb)`.execute(session);
    })).rejects.toMatchObject({ code: '42501' });
  });
});
