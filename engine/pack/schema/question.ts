import { z } from 'zod';
import { feelName, id, name, text } from './common.ts';

const told = z.record(z.string(), z.unknown());

/** One way to answer, in the words of a resident. */
const option = z.strictObject({
  id,
  label: name,
  tells: told.optional().describe('Facts by name that this answer tells. Of a code fact, the option whose id is a code tells that code.'),
  omitted: told.optional().describe('Of a question with several answers: what it tells that this one was left out.'),
});

/** `questions.yaml`: what a resident is asked, in plain words, in the order in which it is asked. */
export const question = z.strictObject({
  id,
  topic: id.describe('A topic of plan.yaml; its questions are asked together.'),
  question: name.describe('One thing, said as across a counter.'),
  why: text.optional().describe('Why it is asked.'),
  example: text.optional().describe('What to look at, or what counts.'),
  fact: feelName.optional().describe('The one fact that it asks for, where the answer is its value.'),
  others: z.boolean().optional().describe('It asks for the fact of the other people of the household: whether any of them has it.'),
  form: z.enum(['value', 'one', 'several']).describe('value: the value of the fact. one: one of the options. several: any of the options, or none of them.'),
  options: z.array(option).optional(),
  none: name.optional().describe('How to say that there is none.'),
  month: z.boolean().optional().describe('A date of which year and month are enough; the first of the month stands for it.'),
});

/** `derived.yaml`: a fact that follows from others which were told. */
export const derived = z.strictObject({ fact: feelName, is: z.string().describe('A FEEL-S expression about the thing that the fact is of.') });
