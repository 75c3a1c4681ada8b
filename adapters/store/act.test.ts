import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { noticesOfSettling, settleMonths } from '#engine/entitlement/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack, Service } from '#engine/pack/index.ts';
import type { Acting, ChangeKind, GrantKey, ToAct } from '#engine/entitlement/index.ts';
import type { Principal } from '#engine/ports.ts';
import { packFiles } from '#tools/pack-files.ts';
import { actOnRun, actsByRun, answerNotice, approveBatch, bookThrough, changeGrants, freeGrant, grantEventOf, itemsIn, listBatches, moneyMark, prepareBatches, readGrants, readMoney, readStream, reconcile, releaseBatch, returnItem, settleGrants, stepRecovery, vaultOf, withdrawBatch } from './index.ts';
import type { Database, PaymentDoor } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const loaded = loadPack(packFiles('lantern-bay')).pack;
if (!loaded) throw new Error('the town does not load');
const pack: Pack = loaded;
const day = (text: string): CalendarDate => {
  const found = parseDate(text);
  if (!found) throw new Error(text);
  return found;
};
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const SERVICE = 'closed-season-grant';
const by = (actor: string, at = '2031-06-01T08:00:00.000Z') => ({ at, actor, random });
const acting = (run: string, asOf: number): Acting => ({ pack, run, asOf, respondBy: day('2031-06-20'), dueOn: day('2031-06-15') });
const asking = (by0: string) => ({ pack, respondBy: day(by0), dueOn: day(by0) });
const key = (subject: string): GrantKey => ({ service: SERVICE, subject });

function serviceOf({ services }: Pack, id: string): Service {
  const service = services.get(id);
  if (!service) throw new Error(id);
  return service;
}

/** A change of the closed-season grant: 800.00 a month, of which the city pays 60 % and the county of registration 40 %. */
function change(subject: string, kind: ChangeKind, { was, is, standing = 'good', registered = '990101' }: { readonly was?: number; readonly is?: number; readonly standing?: ToAct['standing']; readonly registered?: string }): ToAct {
  return {
    change: { service: SERVICE, subject: 'person', row: 0, kind, wasFen: was, isFen: is, clause: kind === 'new' ? 'income' : undefined },
    key: key(subject), household: `home-of-${subject}`, areas: { registered, resident: '990101' }, standing, fact: standing === 'good' ? '' : 'person.month-income', unplaced: {},
  };
}

// One story: each test goes on from where the one before it left the town.
for (const [name, open] of adapters) describe(`grants and money on ${name}`, { shuffle: false }, () => {
  let database: Database;
  let door: PaymentDoor;
  const as = (actor: string): PaymentDoor => ({ ...door, by: by(actor) });
  const act = (run: string, asOf: number, ...changes: readonly ToAct[]) => actOnRun({ database, vault, by: by('system') }, acting(run, asOf), [changes]);
  const grantOf = async (subject: string) => (await database.system('test', (session) => readGrants(session, [key(subject)]))).get(`${SERVICE}\n${subject}`)?.grant;
  const inCase = async (subject: string): Promise<readonly string[]> => (await database.system('test', (session) => readStream(session, vault, caseStream(SERVICE, subject)))).map(({ kind }) => kind);
  const tasksOf = async (subject: string) => (await database.system('test', (session) => session.selectFrom('task').select(['kind', 'state']).where('subject_key', '=', subject).orderBy('number').execute())).map(({ kind, state }) => [kind, state]);
  const payer = (rows: Awaited<ReturnType<typeof reconcile>>, of: string) => rows.find((row) => row.payer === of);

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    door = { database, vault, by: by('system') };
  });
  afterAll(() => database.close());

  test('an automatic grant is made, told, and stands on the log', async () => {
    const counts = await act('june', 20310601, change('ada', 'new', { is: 80_000 }));
    expect(counts.set).toEqual({ count: 1, fen: 80_000, byCycle: { month: 80_000 } });
    expect(await grantOf('ada')).toMatchObject({ ground: 'facts', refused: false, steps: [{ from: 203106, right: { amountFen: 80_000 } }] });
    expect(await inCase('ada')).toEqual(['grant-set', 'notice-given']);
    expect((await database.system('test', (session) => session.selectFrom('notice').selectAll().where('subject_key', '=', 'ada').execute()))).toMatchObject([{ kind: 'granted', template: 'notice.granted', respond_by: '2031-06-20' }]);
    expect((await database.system('test', (session) => session.selectFrom('outbox').select(['channel']).where('subject_key', '=', 'ada').execute()))).toEqual([{ channel: 'paper' }]);
  });

  test('acting on a run again changes nothing, also where it was stopped between two pieces', async () => {
    const pieces = [[change('bo', 'new', { is: 80_000 })], [change('cy', 'new', { is: 80_000 })]];
    async function* broken() {
      yield pieces[0] ?? [];
      throw new Error('killed');
    }
    const run = { database, vault, by: by('system') };
    await expect(actOnRun(run, acting('again', 20310601), broken())).rejects.toThrow('killed');
    expect([await grantOf('bo'), await grantOf('cy')].map((grant) => grant !== undefined)).toEqual([true, false]);
    for (let time = 0; time < 2; time++) expect((await actOnRun(run, acting('again', 20310601), pieces)).set.count).toBe(2);
    expect(await inCase('bo')).toEqual(['grant-set', 'notice-given']);
    expect(await inCase('cy')).toEqual(['grant-set', 'notice-given']);
  });

  test('what does not stand well is asked for, once, and touches no grant', async () => {
    await act('stale', 20310601, change('dee', 'new', { is: 80_000, standing: 'stale' }), change('eli', 'new', { is: 80_000, standing: 'self-declared' }));
    expect(await grantOf('dee')).toBeUndefined();
    expect(await inCase('dee')).toEqual(['task-opened']);
    expect(await grantOf('eli')).toMatchObject({ steps: [], proposal: { respondBy: '2031-06-20', right: { amountFen: 80_000 } } });
    // The next month finds the same: the holder has been asked, and the person too.
    await act('stale again', 20310701, change('dee', 'new', { is: 80_000, standing: 'stale' }), change('eli', 'new', { is: 80_000, standing: 'self-declared' }));
    expect([await inCase('dee'), await inCase('eli')]).toEqual([['task-opened'], ['grant-asked', 'notice-given']]);
    // The pack names no holder of the income: whoever decides looks for it.
    expect(await database.system('test', (session) => session.selectFrom('task').select(['kind', 'department', 'area']).where('subject_key', '=', 'dee').execute())).toEqual([{ kind: 'data-request', department: 'fisheries', area: '990101' }]);
  });

  test('a case is folded again from the log to the same grant', async () => {
    const events = (await database.system('test', (session) => readStream(session, vault, caseStream(SERVICE, 'ada')))).flatMap((entry) => grantEventOf(entry) ?? []);
    expect(events).toEqual([{ kind: 'set', run: 'june', ground: 'facts', from: 203106, right: { amountFen: 80_000, areas: { registered: '990101', resident: '990101' } }, clause: 'income' }]);
  });

  test('money is booked once, paid by two people, returned, held and paid again; every payer adds up', async () => {
    // Three grants of 800.00: the city 480.00 each, the county 320.00 each.
    const booked = await bookThrough(database, pack, 203106, by('system').at);
    expect(booked).toEqual({ lines: 6, addedFen: 240_000, takenFen: 0 });
    expect(await bookThrough(database, pack, 203106, by('system').at)).toEqual({ lines: 0, addedFen: 0, takenFen: 0 });
    const batches = await prepareBatches(door, 203106, asking('2031-06-20'));
    expect(batches.map(({ id, items, totalFen, stage }) => [id, items, totalFen, stage])).toEqual([['203106-city-1', 3, 144_000, 'prepared'], ['203106-county-990101-1', 3, 96_000, 'prepared']]);
    // What waits in a batch is in no other.
    expect(await prepareBatches(door, 203106, asking('2031-06-20'))).toEqual([]);
    const [city = '', county = ''] = batches.map(({ id }) => id);
    expect(await releaseBatch(as('li'), city)).toBe('not-approved');
    for (const id of [city, county]) expect(await approveBatch(as('li'), id)).toBeUndefined();
    expect(await releaseBatch(as('li'), city)).toBe('same-person');
    for (const id of [city, county]) expect(await releaseBatch(as('wang'), id)).toBeUndefined();
    expect(await releaseBatch(as('zhao'), city)).toBe('not-approved');
    expect(payer(await reconcile(database, pack, 203106), 'city')).toMatchObject({ decidedFen: 144_000, bookedFen: 144_000, paidFen: 144_000, owedFen: 0, debtFen: 0, holds: true });

    expect(await returnItem(as('bank'), city, key('ada'), 'account-closed', asking('2031-06-20'))).toBeUndefined();
    expect(await returnItem(as('bank'), city, key('ada'), 'account-closed', asking('2031-06-20'))).toBe('already-returned');
    expect(payer(await reconcile(database, pack, 203106), 'city')).toMatchObject({ paidFen: 144_000, returnedFen: 48_000, owedFen: 48_000, holds: true });
    // Held until the account is put right.
    expect(await prepareBatches(door, 203106, asking('2031-06-20'))).toEqual([]);
    expect(await tasksOf('ada')).toEqual([['account', 'open']]);
    expect(await freeGrant(door, key('ada'))).toBe(true);
    expect(await tasksOf('ada')).toEqual([['account', 'done']]);
    expect((await prepareBatches(door, 203106, asking('2031-06-20'))).map(({ id, totalFen }) => [id, totalFen])).toEqual([['203106-city-2', 48_000]]);
    expect(await withdrawBatch(as('li'), '203106-city-2', 'wrong day')).toBeUndefined();
    expect((await database.system('test', (session) => listBatches(session, 203106))).map(({ id, stage }) => [id, stage])).toEqual([['203106-city-1', 'released'], ['203106-city-2', 'withdrawn'], ['203106-county-990101-1', 'released']]);
  });

  let mark = '';
  test('the books tell each month by payer: what was decided, booked, put into batches that were not taken back, paid and returned', async () => {
    const { months, reconciled, recoveries } = await readMoney(database, pack);
    // 60 % and 40 % of three times 800.00; of the city's, Ada's 480.00 came back.
    expect(months).toEqual([{ month: 203106, payers: [
      { payer: 'city', decidedFen: 144_000, bookedFen: 144_000, preparedFen: 144_000, paidFen: 144_000, returnedFen: 48_000 },
      { payer: 'county:990101', decidedFen: 96_000, bookedFen: 96_000, preparedFen: 96_000, paidFen: 96_000, returnedFen: 0 },
    ] }]);
    expect([reconciled?.through, recoveries]).toEqual([203106, { count: 0, openFen: 0, objections: 0 }]);
    expect((await database.system('test', actsByRun)).get('june')?.set).toEqual({ count: 1, fen: 80_000, byCycle: { month: 80_000 } });
    mark = await moneyMark(database);
    expect(await moneyMark(database)).toBe(mark);
  });

  test('a correction of a paid month takes back what was too much, as a recovery that is told, and never out of the next month', async () => {
    // It turns out that Bo's June was no: Bo was paid 800.00. July is 800.00 again.
    await database.system('test', async (session) => {
      await changeGrants(session, vault, [{ ...key('bo'), household: null, events: [{ kind: 'set', run: 'corrected', ground: 'facts', from: 203106, until: 203106, clause: 'income' }] }], await readGrants(session, [key('bo')]), by('system'));
    });
    expect(await bookThrough(database, pack, 203107, by('system').at)).toEqual({ lines: 8, addedFen: 240_000, takenFen: 80_000 });
    const batches = await prepareBatches(door, 203107, asking('2031-07-20'));
    // Ada's returned 480.00 of June and all three of July: nothing is taken from Bo's July.
    expect(batches.map(({ payer: of, items, totalFen }) => [of, items, totalFen])).toEqual([['city', 3, 192_000], ['county:990101', 3, 96_000]]);
    expect((await database.system('test', (session) => itemsIn(session, '203107-city-1'))).map(({ subject, amountFen }) => [subject, amountFen])).toEqual([['ada', 96_000], ['bo', 48_000], ['cy', 48_000]]);
    const owed = await database.system('test', (session) => session.selectFrom('recovery').selectAll().execute());
    expect(owed).toMatchObject([{ subject_key: 'bo', open_fen: 80_000 }]);
    expect((await inCase('bo')).slice(-3)).toEqual(['recovery-opened', 'notice-given', 'task-opened']);
    expect(await tasksOf('bo')).toEqual([['recovery', 'open']]);
    const step = (event: Parameters<typeof stepRecovery>[2]) => stepRecovery(door, key('bo'), event);
    expect(await step({ kind: 'objected', because: 'I reported it' })).toBeUndefined();
    expect(await step({ kind: 'repaid', amountFen: 10_000 })).toBe('objection-open');
    expect(await step({ kind: 'decided', by: 'li', keptFen: 50_000, because: 'half in good faith' })).toBeUndefined();
    expect(await step({ kind: 'repaid', amountFen: 50_000 })).toBeUndefined();
    expect(await step({ kind: 'repaid', amountFen: 1 })).toBe('more-than-open');
    expect(await tasksOf('bo')).toEqual([['recovery', 'done']]);
    expect(payer(await reconcile(database, pack, 203107), 'county:990101')).toMatchObject({ debtFen: 0, holds: true });
  });

  test('who moves is paid by the other county, and counties settle what was paid', async () => {
    await database.system('test', async (session) => {
      await changeGrants(session, vault, [{ ...key('cy'), household: null, events: [{ kind: 'set', run: 'moved', ground: 'facts', from: 203106, right: { amountFen: 80_000, areas: { registered: '990122' } } }] }], await readGrants(session, [key('cy')]), by('system'));
    });
    await bookThrough(database, pack, 203107, by('system').at);
    await prepareBatches(door, 203107, asking('2031-07-20'));
    const rows = await reconcile(database, pack, 203107);
    // June had been paid by the old county: the new one makes it good. July was not paid yet: the new one pays it itself.
    expect(payer(rows, 'county:990101')).toMatchObject({ settledFen: 32_000, holds: true });
    expect(payer(rows, 'county:990122')).toMatchObject({ settledFen: -32_000, holds: true });
    expect(rows.every(({ holds }) => holds)).toBe(true);
    // The batch that still holds July out of the old county does not leave.
    expect(await approveBatch(as('li'), '203107-county-990101-1')).toBeUndefined();
    expect(await releaseBatch(as('wang'), '203107-county-990101-1')).toBe('batch-stale');
  });

  test('what each month has decided and booked adds up to the books of each payer', async () => {
    const { months, reconciled, recoveries } = await readMoney(database, pack);
    expect(await moneyMark(database)).not.toBe(mark);
    const sum = (payerKey: string, of: 'decidedFen' | 'bookedFen'): number => months.flatMap(({ payers }) => payers.filter((one) => one.payer === payerKey)).reduce((total, one) => total + one[of], 0);
    expect([months.map(({ month }) => month), reconciled?.through]).toEqual([[203106, 203107], 203107]);
    for (const one of reconciled?.payers ?? []) expect([one.payer, sum(one.payer, 'decidedFen'), sum(one.payer, 'bookedFen')]).toEqual([one.payer, one.decidedFen, one.bookedFen]);
    // Bo has paid back all that was kept.
    expect(recoveries).toEqual({ count: 0, openFen: 0, objections: 0 });
  });

  test('a resident confirms what was asked, once, and nobody else can', async () => {
    const [asked] = await database.system('test', (session) => session.selectFrom('notice').selectAll().where('subject_key', '=', 'eli').execute());
    const key0 = { stream: asked?.stream ?? '', number: asked?.number ?? 0 };
    const stamp = { database, vault, by: { at: '2031-06-10T08:00:00.000Z', random } };
    const eli: Principal = { kind: 'person', id: 'eli', subjects: ['eli'] };
    expect(await answerNotice(stamp, { kind: 'person', id: 'zed', subjects: ['zed'] }, key0, 'confirmed', day('2031-06-10'))).toEqual({ kind: 'notice-unknown' });
    expect(await answerNotice(stamp, eli, key0, 'confirmed', day('2031-07-01'))).toMatchObject({ kind: 'notice-too-late' });
    for (let time = 0; time < 2; time++) expect(await answerNotice(stamp, eli, key0, 'confirmed', day('2031-06-10'))).toBeUndefined();
    expect(await answerNotice(stamp, eli, key0, 'refused', day('2031-06-10'))).toMatchObject({ kind: 'notice-answered' });
    expect(await grantOf('eli')).toMatchObject({ ground: 'confirmation', proposal: undefined, steps: [{ from: 203106, right: { amountFen: 80_000 } }] });
    expect(await inCase('eli')).toEqual(['grant-asked', 'notice-given', 'notice-replied', 'grant-confirmed']);
  });

  test('a resident who refuses keeps what was paid and gets nothing more, and no run grants it again', async () => {
    const [told] = await database.system('test', (session) => session.selectFrom('notice').selectAll().where('subject_key', '=', 'ada').execute());
    const ada: Principal = { kind: 'person', id: 'ada', subjects: ['ada'] };
    expect(await answerNotice({ database, vault, by: { at: '2031-06-18T08:00:00.000Z', random } }, ada, { stream: told?.stream ?? '', number: told?.number ?? 0 }, 'refused', day('2031-06-18'))).toBeUndefined();
    // June has left with a batch: it stays; from July on there is nothing.
    expect(await grantOf('ada')).toMatchObject({ refused: true, steps: [{ from: 203106, right: { amountFen: 80_000 } }, { from: 203107 }] });
    expect((await act('august', 20310801, change('ada', 'new', { is: 80_000 }))).leave.count).toBe(1);
    expect((await reconcile(database, pack, 203106)).length).toBeGreaterThan(0);
  });

  test('a person sees their own grants, lines and debts, and nobody else\'s; staff see none without a task', async () => {
    const person = (id: string): Principal => ({ kind: 'person', id, subjects: [id] });
    const staff: Principal = { kind: 'staff', id: 'li', department: 'fisheries', areas: [], roles: ['case-officer'] };
    const seen = (who: Principal) => database.read(who, 'test', async (session) => Promise.all((['benefit_grant', 'ledger_line', 'payment_item', 'recovery'] as const).map(async (table) => new Set((await session.selectFrom(table).select('subject_key').execute()).map((row) => row.subject_key)))));
    expect(await seen(person('bo'))).toEqual([new Set(['bo']), new Set(['bo']), new Set(['bo']), new Set(['bo'])]);
    expect(await seen(person('zed'))).toEqual([new Set(), new Set(), new Set(), new Set()]);
    const [grants, lines, items, debts] = await seen(staff);
    expect([grants, lines, items, debts].map((set) => set?.size)).toEqual([0, 0, 0, 0]);
    const payments: Principal = { ...staff, roles: ['payments-approver'] };
    expect(await database.read(payments, 'test', (session) => listBatches(session))).toHaveLength(6);
    expect((await database.read({ ...payments, areas: ['990122'] }, 'test', (session) => listBatches(session))).map(({ payer: of }) => of)).toEqual(['county:990122']);
  });

  test('what deciding again ends is told in the same stroke, and the money that was paid is asked back', async () => {
    await act('september', 20310901, change('fay', 'new', { is: 80_000 }));
    const settle = async (): Promise<void> => database.system('test', async (session) => {
      const grants = await readGrants(session, [key('fay')]);
      const stored = grants.get(`${SERVICE}\nfay`);
      const events = stored ? settleMonths(stored.grant, [{ month: 203109, kind: 'no', clause: 'income' }], { run: 'again', ground: 'facts' }) : [];
      await settleGrants(session, { vault, by: by('system') }, stored && events.length > 0 ? [{ ...stored, events, notices: noticesOfSettling(stored.grant, SERVICE, events, day('2031-10-15')) }] : [], grants);
    });
    await bookThrough(database, pack, 203109, by('system').at);
    for (const { id } of await prepareBatches(door, 203109, asking('2031-10-15'))) expect([await approveBatch(as('li'), id), await releaseBatch(as('wang'), id)]).toEqual([undefined, undefined]);
    for (let time = 0; time < 2; time++) await settle();
    expect(await inCase('fay')).toEqual(['grant-set', 'notice-given', 'grant-set', 'notice-given']);
    expect((await database.system('test', (session) => session.selectFrom('notice').selectAll().where('subject_key', '=', 'fay').orderBy('number').execute())).at(-1)).toMatchObject({ kind: 'ended', template: 'notice.ended', respond_by: '2031-10-15', household_key: 'home-of-fay' });
    await bookThrough(database, pack, 203109, by('system').at);
    await prepareBatches(door, 203109, asking('2031-10-15'));
    expect((await inCase('fay')).slice(4)).toEqual(['recovery-opened', 'notice-given', 'task-opened']);
  });

  test('what was invited to, or is being checked, is told once while it stands', async () => {
    const invited = { ...change('gil', 'new', { is: 80_000 }), key: { service: 'letter-of-help', subject: 'gil' } };
    const only: Pack = { ...pack, services: new Map([...pack.services, ['letter-of-help', { ...serviceOf(pack, SERVICE), grant: { mode: 'application' } }]]) };
    const go = (run: string, asOf: number, isFen: number) => actOnRun({ database, vault, by: by('system') }, { ...acting(run, asOf), pack: only }, [[{ ...invited, change: { ...invited.change, service: 'letter-of-help', isFen } }]]);
    const counts = [await go('i1', 20310601, 80_000), await go('i2', 20310701, 80_000), await go('i3', 20310801, 90_000)];
    expect(counts.map(({ invite, leave }) => [invite.count, leave.count])).toEqual([[1, 0], [0, 1], [1, 0]]);
    await act('h1', 20310601, change('hal', 'new', { is: 80_000 }));
    for (const [run, asOf] of [['h2', 20310701], ['h3', 20310801]] as const) await act(run, asOf, change('hal', 'ended', { was: 80_000, standing: 'stale' }));
    expect(await inCase('hal')).toEqual(['grant-set', 'notice-given', 'notice-given', 'task-opened']);
  });

  test('a grant that a county would have to pay in part is not made while nobody knows which county', async () => {
    const nowhere = (subject: string): ToAct => ({ ...change(subject, 'new', { is: 80_000 }), areas: { resident: '990101' }, unplaced: { registered: 'person.registered-area' } });
    expect((await act('nowhere', 20310601, nowhere('ivy')))['request-data'].count).toBe(1);
    expect(await grantOf('ivy')).toBeUndefined();
    expect(await inCase('ivy')).toEqual(['task-opened']);
    // Once it is known the next run grants it.
    await act('somewhere', 20310701, change('ivy', 'new', { is: 80_000 }));
    expect((await grantOf('ivy'))?.steps).toMatchObject([{ from: 203107, right: { areas: { registered: '990101' } } }]);
  });
});
