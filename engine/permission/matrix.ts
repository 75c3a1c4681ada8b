import { render } from '#engine/kernel/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };
import { ACTIONS, permissionOf, PURPOSES, ROLES } from './policy.ts';
import type { Action, DataClass, ActionReach, Role } from './policy.ts';

/** The words of this room, by language: roles, actions, how far they reach, classes of facts. */
export const PERMISSION_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** What a role is called. */
export function nameOfRole(role: Role, locale: Locale): string {
  return render(PERMISSION_MESSAGES[locale], `role.${role}`);
}

export function nameOfAction(action: Action, locale: Locale): string {
  return render(PERMISSION_MESSAGES[locale], `action.${action}`);
}

export function nameOfReach(reach: ActionReach, locale: Locale): string {
  return render(PERMISSION_MESSAGES[locale], `reach.${reach}`);
}

export function nameOfDataClass(dataClass: DataClass, locale: Locale): string {
  return render(PERMISSION_MESSAGES[locale], `class.${dataClass}`);
}

/** The whole table as a page of Markdown, in Chinese and English: what stands in the code is what people read. */
export function permissionReference(): string {
  const actions = Object.entries(ACTIONS) as readonly (readonly [Action, ActionReach])[];
  const both = (name: (locale: Locale) => string): string => `${name('zh')} ${name('en')}`;
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
  return `# Who may do what 权限表

Made by \`npm run docs\` from \`engine/permission/policy.ts\`, the one table that the checks in the code, the policies of the database
and the door to facts follow. What is not marked is refused.

## Roles 岗位

${table(['', ...ROLES.map((role) => both((locale) => nameOfRole(role, locale)))], actions.map(([action, reach]) => [`${both((locale) => nameOfAction(action, locale))} (${nameOfReach(reach, 'zh')} ${nameOfReach(reach, 'en')})`, ...ROLES.map((role) => (permissionOf(role).actions.includes(action) ? '●' : ''))]))}

## Facts 资料

${table(['', 'may open 可看'], ROLES.filter((role) => permissionOf(role).opens.length > 0).map((role) => [both((locale) => nameOfRole(role, locale)), permissionOf(role).opens.map((one) => both((locale) => nameOfDataClass(one, locale))).join('、')]))}

Of these only what the work on the task at hand needs, and only the facts that the service of the task reads:

${table(['task 任务', 'needs 需要'], Object.entries(PURPOSES).map(([kind, classes]) => [kind, classes.map((one) => both((locale) => nameOfDataClass(one, locale))).join('、')]))}
`;
}
