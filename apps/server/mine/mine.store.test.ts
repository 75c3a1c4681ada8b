import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actOnRun, addLines, approveBatch, bookThrough, changeGrants, offerMandate, openAccessLog, prepareBatches, readGrants, readStream, reconcile, releaseBatch, returnItem, stepRecovery, takeMandate } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { adapters } from '#adapters/store/testing.ts';
import { caseStream } from '#engine/casework/index.ts';
import { fishersOf } from '#engine/entitlement/testing.ts';
import { sumsOfMine } from '#engine/mine/index.ts';
import type { Mine, Owner } from '#engine/mine/index.ts';
import { keysOf, rowNumbers } from '#engine/population/index.ts';
import { closedSeasonGrant, day, townAt } from '#tools/town.ts';
import { openMine } from './mine.ts';

const NOW = '2031-06-10T08:00:00.000Z';
const SERVICE = 'closed-season-grant';
const { pack: town, city, clock, random, vault } = townAt(NOW, day('2031-06-10'), (pack) => ({ population: { snapshot: fishersOf(pack), kind: 'synthetic', standsFor: 1, people: 11, keys: keysOf(new Map([['person', rowNumbers(11)], ['living', rowNumbers(11)]])) } }));
const owner = (number: number): Owner => ({ kind: 'person', id: `person-${number}`, subjects: [`person-${number}`, `living-${number}`] });
const [ada, bo, cy, dee] = [owner(1), owner(2), owner(3), owner(4)];

// One story: each test goes on from where the one before it left the town.
for (const [name, open] of adapters) describe(`what a resident asks of the store on ${name}`, { shuffle: false }, () => {
  let database: Database;
  let mine: Mine;
  const asking = { pack: town, respondBy: day('2031-06-20'), dueOn: day('2031-06-15') };
  const as = (actor: string) => ({ database, vault, by: { at: NOW, actor, random } });
  const inCase = async (subject: string): Promise<readonly string[]> => (await database.system('test', (session) => readStream(session, vault, caseStream(SERVICE, subject)))).map(({ kind }) => kind);
  const numberOf = async (who: Owner): Promise<number> => (await mine.affairs(who, 'test')).notices[0]?.number ?? 0;
  const stages = async (who: Owner) => sumsOfMine(await mine.affairs(who, 'test')).map(({ stage, amountFen }) => [stage, amountFen]);

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    mine = openMine({ database, vault, log: openAccessLog(database, 'test', { now: () => NOW, random }), clock, random, city: () => city });
    const acting = { ...asking, run: 'june', asOf: 20310601 };
    await actOnRun(as('system'), acting, [[closedSeasonGrant(ada.id), closedSeasonGrant(bo.id), closedSeasonGrant(cy.id, 'self-declared'), closedSeasonGrant(dee.id)]]);
    await bookThrough(database, town, 203106, NOW);
  });
  afterAll(() => database.close());

  test('it is what was granted, booked and told to them, and nothing of anybody else', async () => {
    const affairs = await mine.affairs(ada, '/my');
    expect(affairs.grants).toMatchObject([{ service: SERVICE, subject: ada.id, grant: { steps: [{ from: 203106 }] } }]);
    expect(affairs.periods.map(({ period, payer, bookedFen, openFen }) => [period, payer, bookedFen, openFen])).toEqual([[203106, 'city', 48_000, 48_000], [203106, 'county:990101', 32_000, 32_000]]);
    expect(affairs.notices).toMatchObject([{ kind: 'granted', values: { amount: { fen: 80_000 } }, respondBy: '2031-06-20' }]);
    // Whoever is nobody here, or claims what is not theirs only by asking, gets nothing.
    expect(await mine.affairs({ kind: 'person', id: 'zed', subjects: ['zed'] }, '/my')).toEqual({ grants: [], periods: [], payments: [], notices: [], tasks: [], debts: [], payTo: { subject: 'zed', choices: [] } });
    const foreign = await database.read(bo, 'test', (session) => readGrants(session, [{ service: SERVICE, subject: ada.id }]));
    expect(foreign.size).toBe(0);
  });

  test('each look is one entry that they can see, with what was read and where', async () => {
    await mine.affairs(dee, '/my/notices');
    const seen = await database.read(dee, 'test', (session) => session.selectFrom('access_log').select(['actor', 'purpose', 'through', 'columns']).execute());
    expect(seen).toEqual([{ actor: dee.id, purpose: 'my-page', through: '/my/notices', columns: ['benefit_grant', 'ledger_line', 'notice', 'payment_item', 'recovery', 'task'] }]);
  });

  test('money is told as far as it is: booked, in a batch, let go, come, given back by the bank', async () => {
    expect(await stages(ada)).toEqual([['booked', 80_000]]);
    await prepareBatches(as('system'), 203106, asking);
    expect(await stages(ada)).toEqual([['prepared', 80_000]]);
    await approveBatch(as('li'), '203106-city-1');
    expect(await stages(ada)).toEqual([['approved', 48_000], ['prepared', 32_000]]);
    await releaseBatch(as('wang'), '203106-city-1');
    expect(await stages(ada)).toEqual([['came', 48_000], ['prepared', 32_000]]);
    await returnItem(as('bank'), '203106-city-1', { service: SERVICE, subject: ada.id }, 'account-closed', asking);
    // The 480.00 are owed again and wait until the account is right.
    expect(await stages(ada)).toEqual([['returned', 48_000], ['prepared', 32_000], ['held', 48_000]]);
    expect((await mine.affairs(ada, 'test')).tasks.map(({ kind }) => kind)).toEqual(['account']);
    // Nobody learns who else is in a batch, or who let it go.
    expect(await database.read(ada, 'test', (session) => session.selectFrom('payment_batch').selectAll().execute())).toEqual([]);
    expect((await mine.affairs(ada, 'test')).payments.every(({ subject }) => subject === ada.id)).toBe(true);
  });

  test('what is asked is confirmed once, from two windows at the same time too, and by nobody else', async () => {
    const notice = { service: SERVICE, number: await numberOf(cy) };
    expect(await mine.answer({ kind: 'person', id: 'zed', subjects: ['zed'] }, notice, 'confirmed')).toEqual({ kind: 'notice-unknown' });
    expect(await mine.answer(bo, { ...notice, number: 99 }, 'confirmed')).toEqual({ kind: 'notice-unknown' });
    expect(await Promise.all([mine.answer(cy, notice, 'confirmed'), mine.answer(cy, notice, 'confirmed')])).toEqual([undefined, undefined]);
    expect(await mine.answer(cy, notice, 'refused')).toEqual({ kind: 'notice-answered', reply: 'confirmed' });
    expect(await inCase(cy.id)).toEqual(['grant-asked', 'notice-given', 'notice-replied', 'grant-confirmed']);
    expect((await mine.affairs(cy, 'test')).grants[0]?.grant).toMatchObject({ ground: 'confirmation', steps: [{ from: 203106 }] });
  });

  test('who no longer wants a grant keeps what is on its way, and may want it again', async () => {
    for (let time = 0; time < 2; time++) expect(await mine.end(bo, SERVICE)).toBeUndefined();
    // June has come from the city, and stands in the batch of the county: it ends with June.
    expect((await mine.affairs(bo, 'test')).grants[0]?.grant).toMatchObject({ refused: true, steps: [{ from: 203106, right: { amountFen: 80_000 } }, { from: 203107 }] });
    for (let time = 0; time < 2; time++) expect(await mine.want(bo, SERVICE)).toBeUndefined();
    expect(await inCase(bo.id)).toEqual(['grant-set', 'notice-given', 'grant-refused', 'grant-wanted']);
    expect(await mine.end({ kind: 'person', id: 'person-9', subjects: ['person-9'] }, SERVICE)).toEqual({ kind: 'nothing-granted' });
    // A confirmed grant of which nothing has been booked ends with the month before it.
    await mine.end(cy, SERVICE);
    expect((await mine.affairs(cy, 'test')).grants[0]?.grant).toMatchObject({ refused: true, steps: [] });
  });

  test('where their money goes only they themselves say, and only once they have just proved who they are', async () => {
    const [fay, to] = [owner(9), { kind: 'bank-account', bank: '海港银行', number: '4539578763621486' }] as const;
    const [justNow, tooLongAgo] = ['2031-06-10T07:50:01.000Z', '2031-06-10T07:50:00.000Z'];
    await actOnRun({ ...as('system') }, { ...asking, run: 'account', asOf: 20310601 }, [[closedSeasonGrant(fay.id)]]);
    await bookThrough(database, town, 203106, NOW);
    expect([mine.mayPayTo(justNow), mine.mayPayTo(tooLongAgo)]).toEqual([true, false]);
    expect(await mine.payTo(fay, to, tooLongAgo)).toEqual({ kind: 'prove-again' });
    // Whoever acts for Fay, or may only look, changes nothing.
    for (const who of [{ ...fay, id: bo.id }, { ...fay, id: 'helper:li' }, { ...fay, only: 'look' } as const]) expect(await mine.payTo(who, to, justNow)).toEqual({ kind: 'not-yourself' });
    const account = async (who: Owner) => { const affairs = await mine.affairs(who, 'test'); return [affairs.payTo?.choices.map(({ number, kind }) => [number, kind]), sumsOfMine(affairs).map(({ stage, account: of }) => [stage, of])]; };
    expect(await account(fay)).toEqual([[], [['booked', null]]]);
    expect(await Promise.all([mine.payTo(fay, to, justNow), mine.payTo(fay, to, justNow)])).toEqual([undefined, undefined]);
    expect(await account(fay)).toEqual([[[1, 'bank-account']], [['booked', 1]]]);
    // Family looks at the money and not at the account.
    expect(await account({ ...fay, id: bo.id })).toEqual([undefined, [['booked', undefined]]]);
    await prepareBatches(as('system'), 203106, asking);
    await mine.payTo(fay, { kind: 'social-security-card' }, justNow);
    expect(await account(fay)).toEqual([[[3, 'social-security-card'], [1, 'bank-account']], [['prepared', 1]]]);
    const seen = await database.read(fay, 'test', (session) => session.selectFrom('access_log').select('columns').where('actor', '=', fay.id).execute());
    expect(seen.map(({ columns }) => columns.includes('pay_account'))).toEqual([false, true, true]);
  });

  test('who does without for a while keeps what they have been granted, and is owed nothing for these months', async () => {
    const eve = owner(7);
    await actOnRun(as('system'), { ...asking, run: 'pause', asOf: 20310601 }, [[closedSeasonGrant(eve.id)]]);
    for (let time = 0; time < 2; time++) expect(await mine.pause(eve, SERVICE)).toBeUndefined();
    expect(await inCase(eve.id)).toEqual(['grant-set', 'notice-given', 'grant-paused']);
    // What is nobody's, somebody else's, or paid once a year, is not paused.
    for (const [who, service] of [[owner(8), SERVICE], [bo, 'fuel-voucher'], [eve, 'no-such-service']] as const) expect(await mine.pause(who, service)).toEqual({ kind: 'nothing-granted' });
    await bookThrough(database, town, 203107, NOW);
    const booked = async () => (await mine.affairs(eve, 'test')).periods.map(({ period }) => period);
    expect(await booked()).toEqual([203106, 203106]);
    expect((await reconcile(database, town, 203107)).filter(({ holds }) => !holds)).toEqual([]);
    for (let time = 0; time < 2; time++) expect(await mine.resume(eve, SERVICE)).toBeUndefined();
    expect((await mine.affairs(eve, 'test')).grants[0]?.grant).toMatchObject({ pauses: [], refused: false });
  });

  test('what was paid for a year, or once, is not asked back either', async () => {
    const [yearly, line] = ['fuel-voucher', { service: 'fuel-voucher', subject: bo.id, household: null, payer: 'city' }] as const;
    await database.system('test', async (session) => {
      await changeGrants(session, vault, [{ service: yearly, subject: bo.id, household: null, events: [{ kind: 'set', run: 'june', ground: 'facts', from: 203106, right: { amountFen: 12_000, areas: {} } }] }], new Map(), as('system').by);
      await addLines(session, [{ ...line, period: 2031, kind: 'due', amountFen: 12_000 }, { ...line, period: 2031, kind: 'paid', amountFen: -12_000 }], 'test', NOW);
    });
    await mine.end(bo, yearly);
    expect((await mine.affairs(bo, 'test')).grants.find(({ service }) => service === yearly)?.grant.steps).toMatchObject([{ from: 203106, right: { amountFen: 12_000 } }, { from: 203107 }]);
  });

  test('a person is asked for once, by the department that decides, with what was typed', async () => {
    for (const says of ['我的收入不对', '再说一次']) expect(await mine.askForPerson(dee, SERVICE, says)).toBeUndefined();
    const entries = await database.system('test', (session) => readStream(session, vault, caseStream(SERVICE, dee.id)));
    expect(entries.filter(({ kind }) => kind === 'task-opened').map(({ actor, payload }) => [actor, payload])).toMatchObject([[dee.id, { taskKind: 'review', department: 'fisheries', about: { asked: 'resident', says: '我的收入不对' } }]]);
    expect((await mine.affairs(dee, 'test')).tasks).toMatchObject([{ kind: 'review', department: 'fisheries', householdKey: 'living-4' }]);
    expect(await mine.askForPerson(dee, 'no-such-service', 'x')).toEqual({ kind: 'not-about-you' });
  });

  test('who acts for another asks in the case of the other, who lives in a household of their own', async () => {
    expect(await mine.askForPerson({ ...owner(6), id: 'person-5' }, SERVICE, '替人来问')).toBeUndefined();
    expect((await mine.affairs(owner(6), 'test')).tasks).toMatchObject([{ kind: 'review', subjectKey: 'person-6', householdKey: 'living-6' }]);
  });

  test('who has given somebody leave to act is told by name what they did, once for each thing done', async () => {
    const [giver, helper] = [owner(9), { ...owner(9), id: 'person-10' }];
    await actOnRun(as('system'), { ...asking, run: 'leave', asOf: 20310601 }, [[closedSeasonGrant(giver.id)]]);
    const door = { database, vault, by: { at: NOW, random } };
    const code = await offerMandate(door, giver, { giver: '阿久', scope: 'act', until: day('2031-07-01'), offerEnds: '2031-06-11T08:00:00.000Z' });
    await takeMandate(door, owner(10), { code, taker: '阿石', today: day('2031-06-10') });
    for (let time = 0; time < 2; time++) expect(await mine.end(helper, SERVICE)).toBeUndefined();
    expect(await mine.want(helper, SERVICE)).toBeUndefined();
    const told = (await mine.affairs(giver, 'test')).notices.filter(({ kind }) => kind === 'done-for');
    expect(told.map(({ template, values, subjectKey }) => [template, values?.['who'], subjectKey]).toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1))).toEqual([['notice.done-ended', '阿石', giver.id], ['notice.done-wanted', '阿石', giver.id]]);
    // What they do themselves they know.
    await mine.end(giver, SERVICE);
    expect((await mine.affairs(giver, 'test')).notices.filter(({ kind }) => kind === 'done-for')).toHaveLength(2);
  });

  test('what is asked back can be objected to, once, and nothing is asked for until somebody has decided', async () => {
    await approveBatch(as('li'), '203106-county-990101-1');
    await releaseBatch(as('wang'), '203106-county-990101-1');
    await database.system('test', async (session) => changeGrants(session, vault, [{ service: SERVICE, subject: dee.id, household: null, events: [{ kind: 'set', run: 'corrected', ground: 'facts', from: 203106, until: 203106, clause: 'income' }] }], await readGrants(session, [{ service: SERVICE, subject: dee.id }]), as('system').by));
    await bookThrough(database, town, 203106, NOW);
    await prepareBatches(as('system'), 203106, asking);
    expect((await mine.affairs(dee, 'test')).debts).toMatchObject([{ recovery: { openFen: 80_000, objection: undefined } }]);
    for (const says of ['钱没有多发', '再说一次']) expect(await mine.object(dee, SERVICE, says)).toBeUndefined();
    expect((await mine.affairs(dee, 'test')).debts).toMatchObject([{ recovery: { objection: '钱没有多发' } }]);
    expect(await stepRecovery(as('li'), { service: SERVICE, subject: dee.id }, { kind: 'repaid', amountFen: 1 })).toBe('objection-open');
    expect(await mine.object(bo, SERVICE, 'x')).toEqual({ kind: 'nothing-asked-back' });
  });

  test('what was typed is kept for its page alone', () => {
    const sealed = mine.keep('我的收入不对', '/my/services/x/person');
    expect([mine.kept(sealed, '/my/services/x/person'), mine.kept(sealed, '/my/services/y/person'), mine.kept('x', '/my/services/x/person')]).toEqual(['我的收入不对', undefined, undefined]);
  });
});
