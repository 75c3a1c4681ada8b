import { z } from 'zod';
import { feelName, id, name, sourceRef } from './common.ts';

const group = z.strictObject({
  id,
  label: name,
  is: z.string().describe('A FEEL-S expression about a person. Of the groups whose expression holds the first counts.'),
  in: z.array(z.strictObject({ entity: id, is: z.string() })).default([]).describe('The same said of another thing, such as a family. Where nothing is said of a thing, it is in no group.'),
});

/** `breakdowns.yaml`: how people are parted when they are counted. */
export const breakdown = z.strictObject({
  id: z.enum(['standing', 'place', 'income']).describe('standing: by registration and residence, as the scope board has its columns. place: town and country. income: by bands of income.'),
  label: name,
  source: sourceRef,
  groups: z.array(group).min(1),
  incomes: z.array(z.strictObject({
    fact: feelName,
    of: z.enum(['head', 'family']).describe('head: an income of one person, or per head. family: of all members together.'),
  })).default([]).describe('The facts that rise where everybody has one unit of money more a month: cliffs are found by that.'),
});
