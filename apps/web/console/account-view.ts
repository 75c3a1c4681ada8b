import type { City } from '#engine/city.ts';
import type { AccountDone, AccountLine } from '#engine/console/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { isRole, nameOfRole } from '#engine/permission/index.ts';
import { momentIn } from '../format.ts';
import { departmentName } from '../named.ts';
import { areaName } from './view.ts';
import { consoleWords } from './words.ts';

/** An account as a row: whose it is, and whether it opens. */
export function accountView(city: City, { id, name, department, areas, roles, isTest, enrolledAt, disabledAt }: AccountLine, locale: Locale) {
  const t = consoleWords(locale);
  const state: 'closed' | 'test' | 'waits' | 'open' = disabledAt !== null ? 'closed' : isTest ? 'test' : enrolledAt === null ? 'waits' : 'open';
  return {
    id, name, state, department: departmentName(city, department, locale), areas: areas.map((area) => areaName(city, area, locale)).join(t('list')) || t('everywhere'),
    roles: roles.map((role) => (isRole(role) ? nameOfRole(role, locale) : role)).join(t('list')),
  };
}

/** The code with which somebody sets up their account, as it is told this once. */
export function codeView(city: City, { id, code, until }: Extract<AccountDone, { kind: 'enrol' }>) {
  return { id, code, path: `/staff/enrol?code=${code}`, until: momentIn(until, city.pack.plan.calendar.zone) };
}
