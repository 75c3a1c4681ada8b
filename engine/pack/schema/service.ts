import { z } from 'zod';
import { citation, date, decimal, divisionRef, id, integer, name, provenance, quantity, ref, sourceRef, text, unfilled, unitRef } from './common.ts';

/** A share of one payer. Shares of the same days add up to 10,000 basis points. */
const payer = z.strictObject({
  level: z.enum(['nation', 'province', 'city', 'county', 'fund', 'employer', 'person']),
  of: z.enum(['registered', 'resident', 'insured', 'work']).describe('Which area pays: where the person is registered, lives, is insured or works.'),
  shareBp: integer,
  from: date,
  until: date.optional(),
  ...provenance,
});

const condition = z.strictObject({
  id,
  when: z.string().describe('A FEEL-S expression; each condition can be explained on its own.'),
  says: text.optional(),
  law: sourceRef.describe('The id of the source of the clause.'),
});

/** The executable standard of one stretch of time. */
const standard = z.strictObject({
  from: date,
  until: date.optional(),
  chosenBy: z.enum(['event-date', 'application-date', 'decision-date']),
  conditions: z.array(condition).describe('Textual order is the order of reasons.'),
  amount: z.string().optional().describe('A FEEL-S expression.'),
  per: z.enum(['once', 'day', 'month', 'year', 'use']).optional(),
  starts: z.strictObject({ applied: z.string(), automatic: z.string() }).optional(),
  ends: z.array(id).optional(),
  review: z.string().optional(),
});

const example = z.strictObject({
  name: text,
  on: date,
  parameters: z.record(z.string(), z.unknown()).optional(),
  given: z.record(z.string(), z.unknown()).describe('Facts by name. Omitted is unknown; none is none.'),
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the pack format; a schema is never awaited
  then: z.union([
    z.strictObject({ yes: decimal.or(z.literal(true)) }),
    z.strictObject({ no: z.string() }),
    z.strictObject({ unknown: z.array(z.string()) }),
  ]),
});

/** `services/<domain>/<id>.yaml`: one public service, what the plan prints of it and what runs of it. */
export const service = z.strictObject({
  name: name.describe('Official name.'),
  cite: citation,
  for: name.describe('Who it is for, in our words.'),
  gives: text.describe('What one gets, in our words.'),
  kind: z.enum(['cash', 'fee-waiver', 'in-kind', 'insurance', 'facility', 'information', 'regulation']),
  also: z.array(z.enum(['cash', 'fee-waiver', 'in-kind', 'insurance', 'facility', 'information', 'regulation'])).optional(),
  lifeStages: z.array(z.string()),
  audience: z.strictObject({
    groups: z.array(z.string()).describe('As printed.'),
    conditions: z.array(z.string()).describe('As printed.'),
    units: z.array(z.enum(['person', 'household', 'organisation', 'community', 'public'])),
  }),
  printed: z.strictObject({
    standard: z.enum(['given', 'by-standard', 'vague', 'absent']).describe('Whether the plan prints a standard, points to one, stays vague or says nothing.'),
    standardText: z.string().optional().describe('The printed standard, shortened.'),
    payer: z.string().or(unfilled).describe('Who the plan says pays.'),
    quantities: z.array(quantity),
  }),
  owner: ref('department').or(unfilled).describe('The department in charge.'),
  payers: z.array(payer).or(unfilled),
  how: text.or(unfilled).describe('How and where to get it.'),
  feeds: z.array(ref('indicator')).describe('The indicators that this service moves.'),
  related: z.array(ref('service')).optional(),
  words: z.array(z.string()).optional().describe('What people type to find it.'),
  note: text.optional().describe('What the editors noticed.'),
  subject: id.optional(),
  group: z.enum(['registered', 'living', 'joint-living']).optional(),
  scope: z.record(z.string(), z.string()).optional(),
  lawfulBasis: z.strictObject({ statutoryDuty: z.string().optional(), consent: z.boolean().optional(), screening: z.enum(['allowed', 'authorised-adults', 'not-allowed']) }).optional(),
  decidedBy: z.strictObject({ department: ref('department'), level: z.enum(['nation', 'province', 'city', 'county', 'township']) }).optional(),
  grant: z.strictObject({ mode: z.enum(['automatic', 'one-confirmation', 'application']), else: z.enum(['one-confirmation', 'application']).optional() }).optional(),
  standard: z.array(standard).optional(),
  stacks: z.strictObject({ with: z.array(ref('service')).optional(), insteadOf: z.strictObject({ list: ref('precedence'), rule: z.enum(['first-wins', 'highest', 'resident-chooses']) }).optional() }).optional(),
  remedies: z.array(id).optional(),
  examples: z.array(example).optional(),
});

/** `precedence/<id>.yaml`: services that exclude one another, in order. */
export const precedence = z.strictObject({ name, rule: z.enum(['first-wins', 'highest', 'resident-chooses']), services: z.array(ref('service')), law: sourceRef });

/** `facts.yaml`: the vocabulary of facts. */
export const fact = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:[.-][a-z0-9]+)*$/),
  name: z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u).describe('A FEEL name without spaces or brackets; what rules say.'),
  label: name,
  entity: id,
  type: z.enum(['boolean', 'integer', 'decimal', 'money', 'date', 'text', 'code']),
  scale: integer.optional(),
  range: z.strictObject({ min: decimal, max: decimal }).optional(),
  codes: z.record(z.string(), z.string()).optional(),
  unit: unitRef.optional(),
  holder: ref('department').or(unfilled),
  refresh: z.enum(['never', 'rare', 'yearly', 'monthly', 'daily']),
  dataClass: z.enum(['public', 'personal', 'sensitive']),
  absent: z.enum(['none', 'unknown', 'false']).describe('What absence in a complete record means.'),
});

/** `parameters/<id>.yaml`: a dated value per area. */
export const parameter = z.strictObject({
  name: z.string().describe('The name in rules.'),
  label: name,
  unit: unitRef,
  basis: z.enum(['registered', 'resident', 'insured', 'work']),
  values: z.array(z.strictObject({ area: divisionRef, from: date, until: date.optional(), value: decimal, ...provenance })),
});

/** `definitions.yaml`: a named, parameterised expression. */
export const definition = z.strictObject({ name: z.string(), takes: z.array(z.string()).optional(), is: z.string(), law: sourceRef, label: name });
