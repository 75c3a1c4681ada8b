import { baselineOf, consequencesOf, decideOne, decidePerson, demoOn, flowsOf, isHiddenCell, itemsToVerify, lookedAtFrom, lookedAtOn, nextQuestion, openedRun, openingReform, personasIn, Places, reformsOf, scopeBoardOf, simulate, SMALLEST_SHOWN, stackingOf, statedErrorOf, takeUpOf, wardsOf } from '#engine/entitlement/index.ts';
import type { Answers, Baseline, Consequence, Entitlements, FaultyReform, Flows, ItemToVerify, LinkedPack, Progress, RestsOnDemo, ScheduledReform, ScopeBoard, Simulation, StackingList, StatedError, TakeUp, Told } from '#engine/entitlement/index.ts';
import type { Books } from '#engine/books/index.ts';
import type { Console } from '#engine/console/index.ts';
import type { OwnContact, ShownOutbox } from '#engine/contact/index.ts';
import { askSchedule, countDue, followedBy, schedulesOn } from '#engine/delivery/index.ts';
import type { DueAnswered, DueQuestion, ScheduleCount, Schedules } from '#engine/delivery/index.ts';
import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import type { Mine } from '#engine/mine/index.ts';
import { resolveCitation } from '#engine/pack/index.ts';
import type { Centre, Citation, CitedPlace, Division, Finding, Indicator, LifeEvent, Pack, Persona, Reform, Service, Target } from '#engine/pack/index.ts';
import { dutiesOf, householdOf, NO_ORIGINS, openDoor, peopleOf, personOf, provenanceFrom, qualityOf, standingsOf, subjectsOf, valueAt, vocabularyDigest } from '#engine/population/index.ts';
import type { Correction, Delivery, Doorkeeper, Keys, Look, NamedPopulation, Opener, Origins, PeopleDoor, PersonWorld, Quality, Residual, Snapshot, Standings } from '#engine/population/index.ts';
import type { Family, Ward } from '#engine/mandate/index.ts';
import type { Printer, Proofs } from '#engine/paper/index.ts';
import type { OwnRecord } from '#engine/record/index.ts';
import type { Remedies } from '#engine/remedy/index.ts';
import { dayNumber, reviewStandards } from '#engine/rules/index.ts';
import { searchIndex } from '#engine/search/index.ts';
import type { Hit } from '#engine/search/index.ts';
import type { Voice } from '#engine/voice/index.ts';

/** Which bytes of the pack are in force, and since when. */
export interface Release {
  /** SHA-256 of the pack in hex. */
  readonly digest: string;
  /** ISO instant of the activation; undefined while a pack is being written: it is served as saved and in force nowhere. */
  readonly activatedAt: string | undefined;
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
  /** Where their facts come from; nothing is authoritative where that is not known. */
  readonly origins?: Origins | undefined;
  /** How the drawn people stand beside the published totals; undefined where nobody was drawn. */
  readonly residuals?: readonly Residual[] | undefined;
  /** The values of the release itself, where corrections stand in the place of some in `snapshot`. */
  readonly base?: Snapshot | undefined;
  /** What was added beside the release, and the look at which the snapshot was made. */
  readonly overlay?: { readonly corrections: readonly Correction[]; readonly look: Look } | undefined;
  /** The files that they came in; none where they were drawn. */
  readonly deliveries?: readonly Delivery[] | undefined;
  /** Known share of each fact in the release before, from 0 to 1. */
  readonly before?: ReadonlyMap<string, number> | undefined;
}

/** Who is to be decided, through what that is asked, and by the law of which day (yyyymmdd); today where none is given. */
export interface PersonOrder {
  readonly key: string;
  readonly through: string;
  readonly lawOn?: number | undefined;
  /** Whether what the law of the next years looks at is opened too, to find the day on which an answer changes. */
  readonly ahead?: boolean | undefined;
  /** The one service that is asked about, where not all are: nothing that only others read is opened. */
  readonly service?: string | undefined;
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
  /** For whom residents act, and who acts for them; absent where it has no store. */
  readonly family?: Family | undefined;
  /** Proofs on paper; absent where it has no store. */
  readonly proofs?: Proofs | undefined;
  /** Makes papers for people; absent where nothing prints. */
  readonly print?: Printer | undefined;
  /** What the city has done; absent where it has no store. */
  readonly books?: Books | undefined;
  /** What residents say of it; absent where it has no store. */
  readonly voice?: Voice | undefined;
  /** How residents hear of what they are told; absent where it has no store. */
  readonly contacts?: OwnContact | undefined;
  /** What would have been sent; only in a demonstration. */
  readonly outbox?: ShownOutbox | undefined;
  /** What members of departments work with; absent where there is no store. */
  readonly console?: Console | undefined;
  /** What a resident's own pages ask of the store; absent where the city has none. */
  readonly mine?: Mine | undefined;
  /** Whom the door to residents' values asks, and tells; absent where nobody's values are opened. */
  readonly doorkeeper?: Doorkeeper | undefined;
  /** What residents see and do about what is held of them; absent where the city has no store. */
  readonly record?: OwnRecord | undefined;
  /** Applications for reconsideration; absent where the city has no store. */
  readonly remedies?: Remedies | undefined;
}

/** A cell of the scope board: a service opened to a group, in one county or everywhere. */
export interface ScopeCellName {
  readonly service: string;
  readonly group: string;
  readonly area?: string | undefined;
}

/** What is shown of a count of people with some fact: one of few real people points at somebody. */
export function shownOf({ kind }: Pick<CityPopulation, 'kind'>): (count: number) => number | null {
  return (count) => (kind === 'real' && count > 0 && count < SMALLEST_SHOWN ? null : count);
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
  /** How good and how fresh the facts of the population are today, by department; undefined where none is loaded. */
  quality(): Quality | undefined;
  /** How far each value may be relied on; undefined where no population is loaded. */
  standings(): Standings | undefined;
  /** What nobody has read in a document, worked out when it is first asked for. */
  toVerify(): readonly ItemToVerify[];
  /** What of each service that is decided today is for demonstration, by id. */
  demoServices(): ReadonlyMap<string, RestsOnDemo>;
  /** What somebody should look at in the set of standards, worked out when it is first asked for. */
  review(): readonly Diagnostic[];
  /** The reforms that are or were scheduled, the one that holds last first. */
  reforms(): readonly ScheduledReform[];
  /** What a reform would change today for everybody. */
  simulate(reform: Reform): Simulation | FaultyReform | undefined;
  /** What else it would do: by group, near misses, cliffs, the error. Undefined where it is not simulated. */
  consequences(reform: Reform): readonly Consequence[] | undefined;
  /** Who is within reach of each service, and who is left out. As all below it is worked out when first asked for, and undefined where there is no baseline. */
  scopeBoard(): ScopeBoard | undefined;
  /** The reform that opens one cell of the board from today on, to be simulated as any other; `few` where its number is one that the board hides. */
  opening(cell: ScopeCellName): Reform | 'few';
  /** The money between counties that follows people: as services are, and were they open to whoever lives here. */
  flows(): { readonly today: readonly Flows[]; readonly opened: readonly Flows[] } | undefined;
  takeUp(service: string): TakeUp | undefined;
  /** What each precedence list does. */
  stacking(): readonly StackingList[] | undefined;
  /** How far figures about a service may be off. */
  statedError(service: string): StatedError;
  /** What somebody who is described, and whom nobody named, is entitled to on a day of law (yyyymmdd); today where none is given. */
  decideOne(told: Told, lawOn?: number): Entitlements;
  /** The one way to a resident's values; undefined where nobody's can be opened. */
  door(): PeopleDoor | undefined;
  /** What a resident is entitled to, for a principal who may know and a purpose that goes on record. */
  decidePerson(principal: Opener, purpose: string, order: PersonOrder): Promise<PersonDecided>;
  /** The keys by which a resident is known: their own and those of the groups they are in; none where nobody has the key. */
  subjectsOf(key: string): readonly string[];
  /** The keys of the people whom a key names: the one person, or everybody in a household; none where nobody has the key. */
  peopleOf(key: string): readonly string[];
  /** The children whom somebody looks after by law, and the facts that were read of them to know; none where nobody has the key. */
  wardsOf(key: string): { readonly wards: readonly Ward[]; readonly columns: readonly string[] };
  /** The key of a resident: of the one who has it, or of the first member of the group that has it; undefined where nobody has. */
  personOf(key: string): string | undefined;
  /** The residents of a demonstration that can be walked through, each with the key of the person they are; none where the people are real or nobody is loaded. */
  personas(): ReadonlyMap<Persona, string>;
  /** What to ask such a person next; about one service first, where one is named. */
  nextQuestion(answers: Answers, first?: string): Progress;
  /** Who is due for what and when, as the lists read today, by id. */
  schedules(): Schedules;
  /** What is due when for somebody who is described, on a day (yyyymmdd); undefined where there is no such schedule. */
  askSchedule(id: string, question: DueQuestion, on?: number): DueAnswered | undefined;
  /** Every schedule counted over everybody, today; undefined where no population is loaded that these rules can read. */
  dueCounts(): readonly ScheduleCount[] | undefined;
}

/** The city that a release of a pack makes. Nothing in it changes: a new release makes a new city. */
export function openCity(input: CityInput): City {
  const { pack, findings, population } = input;
  const bySubject = groupBy(findings.flatMap((finding) => finding.subjects.map((subject) => [subject, finding] as const)));
  const search = searchIndex(pack);
  const services = [...pack.services.values()];
  const baseline = once(() => decideToday(input));
  const ask = <T>(question: (before: Baseline) => T): T | undefined => {
    const before = baseline();
    return before && question(before);
  };
  const board = once(() => ask(scopeBoardOf));
  const simulated = remember(MOST_REMEMBERED, (reform: Reform) => ask((before) => simulate(before, reform)));
  const today = dayNumber(input.today);
  const schedules = once(() => schedulesOn(input.rules, today));
  const standings = once(() => population && standingsOf({
    snapshot: population.base ?? population.snapshot, origins: population.origins ?? NO_ORIGINS, duties: dutiesOf(pack, input.rules.vocabulary.schema),
    corrections: population.overlay?.corrections, look: population.overlay?.look ?? { factsOn: dayNumber(input.today), knownAt: input.release.activatedAt ?? `${input.today}T23:59:59.999Z` },
  }));
  const named = once(() => namedPopulation(input, standings()));
  const personas = once(() => personasOf(input));
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
    decidePerson: async (principal, purpose, { key, through, lawOn = dayNumber(input.today), ahead = false, service }) => {
      const wanted = (only?: ReadonlySet<string>): ReadonlySet<string> | undefined => (service === undefined ? only : new Set(only === undefined || only.has(service) ? [service] : []));
      const found = await door()?.factsOf(principal, purpose, key, { through, sights: (only) => (ahead ? lookedAtFrom : lookedAtOn)(input.rules, lawOn, wanted(only)) });
      if (found?.kind !== 'facts') return found ?? { kind: 'nobody-loaded' };
      const { world, services } = found;
      return { kind: 'decided', entitlements: onlyOf(decidePerson(input.rules, world, lawOn), wanted(services)), world };
    },
    peopleOf: (key) => { const people = named(); return people ? peopleOf(people, key) : []; },
    subjectsOf: (key) => { const people = named(); return people ? subjectsOf(people, key) : []; },
    personOf: (key) => { const people = named(); return people && personOf(people, key); },
    personas,
    wardsOf: (key) => { const people = named(); return people ? wardsIn(input, people, key) : NO_WARDS; },
    nextQuestion: (answers, first) => nextQuestion({ linked: input, answers, lawOn: dayNumber(input.today), first }),
    schedules,
    askSchedule: (id, question, on = today) => {
      const linked = (on === today ? schedules() : schedulesOn(input.rules, on)).get(id);
      return linked && askSchedule(input.rules, linked, question, on);
    },
    dueCounts: once(() => countToday(input, schedules())),
    baseline,
    standings,
    quality: once(() => population && qualityOf({ pack, snapshot: population.snapshot, origins: population.origins ?? NO_ORIGINS, on: dayNumber(input.today), deliveries: population.deliveries ?? [], before: population.before ?? new Map() })),
    simulate: simulated,
    consequences: remember(MOST_REMEMBERED, (reform: Reform) => ask((before) => {
      const found = simulated(reform);
      return found?.kind === 'simulated' ? consequencesOf(before, found, input.population?.residuals) : undefined;
    })),
    scopeBoard: board,
    opening: (cell) => { const known = board(); return known && isHiddenCell(known, cell) ? 'few' : openingReform(cell, input.today); },
    flows: once(() => ask((before) => ({ today: flowsOf(before), opened: flowsOf(before, openedRun(before)) }))),
    takeUp: remember(MOST_TAKE_UPS, (service: string) => ask((before) => takeUpOf(before, service))),
    stacking: once(() => ask(stackingOf)),
    statedError: (service) => statedErrorOf(input.rules, dayNumber(input.today), service, input.population?.residuals),
    toVerify: once(() => itemsToVerify(input.rules)),
    demoServices: once(() => demoOn(input.rules, today)),
    review: once(() => reviewStandards(input.rules)),
    reforms: () => reformsOf(pack, input.today),
  };
}

/** The people, where there are any whose facts are those of this pack. */
function readable({ rules, population }: CityInput): Snapshot | undefined {
  return population && vocabularyDigest(rules.vocabulary.schema) === vocabularyDigest(population.snapshot.schema) ? population.snapshot : undefined;
}

function namedPopulation(input: CityInput, standings: Standings | undefined): NamedPopulation | undefined {
  const [snapshot, keys] = [readable(input), input.population?.keys];
  return snapshot && keys && { snapshot, keys, person: input.pack.plan.interview?.subject ?? 'person', provenanceOf: standings && provenanceFrom(standings), classOf: (fact) => input.pack.facts.get(fact)?.dataClass };
}

/** The answers for which facts were opened: any other would only say that nothing is known. */
function onlyOf(found: Entitlements, services: ReadonlySet<string> | undefined): Entitlements {
  return services ? { ...found, all: found.all.filter(({ service }) => services.has(service.id)), beyond: found.beyond.filter(({ id }) => services.has(id)) } : found;
}

function personasOf(input: CityInput): ReadonlyMap<Persona, string> {
  const snapshot = readable(input);
  if (!snapshot || input.population?.kind !== 'synthetic') return new Map();
  const { keys } = input.population;
  return new Map([...personasIn(input.rules, snapshot, dayNumber(input.today))].flatMap(([persona, row]) => { const key = keys?.keyOf('person', row); return key === undefined ? [] : [[persona, key] as const]; }));
}

const NO_WARDS = { wards: [], columns: [] };

function wardsIn({ rules, today }: CityInput, people: NamedPopulation, key: string): ReturnType<City['wardsOf']> {
  const { guardianship } = rules.pack.plan;
  const place = people.keys.rowOf(key);
  if (!guardianship || place?.entity !== people.person) return NO_WARDS;
  const birth = [...rules.vocabulary.schema.facts.values()].find(({ name }) => name === guardianship.birth)?.id ?? '';
  const wards = wardsOf(rules, people.snapshot, place.row, dayNumber(today)).flatMap((row): readonly Ward[] => {
    const [found, born] = [people.keys.keyOf(people.person, row), valueAt(people.snapshot, birth, row)];
    return found === undefined ? [] : [{ key: found, householdKey: householdOf(people, row), born: born.kind === 'known' ? Number(born.value) : undefined }];
  });
  return { wards, columns: [birth, guardianship.link] };
}

function countToday(input: CityInput, schedules: Schedules): readonly ScheduleCount[] | undefined {
  const snapshot = readable(input);
  if (!snapshot) return undefined;
  const [places, on] = [new Places(input.rules, snapshot), dayNumber(input.today)];
  return followedBy(input.rules.vocabulary.schema, [...schedules.values()], snapshot, on).map((followed) => countDue(followed, places, on));
}

function decideToday(input: CityInput): Baseline | undefined {
  const { rules, parsed, today } = input;
  const snapshot = readable(input);
  return snapshot && baselineOf(rules, parsed, snapshot, dayNumber(today));
}

/** So many simulations are kept: each holds an answer for everybody. */
const MOST_REMEMBERED = 8;
/** A take-up is small: all services of a plan are kept. */
const MOST_TAKE_UPS = 200;

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
