import { nameOfTaskKind, TASK_KINDS } from '#engine/casework/index.ts';
import { addDays } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import { purposeOfTask } from '#engine/permission/index.ts';
import type { MessageId, Say } from '../../../words.ts';

/** What the purposes are called under which somebody's values are opened. */
const PURPOSES: Readonly<Record<string, MessageId>> = {
  'my-page': 'record.purpose.my-page', 'own-facts': 'record.purpose.own-facts', 'own-sensitive-facts': 'record.purpose.own-sensitive-facts', 'own-dispute': 'record.purpose.own-dispute', 'own-reconsideration': 'record.purpose.own-reconsideration',
  'task-reconsideration-decision': 'record.purpose.reconsideration', 'task-reconsideration-intake': 'record.purpose.reconsideration', 'task-reconsideration-reply': 'record.purpose.reconsideration',
  'own-declaration': 'record.purpose.own-declaration', 'own-download': 'record.purpose.own-download', 'decide-everybody': 'record.purpose.decide-everybody',
  'figures-about-everybody': 'record.purpose.figures-about-everybody', 'decide-again': 'record.purpose.decide-again', 'account-check': 'record.purpose.account-check', pay: 'record.purpose.pay', 'print-letter': 'record.purpose.print-letter', proof: 'record.purpose.proof', family: 'record.purpose.family',
};

/** Through what somebody's values are opened. */
const DOORS: Readonly<Record<string, MessageId>> = {
  serve: 'record.door.serve', 'decide --all': 'record.door.decide-all', 'minsheng decide --person': 'record.door.command', 'POST /api/v1/people/entitlements': 'record.door.api', 'answer-dispute': 'record.door.answer-dispute', 'pay export': 'record.door.pay-export', 'pay shared': 'record.door.pay-shared',
  '/console/facts': 'record.door.console', '/console/letters': 'record.door.letters', '/console/reconsideration': 'record.door.console',
};

/** The pages on which they are shown. */
const PAGES: Readonly<Record<string, MessageId>> = {
  '/my': 'my.title', '/my/account': 'my.account.title', '/my/download': 'record.download.title', '/my/facts': 'record.facts.title', '/my/family': 'family.title', '/my/notices': 'my.notices', '/my/print': 'my.print',
  '/my/proofs': 'proofs.title', '/my/reconsideration': 'remedy.title', '/my/services': 'record.page.service',
};

/** A purpose in words: work on a task by its kind; what somebody wrote themselves as it was written. */
export function purposeWords(code: string, t: Say, locale: Locale): string {
  const id = PURPOSES[code];
  if (id !== undefined) return t(id);
  const work = TASK_KINDS.find((kind) => purposeOfTask(kind) === code);
  return work === undefined ? code : t('record.purpose.task', { work: nameOfTaskKind(work, locale) });
}

/** A door in words: a page by its title; one of an earlier version, whose name nobody knows any more, as another one. */
export function doorWords(code: string, t: Say): string {
  const id = DOORS[code];
  if (id !== undefined) return t(id);
  const page = PAGES[code];
  return page === undefined ? t('record.door.other') : t('record.door.page', { page: t(page) });
}

/** How far a day is from another, for what is said of yesterday and today. */
export function nearDay(on: CalendarDate, today: CalendarDate, t: Say): string | undefined {
  if (on === today) return t('record.today');
  return on === addDays(today, -1) ? t('record.yesterday') : undefined;
}
