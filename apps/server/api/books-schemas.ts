import { z } from 'zod';
import { CYCLES } from '#engine/entitlement/index.ts';

const whole = z.number().int();
const few = whole.nullable();
const FEW = 'Null: few people, not shown. Of made-up people everything is shown.';
const month = z.string().describe('yyyy-mm.');
const people = z.object({ release: z.string(), count: whole, synthetic: z.boolean().describe('Whether they were made up.') });
const counts = z.object({ new: few, raised: few, lowered: few, ended: few, 'now-unknown': few }).describe(FEW);
const cycle = z.enum(CYCLES);
const act = z.object({ count: few, fen: few, byCycle: z.partialRecord(cycle, whole).optional().describe('The fen by how often it is paid.') });

const run = {
  id: z.string(), asOf: z.string(), people,
  against: z.discriminatedUnion('kind', [z.object({ kind: z.literal('nothing') }), z.object({ kind: z.literal('grants') }), z.object({ kind: z.literal('run'), id: z.string() })]).describe('What it is compared with; only a run against the grants in force can be acted on.'),
  counts, grants: whole.describe('Grants before.'), beforeFen: whole, movedFen: whole.describe('What is paid more and what is paid less, added up without sign, whatever its cycle.'),
  cycles: z.array(z.object({ cycle, beforeFen: whole, movedFen: whole })).readonly().describe('The same money by the cycle in which it is paid.'),
  limits: z.object({ grantsBp: whole, moneyBp: whole }),
  stops: z.array(z.object({ of: z.enum(['grants', 'money']), cycle: cycle.optional().describe('Of which money.'), changed: whole, before: whole, limitBp: whole })).describe('Limits that it breaks; a person has to look before anything is done.'),
  acted: z.enum(['nothing', 'not', 'part', 'whole']).describe('How far it was acted on; nothing: it changes nothing.'),
  acts: z.object({ set: act, ask: act, invite: act, 'request-data': act, review: act, leave: act }),
};

export const runsReply = z.object({
  store: z.boolean().describe('Whether the city has a store; without one there are no runs to tell of.'),
  items: z.array(z.object(run).meta({ id: 'Run' })).readonly().describe('The newest day first.'),
  cutOff: z.array(z.object({ id: z.string(), asOf: z.string() })).readonly().describe('Runs that were cut off; asked again they go on.'),
}).meta({ id: 'Runs' });

const side = z.object({ grants: few, fen: few });
export const runReply = z.object({
  ...run,
  services: z.array(z.object({
    service: z.string(), subject: z.string(), cycle: z.string().nullable(), counts, before: side, after: side.nullable().describe('Null: not decided any more.'), movedFen: few,
    payers: z.array(z.object({ level: z.string(), county: z.string().nullable(), fen: few })).readonly(), unstatedFen: few.describe('Money of which the pack does not say who pays it.'),
    clauses: z.array(z.object({ kind: z.string(), clause: z.string().nullable(), count: few })).readonly().describe('Behind how many changes of a kind each clause stands.'),
  })).readonly(),
}).meta({ id: 'RunDetail' });

const sums = { decidedFen: whole, bookedFen: whole, preparedFen: whole, paidFen: whole, returnedFen: whole };
export const paymentsReply = z.object({
  store: z.boolean(),
  months: z.array(z.object({ month, ...sums, withoutPayerFen: whole.describe('Booked, with nobody who can be asked to pay.'), agrees: z.boolean().describe('Whether what is decided, booked and paid is the same to the fen.'), payers: z.array(z.object({ payer: z.string(), ...sums })).readonly() })).readonly(),
  batches: z.array(z.object({ id: z.string(), payer: z.string(), month, items: few, totalFen: few, stage: z.enum(['prepared', 'approved', 'released', 'withdrawn']) })).readonly(),
  reconciled: z.object({
    through: month,
    payers: z.array(z.object({ payer: z.string(), decidedFen: whole, bookedFen: whole, paidFen: whole, returnedFen: whole, settledFen: whole, repaidFen: whole, waivedFen: whole, owedFen: whole, debtFen: whole, holds: z.boolean() })).readonly(),
  }).nullable().describe('The books of each payer through the last month that was booked.'),
  recoveries: z.object({ count: few, openFen: few, objections: few }).describe('Money that residents have to pay back.'),
  observations: z.array(z.object({ indicator: z.string(), month, value: z.string().nullable(), numerator: few, denominator: few, formula: z.string(), services: z.array(z.string()).readonly().describe('What it counts.'), run: z.string(), people: people.nullable() })).readonly(),
}).meta({ id: 'Payments' });
