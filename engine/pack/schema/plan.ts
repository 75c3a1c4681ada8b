import { z } from 'zod';
import { carried, citation, confidence, date, monthDay, decimal, divisionRef, feelName, id, integer, name, provenance, ref, text, unfilled, unitRef } from './common.ts';

/** `plan.yaml`: which plan this is, whose, for which years, and how its document is laid out. */
export const plan = z.strictObject({
  format: integer.describe('Version of the pack format; this is 1.'),
  id,
  name: name.describe('Official name of the plan.'),
  site: name.describe('What residents call the site.'),
  city: name,
  period: z.strictObject({ from: date, to: date }),
  authority: name,
  indexNo: z.string().optional().describe('Index number under which the plan was published.'),
  issuedOn: date,
  hotline: z.strictObject({ phone: z.string(), name, hours: text.or(unfilled) }).describe('The telephone number on every page.'),
  calendar: z.strictObject({ zone: z.string().describe('IANA time zone of deadlines.') }),
  population: z.strictObject({ division: divisionRef, measure: id }).describe('The figure of population.yaml that stands for the whole city.'),
  document: z.strictObject({
    file: z.string().describe('The published text, in source/.'),
    tables: z.array(z.strictObject({
      no: integer.describe('The printed number of the table.'),
      id: id.describe('Folder of its indicators.'),
      columns: z.array(z.enum(['no', 'name', 'base', 'target', 'actual', 'attribute'])).describe('The cells of a row in printed order.'),
      base: integer.describe('Year of the base value.'),
      target: integer.describe('Year of the target.'),
      actual: integer.optional().describe('Year of the value reached.'),
    })),
  }),
  domains: z.array(z.strictObject({
    id,
    mark: z.string().length(1).describe('One character that stands for the domain.'),
    name: name.describe('The name of the chapter, shortened.'),
    life: name.optional().describe('How the portal calls it; absent for a domain that has no page of its own.'),
    hint: text.optional().describe('What a resident finds there, in one line.'),
    cite: citation,
  })),
  goals: z.array(z.strictObject({ name, says: text, cite: citation })).describe('The goals of the plan in our words.'),
  lifeOrder: z.array(ref('domain')).optional().describe('The domains in the order in which residents meet them; where it is left out, the order of the plan.'),
  eventOrder: z.array(ref('event')).optional().describe('The life events in the order in which they are shown; those left out follow by id.'),
  promise: z.array(ref('indicator')).optional().describe('The few indicators that stand for the plan on the first page, in order.'),
  interview: z.strictObject({
    subject: id.describe('Who is asked: an entity.'),
    household: id.describe('The group whose people are asked about together.'),
    size: z.string().optional().describe('The fact that says how many they are; one means that there is nobody else.'),
    assumes: z.record(z.string(), z.unknown()).optional().describe('Facts by name that hold of whoever answers: that they are alive.'),
    topics: z.array(z.strictObject({ id, name })).describe('What questions are about, in the order in which they are asked.'),
  }).optional().describe('How a resident is asked what they are entitled to.'),
  acting: z.strictObject({ answerWorkingDays: integer, taskWorkingDays: integer, ...provenance }).optional().describe('Working days that a resident has to answer a notice, and a department to do what it is asked.'),
  payDay: z.strictObject({ day: monthDay.describe('1 to 31; of a month that is shorter its last day.'), ...provenance }).optional().describe('The day of the month on which what is due for it is paid out.'),
  refreshDays: z.strictObject({ daily: integer, monthly: integer, yearly: integer, ...provenance }).optional().describe('For how many days a value stays fresh, by how often its record is renewed; rare and never do not grow old.'),
  guardianship: z.strictObject({
    link: id.describe('The relation that leads from somebody to those they may have to look after.'),
    ward: z.string().describe('A FEEL-S expression about the other: whether they are looked after by law.'),
    birth: feelName.describe('The fact that holds their day of birth, by which they are told apart.'),
  }).optional().describe('Who acts for another without a mandate.'),
  statement: text.describe('What the site is and is not, on every page.'),
});

/** `units.yaml`: every unit a number of the pack may have. */
export const unit = z.strictObject({
  zh: z.string(),
  en: z.string(),
  dimension: id.describe('What it measures: persons, money, share …'),
  times: decimal.describe('How many base units of its dimension it is; 10000 for 万人.'),
});

/** `sources.yaml`: every text that a value of the pack comes from. */
export const source = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9-]*$/),
  kind: z.enum(['plan', 'law', 'local-law', 'official-stat', 'official-doc', 'news', 'secondary', 'data', 'memory', 'demo', 'reform']),
  title: z.string(),
  issuer: z.string().optional(),
  date: z.string().optional(),
  seen: z.string().optional().describe('What was really read.'),
  licence: z.string().optional(),
  note: z.string().optional(),
});

/** `divisions.yaml`: areas, dated, each with its parent. A reporting unit has no code. */
export const division = z.strictObject({
  code: z.string().regex(/^\d{2,12}$/).optional().describe('Code of GB/T 2260 or the statistical code; absent for a reporting unit.'),
  id: id.optional().describe('Id of a reporting unit without a code.'),
  name,
  kind: z.enum(['nation', 'province', 'city', 'county', 'township', 'reporting-unit']),
  type: z.string().optional().describe('district, county, county-level-city, town, township, subdistrict.'),
  parent: divisionRef.optional(),
  pinyin: z.string().optional(),
  from: date.optional().describe('First day on which the edition of the table holds.'),
  ...provenance,
});

/** `population.yaml`: counts of people by area, with unit, day and source. */
export const populationFigure = z.strictObject({
  division: divisionRef,
  measure: id.describe('residents, urban-share, births-per-1000 …'),
  name,
  value: decimal,
  unit: unitRef,
  on: date,
  ...provenance,
  note: text.optional(),
});

/** `departments.yaml`: who may own a task, a fact or an indicator. */
export const department = z.strictObject({ id, name, phone: z.string().or(unfilled).optional() });

/** `centres.yaml`: service centres. What nobody entered is 未填. */
export const centre = z.strictObject({
  id, name,
  township: divisionRef.optional(),
  county: divisionRef,
  address: text.or(unfilled),
  phone: z.string().or(unfilled),
  hours: text.or(unfilled),
  owner: ref('department').or(unfilled),
  reviewBy: date.describe('When the owner must look at the entry again.'),
  confidence,
});

/** `synonyms.yaml`: what people say, and the words of the catalogue that it means. */
export const synonym = z.strictObject({ say: z.array(z.string()), means: z.array(z.string()) });

/** `events/<id>.yaml`: a life event and what it joins. */
export const lifeEvent = z.strictObject({
  name,
  says: text.describe('The event in one sentence to a resident.'),
  cite: citation.optional(),
  system: ref('system').optional(),
  services: z.array(ref('service')).describe('The services that the event touches, in the order a resident meets them.'),
  words: z.array(z.string()).optional().describe('What people type to find it.'),
  ...carried,
  starts: z.strictObject({ by: z.array(z.string()) }).optional(),
  asks: z.array(z.strictObject({ id, question: text, type: z.string(), when: z.string().optional() })).optional(),
  steps: z.record(z.string(), z.strictObject({
    by: z.string(),
    after: z.string().or(z.array(z.string())).optional(),
    gives: z.string().optional(),
    limit: z.string().optional(),
    automatic: z.boolean().optional(),
    optional: z.boolean().optional(),
    ends: z.string().or(z.array(z.string())).optional(),
    opens: z.string().optional(),
    recovers: z.string().optional(),
    settles: z.string().optional(),
  })).optional(),
  replaces: z.record(z.string(), z.string()).optional().describe('Paper that shared data replaces, and who holds the data.'),
  promised: z.string().optional(),
  exceptions: z.array(z.string()).optional(),
  versions: z.enum(['stay', 'forward']).optional(),
});
