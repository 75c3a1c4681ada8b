import { z } from 'zod';
import { decimal, divisionRef, feelName, id, integer, name, provenance, ref, text } from './common.ts';
import { Numeral } from '../yaml.ts';

const weights = z.record(z.string(), decimal).describe('Each value with its weight; `none` and `unknown` are values too.');
const span = z.strictObject({ from: decimal, to: decimal, weight: decimal.optional() });
const days = z.strictObject({ from: integer, to: integer });
/** A value or a test as text, however YAML spells it. */
const cell = z.unknown().transform((found, context): string => {
  if (typeof found === 'string') return found;
  if (typeof found === 'boolean') return String(found);
  if (found instanceof Numeral) return found.text;
  context.addIssue({ code: 'custom', message: 'value-type', params: { code: 'value-type', found: '' } });
  return z.NEVER;
}).meta({ type: 'string', describes: 'cell' });
/** What must hold of other columns: a name and a cell as in decision tables. */
const when = z.record(z.string(), cell).describe('Columns by name, each with a test as in a decision table: >= 60, [1..3], "label", not("label"), none.');

/** How a value is drawn; a case has exactly one of these. */
const draws = {
  share: decimal.optional().describe('Percent of yes.'),
  of: weights.optional(),
  bands: z.array(span).min(1).optional().describe('Stretches of numbers, each with its weight; uniform inside.'),
  step: decimal.optional().describe('What numbers of `bands` are whole multiples of.'),
  daysBefore: days.optional().describe('A day so many days before the day of the city.'),
  after: z.strictObject({ date: z.string(), from: integer, to: integer }).optional().describe('A day so many days after another.'),
  copy: z.string().optional().describe('The value of another column, of the thing itself or of its group.'),
  times: z.array(z.string()).min(1).optional().describe('The product of columns.'),
  by: decimal.optional().describe('What a copied, summed or multiplied number is multiplied by, rounded to a unit.'),
  sum: z.string().optional().describe('The sum of a column over the members of a group.'),
  mean: z.string().optional().describe('The sum over the members of a group by their number, rounded to a unit.'),
  members: z.boolean().optional().describe('How many members a group has.'),
  some: z.record(z.string(), cell).optional().describe('Whether some member passes.'),
  first: z.string().optional().describe('The value of the first member.'),
  is: z.record(z.string(), cell).optional().describe('Whether the thing passes.'),
  value: cell.optional().describe('Always this.'),
};

const drawn = z.strictObject({ when: when.optional(), least: integer.optional().describe('So many of the first rows are yes, however small the city.'), ...draws });

const column = z.strictObject({
  fact: z.string().optional().describe('The name or id of a fact.'),
  trait: feelName.optional().describe('A helper that is no fact: what other columns depend on.'),
  entity: id.optional().describe('Of a trait, the thing it is about; a person where absent.'),
  scale: integer.optional(),
  cases: z.array(drawn).optional().describe('The first case whose test holds gives the value; where none does, what absence means.'),
  unknown: decimal.optional().describe('Percent of rows whose value is not known: a gap.'),
  source: provenance.source.optional().describe('Where its shares come from, if not from the source of the file.'),
  confidence: provenance.confidence.optional(),
  note: text.optional(),
});

const member = z.strictObject({
  role: id,
  sex: z.string().describe('A code of the fact of sex, `either`, or `opposite` of the member it stands beside.'),
  count: z.record(z.string(), decimal).optional().describe('How many of them, each number with its weight; one where absent.'),
  age: z.array(span).optional(),
  beside: z.strictObject({ role: id, from: integer, to: integer, least: integer.optional(), most: integer.optional() }).optional().describe('The age counted from that of another member.'),
});

const people = z.strictObject({
  version: integer.describe('Raise it when another city would be drawn.'),
  on: z.string().describe('The day of the city where no other is asked for.'),
  sex: z.string(), birth: z.string(), residence: z.string().describe('Facts that the households give.'),
  names: z.strictObject({ age: feelName, role: feelName, kind: feelName, county: feelName, town: feelName }).describe('What columns call age in years, role, kind of household, county, and whether the household lives in a town.'),
  residents: z.string().describe('The measure of population.yaml that says how many live in each county.'),
  urban: z.string().optional().describe('The measure that says what percent live in towns; nobody is told apart where absent.'),
  living: id, groups: z.array(z.strictObject({ link: id, apart: z.string().optional().describe('A trait of people who form a group of their own.'), only: z.array(id).optional().describe('The roles that are grouped; everybody where absent.') })),
  households: z.array(z.strictObject({ id, weight: decimal, members: z.array(member).min(1) })).min(1),
  joins: z.array(z.strictObject({ link: id, from: id, to: id })),
  lost: decimal.optional().describe('Percent of people whose relations are not known.'),
  fit: z.array(z.strictObject({ from: integer, to: integer, sex: z.string().optional(), area: divisionRef.optional(), share: decimal, ...provenance })).describe('Percent of residents of an age (both ends included) and sex: the weights of the households are bent until they hold.'),
  others: z.array(z.strictObject({ entity: id, perTenThousand: decimal, least: integer.describe('So many there are in the smallest city.') })).optional(),
});

const total = z.strictObject({
  id, name,
  counts: z.string().describe('The entity that is counted: its rows, or the sum of a column.'),
  when: when.optional(),
  sum: z.string().optional(),
  mean: z.boolean().optional().describe('The mean of the sum over the rows, not the sum.'),
  shortOf: ref('parameter').optional().describe('By how much the column falls short of this parameter, added over the months of the year: what making up for it cost then. The parameter has the same value for everybody in each of these months.'),
  shareOf: when.optional().describe('The total as percent of the rows that pass this.'),
  published: decimal.describe('In the unit of the column; people for counts.'),
  year: integer,
  bearsOn: z.array(ref('service')).optional().describe('Services whose figures this total bears on, besides those whose rule reads what it counts.'),
  heldOut: z.boolean().optional().describe('Not used when the city was calibrated.'),
  notEqual: z.boolean().optional().describe('What was published and what is drawn are not of the same people, as the note says: the difference is shown and states no error.'),
  ...provenance,
  note: text.optional(),
});

/** `synthetic/<id>.yaml`: how a city of people who do not exist is drawn. One of the files has `people`. */
export const synthetic = z.strictObject({
  label: name,
  ...provenance,
  people: people.optional(),
  columns: z.array(column).optional(),
  spells: z.array(z.strictObject({
    link: id.describe('Spells of people.'),
    when: when.optional().describe('Who may have one.'),
    share: decimal.optional().describe('Percent of these who have one, or each of `items`; everybody where absent.'),
    facts: z.record(z.string(), z.strictObject(draws)).describe('Facts of the spell, drawn from what is known of the person; one that is not named is what absence means. A spell that would begin after the day of the city is not drawn.'),
    items: z.strictObject({ schedule: id, of: z.array(z.strictObject({ item: id, days: integer })).min(1) }).optional().describe('One spell for each of these items of a schedule that such spells record, its days so many later.'),
  })).optional().describe('Stretches of time in the lives of people, such as permits and visits, in the order in which they lie beside one another. Of spells that no entry draws nothing is known.'),
  lives: z.array(z.strictObject({
    id,
    entity: id.optional(),
    when: when.optional(),
    perMillion: decimal,
    least: integer,
    facts: z.record(z.string(), cell).describe('Values by fact. A day may be `-30d`, so many days before the day of the city; a number may be `year`, `year-1`, `year+1` or `month`, and a day one of such a year, `year-1-10-15`.'),
    gap: z.array(z.string()).optional().describe('Half as many again, one at least, live the same life but nobody knows these facts of them.'),
    note: text.optional(),
  })).optional().describe('Rare lives that must exist, so that every rule meets a yes, a no and an unknown.'),
  sent: z.array(z.strictObject({
    feed: z.string().describe('The id of a feed.'),
    daysBefore: days.optional().describe('Its rows were last seen so many days before the day of the city; only for a feed that has a column for it.'),
    late: z.strictObject({ share: decimal, from: integer, to: integer }).optional().describe('Percent of rows that were last seen that many days before.'),
    alone: decimal.optional().describe('Of facts that another feed gives before it, the percent of known values that only this one told.'),
    differs: decimal.optional().describe('Of the same, the percent of which it told another value.'),
  })).optional().describe('How the departments sent what they know: a feed without an entry came whole on the day of the city.'),
  totals: z.array(total).optional().describe('Published totals beside which the city is measured.'),
});
