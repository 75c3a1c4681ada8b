import { baselineOf, decideOne, decidePerson, lookedAtFrom, lookedAtOn, nextQuestion, simulate } from '#engine/entitlement/index.ts';
import type { Answers, Baseline, Entitlements, FaultyReform, LinkedPack, Progress, Simulation, Told } from '#engine/entitlement/index.ts';
import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import { resolveCitation } from '#engine/pack/index.ts';
import type { Centre, Citation, CitedPlace, Division, Finding, Indicator, LifeEvent, Pack, Reform, Service, Target } from '#engine/pack/index.ts';
import { openDoor, subjectsOf, vocabularyDigest } from '#engine/population/index.ts';
import type { Doorkeeper, Keys, NamedPopulation, PeopleDoor, PersonWorld, Snapshot } from '#engine/population/index.ts';
import type { Principal } from '#engine/ports.ts';
import { dayNumber, ParseCache } from '#engine/rules/index.ts';
import type { Provenance } from '#engine/rules/index.ts';
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
  /** What names its rows; absent where nobody in it can be named. */
  readonly keys?: Keys | undefined;
  /** By fact id, the feed that its values come from. */
  readonly sources?: ReadonlyMap<string, Provenance> | undefined;
}

/** Who is to be decided, through what that is asked, and by the law of which day (yyyymmdd); today where none is given. */
export interface PersonOrder {
  readonly key: string;
  readonly through: string;
  readonly lawOn?: number | undefined;
  /** Whether what the law of the next years looks at is opened too, to find the day on which an answer changes. */
  readonly ahead?: boolean | undefined;
}

export type PersonDecided =
  | { readonly kind: 'decided'; readonly entitlements: Entitlements; readonly world: PersonWorld }
  /** Not allowed, or nobody has the key. */
  | { readonly kind: 'denied' }
  /** No population with names is loaded, or nothing keeps its door. */
  | { readonly kind: 'nobody-loaded' };

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
  /** Whom the door to residents' values asks, and tells; absent where nobody's values are opened. */
  readonly doorkeeper?: Doorkeeper | undefined;
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
  /** What a reform would change today for everybody. */
  simulate(reform: Reform): Simulation | FaultyReform | undefined;
  /** What somebody who is described, and whom nobody named, is entitled to on a day of law (yyyymmdd); today where none is given. */
  decideOne(told: Told, lawOn?: number): Entitlements;
  /** The one way to a resident's values; undefined where nobody's can be opened. */
  door(): PeopleDoor | undefined;
  /** What a resident is entitled to, for a principal who may know and a purpose that goes on record. */
  decidePerson(principal: Principal, purpose: string, order: PersonOrder): Promise<PersonDecided>;
  /** The keys by which a resident is known: their own and those of the groups they are in; none where nobody has the key. */
  subjectsOf(key: string): readonly string[];
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
  const named = once(() => namedPopulation(input));
  const door = once(() => { const people = named(); return people && input.doorkeeper && openDoor(people, input.doorkeeper); });
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
    door,
    decidePerson: async (principal, purpose, { key, through, lawOn = dayNumber(input.today), ahead = false }) => {
      const found = await door()?.factsOf(principal, purpose, key, { through, reaches: ahead ? lookedAtFrom(input.rules, lawOn) : lookedAtOn(input.rules, lawOn) });
      if (found?.kind !== 'facts') return found ?? { kind: 'nobody-loaded' };
      return { kind: 'decided', entitlements: decidePerson(input.rules, found.world, lawOn), world: found.world };
    },
    subjectsOf: (key) => { const people = named(); return people ? subjectsOf(people, key) : []; },
    nextQuestion: (answers, first) => nextQuestion({ linked: input, answers, lawOn: dayNumber(input.today), first }),
    baseline,
    simulate: remember(MOST_REMEMBERED, (reform: Reform) => {
      const before = baseline();
      return before && simulate(before, reform);
    }),
  };
}

function decideToday(input: CityInput): Baseline | undefined {
  const population = populationOf(input);
  return population && baselineOf(input.rules, new ParseCache(), population.snapshot, dayNumber(input.today));
}

/** The people that are loaded, where their facts are those of this pack. */
function populationOf({ rules, population }: CityInput): CityPopulation | undefined {
  return population && vocabularyDigest(rules.vocabulary.schema) === vocabularyDigest(population.snapshot.schema) ? population : undefined;
}

function namedPopulation(input: CityInput): NamedPopulation | undefined {
  const { snapshot, keys, sources } = populationOf(input) ?? {};
  const person = input.pack.plan.interview?.subject ?? 'person';
  return snapshot && keys && { snapshot, keys, sources, person };
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
