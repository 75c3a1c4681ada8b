import { TASKS, fold, workingCalendar } from '#engine/casework/index.ts';
import type { LogRecord, Task, Worker } from '#engine/casework/index.ts';
import { tell } from '#engine/casework/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { AppliedFor, Applying, RemedyEvent } from './apply.ts';
import type { Attached } from './attached.ts';
import type { Deciding } from './organ.ts';
import type { Procedure } from './procedure.ts';
import { reconsiderationsIn } from './reconsideration.ts';
import type { Reconsideration } from './reconsideration.ts';

/* A town where decisions can be looked at again, for tests: the limits of lantern-bay. */

export function dayOn(text: string): CalendarDate {
  const day = parseDate(text);
  if (!day) throw new RangeError(`${text} is no day`);
  return day;
}

const limit = (count: number, unit: 'days' | 'working-days') => ({ count, unit, article: '条例', source: 'LB-LAW', confidence: 'demo' }) as const;
export const PROCEDURE: Procedure = {
  from: dayOn('2030-01-01'), organ: { zh: '市政厅', en: 'Town Hall' }, department: 'town-hall', accept: limit(5, 'working-days'), complete: limit(10, 'working-days'),
  reply: limit(10, 'working-days'), replySimplified: limit(5, 'working-days'), decide: limit(60, 'days'), decideSimplified: limit(30, 'days'), extend: limit(30, 'days'), lawsuit: limit(15, 'days'),
};
const demo = { source: 'LB-DEMO', confidence: 'demo' } as const;
/** Every weekday of two years is worked. */
export const CALENDAR = workingCalendar([2031, 2032].map((year) => ({ year, ...demo, holidays: [], workdays: [] })));
export const ABOUT: AppliedFor = { service: 'nets', subject: 'mia', decidedBy: 'fishery', area: '990101' };
export const FILE: Attached = { madeOn: dayOn('2031-03-03'), service: 'nets', department: 'fishery', release: 'c0ffee', lawOn: dayOn('2031-03-03'), told: { says: '不再发放', on: dayOn('2031-02-03') }, answer: '不符合', reasons: [], facts: [], notices: [], entries: [] };
/** Two of the organ, one of the department that decided. */
export const PING: Worker = { id: 'ping', department: 'town-hall', areas: [] };
export const MEI: Worker = { id: 'mei', department: 'fishery', areas: [] };

/** The stream of a person that is told step by step, each by who acts. */
export class ToldApplication {
  readonly #told: (readonly [string, RemedyEvent])[] = [];

  records(): readonly LogRecord[] {
    return tell('case/reconsideration/mia', 'mia', this.#told);
  }

  own(): readonly Reconsideration[] {
    return reconsiderationsIn(this.records());
  }

  now(): Reconsideration {
    const [one] = this.own();
    if (!one) throw new Error('no application');
    return one;
  }

  /** What has been opened last of a kind. */
  task(kind: Task['kind']): Task {
    const task = [...fold(TASKS, this.records()).values()].findLast((one) => one.kind === kind);
    if (!task) throw new Error(`no task ${kind}`);
    return task;
  }

  /** Adds what a command gave; a refusal is a fault of the test. */
  add(actor: string, events: readonly RemedyEvent[] | string | { readonly kind: string }): this {
    if (typeof events === 'string') throw new Error(events);
    if ('kind' in events) throw new Error(events.kind);
    this.#told.push(...events.map((event) => [actor, event] as const));
    return this;
  }

  applying(today = '2031-03-03'): Applying {
    return { today: dayOn(today), calendar: CALENDAR, remedy: { withinDays: 60 }, procedure: PROCEDURE, next: this.#told.length + 1 };
  }

  deciding(today: string): Deciding {
    return { ...this.applying(today), review: { dueOn: dayOn('2031-12-31'), dueCounted: 'calendar' } };
  }
}
