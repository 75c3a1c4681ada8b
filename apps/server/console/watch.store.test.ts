import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, keepTestAccounts, openAccessLog } from '#adapters/store/index.ts';
import type { Access, AccountDoor, Database } from '#adapters/store/index.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { adapters } from '#adapters/store/testing.ts';
import type { AccountCommand, Accounts, Looks, LooksAsked } from '#engine/console/index.ts';
import { ROLES } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { day, townAt } from '#tools/town.ts';
import { openAccounts } from './accounts.ts';
import { openLooks } from './looks.ts';

// Ten past one in the morning where the town is.
const NOW = '2031-06-09T17:10:00.000Z';
const [JUST_NOW, TOO_LONG_AGO] = ['2031-06-09T17:05:00.000Z', '2031-06-09T17:00:00.000Z'];
const { city, clock, random, vault } = townAt(NOW, day('2031-06-10'));
const member = (id: string, role: string): Staff => ({ kind: 'staff', id, department: 'development', areas: [], roles: [role] });
const [auditor, administrator] = [member('zheng', 'auditor'), member('guan', 'platform-administrator')];

describe.each(adapters)('whoever watches, on %s', (_, open) => {
  let database: Database;
  let looks: Looks;
  let accounts: Accounts;
  const door = (): AccountDoor => ({ database, vault, by: { at: NOW, actor: 'operator', random } });
  const seen = async (asked: Partial<LooksAsked> = {}, who: Staff = auditor) => looks.list(who, { from: undefined, until: undefined, by: undefined, ...asked });
  const act = (command: AccountCommand, who: Staff = administrator, provenAt: string = JUST_NOW) => accounts.act(who, command, provenAt);
  const chen = { do: 'add', id: 'chen', name: '陈一', department: 'fisheries', areas: ['990101'], roles: ['case-officer'] } as const;

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    [looks, accounts] = [openLooks({ database, vault, clock, random, city: () => city }), openAccounts({ database, vault, clock, random, city: () => city })];
    await keepTestAccounts(door(), [{ id: 'ding', name: '丁海明', department: 'fisheries', areas: [], roles: ['case-officer'] }]);
    await addAccount(door(), { id: 'guan', name: '管平', department: 'development', areas: [], roles: ['platform-administrator'] }, NOW);
    const look = (actor: string, subjectKey: string, more: Partial<Access> = {}): Access => ({ actor, purpose: 'task-review', through: '/console/facts', about: { kind: 'subject', subjectKey, householdKey: null }, columns: ['income'], ...more });
    const write = async (at: string, accesses: readonly Access[]): Promise<void> => {
      const log = openAccessLog(database, at.replaceAll(/\D/g, ''), { now: () => at, random });
      await log.write(accesses);
      await log.close();
    };
    // Before midnight in the town, and after it.
    await write('2031-06-08T15:59:59.000Z', [look('ding', 'person-7', { department: 'fisheries' })]);
    await write('2031-06-08T16:00:00.000Z', [
      ...['person-1', 'person-1', 'person-2'].map((one) => look('ding', one, { department: 'fisheries' })), look('person-1', 'person-1', { purpose: 'my-page', through: '/my' }), look('person-2', 'person-2', { purpose: 'my-page', through: '/my' }),
      look('staff:ding', 'person-3', { purpose: 'my-page', through: '/my' }), look('system', '', { purpose: 'decide-everybody', through: 'decide --all', about: { kind: 'batch', id: 'run-1' } }),
    ]);
    await write('2031-01-01T00:00:00.000Z', [look('ding', 'person-9', { department: 'fisheries' })]);
  });
  afterAll(() => database.close());

  test('reads who looked at how many people, when, for what and through what, and never at whom', async () => {
    const list = await seen();
    expect(list).toMatchObject({ from: '2031-06-04', until: '2031-06-10', count: 5, by: [{ id: 'staff ding', name: '丁海明', looks: 5 }, { id: 'resident', looks: 2 }, { id: 'machine', looks: 1 }] });
    expect(list?.lines.map(({ on, id, purpose, looks: times, people, everybody }) => [on, id, purpose, times, people, everybody])).toEqual([
      // Two residents, each at their own page, are one line.
      ['2031-06-09', 'resident', 'my-page', 2, 2, 0], ['2031-06-09', 'staff ding', 'task-review', 3, 2, 0], ['2031-06-09', 'staff ding', 'my-page', 1, 1, 0], ['2031-06-09', 'machine', 'decide-everybody', 1, 0, 1],
      ['2031-06-08', 'staff ding', 'task-review', 1, 1, 0],
    ]);
    expect(JSON.stringify(list)).not.toContain('person-');
  });

  test('asks for other days and for one person, and never for more days than can be counted at once', async () => {
    expect(await seen({ by: 'resident' })).toMatchObject({ count: 1, lines: [{ looks: 2 }] });
    expect(await seen({ until: day('2031-01-02') })).toMatchObject({ from: '2030-12-27', lines: [{ people: 1 }] });
    // 92 days that end on 10 June begin on 11 March.
    expect(await seen({ from: day('2030-01-01') })).toMatchObject({ from: '2031-03-11', until: '2031-06-10' });
    expect(await seen({ from: day('2031-06-10'), until: day('2031-06-09') })).toMatchObject({ from: '2031-06-09', until: '2031-06-09' });
  });

  test('is the only one: no other role reads who looked, and only an administrator and an auditor read accounts', async () => {
    for (const role of ROLES) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const found = [await seen({}, member('wu', role)), await accounts.list(member('wu', role))].map((one) => one !== undefined);
      expect([role, ...found]).toEqual([role, role === 'auditor', role === 'auditor' || role === 'platform-administrator']);
    }
  });

  test('sees an account being made, taken back and closed by an administrator who has just proved who they are, and does none of it', async () => {
    expect([await act(chen, auditor), await act(chen, administrator, TOO_LONG_AGO)]).toEqual([{ kind: 'not-allowed' }, { kind: 'prove-again' }]);
    expect(await act(chen)).toMatchObject({ kind: 'enrol', id: 'chen', until: '2031-06-11T17:10:00.000Z' });
    expect(await act(chen)).toEqual({ kind: 'account-exists' });
    expect(await act({ do: 'reset', id: 'chen' })).toMatchObject({ kind: 'enrol', id: 'chen' });
    expect(await act({ do: 'disable', id: 'chen' })).toEqual({ kind: 'disabled' });
    const list = await accounts.list(auditor);
    expect(list?.mayManage).toBe(false);
    expect(list?.accounts.find(({ id }) => id === 'chen')).toMatchObject({ name: '陈一', disabledAt: NOW });
    expect(list?.events.filter(({ account }) => account === 'chen').map(({ kind, by }) => [kind, by])).toEqual([['account-disabled', '管平'], ['account-reset', '管平'], ['account-added', '管平']]);
  });

  test('and whoever works and whoever runs the platform are never one person; nobody changes their own account', async () => {
    expect([await act({ do: 'disable', id: 'guan' }), await act({ do: 'reset', id: 'ding' }), await act({ do: 'disable', id: 'nobody' })]).toEqual([{ kind: 'own-account' }, { kind: 'account-test' }, { kind: 'account-unknown' }]);
    const wrong = [{ roles: ['auditor', 'case-officer'] }, { roles: [] }, { roles: ['king'] }, { department: 'moon' }, { areas: ['11'] }, { id: 'Chen' }, { name: ' ' }].map((one) => ({ ...chen, id: 'wen', ...one }));
    const kinds: string[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const one of wrong) kinds.push((await act(one)).kind);
    expect(kinds).toEqual(['roles-apart', 'roles-missing', 'role-unknown', 'department-unknown', 'area-unknown', 'id-wrong', 'name-wrong']);
  });
});
