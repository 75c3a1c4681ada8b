import { render } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale, Messages } from '#engine/kernel/index.ts';
import { workingDaysUntil } from './clock.ts';
import type { Deadline, WorkingCalendar } from './clock.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };
import type { NoticeKind, NoticeRefusal } from './notice.ts';
import type { TaskKind, TaskState } from './task.ts';
import type { TaskRefusal } from './work.ts';

/** The words of this room, by language: kinds and states of tasks and notices, refusals, deadlines. */
export const CASEWORK_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** What a kind of task is called. */
export function nameOfTaskKind(kind: TaskKind, locale: Locale): string {
  return render(CASEWORK_MESSAGES[locale], `task.kind.${kind}`);
}

/** How far a task is. */
export function nameOfTaskState(state: TaskState['kind'], locale: Locale): string {
  return render(CASEWORK_MESSAGES[locale], `task.state.${state}`);
}

/** What a kind of notice is called: its heading in a list. */
export function nameOfNoticeKind(kind: NoticeKind, locale: Locale): string {
  return render(CASEWORK_MESSAGES[locale], `notice.kind.${kind}`);
}

/** Why a command did nothing, in words. */
export function describeCaseworkRefusal(refusal: TaskRefusal | NoticeRefusal, locale: Locale): string {
  const messages = CASEWORK_MESSAGES[locale];
  const { kind, ...data } = refusal;
  return render(messages, `refusal.${kind}`, 'reply' in data ? { reply: render(messages, `notice.reply.${data.reply}`) } : data);
}

/** A deadline in words as it stands today; a day is written by `write`. */
export function describeDeadline(deadline: Deadline, today: CalendarDate, calendar: WorkingCalendar, { locale, write }: { readonly locale: Locale; readonly write: (day: CalendarDate) => string }): string {
  const messages = CASEWORK_MESSAGES[locale];
  if (deadline.kind === 'paused') return render(messages, 'due.paused', { since: write(deadline.since) });
  if (deadline.on === today) return render(messages, 'due.today');
  const left = workingDaysUntil(calendar, today, deadline.on);
  return render(messages, deadline.on < today ? 'due.late' : `due.${deadline.counted}`, { day: write(deadline.on), left, late: -left });
}
