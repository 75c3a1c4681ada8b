import { z } from 'zod';
import { decimal, id, name, ref } from './common.ts';

const column = z.strictObject({
  column: z.string().min(1).describe('The heading in the file.'),
  fact: z.string().optional().describe('The name or id of the fact it gives; a column that is only checked has none.'),
  codes: z.record(z.string(), z.string()).optional().describe('What the file says, with the code of the fact, `true` or `false`. Without it the file says the codes themselves.'),
  date: z.enum(['yyyy-mm-dd', 'yyyymmdd', 'yyyy/mm/dd']).optional().describe('How the file writes days; yyyy-mm-dd where absent.'),
  check: z.enum(['citizen-id', 'credit-code']).optional().describe('A check digit: of an identity number, or of a unified social credit code. In a synthetic feed it must be wrong, and the area of an identity number must not exist.'),
});

/** `feeds/<id>.yaml`: how a department's file becomes facts. */
export const feed = z.strictObject({
  label: name,
  department: ref('department'),
  entity: id.describe('The thing that a row is about, by its id in entities.yaml.'),
  key: z.string().min(1).describe('The heading of the surrogate id.'),
  register: z.boolean().optional().describe('The rows are the things there are; another feed’s row about something else is an orphan.'),
  owner: z.string().min(1).optional().describe('Of spells, the heading with the id of whose each row is. The file has all there are: who is in none of its rows has no spell.'),
  groups: z.record(z.string(), z.string()).optional().describe('The heading with the id of each group, by grouping.'),
  relations: z.record(z.string(), z.string()).optional().describe('The heading with the ids that a relation leads to, separated by semicolons.'),
  columns: z.array(column),
  observedOn: z.string().min(1).optional().describe('The heading with the day, yyyy-mm-dd, on which the record of the row was seen to be so; where it is absent or empty, the day of the load.'),
  validFrom: z.string().min(1).optional().describe('The heading with the day, yyyy-mm-dd, from which the record of the row holds; where it is absent or empty, the day on which it was seen.'),
  unknownMark: z.string().min(1).optional().describe('What the file writes where the department does not know; an empty cell is what absence of the fact means.'),
  damageLimit: decimal.describe('Percent of rows that may be bad; beyond it the feed is refused whole.'),
  synthetic: z.boolean().describe('Nobody in it exists. A synthetic feed never mixes with a real one.'),
});
