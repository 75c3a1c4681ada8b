import { expect, test } from 'vitest';
import { APART, apart, classesOpenTo, may, passageFor, POLICY, ROLES } from './index.ts';
import type { Role, Staff, TaskPlace } from './index.ts';

const staff = (role: string, areas: readonly string[] = ['9901']): Staff => ({ kind: 'staff', id: 's-1', department: 'fisheries', areas, roles: [role] });
const task: TaskPlace = { department: 'fisheries', area: '990101', kind: 'review', open: true };

test('a resident and a role that nobody has named may do nothing here', () => {
  expect(may({ kind: 'person', id: 'mia', subjects: ['mia'] }, 'task.read', { of: 'task', task })).toBe(false);
  expect(may(staff('superuser'), 'desk.read', { of: 'city' })).toBe(false);
});

test('what is of another department, or lies outside the area, is nobody else\'s', () => {
  const officer = staff('case-officer');
  expect(may(officer, 'task.claim', { of: 'task', task })).toBe(true);
  expect(may(officer, 'task.claim', { of: 'task', task: { ...task, department: 'development' } })).toBe(false);
  expect(may(officer, 'task.claim', { of: 'task', task: { ...task, area: '9902' } })).toBe(false);
  // A task of the whole city is not one of the area.
  expect(may(officer, 'task.claim', { of: 'task', task: { ...task, area: '' } })).toBe(false);
  expect(may(staff('case-officer', []), 'task.claim', { of: 'task', task: { ...task, area: '' } })).toBe(true);
});

test('a counter takes no decision about a right or a debt', () => {
  const kinds = ['account', 'correction', 'data-request', 'recovery', 'review'] as const;
  const ends = (role: Role) => kinds.filter((kind) => may(staff(role), 'task.complete', { of: 'task', task: { ...task, kind } }));
  expect([ends('window-clerk'), ends('case-officer'), ends('auditor')]).toEqual([['account', 'correction', 'data-request'], kinds, []]);
});

test('facts are open while the task is, to those who work on it, in the classes that the work needs', () => {
  expect(classesOpenTo(staff('window-clerk'), task)).toEqual(['public', 'personal', 'sensitive']);
  expect(classesOpenTo(staff('department-head'), task)).toEqual(['public', 'personal']);
  expect(classesOpenTo(staff('case-officer'), { ...task, kind: 'account' })).toEqual(['public', 'personal']);
  expect(classesOpenTo(staff('case-officer'), { ...task, open: false })).toEqual([]);
  for (const role of ['payments-preparer', 'payments-approver', 'planner', 'auditor', 'platform-administrator']) expect(classesOpenTo(staff(role), task)).toEqual([]);
});

test('a purpose that is the work on one kind of task opens only what that needs', () => {
  const tasks = [{ ...task, service: 'nets' }, { ...task, kind: 'account', service: 'boats' }] as const;
  expect([...passageFor(staff('case-officer'), 'anything', tasks)]).toEqual([['nets', ['public', 'personal', 'sensitive']], ['boats', ['public', 'personal']]]);
  expect([...passageFor(staff('case-officer'), 'task-account', tasks)]).toEqual([['boats', ['public', 'personal']]]);
  expect([...passageFor(staff('auditor'), 'anything', tasks)]).toEqual([]);
});

test('who handles money sees no case, who watches sees no facts, and who runs the platform sees neither', () => {
  const sees = (role: Role) => (['case.read', 'batch.read', 'access.read', 'account.manage'] as const).filter((action) => [{ of: 'case', tasks: [task] } as const, { of: 'batch', payer: 'county:990101' } as const, { of: 'city' } as const].some((object) => may(staff(role), action, object)));
  expect(ROLES.map((role) => [role, sees(role)])).toEqual([
    ['window-clerk', ['case.read']], ['case-officer', ['case.read']], ['department-head', ['case.read']],
    ['payments-preparer', ['batch.read']], ['payments-approver', ['batch.read']], ['planner', []], ['auditor', ['access.read']], ['platform-administrator', ['account.manage']],
  ]);
});

test('money that is no county\'s needs the whole city', () => {
  const released = (areas: readonly string[], payer: string) => may(staff('payments-approver', areas), 'batch.release', { of: 'batch', payer });
  expect([released(['990101'], 'county:990101'), released(['990101'], 'county:990122'), released(['990101'], 'city'), released([], 'city')]).toEqual([true, false, false, true]);
});

test('letters are printed at a window of the area, whatever the department, and those of no area where the whole city is covered', () => {
  const prints = (role: Role, areas: readonly string[], of: readonly string[]) => may(staff(role, areas), 'letter.print', { of: 'letters', areas: of });
  expect([prints('window-clerk', ['990101'], ['990101']), prints('window-clerk', ['9901'], ['990101', '990122']), prints('window-clerk', [], [])]).toEqual([true, true, true]);
  expect([prints('window-clerk', ['990101'], ['990101', '990122']), prints('window-clerk', ['990101'], []), prints('window-clerk', ['990101'], [''])]).toEqual([false, false, false]);
  for (const role of ROLES.filter((one) => one !== 'window-clerk')) expect(prints(role, [], [])).toBe(false);
});

test('who runs the platform, who works with it and who watches both are three people', () => {
  expect(apart(['case-officer', 'payments-preparer'])).toBeUndefined();
  expect(apart(['case-officer', 'auditor'])).toEqual(['case-officer', 'auditor']);
  expect(apart(['auditor', 'platform-administrator'])).toEqual(['auditor', 'platform-administrator']);
  expect(APART).toHaveLength(7 + 6);
  // Nobody but the platform administrator manages accounts, and nobody who manages them can be given anything else.
  expect(ROLES.filter((role) => [...POLICY[role].actions].some((action) => action === 'account.manage'))).toEqual(['platform-administrator']);
});
