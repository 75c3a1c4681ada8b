import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { plainCount, plainDue, plainSchedule } from '#engine/delivery/index.ts';
import { describeRefused } from '#engine/entitlement/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { localeOf, sendProblem } from '../problem.ts';
import { dueCountsReply, dueReply, scheduleReply } from './schedule-schemas.ts';
import { language, problem } from './schemas.ts';
import type { Routes } from './typed.ts';

const id = z.object({ id: z.string().max(200) });
const day = z.iso.date();
const question = z.object({
  anchor: day.optional().describe('The day from which spans count, such as the day of birth; see anchorName.'),
  asOf: day.optional().describe('The day one looks on; today where it is left out.'),
  ...language,
}).catchall(z.string().max(100).describe('Facts of the person by name, such as 出生日期.'));

/** Who is due for what and when: one list with the anonymous question, and everybody counted. The lists are a collection. */
export function addSchedules(routes: Routes, city: () => City): void {
  routes.get('/schedules/:id', {
    schema: { summary: 'One list; with a day to count from, or facts it follows from, what is due when', params: id, querystring: question, response: { 200: scheduleReply.extend({ due: dueReply.nullable() }), 400: problem, 404: problem } },
  }, async (request, reply) => {
    const now = city();
    const linked = now.schedules().get(request.params.id);
    if (!linked) return sendProblem(request, reply, 404, 'not-found');
    const { anchor, asOf, lang: _, ...facts } = request.query;
    const isAsked = anchor !== undefined || Object.keys(facts).length > 0;
    // What was typed is in the address; nobody on the way is to keep it.
    if (isAsked) reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const answered = isAsked ? now.askSchedule(request.params.id, { facts, anchor: anchor === undefined ? undefined : dayNumber(anchor) }, asOf === undefined ? undefined : dayNumber(asOf)) : undefined;
    if (answered?.kind === 'refused') return sendProblem(request, reply, 400, 'situation', { detail: answered.refused.map((one) => describeRefused(one, localeOf(request))).join(' ') });
    return { ...plainSchedule(linked), due: answered ? { asOf: asOf ?? now.today, ...plainDue(answered) } : null };
  });

  routes.get('/due', {
    schema: { summary: 'Everybody whom the lists follow, counted today by item, by how it stands and by county', querystring: z.strictObject(language), response: { 200: dueCountsReply, 400: problem } },
  }, async () => {
    const now = city();
    const { population } = now;
    const counts = now.dueCounts();
    return { asOf: now.today, people: population && counts ? { kind: population.kind, count: population.people, standsFor: population.standsFor } : null, schedules: (counts ?? []).map(plainCount) };
  });
}
