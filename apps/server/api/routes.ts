import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { plainSchedule } from '#engine/delivery/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { parseCitation, printCitation } from '#engine/pack/index.ts';
import * as everybody from './everybody.ts';
import * as told from './everybody-schemas.ts';
import * as present from './present.ts';
import { scheduleReply } from './schedule-schemas.ts';
import * as reply from './schemas.ts';

/** One collection of the API: a list with cursors and, where its things have ids, one of them. */
export interface Collection<Item = unknown> {
  readonly path: string;
  readonly summary: string;
  readonly reply: z.ZodType;
  /** Everything, each with the key that orders it and that a cursor names. */
  readonly items: (city: City) => Iterable<readonly [key: string, item: Item]>;
  /** Filters of the query string and what they keep. */
  readonly filters: Readonly<Record<string, { readonly describe: string; readonly keep: (item: Item, value: string, city: City) => boolean }>>;
  readonly present: (city: City, item: Item, locale: Locale) => unknown;
  readonly single: boolean;
}

function collection<Item>(definition: Collection<Item>): Collection {
  return definition as unknown as Collection;
}

const domain = { describe: 'Only of this domain.', keep: (item: { domain: string }, value: string) => item.domain === value };
const kind = { describe: 'Only of this kind.', keep: (item: { kind: string }, value: string) => item.kind === value };
const state = { describe: 'Only in this state: running, in-pack, not-yet.', keep: (item: { state: string }, value: string) => item.state === value };

export const COLLECTIONS: readonly Collection[] = [
  collection({ path: 'services', summary: 'The catalogue of services', reply: reply.serviceReply, items: ({ pack }) => pack.services, filters: { domain, kind, standard: { describe: 'Only where the plan prints the standard so: given, by-standard, vague, absent.', keep: (item, value) => item.printed.standard === value } }, present: present.presentService, single: true }),
  collection({ path: 'indicators', summary: 'The indicators of the tables', reply: reply.indicatorReply, items: ({ pack }) => pack.indicators, filters: { domain, table: { describe: 'Only of this table.', keep: (item, value) => item.table === value } }, present: present.presentIndicator, single: true }),
  collection({ path: 'targets', summary: 'The targets in text and boxes', reply: reply.targetReply, items: ({ pack }) => pack.targets, filters: { domain, kind, indicator: { describe: 'Only those that repeat this indicator.', keep: (item, value) => item.indicator === value } }, present: present.presentTarget, single: true }),
  collection({ path: 'mechanisms', summary: 'The mechanisms that the plan orders', reply: reply.mechanismReply, items: ({ pack }) => pack.mechanisms, filters: { domain, state }, present: present.presentMechanism, single: true }),
  collection({ path: 'systems', summary: 'The systems that the plan names', reply: reply.systemReply, items: ({ pack }) => pack.systems, filters: { domain, kind, state }, present: present.presentSystem, single: true }),
  collection({ path: 'projects', summary: 'The projects', reply: reply.projectReply, items: ({ pack }) => pack.projects, filters: { domain, kind }, present: present.presentProject, single: true }),
  collection({ path: 'events', summary: 'The life events', reply: reply.eventReply, items: ({ pack }) => pack.events, filters: {}, present: present.presentEvent, single: true }),
  collection({ path: 'facts', summary: 'The vocabulary of facts', reply: reply.factReply, items: ({ pack }) => pack.facts, filters: { entity: { describe: 'Only of this thing.', keep: (item, value) => item.entity === value }, holder: { describe: 'Only those that this department holds.', keep: (item, value) => item.holder === value } }, present: present.presentFact, single: true }),
  collection({ path: 'divisions', summary: 'Areas with their residents', reply: reply.divisionReply, items: ({ pack }) => pack.divisions, filters: { kind, parent: { describe: 'Only directly below this area.', keep: (item, value) => item.parent === value } }, present: present.presentDivision, single: true }),
  collection({ path: 'centres', summary: 'Service centres', reply: reply.centreReply, items: ({ pack }) => pack.centres, filters: { near: { describe: 'Only those of this township or county.', keep: (item, value, city) => city.centresNear(value).includes(item) } }, present: present.presentCentre, single: true }),
  collection({ path: 'scope-board', summary: 'Whom each service reaches, and whom its scope leaves out', reply: told.scopeReply, items: ({ pack }) => pack.services, filters: { domain }, present: everybody.presentScope, single: true }),
  collection({ path: 'schedules', summary: 'The lists of what falls due for whom: vaccinations, check-ups, visits', reply: scheduleReply, items: (city) => city.schedules(), filters: { service: { describe: 'Only of this service.', keep: (item, value) => item.schedule.service === value } }, present: (_, item) => plainSchedule(item), single: false }),
  collection({
    path: 'findings', summary: 'What the plan linter found', reply: reply.findingReply, single: false,
    items: ({ findings }) => findings.map((finding, index) => [String(index).padStart(6, '0'), finding] as const),
    filters: {
      code: { describe: 'Only of this rule.', keep: (item, value) => item.code === value },
      severity: { describe: 'Only of this severity: error, warning, info.', keep: (item, value) => item.severity === value },
      subject: { describe: 'Only those about this record.', keep: (item, value) => item.subjects.includes(value) },
    },
    present: (_, finding, locale) => present.presentFinding(finding, locale),
  }),
  collection({ path: 'review', summary: 'What to look at in the set of standards', reply: reply.reviewReply, single: false, items: (city) => city.review().map((one, index) => [String(index).padStart(6, '0'), one] as const), filters: { code: { describe: 'Only of this rule.', keep: (item, value) => item.code === value } }, present: (_, one, locale) => present.presentReview(one, locale) }),
  collection({ path: 'items-to-verify', summary: 'What nobody has read in a document', reply: reply.toVerifyReply, single: false, items: (city) => city.toVerify().map((item) => [item.id, item] as const), filters: { kind, department: { describe: 'Only of this department; none: where the pack names no department.', keep: (item, value) => (item.department ?? 'none') === value } }, present: present.presentToVerify }),
  collection({ path: 'reforms', summary: 'Scheduled and past reforms', reply: reply.reformReply, single: false, items: (city) => city.reforms().map((one) => [one.entry.id, one] as const), filters: { state: { describe: 'Only in this state: scheduled, in-force, withdrawn.', keep: (item, value) => item.state === value } }, present: (_, one) => present.presentReform(one) }),
];

/** One question of the API that is no collection. */
export interface Question {
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  readonly reply: z.ZodType;
  /** Undefined: there is no such thing. */
  readonly answer: (city: City, query: Readonly<Record<string, string>>) => unknown;
}

export const QUESTIONS: readonly Question[] = [
  { path: 'quality', summary: 'How good and how fresh the facts of the population are, by department', query: z.object({}), reply: reply.qualityReply, answer: (city) => present.presentQuality(city) },
  { path: 'plan', summary: 'The plan, its release and its size', query: z.object({}), reply: reply.planReply, answer: (city) => present.presentPlan(city) },
  { path: 'search', summary: 'Search services, events, indicators and systems', query: z.object({ q: z.string().max(200).describe('What one would say: Chinese, English, pinyin, initials.').meta({ examples: ['yang lao'] }) }), reply: z.array(reply.hitReply), answer: (city, { q = '' }) => city.search(q).slice(0, 50).map((hit) => present.presentHit(city, hit)) },
  {
    path: 'opening', summary: 'What opening a service to a group would change', reply: told.simulationReply, answer: everybody.presentOpening,
    query: z.object({
      service: z.string().max(200).describe('The id of the service.').meta({ examples: ['eldercare-elderly-welfare'] }), group: z.string().max(200).describe('A group of the scope board.').meta({ examples: ['registered-city'] }),
      area: z.string().max(200).optional().describe('Only where people live there: the code of a county.'),
    }),
  },
  {
    path: 'simulation', summary: 'What another value of a parameter would change, from today on', reply: told.simulationReply, answer: everybody.presentSimulation,
    query: z.object({ parameter: z.string().max(200).meta({ examples: ['disabled-living-times'] }), area: z.string().max(200).describe('The code of the area.').meta({ examples: ['330700'] }), value: z.string().max(40).describe('Digits, with a point.').meta({ examples: ['2.0'] }) }),
  },
  { path: 'flows', summary: 'Money between counties that follows people', query: z.object({}), reply: told.flowsReply, answer: (city) => everybody.presentFlows(city) },
  { path: 'take-up', summary: 'Who draws a service, who does not, and who misses it by one clause', query: z.object({ service: z.string().max(200).meta({ examples: ['eldercare-elderly-welfare'] }) }), reply: told.takeUpReply, answer: (city, { service = '' }) => everybody.presentTakeUp(city, service) },
  { path: 'stacking', summary: 'Services that exclude one another, and whom their order moves', query: z.object({}), reply: told.stackingReply, answer: (city) => everybody.presentStacking(city) },
  { path: 'residuals', summary: 'How the people loaded stand beside the published totals', query: z.object({}), reply: told.residualsReply, answer: (city) => everybody.presentResiduals(city) },
  {
    path: 'cited', summary: 'The text of the plan at a citation', query: z.object({ cite: z.string().max(100).describe('Such as 表1 第1行 or 三(一).').meta({ examples: ['表1 第1行'] }) }), reply: reply.citedReply,
    answer: (city, { cite = '' }) => {
      const citation = parseCitation(cite);
      const place = citation && city.cited(citation);
      return place && { cite: printCitation(place.citation), text: place.paragraphs.map(({ line, text }) => ({ line, text })) };
    },
  },
];
