import { workingCalendar } from '#engine/casework/index.ts';
import type { LogRecord, Worker } from '#engine/casework/index.ts';
import { tell } from '#engine/casework/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { VoiceRules } from '#engine/pack/index.ts';
import { RESIDENT } from './event.ts';
import type { MatterStep } from './event.ts';
import { foldMatter } from './matter.ts';
import type { Matter } from './matter.ts';
import type { Saying } from './command.ts';

/* A town that hears its residents, for tests: the rules of lantern-bay, shortened. */

export function dayOn(text: string): CalendarDate {
  const day = parseDate(text);
  if (!day) throw new RangeError(`${text} is no day`);
  return day;
}

const demo = { source: 'LB-DEMO', confidence: 'demo' } as const;
export const RULES: VoiceRules = {
  id: 'voice', place: { file: 'voice.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 }, law: 'LB-LAW', desk: 'development',
  ratedWithin: { days: 30, ...demo }, rating: { word: 1, answer: 5, ...demo }, complaint: { word: 2, answer: 5, ...demo }, suggestion: { word: 2, answer: 10, ...demo },
  checked: { workingDays: 10, by: ['development', 'fisheries'], ...demo },
  reasons: [{ id: 'quick', name: { zh: '办得快', en: 'Quick' }, good: true }, { id: 'slow', name: { zh: '办得慢', en: 'Slow' }, good: false }],
  categories: [{ id: 'lamps', name: { zh: '路灯', en: 'Lamps' }, department: 'development', example: { zh: '灯不亮' } }, { id: 'catch', name: { zh: '捕捞证', en: 'Licences' }, department: 'fisheries', example: { zh: '证没办' } }],
};

/** Monday 1 September 2031, or another day; every weekday is worked. */
export const saying = (today = '2031-09-01'): Saying => ({ rules: RULES, calendar: workingCalendar([{ year: 2031, ...demo, holidays: [], workdays: [] }]), today: dayOn(today) });

export const MEI: Worker = { id: 'mei', department: 'fisheries', areas: [] };
export const ZED: Worker = { id: 'zed', department: 'development', areas: [] };

/** A matter that is told step by step, each by who acts. */
export class ToldMatter {
  readonly #told: (readonly [string, MatterStep])[] = [];

  records(): readonly LogRecord[] {
    return tell('case/matter/m1', 'm1', this.#told);
  }

  /** Adds what a command gave; a refusal is a fault of the test. */
  add(actor: string, steps: readonly MatterStep[] | { readonly kind: string }): Matter {
    if ('kind' in steps) throw new Error(steps.kind);
    this.#told.push(...steps.map((step) => [actor, step] as const));
    return this.now();
  }

  resident(steps: readonly MatterStep[] | { readonly kind: string }): Matter {
    return this.add(RESIDENT, steps);
  }

  now(): Matter {
    const matter = foldMatter(this.records());
    if (!matter) throw new Error('no matter');
    return matter;
  }
}
