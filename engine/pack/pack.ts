import type { z } from 'zod';
import type { FilePlace } from '#engine/kernel/index.ts';
import type { Citation } from './citation.ts';
import type * as calendarSchema from './schema/calendar.ts';
import type * as breakdownSchema from './schema/breakdown.ts';
import type * as feedSchema from './schema/feed.ts';
import type * as historySchema from './schema/history.ts';
import type * as indicatorSchema from './schema/indicator.ts';
import type * as personaSchema from './schema/persona.ts';
import type * as planSchema from './schema/plan.ts';
import type * as questionSchema from './schema/question.ts';
import type * as remedySchema from './schema/remedy.ts';
import type * as scheduleSchema from './schema/schedule.ts';
import type * as serviceSchema from './schema/service.ts';
import type * as staffSchema from './schema/staff.ts';
import type * as syntheticSchema from './schema/synthetic.ts';
import type * as voiceSchema from './schema/voice.ts';
import type * as workSchema from './schema/work.ts';
import type { SourceDocument } from './source/document.ts';

/** A record of a pack: its fields, its id and where it stands. */
export type Entry<Schema extends z.ZodType> = z.output<Schema> & { readonly id: string; readonly place: FilePlace };

export type Plan = z.output<typeof planSchema.plan>;
export type Domain = Plan['domains'][number];
export type Unit = z.output<typeof planSchema.unit>;
export type Source = z.output<typeof planSchema.source>;
export type Division = Entry<typeof planSchema.division>;
export type PopulationFigure = z.output<typeof planSchema.populationFigure>;
export type CalendarYear = z.output<typeof calendarSchema.calendarYear>;
export type Department = Entry<typeof planSchema.department>;
export type Centre = Entry<typeof planSchema.centre>;
export type Synonym = z.output<typeof planSchema.synonym>;
export type LifeEvent = Entry<typeof planSchema.lifeEvent>;
/** A service belongs to the domain whose folder it stands in. */
export type Service = Entry<typeof serviceSchema.service> & { readonly domain: string };
/** An indicator belongs to the table whose folder it stands in. */
export type Indicator = Entry<typeof indicatorSchema.indicator> & { readonly table: string };
export type Target = Entry<typeof indicatorSchema.target>;
export type Mechanism = Entry<typeof workSchema.mechanism>;
export type System = Entry<typeof workSchema.system>;
export type Project = Entry<typeof workSchema.project>;
export type Background = Entry<typeof workSchema.background>;
export type Fact = Entry<typeof serviceSchema.fact>;
export type Parameter = Entry<typeof serviceSchema.parameter>;
export type Definition = z.output<typeof serviceSchema.definition>;
export type RuleEntity = Entry<typeof serviceSchema.entity>;
export type RuleScope = Entry<typeof serviceSchema.scope>;
export type Ending = Entry<typeof serviceSchema.ending>;
export type Breakdown = Entry<typeof breakdownSchema.breakdown>;
export type DecisionTable = Entry<typeof serviceSchema.table>;
export type Precedence = Entry<typeof serviceSchema.precedence>;
export type Feed = Entry<typeof feedSchema.feed>;
/** Something that was changed in the pack by the software: a value verified, a reform scheduled or withdrawn. */
export type HistoryEntry = Entry<typeof historySchema.historyEntry>;
/** What a resident can do against an answer. */
export type Remedy = Entry<typeof remedySchema.remedy>;
/** A made-up resident as whom a demonstration can be walked through. */
export type Persona = Entry<typeof personaSchema.persona>;
/** A made-up member of a department as whom the console of a demonstration can be used. */
export type StaffMember = Entry<typeof staffSchema.staffMember>;
export type SyntheticPart = Entry<typeof syntheticSchema.synthetic>;
export type Question = Entry<typeof questionSchema.question>;
export type Derived = z.output<typeof questionSchema.derived>;
export type Schedule = Entry<typeof scheduleSchema.schedule>;
/** How residents rate, complain and suggest, who answers, and by when. */
export type VoiceRules = Entry<typeof voiceSchema.voice>;

type ById<T> = ReadonlyMap<string, T>;

/** A plan pack, read, checked and linked: every reference resolves and every citation names a place in the source. */
export interface Pack {
  readonly plan: Plan;
  readonly source: SourceDocument;
  readonly units: ById<Unit>;
  readonly sources: ById<Source>;
  /** By code, or by id for a reporting unit. */
  readonly divisions: ById<Division>;
  readonly population: readonly PopulationFigure[];
  /** Which days are worked, by year. */
  readonly calendar: readonly CalendarYear[];
  readonly departments: ById<Department>;
  readonly centres: ById<Centre>;
  readonly synonyms: readonly Synonym[];
  readonly events: ById<LifeEvent>;
  readonly services: ById<Service>;
  readonly indicators: ById<Indicator>;
  readonly targets: ById<Target>;
  readonly mechanisms: ById<Mechanism>;
  readonly systems: ById<System>;
  readonly projects: ById<Project>;
  readonly background: ById<Background>;
  readonly facts: ById<Fact>;
  readonly parameters: ById<Parameter>;
  readonly definitions: readonly Definition[];
  readonly entities: ById<RuleEntity>;
  /** By `<who>-<level>`. */
  readonly scopes: ById<RuleScope>;
  /** By the word with which standards name them. */
  readonly endings: ById<Ending>;
  /** By what they part people: `standing`, `place`, `income`; a pack need not have all. */
  readonly breakdowns: ById<Breakdown>;
  readonly tables: ById<DecisionTable>;
  readonly precedence: ById<Precedence>;
  readonly schedules: ById<Schedule>;
  /** How a city of people who do not exist is drawn; none where the pack has none. */
  readonly synthetic: ById<SyntheticPart>;
  /** In the order in which they are asked. */
  readonly questions: ById<Question>;
  readonly derived: readonly Derived[];
  /** In the order in which they are tried. */
  readonly remedies: ById<Remedy>;
  /** In the order in which they are offered; none where the pack has none. */
  readonly personas: ById<Persona>;
  /** The one record of `voice.yaml`, by the name of its file; none where residents are not asked. */
  readonly voice: ById<VoiceRules>;
  /** In the order in which they are offered; none where the pack has none. */
  readonly staff: ById<StaffMember>;
  /** What was changed in the pack and by whom, the oldest first. */
  readonly history: ById<HistoryEntry>;
  /** How departments’ files become facts. */
  readonly feeds: ById<Feed>;
  /** County outlines as GeoJSON text, as the pack holds it; absent where the pack has none. */
  readonly boundaries: Boundaries | undefined;
  /** Every text of the pack by path, for source frames and downloads. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Outlines of areas with where they come from; not an official map. */
export interface Boundaries {
  readonly crs: string;
  readonly source: string;
  readonly note: { readonly zh: string; readonly en: string };
  readonly areas: readonly { readonly code: string; readonly rings: readonly (readonly (readonly [number, number])[])[] }[];
}

/** What the plan linter found in the plan itself: a value, shown to staff and residents, never repaired silently. */
export interface Finding {
  /** The rule that found it; its words are in the message files under `finding.<code>`. */
  readonly code: string;
  /** `error`: two printed statements cannot both be true, or a value is unusable. `warning`: very likely wrong. `info`: wording, form. */
  readonly severity: 'error' | 'warning' | 'info';
  /** The printed places concerned, in reading order; at least one. */
  readonly places: readonly FindingPlace[];
  /** Ids of the records it concerns: indicators, services, targets … */
  readonly subjects: readonly string[];
  readonly data: Readonly<Record<string, string | number>>;
}

export interface FindingPlace {
  readonly citation: Citation;
  readonly file: string;
  readonly line: number;
  /** What is printed there, verbatim. */
  readonly raw: string;
}
