import { z } from 'zod';
import { printDecimal } from '#engine/kernel/index.ts';
import { citation, confidence, date, decimal, divisionRef, feelName, id, integer, name, provenance, quantity, ref, sourceRef, text, unfilled, unitRef } from './common.ts';

const basis = z.enum(['registered', 'resident', 'insured', 'work']).describe('Where somebody is registered, lives, is insured or works.');

/** A share of one payer without its days: what a reform says. */
export const share = z.strictObject({
  level: z.enum(['nation', 'province', 'city', 'county', 'fund', 'employer', 'person']),
  of: z.enum(['registered', 'resident', 'insured', 'work']).describe('Which area pays: where the person is registered, lives, is insured or works.'),
  shareBp: integer,
});

/** A share of one payer. Shares of the same days add up to 10,000 basis points. */
const payer = share.extend({ fund: name.optional().describe('Which fund, where the level is `fund`.'), from: date, until: date.optional(), ...provenance });

const condition = z.strictObject({
  id,
  when: z.string().describe('A FEEL-S expression; each condition can be explained on its own.'),
  says: text.optional(),
  law: sourceRef.describe('The id of the source of the clause.'),
});

/** A group of `breakdowns.yaml`, everywhere or where it lives in an area. */
export const opening = { group: id.describe('A group of the breakdown by standing.'), area: divisionRef.optional().describe('Only where people live there; everywhere without it.') };

/** The executable standard of one stretch of time. */
const standard = z.strictObject({
  from: date,
  until: date.optional(),
  chosenBy: z.enum(['event-date', 'application-date', 'decision-date']),
  openTo: z.array(z.strictObject(opening)).optional().describe('Groups within reach besides those of the scope.'),
  conditions: z.array(condition).describe('Textual order is the order of reasons.'),
  amount: z.string().optional().describe('A FEEL-S expression.'),
  per: z.enum(['once', 'day', 'month', 'year', 'use']).optional(),
  onBills: z.boolean().optional().describe('The amount goes by bills of its period: what the next period brings is not told before they have come.'),
  starts: z.strictObject({ applied: z.string(), automatic: z.string() }).optional(),
  ends: z.array(id).optional().describe('What ends it. An ending of endings.yaml about the same kind of thing is decided with the conditions; any other is told by them, or by somebody.'),
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
  scope: z.record(z.string(), z.string()).optional().describe('Who is within reach: each pair names the scope <key>-<value> of scopes.yaml.'),
  lawfulBasis: z.strictObject({
    statutoryDuty: z.string().optional(),
    consent: z.boolean().optional(),
    screening: z.enum(['allowed', 'authorised-adults', 'not-allowed']).describe('Whether everybody may be looked at unasked: by duty, only where all adult members have signed, or not at all.'),
    signed: feelName.optional().describe('Where not everybody may be looked at: the yes-or-no fact that says who has signed or asked. Sensitive facts of others read as unknown; without it, of everybody.'),
  }).optional(),
  decidedBy: z.strictObject({ department: ref('department'), level: z.enum(['nation', 'province', 'city', 'county', 'township']) }).optional(),
  grant: z.strictObject({ mode: z.enum(['automatic', 'one-confirmation', 'application', 'on-showing']).describe('How somebody gets what the rule gives: by itself, after one confirmation, on application, or on the spot by whoever shows what the rule asks for. Of the last nothing is granted, asked for or booked ahead.'), else: z.enum(['one-confirmation', 'application']).optional() }).optional(),
  standard: z.array(standard).optional(),
  figures: z.array(ref('parameter')).optional().describe('Values that people are told though no rule counts with them: ceilings, and rates of bills and fees that nobody has sent yet.'),
  stacks: z.strictObject({ with: z.array(ref('service')).optional(), insteadOf: z.strictObject({ list: ref('precedence'), rule: z.enum(['first-wins', 'highest', 'resident-chooses']) }).optional() }).optional(),
  remedies: z.array(ref('remedy')).optional().describe('What stands open against an answer.'),
  examples: z.array(example).optional(),
});

/** `precedence/<id>.yaml`: services that exclude one another, in order. */
export const precedence = z.strictObject({ name, rule: z.enum(['first-wins', 'highest', 'resident-chooses']), services: z.array(ref('service')), law: sourceRef });

/** `facts.yaml`: the vocabulary of facts. */
export const fact = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:[.-][a-z0-9]+)*$/),
  name: feelName,
  label: name,
  entity: id.describe('The thing it is a fact of, by its id in entities.yaml.'),
  type: z.enum(['boolean', 'integer', 'decimal', 'money', 'date', 'text', 'code']),
  scale: integer.optional(),
  range: z.strictObject({ min: decimal, max: decimal }).optional(),
  codes: z.record(z.string(), z.string()).optional().describe('Each code with the label that rules and examples say.'),
  areaBasis: basis.optional().describe('Where the fact is the code of an area: the basis it answers for. Its codes are the divisions of the pack.'),
  unit: unitRef.optional(),
  holder: ref('department').or(unfilled),
  refresh: z.enum(['never', 'rare', 'yearly', 'monthly', 'daily']),
  dataClass: z.enum(['public', 'personal', 'sensitive']),
  absent: z.enum(['none', 'unknown', 'false']).describe('What absence in a complete record means.'),
  source: sourceRef.optional().describe('Where it stands that the fact is so defined and held; the id of a source.'),
  confidence: confidence.optional(),
});

/** `parameters/<id>.yaml`: a dated value per area. */
export const parameter = z.strictObject({
  name: feelName,
  label: name,
  unit: unitRef,
  basis,
  department: ref('department').optional().describe('Who sets the values; where it is not said, the department that decides the services which read them.'),
  raising: z.enum(['widens', 'narrows']).optional().describe('What a higher value does to who is entitled, where the law makes it certain: an income line widens, an age bound narrows.'),
  bound: z.strictObject({ local: z.enum(['at-least', 'at-most']), law: sourceRef }).optional().describe('Where the law says so: the value of a smaller area must not be below (at-least) or above (at-most) that of the area above it.'),
  values: z.array(z.strictObject({ area: divisionRef, from: date, until: date.optional(), value: decimal, ...provenance })),
});

/** `definitions.yaml`: a named, parameterised expression. */
export const definition = z.strictObject({ name: feelName, takes: z.array(feelName).optional(), is: z.string(), law: sourceRef, label: name });

/** `entities.yaml`: the things that facts are about, and how they are joined. */
export const entity = z.strictObject({
  id,
  kind: z.enum(['entity', 'grouping', 'relation', 'spells']).describe('entity: a kind of thing. grouping: a group to which each thing belongs at most once; the group is a thing too. relation: leads to other things. spells: dated records of a thing, with the facts <id>.from and <id>.until.'),
  name: feelName.optional().describe('What rules call the members of a group, the thing or things a relation leads to, the records. Everything but an entity has one.'),
  label: name,
  of: id.optional().describe('The thing that is grouped, that the relation starts from, that the records are of.'),
  to: id.optional().describe('The thing a relation leads to; the same kind of thing where absent.'),
  single: z.boolean().optional().describe('Whether a relation leads to one thing at most.'),
});

/** `scopes.yaml`: who is within reach of a service, by `<who>-<level>` as the services say it. */
export const scope = z.strictObject({ is: z.string().describe('A FEEL-S expression about a person.'), label: name, law: sourceRef });

/** `endings.yaml`: how an ending that standards name is told from facts, by its word in `ends`. */
export const ending = z.strictObject({
  of: id.describe('The kind of thing that a service is for.'),
  clause: id.describe('The id of the clause that every such standard has.'),
  when: z.string().describe('A FEEL-S expression about that thing that is true until it ends.'),
  says: name, law: sourceRef,
});

const cell = z.union([z.string(), z.boolean().transform(String), decimal.transform(printDecimal)]).describe('A FEEL unary test: - , >= 60, [1..3], "label", not("label").');
const output = z.union([z.string(), z.boolean(), decimal]);

/** `tables/<id>.yaml`: a decision table, used in rules as `name(inputs)`. */
export const table = z.strictObject({
  name: feelName,
  label: name,
  hitPolicy: z.enum(['U', 'A', 'F', 'P', 'C+']).describe('U: one row at most. A: rows that overlap agree. F: the first row. P: the row whose output stands first in the priority. C+: the sum of all rows.'),
  inputs: z.array(feelName).min(1),
  output: z.strictObject({ type: z.enum(['number', 'boolean', 'code']), unit: unitRef.optional(), codesOf: z.string().optional().describe('The id of the fact whose codes the table gives.') }),
  priority: z.array(output).optional(),
  rules: z.array(z.strictObject({ when: z.array(cell), gives: output, law: sourceRef.optional() })).min(1),
  else: output.optional().describe('What holds where no row does, or where an input is none.'),
  law: sourceRef,
});
