import { z } from 'zod';
import * as dated from './schema/calendar.ts';
import * as parted from './schema/breakdown.ts';
import * as indicator from './schema/indicator.ts';
import * as walked from './schema/persona.ts';
import * as planned from './schema/plan.ts';
import * as asking from './schema/question.ts';
import * as remedied from './schema/remedy.ts';
import * as scheduled from './schema/schedule.ts';
import * as service from './schema/service.ts';
import * as fed from './schema/feed.ts';
import * as past from './schema/history.ts';
import * as employed from './schema/staff.ts';
import * as drawn from './schema/synthetic.ts';
import * as heard from './schema/voice.ts';
import * as work from './schema/work.ts';
import type { FreeMaps } from './yaml.ts';

/**
 * Every kind of file a pack may hold: where it stands and what is in it.
 *
 * `one`: the file is one record, named by its file. `list`: a list of records with an id each. `map`: records by
 * key. `plain`: a list of records without ids. `folder` names the field that the folder gives the record.
 */
export const KINDS = {
  plan: { path: /^plan\.yaml$/, shape: 'single', schema: planned.plan, example: 'plan.yaml' },
  units: { path: /^units\.yaml$/, shape: 'map', schema: planned.unit, example: 'units.yaml' },
  sources: { path: /^sources\.yaml$/, shape: 'list', schema: planned.source, example: 'sources.yaml' },
  divisions: { path: /^divisions\.yaml$/, shape: 'list', schema: planned.division, example: 'divisions.yaml' },
  population: { path: /^population\.yaml$/, shape: 'plain', schema: planned.populationFigure, example: 'population.yaml' },
  calendar: { path: /^calendar\.yaml$/, shape: 'plain', schema: dated.calendarYear, example: 'calendar.yaml' },
  departments: { path: /^departments\.yaml$/, shape: 'list', schema: planned.department, example: 'departments.yaml' },
  centres: { path: /^centres\.yaml$/, shape: 'list', schema: planned.centre, example: 'centres.yaml' },
  synonyms: { path: /^synonyms\.yaml$/, shape: 'plain', schema: planned.synonym, example: 'synonyms.yaml' },
  events: { path: /^events\/[^/]+\.yaml$/, shape: 'one', schema: planned.lifeEvent, example: 'events/<id>.yaml' },
  services: { path: /^services\/([^/]+)\/[^/]+\.yaml$/, shape: 'one', folder: 'domain', schema: service.service, example: 'services/<domain>/<id>.yaml' },
  indicators: { path: /^indicators\/([^/]+)\/[^/]+\.yaml$/, shape: 'one', folder: 'table', schema: indicator.indicator, example: 'indicators/<table>/<id>.yaml' },
  targets: { path: /^targets\.yaml$/, shape: 'list', schema: indicator.target, example: 'targets.yaml' },
  mechanisms: { path: /^mechanisms\.yaml$/, shape: 'list', schema: work.mechanism, example: 'mechanisms.yaml' },
  systems: { path: /^systems\.yaml$/, shape: 'list', schema: work.system, example: 'systems.yaml' },
  projects: { path: /^projects\/[^/]+\.yaml$/, shape: 'list', schema: work.project, example: 'projects/<domain>.yaml' },
  background: { path: /^background\.yaml$/, shape: 'list', schema: work.background, example: 'background.yaml' },
  facts: { path: /^facts\.yaml$/, shape: 'list', schema: service.fact, example: 'facts.yaml' },
  parameters: { path: /^parameters\/[^/]+\.yaml$/, shape: 'one', schema: service.parameter, example: 'parameters/<id>.yaml' },
  definitions: { path: /^definitions\.yaml$/, shape: 'plain', schema: service.definition, example: 'definitions.yaml' },
  entities: { path: /^entities\.yaml$/, shape: 'list', schema: service.entity, example: 'entities.yaml' },
  scopes: { path: /^scopes\.yaml$/, shape: 'map', schema: service.scope, example: 'scopes.yaml' },
  endings: { path: /^endings\.yaml$/, shape: 'map', schema: service.ending, example: 'endings.yaml' },
  breakdowns: { path: /^breakdowns\.yaml$/, shape: 'list', schema: parted.breakdown, example: 'breakdowns.yaml' },
  tables: { path: /^tables\/[^/]+\.yaml$/, shape: 'one', schema: service.table, example: 'tables/<id>.yaml' },
  precedence: { path: /^precedence\/[^/]+\.yaml$/, shape: 'one', schema: service.precedence, example: 'precedence/<id>.yaml' },
  questions: { path: /^questions\.yaml$/, shape: 'list', schema: asking.question, example: 'questions.yaml' },
  derived: { path: /^derived\.yaml$/, shape: 'plain', schema: asking.derived, example: 'derived.yaml' },
  schedules: { path: /^schedules\/[^/]+\.yaml$/, shape: 'one', schema: scheduled.schedule, example: 'schedules/<id>.yaml' },
  synthetic: { path: /^synthetic\/[^/]+\.yaml$/, shape: 'one', schema: drawn.synthetic, example: 'synthetic/<id>.yaml' },
  remedies: { path: /^remedies\.yaml$/, shape: 'list', schema: remedied.remedy, example: 'remedies.yaml' },
  personas: { path: /^personas\.yaml$/, shape: 'list', schema: walked.persona, example: 'personas.yaml' },
  voice: { path: /^voice\.yaml$/, shape: 'single', schema: heard.voice, example: 'voice.yaml' },
  staff: { path: /^staff\.yaml$/, shape: 'list', schema: employed.staffMember, example: 'staff.yaml' },
  history: { path: /^history\.yaml$/, shape: 'list', schema: past.historyEntry, example: 'history.yaml' },
  feeds: { path: /^feeds\/[^/]+\.yaml$/, shape: 'one', schema: fed.feed, example: 'feeds/<id>.yaml' },
} as const satisfies Record<string, { path: RegExp; shape: 'single' | 'one' | 'list' | 'map' | 'plain'; folder?: string; schema: z.ZodType; example: string }>;

export type Kind = keyof typeof KINDS;
export const PACK_KINDS = Object.keys(KINDS) as readonly Kind[];

/** Files of a pack that are not records: the source document, map data, notes on sources and licences. */
export const OTHER_FILES = /^(?:source\/[^/]+\.txt|geo\/[^/]+\.(?:geojson|md)|README\.md|SOURCES\.md|LICENSE[^/]*)$/;

/** Maps of the format whose keys people choose. */
export const FREE_MAPS: FreeMaps = new Map([['given', 'all'], ['parameters', 'own'], ['steps', 'own'], ['replaces', 'own'], ['codes', 'own'], ['counties', 'own'], ['scope', 'own'], ['of', 'own'], ['when', 'own'], ['some', 'own'], ['is', 'own'], ['shareOf', 'own'], ['facts', 'own'], ['count', 'own'], ['tells', 'own'], ['omitted', 'own'], ['assumes', 'own'], ['groups', 'own'], ['relations', 'own']]);

/** The schema of a whole file of a kind, for editors and for the reference page. */
export function fileSchema(kind: Kind): z.ZodType {
  const { shape, schema } = KINDS[kind];
  switch (shape) {
    case 'single': case 'one': return schema;
    case 'list': case 'plain': return z.array(schema);
    case 'map': return z.record(z.string(), schema);
    default: return shape satisfies never;
  }
}
