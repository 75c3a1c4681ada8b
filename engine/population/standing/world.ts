import type { Situation, Thing } from '#engine/rules/index.ts';
import { valueAt } from '../snapshot/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { walkerOf } from './reach.ts';
import type { Reach, Step } from './reach.ts';

/** Somebody or something that is asked about, and what the answers about it may rest on. */
export interface Asked {
  readonly entity: string;
  readonly row: number;
  readonly reaches: readonly Reach[];
}

/** The small world around some things of a snapshot, and where in it each of them stands. */
export interface World {
  readonly situation: Situation;
  /** By what was asked, its place in the list of its entity. */
  readonly places: readonly number[];
  /** The rows of the snapshot by entity, in the order of the situation. */
  readonly rows: ReadonlyMap<string, readonly number[]>;
}

/** Everything that the answers about some things may rest on, and nothing else: what the interpreter reads. */
export function worldAround(snapshot: Snapshot, asked: readonly Asked[]): World {
  const builder = new Builder(snapshot);
  const places = asked.map(({ entity, row, reaches }) => {
    const place = builder.place(entity, row);
    for (const { path, fact } of reaches) builder.walk(entity, row, path, fact);
    return place;
  });
  return { situation: builder.situation(), places, rows: builder.rows() };
}

class Builder {
  readonly #snapshot: Snapshot;
  readonly #places = new Map<string, Map<number, number>>();
  readonly #facts = new Map<string, Set<string>>();
  /** By entity and row, the links that were followed from it, with the rows they lead to. */
  readonly #links = new Map<string, Map<string, readonly number[]>>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  place(entity: string, row: number): number {
    const rows = this.#places.get(entity) ?? new Map<number, number>();
    this.#places.set(entity, rows);
    const found = rows.get(row) ?? rows.size;
    rows.set(row, found);
    return found;
  }

  walk(entity: string, row: number, [first, ...rest]: readonly Step[], fact: string): void {
    this.place(entity, row);
    if (!first) {
      const facts = this.#facts.get(entity) ?? new Set<string>();
      this.#facts.set(entity, facts.add(fact));
      return;
    }
    const link = this.#snapshot.schema.links.get(first.link);
    if (!link) return;
    const to = first.way === 'members' ? link.from : link.to;
    const rows: number[] = [];
    walkerOf(this.#snapshot.links, [first])(row, (next) => { rows.push(next); });
    // A grouping stands with the member, whichever way it was followed.
    if (first.way === 'members') for (const member of rows) this.#note(link.from, member, link.id, [row]);
    else if (this.#snapshot.links.get(link.id)?.lost?.[row] !== 1 && (first.way !== 'group' || rows.length > 0)) this.#note(entity, row, link.id, rows);
    for (const next of rows) this.walk(to, next, rest, fact);
  }

  #note(entity: string, row: number, link: string, rows: readonly number[]): void {
    const key = `${entity} ${row}`;
    const links = this.#links.get(key) ?? new Map<string, readonly number[]>();
    this.#links.set(key, links.set(link, rows));
  }

  rows(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.#places].map(([entity, places]) => [entity, [...places.keys()]]));
  }

  situation(): Situation {
    const { schema } = this.#snapshot;
    const end = (link: string): string => { const found = schema.links.get(link); return found?.to ?? ''; };
    const thing = (entity: string, row: number): Thing => {
      const facts = [...(this.#facts.get(entity) ?? [])];
      const links = [...(this.#links.get(`${entity} ${row}`) ?? [])];
      return { facts: new Map(facts.map((fact) => [fact, valueAt(this.#snapshot, fact, row)])), links: new Map(links.map(([link, rows]) => [link, rows.map((to) => this.place(end(link), to))])) };
    };
    return new Map([...schema.entities.keys()].map((entity) => [entity, [...(this.#places.get(entity)?.keys() ?? [])].map((row) => thing(entity, row))]));
  }
}
