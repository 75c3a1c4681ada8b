import { baselineOf, decideOne, itemsToVerify, nextQuestion, reformsOf, simulate } from '#engine/entitlement/index.ts';
import type { Answers, Baseline, Entitlements, FaultyReform, ItemToVerify, LinkedPack, Progress, ScheduledReform, Simulation, Told } from '#engine/entitlement/index.ts';
import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import { resolveCitation } from '#engine/pack/index.ts';
import type { Centre, Citation, CitedPlace, Division, Finding, Indicator, LifeEvent, Pack, Reform, Service, Target } from '#engine/pack/index.ts';
import { vocabularyDigest } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { dayNumber, ParseCache, reviewStandards } from '#engine/rules/index.ts';
import { searchIndex } from '#engine/search/index.ts';
import type { Hit } from '#engine/search/index.ts';

/** Which bytes of the pack are in force, and since when. */
export interface Release {
  /** SHA-256 of the pack in hex. */
  readonly digest: string;
  /** ISO instant of the activation. */
  readonly activatedAt: string;
}

/** The people that questions about everybody are asked of. */
export interface CityPopulation {
  readonly snapshot: Snapshot;
  /** Whether they exist, or were drawn to stand for those who do. */
  readonly kind: 'synthetic' | 'real';
  /** For how many residents of the city each of them stands; 1 where it is everybody. */
  readonly standsFor: number;
  /** How many there are. */
  readonly people: number;
}

export interface CityInput extends LinkedPack {
  readonly pack: Pack;
  readonly release: Release;
  /** The day that every page and answer is as of, in the plan's time zone. */
  readonly today: CalendarDate;
  readonly findings: readonly Finding[];
  /** What is wrong with the pack files as last saved; empty outside development, where a faulty pack is not served. */
  readonly diagnostics: readonly Diagnostic[];
  readonly mode: 'demo' | 'production';
  /** Absent where no population is loaded. */
  readonly population?: CityPopulation | undefined;
}

/** The running city: every question that a page, the API and the command line ask. */
export interface City extends CityInput {
  /** What the plan linter found about a record: a service, an indicator, a target … */
  findingsOf(id: string): readonly Finding[];
  search(query: string): readonly Hit[];
  /** The life events in the order of the plan's `event-order`, then by id. */
  lifeEvents(): readonly LifeEvent[];
  /** Services of a domain in the order of the plan's box. */
  servicesOf(domain: string): readonly Service[];
  /** The services that move an indicator. */
  servicesFeeding(indicator: string): readonly Service[];
  /** Rows of a table in printed order. */
  indicatorsOf(table: string): readonly Indicator[];
  /** The targets in text and boxes that repeat an indicator. */
  targetsOf(indicator: string): readonly Target[];
  /** Areas directly below an area, in the order of the pack. */
  divisionsIn(parent: string): readonly Division[];
  /** Service centres of a township first, then those of its county; of a county, its own first. */
  centresNear(division: string): readonly Centre[];
  /** What a citation names in the published text; undefined never happens for a citation of the pack itself. */
  cited(citation: Citation): CitedPlace | undefined;
  /**
   * Everybody decided as of today; worked out when it is first asked for. Undefined where no population is loaded, or
   * one whose facts are not those of this pack.
   */
  baseline(): Baseline | undefined;
  /** What nobody has read in a document, worked out when it is first asked for. */
  toVerify(): readonly ItemToVerify[];
  /** What somebody should look at in the set of standards, worked out when it is first asked for. */
  review(): readonly Diagnostic[];
  /** The reforms that are or were scheduled, the one that holds last first. */
  reforms(): readonly ScheduledReform[];
  /** What a reform would change today for everybody. */
  simulate(reform: Reform): Simulation | FaultyReform | undefined;
  /** What somebody who is described, and whom nobody named, is entitled to on a day of law (yyyymmdd); today where none is given. */
  decideOne(told: Told, lawOn?: number): Entitlements;
  /** What to ask such a person next; about one service first, where one is named. */
  nextQuestion(answers: Answers, first?: string): Progress;
}

/** The city that a release of a pack makes. Nothing in it changes: a new release makes a new city. */
export function openCity(input: CityInput): City {
  const { pack, findings } = input;
  const bySubject = groupBy(findings.flatMap((finding) => finding.subjects.map((subject) => [subject, finding] as const)));
  const search = searchIndex(pack);
  const services = [...pack.services.values()];
  const baseline = once(() => decideToday(input));
  return {
    ...input,
    search,
    findingsOf: (id) => bySubject.get(id) ?? [],
    lifeEvents: () => [...new Set([...(pack.plan.eventOrder ?? []), ...pack.events.keys()])].flatMap((id) => pack.events.get(id) ?? []),
    servicesOf: (domain) => services.filter((service) => service.domain === domain).sort((a, b) => itemNo(a) - itemNo(b)),
    servicesFeeding: (indicator) => services.filter((service) => service.feeds.includes(indicator)),
    indicatorsOf: (table) => [...pack.indicators.values()].filter((one) => one.table === table).sort((a, b) => rowNo(a) - rowNo(b)),
    targetsOf: (indicator) => [...pack.targets.values()].filter((target) => target.indicator === indicator),
    divisionsIn: (parent) => [...pack.divisions.values()].filter((division) => division.parent === parent),
    centresNear: (division) => centresNear(pack, division),
    cited: (citation) => resolveCitation(pack.source, citation),
    decideOne: (told, lawOn = dayNumber(input.today)) => decideOne(input.rules, told, lawOn),
    nextQuestion: (answers, first) => nextQuestion({ linked: input, answers, lawOn: dayNumber(input.today), first }),
    baseline,
    toVerify: once(() => itemsToVerify(input.rules)),
    review: once(() => reviewStandards(input.rules)),
    reforms: () => reformsOf(pack, input.today),
    simulate: remember(MOST_REMEMBERED, (reform: Reform) => {
      const before = baseline();
      return before && simulate(before, reform);
    }),
  };
}

function decideToday({ rules, population, today }: CityInput): Baseline | undefined {
  if (!population) return undefined;
  if (vocabularyDigest(rules.vocabulary.schema) !== vocabularyDigest(population.snapshot.schema)) return undefined;
  return baselineOf(rules, new ParseCache(), population.snapshot, dayNumber(today));
}

/** So many simulations are kept: each holds an answer for everybody. */
const MOST_REMEMBERED = 8;

/** The same question gives the same answer, and the last few are kept: the address of a simulation is opened more than once. */
function remember<Question, Answer>(most: number, ask: (question: Question) => Answer): (question: Question) => Answer {
  const known = new Map<string, Answer>();
  return (question) => {
    const key = JSON.stringify(question);
    const found = known.get(key) ?? ask(question);
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) if (known.size > most) known.delete(oldest);
    return found;
  };
}

/** A value that is worked out when it is first asked for, and kept. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function groupBy<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

function itemNo({ cite }: Service): number {
  return cite.kind === 'item' ? cite.item : 0;
}

function rowNo({ cite }: Indicator): number {
  return cite.kind === 'row' ? cite.row : 0;
}

function centresNear(pack: Pack, code: string): readonly Centre[] {
  const centres = [...pack.centres.values()];
  const division = pack.divisions.get(code);
  const county = division?.kind === 'township' ? (division.parent ?? code) : code;
  const own = centres.filter((centre) => centre.township === code);
  const ofCounty = centres.filter((centre) => centre.county === county && centre.township === undefined);
  const rest = division?.kind === 'township' ? [] : centres.filter((centre) => centre.county === county && centre.township !== undefined);
  return [...own, ...ofCounty, ...rest];
}
