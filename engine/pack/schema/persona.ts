import { z } from 'zod';
import { id, name, text } from './common.ts';

/** `personas.yaml`: made-up residents as whom a demonstration can be walked through. Of the people that are drawn, each is the first whom the expression fits. */
export const persona = z.strictObject({
  id,
  name: name.describe('What the resident is called; nobody of that name is meant.'),
  life: text.describe('Their life in one sentence: what brings them here.'),
  who: z.string().describe('A FEEL-S expression about a person.'),
  helper: z.boolean().default(false).describe('Whether somebody does it all for them, at a counter or at home: they do not use the pages themselves.'),
});
