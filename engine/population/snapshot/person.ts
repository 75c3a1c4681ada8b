import { seenFact } from '#engine/rules/index.ts';
import type { FactColumn, Link, Provenance, Situation, Thing, Value } from '#engine/rules/index.ts';
import { groupAt } from './group.ts';
import { signedRows } from './screened.ts';
import { sightWithGroups } from './sight.ts';
import type { Sight, SightStep } from './sight.ts';
import type { Snapshot } from './snapshot.ts';
import { readingOf } from './value.ts';

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

/** Where the value of a fact in a row comes from; undefined where nobody told it. The same object for the same origin. */
export type ProvenanceOf = (fact: string, row: number) => Provenance | undefined;

/** Who is looked at, and how far. */
export interface PersonOrder {
  /** The entity of the person. */
  readonly entity: string;
  readonly row: number;
  /** By subject, what is looked at (`sightsOf`). */
  readonly sights: ReadonlyMap<string, Sight>;
  /** Where the value of a fact in a row comes from; traces then say so. */
  readonly provenanceOf?: ProvenanceOf | undefined;
}

/**
 * The small world of one person out of a snapshot: the person and the person's groups, and from them whatever the
 * rules look at, so that every verdict about the person and the person's groups is the one that the kernel gives the
 * row. The reverse of `buildSnapshot`, for one. What is looked at by signature (`screenedFact`) is not read where nobody
 * has signed, and says so.
 *
 * A row that is not there is a fault.
 */
export function personWorld(snapshot: Snapshot, { entity, row, sights, provenanceOf }: PersonOrder): PersonWorld {
  if (!Number.isInteger(row) || row < 0 || row >= (snapshot.rows.get(entity) ?? 0)) throw new RangeError(`there is no ${entity} in row ${String(row)}`);
  const gathered = new Gathered(snapshot, provenanceOf);
  const sight = sightWithGroups(snapshot.schema, sights, entity);
  // The person, then the person's groups, so that each stands first among its kind.
  gathered.reserve(entity, row);
  const groups = [...sight.steps.values()].flatMap(({ link, direction }) => {
    const group = direction === 'along' && link.kind === 'grouping' ? groupOf(snapshot, link, row) : undefined;
    return group === undefined ? [] : [[link.id, gathered.reserve(link.to, group)] as const];
  });
  gathered.visit(entity, row, sight);
  return { entity, situation: gathered.situation(), rows: gathered.rows(), place: 0, groups: new Map(groups) };
}

/** One thing while what is needed of it is found out. */
interface Found {
  readonly place: number;
  readonly row: number;
  readonly facts: Map<string, Value>;
  readonly links: Map<string, readonly Found[]>;
  readonly provenance: Map<string, Provenance>;
}

const WITHHELD: Provenance = { withheld: true };

class Gathered {
  readonly #snapshot: Snapshot;
  readonly #provenanceOf: ProvenanceOf | undefined;
  readonly #things: ReadonlyMap<string, Map<number, Found>>;
  readonly #seen = new Map<Sight, Set<number>>();
  readonly #readings: Map<string, Reading>;
  /** Executions rely on what is never unknown, so it is read of everything that is here. */
  readonly #certain: readonly FactColumn[];

  constructor(snapshot: Snapshot, provenanceOf: ProvenanceOf | undefined) {
    this.#snapshot = snapshot;
    this.#provenanceOf = provenanceOf;
    this.#readings = READINGS.get(snapshot) ?? new Map<string, Reading>();
    READINGS.set(snapshot, this.#readings);
    this.#certain = [...snapshot.schema.facts.values()].filter(({ unknowable }) => !unknowable);
    this.#things = new Map([...snapshot.schema.entities.keys()].map((entity) => [entity, new Map<number, Found>()]));
  }

  /** Gives a row the next place of its kind, where it has none, and says which it has. */
  reserve(entity: string, row: number): number {
    return this.#thing(entity, row).place;
  }

  /** Everything that is looked at from a row. A link that is looked at is here as a whole. */
  visit(entity: string, row: number, sight: Sight): Found {
    const thing = this.#thing(entity, row);
    const rows = this.#seen.get(sight) ?? new Set<number>();
    if (rows.has(row)) return thing;
    this.#seen.set(sight, rows.add(row));
    for (const fact of sight.facts) this.#read(thing, fact);
    for (const step of sight.steps.values()) this.#follow(thing, step);
    return thing;
  }

  situation(): Situation {
    return new Map([...this.#things].map(([entity, found]) => [entity, [...found.values()].map(({ facts, links, provenance }): Thing => ({ facts, links: new Map([...links].map(([link, to]) => [link, to.map(({ place }) => place)])), provenance }))]));
  }

  rows(): PersonWorld['rows'] {
    return new Map([...this.#things].map(([entity, found]) => [entity, [...found.keys()]]));
  }

  #thing(entity: string, row: number): Found {
    const things = this.#things.get(entity);
    if (!things) throw new RangeError(`there is no entity ${entity}`);
    const found = things.get(row);
    if (found) return found;
    const made: Found = { place: things.size, row, facts: new Map(), links: new Map(), provenance: new Map() };
    things.set(row, made);
    for (const fact of this.#certain) if (fact.entity === entity) this.#read(made, fact.id);
    return made;
  }

  #read({ facts, provenance, row }: Found, id: string): void {
    const { fact, open, valueIn } = reading(this.#snapshot, this.#readings, id);
    if (open && open[row] !== 1) {
      provenance.set(id, WITHHELD);
      return;
    }
    const value = valueIn(row);
    // A fact that is not there is unknown.
    if (value.kind !== 'unknown') facts.set(id, value);
    const from = this.#provenanceOf?.(fact, row);
    if (from) provenance.set(id, from);
  }

  #follow(thing: Found, { link, direction, onward }: SightStep): void {
    if (direction === 'back') {
      for (const member of membersIn(this.#snapshot, link, thing.row)) this.visit(link.from, member, onward).links.set(link.id, [thing]);
      return;
    }
    const rows = link.kind === 'grouping' ? [groupOf(this.#snapshot, link, thing.row)].filter((row) => row !== undefined) : relatedRows(this.#snapshot, link, thing.row);
    if (rows) thing.links.set(link.id, [...rows].map((row) => this.visit(link.to, row, onward)));
  }
}

/** How a fact is read of a snapshot: of which rows, where not of all, and as what. */
interface Reading {
  readonly fact: string;
  /** For each row 1 where those whom it is about have signed; undefined where nobody has to. */
  readonly open: Uint8Array | undefined;
  readonly valueIn: (row: number) => Value;
}

const READINGS = new WeakMap<Snapshot, Map<string, Reading>>();

function reading(snapshot: Snapshot, known: Map<string, Reading>, id: string): Reading {
  const found = known.get(id);
  if (found) return found;
  const { fact, signed } = seenFact(id);
  const made = { fact, open: signed === undefined ? undefined : signedRows(snapshot, signed, snapshot.schema.facts.get(fact)?.entity ?? ''), valueIn: readingOf(snapshot, fact) };
  known.set(id, made);
  return made;
}

/** The group of a member; undefined where it is in none. */
export function groupOf({ links, layout }: Snapshot, { id }: Link, row: number): number | undefined {
  const { starts, group } = links.get(id) ?? {};
  if (id === layout.primary) return starts && groupAt(starts, row);
  const found = group?.[row];
  return found === undefined || found < 0 ? undefined : found;
}

/** The members of a group, in the order of their rows. */
export function membersIn({ links, layout }: Snapshot, { id }: Link, group: number): readonly number[] {
  const { starts, targets } = links.get(id) ?? {};
  const [from = 0, to = 0] = starts?.subarray(group, group + 2) ?? [];
  return id === layout.primary ? Array.from({ length: to - from }, (_, at) => from + at) : [...(targets?.subarray(from, to) ?? [])];
}

/** The rows that a relation or spells lead to; undefined where that is not known. */
export function relatedRows({ links }: Snapshot, { id, kind }: Link, row: number): readonly number[] | undefined {
  const { starts, targets, lost } = links.get(id) ?? {};
  if (!starts || lost?.[row] === 1) return undefined;
  const [from = 0, to = 0] = starts.subarray(row, row + 2);
  return kind === 'spells' ? Array.from({ length: to - from }, (_, at) => from + at) : [...(targets?.subarray(from, to) ?? [])];
}
