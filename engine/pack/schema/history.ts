import { z } from 'zod';
import { date, id, integer, name, ref, sourceRef } from './common.ts';

const fen = integer.describe('In fen.');

/** What a change does to one service for the people it was tried on, in the cycle in which the service pays. */
const effect = z.strictObject({
  service: ref('service'),
  new: integer, raised: integer, lowered: integer, ended: integer, nowUnknown: integer,
  beforeFen: fen, afterFen: fen,
});

/** `history.yaml`: what was changed in the pack by the software, when and by whom. Entries are only added, never altered. */
export const historyEntry = z.strictObject({
  id,
  kind: z.enum(['verified', 'reform', 'withdrawn']).describe('verified: a value was read in a document. reform: a change was scheduled. withdrawn: a scheduled change was taken back before its day.'),
  at: date.describe('The day on which it was entered.'),
  by: z.string().min(1).describe('Who entered it.'),
  item: z.string().optional().describe('Of a verified value, the item of the list to verify.'),
  before: z.string().optional(),
  after: z.string().optional(),
  document: sourceRef.optional().describe('The document that says so.'),
  page: z.string().optional().describe('Where in the document, or its address.'),
  name: name.optional().describe('Of a reform, its name.'),
  on: date.optional().describe('Of a reform, the first day on which it holds.'),
  reform: z.string().optional().describe('The reform as it was handed in, as a reform file.'),
  changes: z.array(z.strictObject({ file: z.string(), key: z.string(), before: z.string(), after: z.string() })).optional().describe('What stands in the files under a key instead of what stood there, as written.'),
  tried: z.strictObject({
    on: date, people: integer, synthetic: z.boolean().describe('Whether they were made-up people.'), pack: z.string().describe('The digest of the pack that it was tried on.'),
    movedFen: fen, effects: z.array(effect),
  }).optional().describe('What the simulation of a reform said when it was scheduled.'),
  of: id.optional().describe('Of what was withdrawn, the entry.'),
});
