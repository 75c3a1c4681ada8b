import { z } from 'zod';
import { id, integer, name, provenance, ref, sourceRef, text } from './common.ts';

/** In how many working days a department says its first word, and has done what is asked. */
const limit = z.strictObject({ word: integer.describe('Working days to the first word to the resident.'), answer: integer.describe('Working days to an answer, or to having put right what was rated badly.'), ...provenance });

/** `voice.yaml`: how residents rate, complain and suggest, who answers, and by when. */
export const voice = z.strictObject({
  law: sourceRef.describe('What orders that services are rated.'),
  ratedWithin: z.strictObject({ days: integer, ...provenance }).describe('For how many days after it a contact may be rated, and a rating changed.'),
  rating: limit.describe('What was rated with one of the two lowest levels.'),
  complaint: limit,
  suggestion: limit,
  checked: z.strictObject({ workingDays: integer.describe('Working days in which a resident may say whether it is solved; then another department looks.'), by: z.array(ref('department')).min(2).describe('Who looks: the first that did not answer itself.'), ...provenance }),
  desk: ref('department').describe('Who answers what no department owns.'),
  reasons: z.array(z.strictObject({ id, name, good: z.boolean().describe('Whether it is offered to those who are satisfied, or to those who are not.') })).describe('What a rating may give as its reasons.'),
  categories: z.array(z.strictObject({ id, name, department: ref('department'), example: text.describe('What belongs there, in a few words.') })).min(1).describe('What complaints and suggestions are about, in the order in which they are offered.'),
});
