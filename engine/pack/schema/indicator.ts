import { z } from 'zod';
import { citation, comparison, decimal, id, integer, name, ref, text, unfilled, unitRef } from './common.ts';

/** A value of a table. `none-printed` where the table prints a dash: no value, which is not zero. */
export const tableValue = z.union([
  z.literal('none-printed'),
  z.strictObject({
    op: comparison.optional().describe('The comparison sign, printed or inferred; `target-op-basis` says which.'),
    value: decimal,
    cumulative: z.boolean().optional().describe('A total over the years of the plan.'),
  }),
  z.strictObject({ reference: z.string().describe('Words that point elsewhere instead of a value.') }),
]);
export type TableValue = z.output<typeof tableValue>;

const values = {
  printed: z.strictObject({ name: z.string().optional(), base: z.string().optional(), target: z.string().optional(), actual: z.string().optional() }).describe('The cells as printed; checked against the source.'),
  base: tableValue.optional(),
  target: tableValue.optional(),
  actual: tableValue.optional(),
};

/** `indicators/<table>/<id>.yaml`: one row of a table of the plan. */
export const indicator = z.strictObject({
  name,
  cite: citation,
  group: z.string().describe('The heading above the row, as printed.'),
  domain: ref('domain'),
  unit: unitRef,
  unitPrinted: z.boolean(),
  attribute: z.enum(['binding', 'expected']).or(unfilled),
  direction: z.enum(['higher-better', 'lower-better', 'within-limit']),
  kind: z.enum(['stock', 'rate', 'cumulative', 'growth', 'index']),
  scope: z.string().optional(),
  ...values,
  targetOpBasis: z.enum(['printed', 'text', 'other-table', 'inferred']).optional().describe('How we know whether the target is a floor or a ceiling.'),
  parts: z.array(z.strictObject({ id, name, ...values })).optional(),
  continuedBy: ref('indicator').optional().describe('The indicator of the next plan that continues this one.'),
  continues: ref('indicator').optional().describe('The indicator of the last plan that this one continues.'),
  mentionedIn: z.array(ref('target')).optional().describe('Targets in the text that repeat this one.'),
  owner: ref('department').or(unfilled),
  counties: unfilled.or(z.record(z.string(), decimal)).describe('Values by county.'),
  measured: z.strictObject({
    formula: z.string().describe('A FEEL-S expression.'),
    counts: z.strictObject({ receiving: z.string(), entitled: z.string() }).optional().describe('What the formula calls how many received the services of `from` and how many are entitled to them. Absent where the formula is over something else: runs and payments then do not measure it.'),
    from: z.array(z.string()),
    every: z.enum(['day', 'month', 'quarter', 'year']),
    breakDown: z.array(z.string()).optional(),
  }).or(unfilled),
  means: text.describe('What it tells a resident, in one sentence.'),
  note: text.optional(),
});

/** `targets.yaml`: a target that stands in the text or in a box, not in a table. */
export const target = z.strictObject({
  id,
  domain: ref('domain'),
  name,
  kind: z.enum(['numeric', 'full-coverage', 'structure', 'by-reference', 'zero', 'placeholder']),
  op: comparison.optional(),
  value: decimal.optional(),
  from: decimal.optional(),
  to: decimal.optional(),
  unit: unitRef,
  scope: z.string(),
  by: integer.or(unfilled).describe('The year printed; 未填 where the plan prints none.'),
  period: z.string().optional(),
  word: z.string().optional().describe('The comparing words as printed.'),
  hedge: z.string().optional().describe('Words that weaken the promise, as printed.'),
  indicator: ref('indicator').optional(),
  base: decimal.optional(),
  quote: z.string(),
  cite: citation,
  note: text.optional(),
});
