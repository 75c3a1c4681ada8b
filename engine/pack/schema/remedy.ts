import { z } from 'zod';
import { id, integer, name, provenance, text } from './common.ts';

/** `remedies.yaml`: what a resident can do against an answer, named by the services that it stands open against. */
export const remedy = z.strictObject({
  id,
  name,
  says: text.describe('How it goes and whom to turn to, in one sentence.'),
  withinDays: integer.optional().describe('Calendar days from the day after the resident was told; left out: any day.'),
  ...provenance,
});
