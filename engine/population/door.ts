import type { DataClass } from '#engine/permission/index.ts';
import { NOBODY_SIGNS, seenFact } from '#engine/rules/index.ts';
import type { Thing } from '#engine/rules/index.ts';
import type { Principal } from '../ports.ts';
import type { Keys } from './keys.ts';
import { groupOf, membersIn, personWorld, sightWithout, unionOfSights } from './snapshot/index.ts';
import type { PersonWorld, ProvenanceOf, Sight, Snapshot } from './snapshot/index.ts';

/** Whose values, by their key and that of the household they live in. */
export interface Subject {
  readonly subjectKey: string;
  /** Null for somebody who lives in no household that has a key. */
  readonly householdKey: string | null;
}

/** One opening of one person's values, or the attempt at it: then no column was read. */
export interface Opening {
  readonly actor: string;
  /** Where whoever opened works; left out: the person themselves, their family or the machine. */
  readonly department?: string | undefined;
  readonly purpose: string;
  readonly through: string;
  readonly about: Subject & { readonly kind: 'subject' };
  /** The ids of the facts and links of which a value was read. */
  readonly columns: readonly string[];
}

/** The machine itself, where it decides about one person what it would decide about everybody: it shows nobody what it has read. */
export interface Machine {
  readonly kind: 'machine';
  readonly id: 'system';
}
export const MACHINE: Machine = { kind: 'machine', id: 'system' };

/** Who may come to the door. */
export type Opener = Principal | Machine;

/** For the work on which services a member of staff may open somebody's facts just now, and of which classes. */
export type Passage = ReadonlyMap<string, readonly DataClass[]>;

/** What the door asks before it opens, and tells when it does. */
export interface Doorkeeper {
  /** How far a member of staff has to do with somebody just now: by the tasks about them or their household that are open; empty where by none. */
  readonly passage: (principal: Principal, purpose: string, subject: Subject) => Promise<Passage>;
  /** Resolves when the openings are durable. */
  readonly write: (openings: readonly Opening[]) => Promise<void>;
}

/** A release of the population with the names of its rows. */
export interface NamedPopulation {
  readonly snapshot: Snapshot;
  readonly keys: Keys;
  /** The entity of the people. */
  readonly person: string;
  readonly provenanceOf?: ProvenanceOf | undefined;
  /** How sensitive a fact is; one of which that is not known is as sensitive as any. */
  readonly classOf?: ((fact: string) => DataClass | undefined) | undefined;
}

/** What is asked for, and through what: a page, an address of the API, a command. */
export interface FactsOrder {
  readonly through: string;
  /** What has to be read: by subject what rules look at (`sightsOf`), of all services or only of some. Nothing else is. */
  readonly sights: (only?: ReadonlySet<string>) => ReadonlyMap<string, Sight>;
}

export type FactsOf =
  | {
    readonly kind: 'facts';
    readonly world: PersonWorld;
    readonly subject: Subject;
    /** The services for which they were opened; undefined: all. What else is asked of the world it cannot answer. */
    readonly services: ReadonlySet<string> | undefined;
  }
  /** Not allowed, or nobody has the key: which of the two is not told. */
  | { readonly kind: 'denied' };

/** The one way to a resident's values. */
export interface PeopleDoor {
  /**
   * The small world of one person, for the person, for the machine, or for staff with an open task about the person or the
   * household: for these only what the services of such tasks read, in the classes that the work on them needs.
   *
   * It is given only after everybody whose values it holds has a durable entry that says who read what, and for
   * what; a refusal leaves an entry too, about the key that was asked for.
   */
  readonly factsOf: (principal: Opener, purpose: string, key: string, order: FactsOrder) => Promise<FactsOf>;
}

export function openDoor(population: NamedPopulation, keeper: Doorkeeper): PeopleDoor {
  const { snapshot, keys, person, provenanceOf } = population;
  return {
    factsOf: async (principal, purpose, key, { through, sights }) => {
      const place = keys.rowOf(key);
      const row = place?.entity === person ? place.row : undefined;
      const subject: Subject = { subjectKey: key, householdKey: row === undefined ? null : householdOf(population, row) };
      const by = { actor: principal.id, purpose, through, ...(principal.kind === 'staff' && { department: principal.department }) };
      const opened = row === undefined ? NO_PASSAGE : await passageOf(keeper, principal, purpose, subject);
      if (row === undefined || (opened !== 'all' && opened.size === 0)) {
        await keeper.write([{ ...by, about: { kind: 'subject', ...subject }, columns: [] }]);
        return { kind: 'denied' };
      }
      const world = personWorld(snapshot, { entity: person, row, sights: opened === 'all' ? sights() : narrowed(population, sights, opened), provenanceOf });
      await keeper.write(peopleIn(population, world).map(({ columns, ...about }) => ({ ...by, about: { kind: 'subject', ...about }, columns })));
      return { kind: 'facts', world, subject, services: opened === 'all' ? undefined : new Set(opened.keys()) };
    },
  };
}

const NO_PASSAGE: Passage = new Map();

/** Everything of oneself; of somebody else what the doorkeeper says. */
async function passageOf({ passage }: Doorkeeper, principal: Opener, purpose: string, subject: Subject): Promise<Passage | 'all'> {
  switch (principal.kind) {
    case 'person': return principal.subjects.includes(subject.subjectKey) ? 'all' : NO_PASSAGE;
    case 'machine': return 'all';
    case 'staff': return passage(principal, purpose, subject);
    default: return principal satisfies never;
  }
}

/** What the services of a passage look at, each without the facts of classes that the work on it does not need. */
function narrowed({ classOf, snapshot }: NamedPopulation, sights: FactsOrder['sights'], passage: Passage): ReadonlyMap<string, Sight> {
  const parts = [...passage].map(([service, classes]) => ({ looked: sights(new Set([service])), isSeen: (fact: string) => classes.includes(classOf?.(seenFact(fact).fact) ?? 'sensitive') }));
  return new Map([...snapshot.schema.entities.keys()].map((entity) => [entity, unionOfSights(parts.flatMap(({ looked, isSeen }) => { const sight = looked.get(entity); return sight ? [sightWithout(sight, isSeen)] : []; }))]));
}

/** Everybody of whom something was read, and what; what was read of a person's groups is told to that person. */
function peopleIn(population: NamedPopulation, { situation, rows, place, entity }: PersonWorld): readonly (Subject & { readonly columns: readonly string[] })[] {
  const own = [...population.snapshot.schema.links.values()].filter((link) => link.kind === 'grouping' && link.from === entity);
  return (situation.get(entity) ?? []).flatMap((thing, at) => {
    const read = new Set<string>(thing.links.keys());
    addRead(read, thing);
    if (at === place) for (const link of own) for (const group of thing.links.get(link.id) ?? []) addRead(read, situation.get(link.to)?.[group]);
    const row = rows.get(entity)?.[at] ?? -1;
    const subjectKey = population.keys.keyOf(entity, row);
    return read.size === 0 || subjectKey === undefined ? [] : [{ subjectKey, householdKey: householdOf(population, row), columns: [...read].sort() }];
  });
}

/** The facts of a thing of which a value was read: of what is looked at by signature the signature too, or nothing else where nobody has signed. */
function addRead(read: Set<string>, thing: Thing | undefined): void {
  const sign = (signed: string | undefined): void => { if (signed !== undefined && signed !== NOBODY_SIGNS) read.add(signed); };
  for (const id of thing?.facts.keys() ?? []) {
    const { fact, signed } = seenFact(id);
    read.add(fact);
    sign(signed);
  }
  for (const [id, { withheld }] of thing?.provenance ?? []) if (withheld === true) sign(seenFact(id).signed);
}

/** The key of the group that somebody lives in. */
export function householdOf({ snapshot, keys }: Pick<NamedPopulation, 'snapshot' | 'keys'>, row: number): string | null {
  const link = snapshot.schema.links.get(snapshot.layout.primary ?? '');
  const group = link && groupOf(snapshot, link, row);
  return (group === undefined ? undefined : keys.keyOf(link?.to ?? '', group)) ?? null;
}

/** The keys of the people that a key names: of the one person, or of the members of the group that has it; none where nobody has the key. */
export function peopleOf({ snapshot, keys, person }: NamedPopulation, key: string): readonly string[] {
  const place = keys.rowOf(key);
  if (!place || place.entity === person) return place ? [key] : [];
  const link = [...snapshot.schema.links.values()].find(({ kind, from, to }) => kind === 'grouping' && from === person && to === place.entity);
  return (link ? membersIn(snapshot, link, place.row) : []).flatMap((row) => keys.keyOf(person, row) ?? []);
}

/** The person that a key names: themselves, or the first member of the group that has it; undefined where nobody is. */
export function personOf(people: NamedPopulation, key: string): string | undefined {
  return peopleOf(people, key)[0];
}

/** The keys by which a person is known: their own, then those of the groups that they are in; none where nobody has the key. */
export function subjectsOf({ snapshot, keys, person }: NamedPopulation, key: string): readonly string[] {
  const place = keys.rowOf(key);
  if (place?.entity !== person) return [];
  const groups = [...snapshot.schema.links.values()].filter((link) => link.kind === 'grouping' && link.from === person).flatMap((link) => {
    const group = groupOf(snapshot, link, place.row);
    return group === undefined ? [] : (keys.keyOf(link.to, group) ?? []);
  });
  return [key, ...groups];
}
