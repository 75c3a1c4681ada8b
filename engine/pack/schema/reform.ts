import { z } from 'zod';
import { confidence, date, decimal, divisionRef, id, name, ref, sourceRef, text } from './common.ts';
import { opening, share } from './service.ts';

const provenance = { source: sourceRef.optional(), confidence: confidence.optional() };

/** `<reform>.yaml`: what a reform changes, as the difference to a pack. Nothing in it: the reform that changes nothing. */
export const reform = z.strictObject({
  name,
  why: text.optional().describe('What it is for, in our words.'),
  parameters: z.array(z.strictObject({ parameter: id, area: divisionRef, from: date, until: date.optional(), value: decimal, ...provenance })).default([]),
  standards: z.array(z.strictObject({
    service: ref('service'),
    from: date,
    conditions: z.array(z.strictObject({ id, when: z.string() })).default([]).describe('Conditions of the service that say something else, by their id.'),
    amount: z.string().optional().describe('A FEEL-S expression that replaces the amount.'),
  })).default([]),
  openings: z.array(z.strictObject({ service: ref('service'), from: date, ...opening })).default([]).describe('Groups that a service is opened to.'),
  payers: z.array(z.strictObject({ service: ref('service'), from: date, shares: z.array(share).min(1), ...provenance })).default([]),
});
