import type { StaffAnswer, StaffOrder } from '#apps/server/staff/command.ts';
import { dataFolder, packFolder } from '#apps/server/settings.ts';
import { isRole, nameOfRole, ROLES } from '#engine/permission/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { giveOrder } from './order.ts';
import { refuse } from './refusal.ts';

/** What can be done with accounts of staff, and what has to be said for it. */
const ACTIONS = { add: ['id', 'name', 'department', 'roles'], list: [], disable: ['id'], reset: ['id'] } as const satisfies Record<StaffOrder['do'], readonly string[]>;
type Action = keyof typeof ACTIONS;

const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text);

/** Makes, lists, closes and takes back accounts of members of staff. */
export const staffCommand: Command = {
  name: 'staff',
  takes: ['ACTION'],
  options: { data: { type: 'string' }, pack: { type: 'string' }, id: { type: 'string' }, name: { type: 'string' }, department: { type: 'string' }, areas: { type: 'string' }, roles: { type: 'string' }, as: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, given: [action = ''] } = call;
    if (!isAction(action)) return terminal.refuse(EXIT.usage, 'action-unknown', { action, actions: Object.keys(ACTIONS).join(' ') });
    const missing = ACTIONS[action].find((name) => option(name) === undefined);
    if (missing !== undefined) return terminal.refuse(EXIT.usage, 'option-missing', { action, option: `--${missing}` });
    const found = await giveOrder(call, dataFolder(env, option('data')), 'staff', orderOf(call, action));
    return typeof found === 'number' ? found : tell(call, found.answer as StaffAnswer);
  },
};

function orderOf({ env, option }: Call, action: Action): StaffOrder {
  const list = (name: string): string[] => (option(name) ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '');
  const [id, as] = [option('id') ?? '', option('as') ?? 'operator'];
  switch (action) {
    case 'add': return { do: action, pack: packFolder(env, option('pack')), id, name: option('name') ?? '', department: option('department') ?? '', areas: list('areas'), roles: list('roles'), as };
    case 'list': return { do: action };
    case 'disable': case 'reset': return { do: action, id, as };
    default: return action satisfies never;
  }
}

/** What is said of a field that somebody has mistyped. */
const MISTYPED = { as: 'order-as', id: 'staff-id', name: 'staff-name', roles: 'staff-role-unknown' } as const satisfies Record<Extract<StaffAnswer, { kind: 'order-wrong' }>['field'], string>;

const UNKNOWN = { 'department-unknown': 'staff-department-unknown', 'area-unknown': 'staff-area-unknown' } as const;
const REFUSED = { 'account-exists': 'staff-account-exists', 'account-unknown': 'staff-account-unknown', 'account-test': 'staff-account-test' } as const;

function tell({ terminal, option }: Call, answer: StaffAnswer): Exit {
  switch (answer.kind) {
    case 'enrol': {
      const { id, enrolment: { code, until } } = answer;
      terminal.result({ id, code, until, page: `/staff/enrol?code=${code}` }, () => terminal.say('staff.enrol', { id, code, until }));
      return EXIT.ok;
    }
    case 'accounts':
      terminal.result({ accounts: answer.accounts }, () => {
        if (answer.accounts.length === 0) terminal.say('staff.none');
        for (const one of answer.accounts) {
          const state = one.disabledAt !== null ? 'closed' : one.isTest ? 'test' : one.enrolledAt === null ? 'waits' : 'open';
          terminal.print(terminal.word('staff.account', { id: one.id, name: one.name, department: one.department, areas: one.areas.join(' ') || terminal.word('staff.everywhere'), roles: one.roles.map((role) => (isRole(role) ? nameOfRole(role, terminal.locale) : role)).join(' '), state: terminal.word(`staff.state.${state}`) }));
        }
      });
      return EXIT.ok;
    case 'done': terminal.result({ done: true }, () => terminal.say('staff.closed', { id: option('id') ?? '' })); return EXIT.ok;
    case 'key-missing': return refuse(terminal, { kind: 'key-missing' });
    case 'pack-unusable': return terminal.refuse(EXIT.failed, 'pack-changed');
    case 'order-wrong': return terminal.refuse(EXIT.usage, MISTYPED[answer.field], { value: option(answer.field) ?? '', roles: ROLES.join(' ') });
    case 'department-unknown': case 'area-unknown': return terminal.refuse(EXIT.usage, UNKNOWN[answer.kind], { value: answer.value });
    case 'role-unknown': return terminal.refuse(EXIT.usage, 'staff-role-unknown', { value: answer.value, roles: ROLES.join(' ') });
    case 'roles-apart': return terminal.refuse(EXIT.usage, 'staff-roles-apart', { one: answer.one, other: answer.other });
    case 'account-exists': case 'account-unknown': case 'account-test': return terminal.refuse(EXIT.failed, REFUSED[answer.kind], { id: option('id') ?? '' });
    default: return answer satisfies never;
  }
}
