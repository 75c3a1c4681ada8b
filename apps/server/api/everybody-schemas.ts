import { z } from 'zod';

/*
 * Replies about everybody. People and money are those of the people loaded, never scaled up. Null stands for a number
 * that is small, or would give a small one away; for a group, `null` is whoever is in none that is known.
 */

const name = z.object({ zh: z.string(), en: z.string() });
const count = z.number().int().nullable();
const fen = z.number().int().nullable();
const cycle = z.string().nullable().describe('How often the money is paid; null where that is not said.');

const people = z.object({
  count: z.number().int(), kind: z.enum(['synthetic', 'real']), standsFor: z.number().int().describe('For how many residents of the city each of them stands.'),
}).nullable().describe('Whose numbers these are; null where nobody is loaded, and then there are no numbers.');

const group = z.object({ group: z.string().nullable(), name: name.nullable() });
const scopeCell = group.extend({
  reach: z.enum(['open', 'closed', 'partly', 'nobody']), people: count, entitled: count,
  leftOut: count.describe('Kept out by the scope alone.'), leftOutFen: fen.describe('What they would get in a cycle.'),
});

export const scopeReply = z.object({
  id: z.string(), domain: z.string(), name, for: z.object({ zh: z.string(), en: z.string().optional() }), people,
  board: z.object({
    subject: z.string().describe('What is counted: people, or families.'), cycle, paysMoney: z.boolean(), leftOut: count, leftOutFen: fen,
    groups: z.array(scopeCell), counties: z.array(z.object({ county: z.string().nullable(), groups: z.array(scopeCell) })),
  }).nullable().describe('Null where the service is not decided for each person or family: then only `for` says whom it is for.'),
}).meta({ id: 'ScopeRow' });

const changes = z.object({ new: count, raised: count, lowered: count, ended: count, 'now-unknown': count });
const touched = { counts: changes, beforeFen: fen, afterFen: fen };
const cliff = z.object({ count, mostFen: fen });
const statedError = z.union([
  z.object({ kind: z.literal('everybody') }),
  z.object({ kind: z.literal('band'), percent: z.number().describe('The worst residual, without sign, of the totals that bear on it.'), worst: z.string(), totals: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown') }),
]).describe('How far the figures may be off, by the published totals that bear on the service.');

const effect = z.object({
  service: z.string(), subject: z.string(), cycle, before: count, after: count, counts: changes, beforeFen: fen, afterFen: fen,
  unstatedFen: z.object({ before: fen, after: fen }).describe('Of which nobody has entered who pays it.'),
  payers: z.array(z.object({ level: z.string(), of: z.string(), county: z.string().nullable(), beforeFen: fen, afterFen: fen })),
  counties: z.array(z.object({ county: z.string().nullable(), ...touched })),
});

/** What a reform, or the opening of a cell, changes. */
export const simulationReply = z.object({
  people, isHidden: z.boolean().describe('Whether so few are touched that nothing is told.'), movedFen: fen,
  services: z.array(effect.extend({
    places: z.array(z.object({ group: z.string().nullable(), ...touched })), incomes: z.array(z.object({ group: z.string().nullable(), ...touched })),
    near: z.array(z.object({ clause: z.string(), before: count, after: count })).describe('Who fails by this clause alone.'),
    cliffs: z.object({ before: cliff, after: cliff }).nullable().describe('Who loses more than one unit of money by one unit more of monthly income a head.'),
    error: statedError,
  })),
}).meta({ id: 'SimulationOutcome' });

const matrix = z.array(z.array(fen));
const flow = z.object({
  cycle, services: z.array(z.string()), gross: matrix.describe('From the county that pays (row) to that of residence (column).'), net: matrix, balances: z.array(fen).describe('What a county gets in all less what it hands over; together exactly 0.'),
  movedFen: fen, fromOutsideFen: z.array(fen), toOutsideFen: z.array(fen),
});
export const flowsReply = z.object({
  people, counties: z.array(z.string()), today: z.array(flow), opened: z.array(flow).describe('Were every service open to whoever lives in the city.'),
}).meta({ id: 'Flows' });

const table = z.object({ cells: z.array(z.array(count)), byRow: z.array(count), byColumn: z.array(count), all: count });
export const takeUpReply = z.object({
  people, service: z.string(),
  takeUp: z.object({
    subject: z.string(), isRecorded: z.boolean().describe('Whether it is known who draws it.'), counties: z.array(z.string().nullable()).describe('The rows of each table.'), groups: z.array(group).describe('The columns of each table.'),
    entitled: table, drawn: table.nullable(), notDrawn: table.nullable(), undue: table.nullable(), near: table.describe('Who fails by exactly one clause.'),
  }).nullable().describe('Null where the service is not decided.'),
}).meta({ id: 'TakeUp' });

export const stackingReply = z.object({
  people,
  lists: z.array(z.object({
    list: z.string(), name, rule: z.enum(['first-wins', 'highest', 'resident-chooses']),
    places: z.array(z.object({ service: z.string(), subject: z.string().nullable(), cycle, meet: count, hold: count, moved: count, movedFen: fen })),
    pairs: z.array(z.object({ earlier: z.string(), later: z.string(), meetBoth: count, drawBoth: count })),
  })),
}).meta({ id: 'Stacking' });

export const residualsReply = z.object({
  people,
  totals: z.array(z.object({
    id: z.string(), name, kind: z.enum(['count', 'sum', 'mean', 'percent']), published: z.number(), wanted: z.number().describe('What was published, for so many people.'), drawn: z.number(),
    residual: z.number().nullable().describe('Percent of what was wanted.'), year: z.number().int(), source: z.string(), heldOut: z.boolean().describe('Not looked at when the city was calibrated.'),
  })),
}).meta({ id: 'Residuals' });
