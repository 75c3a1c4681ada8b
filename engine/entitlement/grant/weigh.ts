import { groupAt, restsOn, STANDING, STANDINGS, walkerOf } from '#engine/population/index.ts';
import type { Reach, Snapshot, Standing, Standings } from '#engine/population/index.ts';
import type { LinkColumns, Program } from '#engine/rules/index.ts';
import { changeAt } from '../change.ts';
import type { Change, ServiceChanges } from '../change.ts';
import { NOWHERE } from '../place.ts';
import type { Basis, Places } from '../place.ts';
import type { ToAct } from './acted.ts';
import type { Areas } from './grant.ts';

const BASES: readonly Basis[] = ['registered', 'resident', 'insured', 'work'];

/** Of whom a change is, and how far what it rests on may be relied on. */
export interface Weighing {
  readonly program: Program;
  readonly snapshot: Pick<Snapshot, 'schema' | 'layout' | 'links'>;
  readonly standings: Standings;
  readonly places: Places;
  /** The opaque id of a row. */
  readonly keyOf: (entity: string, row: number) => string;
}

/** The changes of one service, so many at a time, each with what has to be known to act on it; always the same pieces. */
export function* weigh(weighing: Weighing, changes: ServiceChanges, atOnce: number): Generator<readonly ToAct[]> {
  const reaches = restsOn(weighing.program).get(changes.service) ?? [];
  const clauseReaches = new Map<string | undefined, readonly Reach[]>();
  for (let from = 0; from < changes.rows.length; from += atOnce) {
    const rows = changes.rows.subarray(from, from + atOnce);
    const codes = weighing.standings.worst(reaches, rows, weighing.program.lawOn);
    yield [...rows].map((row, at) => {
      const change = changeAt(changes, from + at);
      const standing = STANDINGS[codes[at] ?? 0] ?? 'good';
      return { change, ...placeOf(weighing, changes, row), standing, fact: factOf(weighing, change, standing, reaches, clauseReaches) };
    });
  }
}

/** The key, the household and the areas of a row. */
export function placeOf(weighing: Weighing, { service, subject }: Pick<ServiceChanges, 'service' | 'subject'>, row: number): Pick<ToAct, 'key' | 'household' | 'areas'> {
  const { snapshot: { schema, layout, links }, keyOf } = weighing;
  const home = layout.primary === undefined ? undefined : schema.links.get(layout.primary);
  const household = home && householdOf(home.from, home.to, links.get(home.id), firstMember(weighing, subject, row), subject, row);
  return { key: { service, subject: keyOf(subject, row) }, household: home && household !== undefined ? keyOf(home.to, household) : null, areas: areasOf(weighing, subject, row) };
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
function factOf({ program, snapshot, standings }: Weighing, { service, kind, clause, row }: Change, standing: Standing['kind'], reaches: readonly Reach[], clauses: Map<string | undefined, readonly Reach[]>): string {
  const wanted = kind === 'now-unknown' ? 'missing' : standing;
  if (wanted === 'good') return '';
  const among = kind === 'now-unknown' ? (clauses.get(clause) ?? reachesOf(program, service, clause)) : reaches;
  if (kind === 'now-unknown') clauses.set(clause, among);
  for (const { path, fact } of among) {
    let found = false;
    walkerOf(snapshot.links, path)(row, (at) => { found ||= STANDING[standings.standingOf(fact, at, program.lawOn).kind] === STANDING[wanted]; });
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
