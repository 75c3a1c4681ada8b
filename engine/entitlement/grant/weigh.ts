import { groupAt, restsOn, STANDING, STANDINGS, walkerOf } from '#engine/population/index.ts';
import type { Reach, Snapshot, Standing, Standings } from '#engine/population/index.ts';
import type { LinkColumns, Program } from '#engine/rules/index.ts';
import type { Change } from '../change.ts';
import { NOWHERE } from '../place.ts';
import type { Basis, Places } from '../place.ts';
import type { ToAct } from './acted.ts';
import type { Areas } from './grant.ts';

const BASES: readonly Basis[] = ['registered', 'resident', 'insured', 'work'];

/** Of whom a change is, and how far what it rests on may be relied on. */
export interface Weighing {
  /** The rules of the day as they are written: what an answer rests on is the same whoever may look. */
  readonly program: Program;
  /** The day on which somebody would act, as yyyymmdd. */
  readonly asOf: number;
  readonly snapshot: Pick<Snapshot, 'schema' | 'layout' | 'links'>;
  readonly standings: Standings;
  /** What the answer of each service rests on. */
  readonly rests: ReadonlyMap<string, readonly Reach[]>;
  readonly places: Places;
  /** The opaque id of a row. */
  readonly keyOf: (entity: string, row: number) => string;
}

/** Changes of one service, each with what has to be known to act on it. */
export function weigh(weighing: Weighing, service: string, changes: readonly Change[]): readonly ToAct[] {
  const reaches = weighing.rests.get(service) ?? [];
  const clauses = new Map<string | undefined, readonly Reach[]>();
  const standings = worstOf(weighing, service, changes.map(({ row }) => row));
  return changes.map((change, at) => {
    const standing = standings[at] ?? 'good';
    const place = placeOf(weighing, change, change.row);
    return { change, ...place, unplaced: unplacedBy(weighing, change.subject, place.areas), standing, fact: factOf(weighing, change, standing, reaches, clauses) };
  });
}

/** How the worst fact stands that the answer about each of these rows may rest on. */
export function worstOf({ standings, rests, asOf }: Pick<Weighing, 'standings' | 'rests' | 'asOf'>, service: string, rows: readonly number[]): readonly Standing['kind'][] {
  return Array.from(standings.worst(rests.get(service) ?? [], rows, asOf), (code) => STANDINGS[code] ?? 'good');
}

/** The key, the household and the areas of a row. */
export function placeOf(weighing: Weighing, { service, subject }: Pick<Change, 'service' | 'subject'>, row: number): Pick<ToAct, 'key' | 'household' | 'areas'> {
  const { snapshot: { schema, layout, links }, keyOf } = weighing;
  const home = layout.primary === undefined ? undefined : schema.links.get(layout.primary);
  const household = home && householdOf(home.from, home.to, links.get(home.id), firstMember(weighing, subject, row), subject, row);
  return { key: { service, subject: keyOf(subject, row) }, household: home && household !== undefined ? keyOf(home.to, household) : null, areas: areasOf(weighing, subject, row) };
}

/** The facts that would say where a thing is, by each basis on which it is not known. */
function unplacedBy({ places }: Weighing, subject: string, areas: Areas): ToAct['unplaced'] {
  return Object.fromEntries(BASES.flatMap((basis) => {
    const fact = areas[basis] === undefined ? places.factOf(subject, basis) : undefined;
    return fact === undefined ? [] : [[basis, fact] as const];
  }));
}

/** In which county a row is, by each basis. */
export function areasOf({ places }: Pick<Weighing, 'places'>, subject: string, row: number): Areas {
  const found = BASES.flatMap((basis) => {
    const at = places.of(subject, basis)[row] ?? NOWHERE;
    const county = at === NOWHERE ? undefined : places.counties[at];
    return county === undefined ? [] : [[basis, county] as const];
  });
  return Object.fromEntries(found);
}

/** The first member of the group that a row is; undefined where it is no group of people. */
function firstMember({ snapshot: { schema, links } }: Weighing, subject: string, row: number): number | undefined {
  const grouping = [...schema.links.values()].find(({ kind, to }) => kind === 'grouping' && to === subject);
  const columns = grouping && links.get(grouping.id);
  const at = columns?.starts[row] ?? 0;
  if (!columns || at === columns.starts[row + 1]) return undefined;
  return columns.targets ? columns.targets[at] : at;
}

function householdOf(person: string, home: string, links: LinkColumns | undefined, member: number | undefined, subject: string, row: number): number | undefined {
  if (subject === home) return row;
  const who = subject === person ? row : member;
  return who === undefined || !links ? undefined : groupAt(links.starts, who);
}

/** The fact that stands worst; of an answer that is unknown one that is missing from the clause that says so. Empty where all stand well. */
function factOf({ program, asOf, snapshot, standings }: Weighing, { service, kind, clause, row }: Change, standing: Standing['kind'], reaches: readonly Reach[], clauses: Map<string | undefined, readonly Reach[]>): string {
  const wanted = kind === 'now-unknown' ? 'missing' : standing;
  if (wanted === 'good') return '';
  const among = kind === 'now-unknown' ? (clauses.get(clause) ?? reachesOf(program, service, clause)) : reaches;
  if (kind === 'now-unknown') clauses.set(clause, among);
  for (const { path, fact } of among) {
    let found = false;
    walkerOf(snapshot.links, path)(row, (at) => { found ||= STANDING[standings.standingOf(fact, at, asOf).kind] === STANDING[wanted]; });
    if (found) return fact;
  }
  return among[0]?.fact ?? '';
}

/** What one clause of a service, or its amount, may rest on. */
function reachesOf(program: Program, service: string, clause: string | undefined): readonly Reach[] {
  const decisions = program.decisions.map((decision) => {
    if (decision.service !== service) return decision;
    return { ...decision, clauses: decision.clauses.filter(({ id }) => id === clause), amount: clause === 'amount' ? decision.amount : undefined };
  });
  return restsOn({ ...program, decisions }).get(service) ?? [];
}
