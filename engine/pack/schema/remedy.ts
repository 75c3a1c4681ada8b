import { z } from 'zod';
import { date, id, integer, name, provenance, ref, text } from './common.ts';

/** How long a step of a remedy may take, and where that is written. */
const limit = z.strictObject({
  count: integer,
  unit: z.enum(['days', 'working-days']).describe('Counted from the day after; a last day that is free moves to the next working day.'),
  article: z.string().min(1).describe('The article that sets it, as it is cited.'),
  ...provenance,
});

/** How an application for reconsideration is worked on, as the law has it from a day on. */
const procedure = z.strictObject({
  from: date.describe('Its first day.'),
  organ: name.describe('Who decides.'),
  department: ref('department').describe('Whose members examine it and draft the decision.'),
  accept: limit.describe('To say whether it is accepted; after that it counts as accepted.'),
  complete: limit.describe('For the applicant to bring what is missing; asked once.'),
  reply: limit.describe('For the department that decided to answer in writing.'),
  replySimplified: limit.describe('The same where the matter is simple.'),
  decide: limit.describe('To decide, from the day of acceptance.'),
  decideSimplified: limit.describe('The same where the matter is simple.'),
  extend: limit.describe('By how much the time to decide may be made longer, once.'),
  lawsuit: limit.describe('To go to court afterwards, from the day on which the decision came.'),
});

/** `remedies.yaml`: what a resident can do against an answer, named by the services that it stands open against. */
export const remedy = z.strictObject({
  id,
  name,
  says: text.describe('How it goes and whom to turn to, in one sentence.'),
  withinDays: integer.optional().describe('Calendar days from the day after the resident was told; left out: any day.'),
  procedures: z.array(procedure).min(1).optional().describe('Where it can be applied for on the pages of the city: how that goes, each from its day on.'),
  ...provenance,
});
