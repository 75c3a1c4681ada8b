import { z } from 'zod';
import { confidence, date, id, name, ref, sourceRef, text } from './common.ts';

const UNITS = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const;

/** A length of time by the calendar: `7 d`, `42 d`, `8 m`, `1 y`. Months and years end on the matching day, or the last of a shorter month. */
const span = z.string().regex(/^\d{1,4} [dwmy]$/).transform((said) => {
  const [count = '', unit = 'd'] = said.split(' ');
  return { count: Number(count), unit: UNITS[unit as keyof typeof UNITS] };
}).describe('A length of time: a number and d, w, m or y for days, weeks, months or years.');

const item = z.strictObject({
  id,
  name,
  when: z.string().optional().describe('A FEEL-S expression about the subject that narrows who is due; everybody in the schedule where absent.'),
  counted: z.string().optional().describe('A FEEL-S date from which this one counts, where it is not that of the schedule.'),
  at: span.optional().describe('When it falls due, counted from the anchor; of what recurs, the first time. An item has this, `every` or both.'),
  every: span.optional().describe('How often it falls due, counted from the last time; where nothing was done yet from the first, which is that of `at`, else one such time after the anchor.'),
  until: span.optional().describe('The last day on which it is in time, counted like `at`, of what recurs from the last time; absent where the source gives none, and then it is due and never overdue.'),
  after: z.strictObject({ item: id, least: span.optional() }).optional().describe('The item of the same edition that comes before it, and how long after that one it may come at the earliest.'),
});

/** `schedules/<id>.yaml`: what falls due for whom and when, and who must do it. */
export const schedule = z.strictObject({
  name,
  service: ref('service').describe('The service whose work it is.'),
  subject: id.describe('Who is followed, by the id in entities.yaml.'),
  who: z.string().describe('A FEEL-S expression: who is followed at all, on the day one looks.'),
  anchor: z.string().describe('A FEEL-S date about the subject from which spans count; where it is none only items that count from another day are due, where it is unknown it is asked for.'),
  anchorName: name.describe('What the anchor is called.'),
  by: z.strictObject({ department: ref('department'), level: z.enum(['province', 'city', 'county', 'township']) }).describe('Who must do it, and is told what is overdue.'),
  done: id.describe('The spells that say what was done, by their id in entities.yaml; their fact <id>.item is a code without codes of its own and says `<schedule>/<item>`.'),
  asked: z.boolean().optional().describe('false: pages do not offer to work the dates out for somebody who types them in, because an address would hold what was typed. Otherwise they do.'),
  editions: z.array(z.strictObject({
    from: date,
    until: date.optional(),
    chosenBy: z.enum(['anchor', 'due-date']).describe('Whether a person keeps the edition of their anchor, or each item follows the edition of the day it falls due. A day of no edition promises nothing.'),
    law: sourceRef,
    confidence,
    items: z.array(item).min(1).describe('In the order in which people meet them.'),
  })).min(1),
  note: text.optional(),
});
