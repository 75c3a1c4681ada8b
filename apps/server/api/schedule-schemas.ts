import { z } from 'zod';
import { DUE_KINDS } from '#engine/delivery/index.ts';

const text = z.object({ zh: z.string(), en: z.string().optional() });
const name = z.object({ zh: z.string(), en: z.string() });
const by = z.object({ department: z.string(), level: z.string() }).describe('Who must do it, and is told what is overdue.');
const span = z.string().nullable().describe('A number and d, w, m or y for days, weeks, months or years.');
const kind = z.enum(DUE_KINDS).describe('unrecorded: its time has come and nobody gave us a record; undated: a day it counts from is not known; unsettled: whether it applies is not known; closed: not done, and a later one was.');
const item = { item: z.string(), name };
const demo = z.boolean().describe('Whether it rests on what is remembered or was chosen for a demonstration.');

export const scheduleReply = z.object({
  id: z.string(), name, service: z.string(), anchorName: name.describe('What the day is called from which spans count.'), by, note: text.nullable(),
  items: z.array(z.object({
    ...item, at: span, every: span, until: span, after: z.string().nullable(),
    edition: z.object({ from: z.string(), until: z.string().nullable(), law: z.string(), confidence: z.string(), demo }),
  })),
}).meta({ id: 'Schedule' });

export const dueReply = z.object({
  asOf: z.string(), followed: z.enum(['yes', 'no', 'unknown']).describe('Whether such a person is on the list on that day.'), anchor: z.string().nullable(),
  items: z.array(z.object({
    ...item, kind, from: z.string().nullable(), until: z.string().nullable().describe('The last day in time; null where the source gives none.'), every: span, doneOn: z.string().nullable(),
    daysLate: z.number().int().describe('Days since the last day in time, where it is not known to be done.'), waitsFor: z.string().nullable(), law: z.string(), confidence: z.string(), demo,
  })).readonly(),
  unpromised: z.array(z.object(item)).readonly().describe('Items that fall due on days of which no edition was read: nothing is promised.'),
}).meta({ id: 'Due' });

const count = z.number().int().nullable();
const counts = z.object({ done: count, upcoming: count, due: count, overdue: count, closed: count, unrecorded: count, undated: count, unsettled: count, late: count }).describe('late: of unrecorded, those past the last day. Null: few, not shown.');

const countReply = z.object({
  schedule: z.string(), name, service: z.string(), by, followed: z.number().int(), unknown: z.number().int(), undated: z.number().int(), recorded: z.boolean().describe('Whether any record of what was done was given.'), unpromised: z.number().int(),
  items: z.array(z.object({ ...item, counts, counties: z.array(z.object({ county: z.string().nullable(), counts })) })),
}).meta({ id: 'ScheduleCount' });

export const dueCountsReply = z.object({
  asOf: z.string(), people: z.object({ kind: z.enum(['synthetic', 'real']), count: z.number().int(), standsFor: z.number().int() }).nullable().describe('Of whom these are the numbers; null where nobody is loaded.'),
  schedules: z.array(countReply),
}).meta({ id: 'DueCounts' });
