import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actOnRun, approveBatch, askAboutObjection, bookThrough, changeGrants, objectToDebt, openTasks, prepareBatches, readGrants, readRecoveries, readStream, releaseBatch } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { adapters } from '#adapters/store/testing.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { DebtCommand, Debts } from '#engine/console/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { closedSeasonGrant, day, townAt } from '#tools/town.ts';
import { openDebts } from './debts.ts';

const NOW = '2031-07-10T08:00:00.000Z';
/** Eleven minutes ago is too long; nine is not. */
const [LONG_AGO, JUST_NOW] = ['2031-07-10T07:49:00.000Z', '2031-07-10T07:51:00.000Z'] as const;
const SERVICE = 'closed-season-grant';
const { pack: town, city, clock, random, vault } = townAt(NOW, day('2031-07-10'));
const officer: Staff = { kind: 'staff', id: 'fisheries-officer', department: 'fisheries', areas: ['990101'], roles: ['case-officer'] };
const head: Staff = { ...officer, id: 'fisheries-head', areas: [], roles: ['department-head'] };

const key = (subject: string) => ({ service: SERVICE, subject });

// Ada, Bo, Cy and Dee were paid 800.00 each for May and June, and June was not theirs. Each goes another way; the tests stand alone but for that.
describe.each(adapters)('money that was paid without being due, on %s', (_, open) => {
  let database: Database;
  let debts: Debts;
  const asking = { pack: town, respondBy: day('2031-07-20'), dueOn: day('2031-07-15') };
  const as = (actor: string) => ({ database, vault, by: { at: NOW, actor, random } });
  const taskOf = async (subject: string) => (await database.read(head, 'test', (session) => openTasks(session, { limit: 50 }))).find((task) => task.subjectKey === subject);
  const numbers = new Map<string, number>();
  const at = (subject: string) => ({ stream: caseStream(SERVICE, subject), number: numbers.get(subject) ?? 0 });
  const act = (subject: string, command: DebtCommand, who: Staff = officer, provenAt: string = JUST_NOW) => debts.act(who, at(subject), command, provenAt);
  const object = (subject: string, because: string) => objectToDebt({ database, vault, by: { at: NOW, random } }, { kind: 'person', id: subject, subjects: [subject] }, key(subject), because);
  const debtOf = async (subject: string) => (await database.system('test', (session) => readRecoveries(session, [key(subject)]))).get(`${SERVICE}\n${subject}`)?.recovery;
  const told = async (subject: string) => (await database.system('test', (session) => readStream(session, vault, caseStream(SERVICE, subject)))).slice(-3).map(({ kind, actor }) => `${kind} ${actor}`);

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    debts = openDebts({ database, vault, clock, random, city: () => city });
    const people = ['ada', 'bo', 'cy', 'dee'];
    await actOnRun({ ...as('system') }, { ...asking, run: 'may', asOf: 20310501 }, [people.map((subject) => closedSeasonGrant(subject))]);
    await bookThrough(database, town, 203106, NOW);
    for (const batch of await prepareBatches(as('system'), 203106, asking)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      for (const refused of [await approveBatch(as('li'), batch.id), await releaseBatch(as('wang'), batch.id)]) if (refused !== undefined) throw new Error(refused);
    }
    await database.system('test', async (session) => changeGrants(session, vault, people.map((one) => ({ ...key(one), household: null, events: [{ kind: 'set', run: 'again', ground: 'facts', from: 203106, clause: 'income' }] })), await readGrants(session, people.map(key)), as('system').by));
    await bookThrough(database, town, 203106, NOW);
    await prepareBatches(as('system'), 203106, asking);
    for (const one of people) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      numbers.set(one, (await taskOf(one))?.number ?? 0);
    }
  });
  afterAll(() => database.close());

  test('is put into equal parts with whoever owes it; they are told, and the task is done', async () => {
    expect(await debts.of(officer, at('ada'))).toMatchObject({ recovery: { openFen: 80_000 }, mayDecide: true });
    const parts = (count: number, first: string): DebtCommand => ({ do: 'instalments', parts: { count, firstOn: day(first) } });
    expect([await act('ada', parts(0, '2031-08-31')), await act('ada', parts(3, '2031-07-10'))]).toEqual([{ kind: 'parts-wrong' }, { kind: 'first-day-wrong' }]);
    // Nothing is let go by that: nobody has to prove who they are.
    expect(await act('ada', parts(3, '2031-08-31'), officer, LONG_AGO)).toBeUndefined();
    expect((await debtOf('ada'))?.parts).toEqual([{ dueOn: '2031-08-31', amountFen: 26_666 }, { dueOn: '2031-09-30', amountFen: 26_666 }, { dueOn: '2031-10-31', amountFen: 26_668 }]);
    expect([await taskOf('ada'), await told('ada')]).toEqual([undefined, ['recovery-agreed fisheries-officer', 'notice-given fisheries-officer', 'task-completed fisheries-officer']]);
    // Who objects after that is heard: somebody has a task again, and only one.
    expect(await object('ada', '工资单可以证明')).toBeUndefined();
    for (let time = 0; time < 2; time++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await askAboutObjection(as('system'), key('ada'), asking);
    }
    expect(await taskOf('ada')).toMatchObject({ kind: 'recovery', department: 'fisheries' });
    expect((await told('ada')).filter((one) => one.startsWith('task-opened'))).toEqual(['task-opened system']);
  });

  test('is decided after an objection only by whoever has just proved who they are, with a reason', async () => {
    const decide = (keptFen: number, because = '6月确实不在休渔期'): DebtCommand => ({ do: 'decide', keptFen, because, parts: { count: 2, firstOn: day('2031-08-10') } });
    expect(await act('bo', decide(50_000))).toEqual({ kind: 'no-objection' });
    expect(await object('bo', '我按时报了')).toBeUndefined();
    expect(await act('bo', { do: 'instalments', parts: { count: 2, firstOn: day('2031-08-10') } })).toEqual({ kind: 'objection-open' });
    expect([await act('bo', decide(50_000, ' ')), await act('bo', decide(50_000), officer, LONG_AGO), await act('bo', decide(-1))]).toEqual([{ kind: 'reason-missing' }, { kind: 'prove-again' }, { kind: 'more-than-open' }]);
    expect(await act('bo', decide(50_000))).toBeUndefined();
    expect(await debtOf('bo')).toMatchObject({ openFen: 50_000, waivedFen: 30_000, objection: undefined, parts: [{ amountFen: 25_000 }, { amountFen: 25_000 }] });
    expect(await taskOf('bo')).toBeUndefined();
    // What is done is done.
    expect(await act('bo', decide(0))).toEqual({ kind: 'task-unknown' });
  });

  test('is let go in part or whole on a ground; the task stays until nothing is left', async () => {
    const waive = (amountFen: number): DebtCommand => ({ do: 'waive', amountFen, because: 'good-faith', reason: '单位报错了收入' });
    const groundless: DebtCommand = { do: 'waive', amountFen: 30_000, because: undefined, reason: '单位报错了收入' };
    expect([await act('cy', groundless), await act('cy', waive(90_000)), await act('cy', waive(30_000), officer, LONG_AGO)]).toEqual([{ kind: 'ground-missing' }, { kind: 'more-than-open' }, { kind: 'prove-again' }]);
    expect(await act('cy', waive(30_000))).toBeUndefined();
    expect([(await debtOf('cy'))?.openFen, (await taskOf('cy'))?.state.kind]).toEqual([50_000, 'open']);
    expect(await act('cy', waive(50_000), head)).toBeUndefined();
    expect([await debtOf('cy'), await taskOf('cy'), (await told('cy')).at(-1)]).toMatchObject([{ openFen: 0, waivedFen: 80_000 }, undefined, 'task-completed fisheries-head']);
  });

  test('is nobody else\'s to see or decide', async () => {
    const waive: DebtCommand = { do: 'waive', amountFen: 1, because: 'hardship', reason: '困难' };
    const others: readonly Staff[] = [{ ...officer, department: 'development' }, { ...officer, areas: ['990122'] }, { ...officer, roles: ['payments-approver'] }, { ...officer, roles: ['auditor'] }];
    for (const who of others) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect([await debts.of(who, at('dee')), await act('dee', waive, who)]).toEqual([undefined, { kind: 'task-unknown' }]);
    }
    // A window sees the debt and decides nothing.
    const clerk: Staff = { ...officer, roles: ['window-clerk'] };
    expect([await debts.of(clerk, at('dee')), await act('dee', waive, clerk)]).toMatchObject([{ mayDecide: false }, { kind: 'not-allowed' }]);
    expect((await debtOf('dee'))?.openFen).toBe(80_000);
  });
});
