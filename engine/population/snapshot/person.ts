import { known, LANE, NONE } from '#engine/rules/index.ts';
import type { Column, FactColumn, Lane, Link, Provenance, Situation, Thing, Value } from '#engine/rules/index.ts';
import { reachWithGroups } from './reach.ts';
import type { Reach, ReachStep } from './reach.ts';
import type { Snapshot } from './snapshot.ts';

/** The part of a population that decides for one person, as the executions for one person read it. */
export interface PersonWorld {
  /** The entity of the person. */
  readonly entity: string;
  /** Things hold the facts and links that are looked at, and no others. */
  readonly situation: Situation;
  /** By entity, the row of the snapshot that each place came from. */
  readonly rows: ReadonlyMap<string, readonly number[]>;
  /** The place of the person: always the first. */
  readonly place: number;
  /** By grouping, the place of the person's group: always the first; a grouping that the person is in no group of is not here. */
  readonly groups: ReadonlyMap<string, number>;
}

/** Who is looked at, and how far. */
export interface PersonOrder {
  /** The entity of the person. */
  readonly entity: string;
  readonly row: number;
  /** By subject, what is looked at (`reachesOf`). */
  readonly reaches: ReadonlyMap<string, Reach>;
  /** By fact or link id, where its values come from; a snapshot keeps that for its feeds, not for its cells. */
  readonly sources?: ReadonlyMap<string, Provenance> | undefined;
}

/**
 * The small world of one person out of a snapshot: the person and the person's groups, and from them whatever the
 * rules look at, so that every verdict about the person and the person's groups is the one that the kernel gives the
 * row. The reverse of `buildSnapshot`, for one.
 *
 * A row that is not there is a fault.
 */
export function personWorld(snapshot: Snapshot, { entity, row, reaches, sources }: PersonOrder): PersonWorld {
  if (!Number.isInteger(row) || row < 0 || row >= (snapshot.rows.get(entity) ?? 0)) throw new RangeError(`there is no ${entity} in row ${String(row)}`);
  const gathered = new Gathered(snapshot);
  const reach = reachWithGroups(snapshot.schema, reaches, entity);
  // The person, then the person's groups, so that each stands first among its kind.
  gathered.reserve(entity, row);
  const groups = [...reach.steps.values()].flatMap(({ link, direction }) => {
    const group = direction === 'along' && link.kind === 'grouping' ? groupOf(snapshot, link, row) : undefined;
    return group === undefined ? [] : [[link.id, gathered.reserve(link.to, group)] as const];
  });
  gathered.visit(entity, row, reach);
  return { entity, situation: gathered.situation(sources), rows: gathered.rows(), place: 0, groups: new Map(groups) };
}

/** One thing while what is needed of it is found out. */
interface Found {
  readonly place: number;
  readonly row: number;
  readonly facts: Map<string, Value>;
  readonly links: Map<string, readonly Found[]>;
}

class Gathered {
  readonly #snapshot: Snapshot;
  readonly #things: ReadonlyMap<string, Map<number, Found>>;
  readonly #seen = new Map<Reach, Set<number>>();
  /** Executions rely on what is never unknown, so it is read of everything that is here. */
  readonly #certain: readonly FactColumn[];

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#certain = [...snapshot.schema.facts.values()].filter(({ unknowable }) => !unknowable);
    this.#things = new Map([...snapshot.schema.entities.keys()].map((entity) => [entity, new Map<number, Found>()]));
  }

  /** Gives a row the next place of its kind, where it has none, and says which it has. */
  reserve(entity: string, row: number): number {
    return this.#thing(entity, row).place;
  }

  /** Everything that is looked at from a row. A link that is looked at is here as a whole. */
  visit(entity: string, row: number, reach: Reach): Found {
    const thing = this.#thing(entity, row);
    const rows = this.#seen.get(reach) ?? new Set<number>();
    if (rows.has(row)) return thing;
    this.#seen.set(reach, rows.add(row));
    for (const fact of reach.facts) this.#read(thing, fact);
    for (const step of reach.steps.values()) this.#follow(thing, step);
    return thing;
  }

  situation(sources: PersonOrder['sources']): Situation {
    return new Map([...this.#things].map(([entity, found]) => [entity, [...found.values()].map(({ facts, links }): Thing => ({ facts, links: new Map([...links].map(([link, to]) => [link, to.map(({ place }) => place)])), provenance: sources }))]));
  }

  rows(): PersonWorld['rows'] {
    return new Map([...this.#things].map(([entity, found]) => [entity, [...found.keys()]]));
  }

  #thing(entity: string, row: number): Found {
    const things = this.#things.get(entity);
    if (!things) throw new RangeError(`there is no entity ${entity}`);
    const found = things.get(row);
    if (found) return found;
    const made: Found = { place: things.size, row, facts: new Map(), links: new Map() };
    things.set(row, made);
    for (const fact of this.#certain) if (fact.entity === entity) this.#read(made, fact.id);
    return made;
  }

  #read({ facts, row }: Found, id: string): void {
    const { columns, layout, schema } = this.#snapshot;
    const [column, lane, fact] = [columns.get(id), layout.columns.get(id)?.lane, schema.facts.get(id)];
    // A fact without a column is unknown for everybody, and a fact that is not there is unknown.
    const value = column && lane && fact && valueOf(fact, lane, column, row);
    if (value) facts.set(id, value);
  }

  #follow(thing: Found, { link, direction, onward }: ReachStep): void {
    if (direction === 'back') {
      for (const member of membersOf(this.#snapshot, link, thing.row)) this.visit(link.from, member, onward).links.set(link.id, [thing]);
      return;
    }
    const rows = link.kind === 'grouping' ? [groupOf(this.#snapshot, link, thing.row)].filter((row) => row !== undefined) : linkedRows(this.#snapshot, link, thing.row);
    if (rows) thing.links.set(link.id, [...rows].map((row) => this.visit(link.to, row, onward)));
  }
}

const TRUE = known(true);
const FALSE = known(false);

/** The value in a cell; undefined where it is unknown. */
function valueOf({ type }: FactColumn, lane: Lane, column: Column, row: number): Value | undefined {
  const cell = column[row];
  if (cell === undefined || cell === LANE[lane].unknown) return undefined;
  if (cell === LANE[lane].none) return NONE;
  return type.kind === 'boolean' ? (cell === 1 ? TRUE : FALSE) : known(BigInt(cell));
}

/** The group of a member; undefined where it is in none. */
export function groupOf({ links, layout }: Snapshot, { id }: Link, row: number): number | undefined {
  const { starts, group } = links.get(id) ?? {};
  if (id !== layout.primary) {
    const found = group?.[row];
    return found === undefined || found < 0 ? undefined : found;
  }
  if (!starts || row >= (starts[starts.length - 1] ?? 0)) return undefined;
  // The last group that begins at or before the row: groups before it that begin there too are empty.
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** The members of a group, in the order of their rows. */
function membersOf({ links, layout }: Snapshot, { id }: Link, group: number): readonly number[] {
  const { starts, targets } = links.get(id) ?? {};
  const [from = 0, to = 0] = starts?.subarray(group, group + 2) ?? [];
  return id === layout.primary ? Array.from({ length: to - from }, (_, at) => from + at) : [...(targets?.subarray(from, to) ?? [])];
}

/** The rows that a relation or spells lead to; undefined where that is not known. */
function linkedRows({ links }: Snapshot, { id, kind }: Link, row: number): readonly number[] | undefined {
  const { starts, targets, lost } = links.get(id) ?? {};
  if (!starts || lost?.[row] === 1) return undefined;
  const [from = 0, to = 0] = starts.subarray(row, row + 2);
  return kind === 'spells' ? Array.from({ length: to - from }, (_, at) => from + at) : [...(targets?.subarray(from, to) ?? [])];
}
