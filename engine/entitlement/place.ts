import type { Pack, Service } from '#engine/pack/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { areaFacts } from '#engine/rules/index.ts';
import type { Link, LinkColumns, RuleBook } from '#engine/rules/index.ts';

export type Basis = Exclude<Service['payers'], 'unfilled'>[number]['of'];

/** No area is known. */
export const NOWHERE = -1;

/**
 * In which county each row of a snapshot is, by the facts that hold an area code.
 *
 * A county is the nearest county or reporting unit at or above the area. Where a kind of thing has no fact for the
 * basis asked, another basis stands in; where it has none at all, the first member of the group does. An area that is
 * unknown, or above every county, is `NOWHERE`.
 */
export class Places {
  /** The counties and reporting units, in the order of the divisions. */
  readonly counties: readonly string[];
  readonly #book: RuleBook;
  readonly #snapshot: Snapshot;
  /** By the index of a division, the index of its county. */
  readonly #countyOf: Int32Array;
  readonly #rows = new Map<string, Int32Array>();

  constructor(book: RuleBook, snapshot: Snapshot) {
    const divisions = [...book.pack.divisions.keys()];
    this.counties = divisions.filter((id) => isCounty(book.pack, id));
    this.#countyOf = Int32Array.from(divisions, (id) => this.counties.indexOf(countyAbove(book.pack, id) ?? ''));
    this.#book = book;
    this.#snapshot = snapshot;
  }

  /** For each row of an entity the index in `counties`, or `NOWHERE`. */
  of(entity: string, basis: Basis): Int32Array {
    const key = `${basis} ${entity}`;
    const found = this.#rows.get(key) ?? this.#find(entity, basis);
    this.#rows.set(key, found);
    return found;
  }

  /** The fact that says in which county an entity is, also where nobody has brought it yet; undefined where the pack has none. */
  factOf(entity: string, basis: Basis): string | undefined {
    const own = this.#ownFact(entity, basis) ?? this.#namedFacts(entity, basis)[0];
    if (own !== undefined) return own;
    const grouping = this.#groupingOf(entity);
    return grouping && this.factOf(grouping.from, basis);
  }

  #ownFact(entity: string, basis: Basis): string | undefined {
    return this.#namedFacts(entity, basis).find((fact) => this.#snapshot.columns.has(fact));
  }

  #namedFacts(entity: string, basis: Basis): readonly string[] {
    return areaFacts(this.#book.vocabulary, entity, basis);
  }

  #groupingOf(entity: string): Link | undefined {
    return [...this.#snapshot.schema.links.values()].find((link) => link.kind === 'grouping' && link.to === entity);
  }

  #find(entity: string, basis: Basis): Int32Array {
    const { columns, rows } = this.#snapshot;
    const column = columns.get(this.#ownFact(entity, basis) ?? '');
    const count = rows.get(entity) ?? 0;
    const places = new Int32Array(count).fill(NOWHERE);
    if (column) {
      for (let row = 0; row < column.length; row++) places[row] = this.#countyOf[column[row] ?? NOWHERE] ?? NOWHERE;
      return places;
    }
    const grouping = this.#groupingOf(entity);
    const links = grouping && this.#snapshot.links.get(grouping.id);
    if (!links) return places;
    const members = this.of(grouping.from, basis);
    for (let group = 0; group < count; group++) places[group] = members[firstMember(links, group) ?? NOWHERE] ?? NOWHERE;
    return places;
  }
}

/** The members of the primary grouping lie together; those of another stand in `targets`. */
function firstMember({ starts, targets }: LinkColumns, group: number): number | undefined {
  const [from, to] = [starts[group] ?? 0, starts[group + 1] ?? 0];
  return from === to ? undefined : targets ? targets[from] : from;
}

function isCounty({ divisions }: Pack, id: string): boolean {
  const kind = divisions.get(id)?.kind;
  return kind === 'county' || kind === 'reporting-unit';
}

function countyAbove(pack: Pack, id: string | undefined): string | undefined {
  return id === undefined || isCounty(pack, id) ? id : countyAbove(pack, pack.divisions.get(id)?.parent);
}

/** By which area a service is told apart: that of its payers, else where people live. */
export function basisOf({ payers }: Pick<Service, 'payers'>): Basis {
  return (payers === 'unfilled' ? undefined : payers[0]?.of) ?? 'resident';
}

/** Adds at a place, or at the last one where there is none. */
export function addAt(sums: Float64Array | undefined, at: number, value: number): void {
  if (!sums) return;
  const place = at === NOWHERE ? sums.length - 1 : at;
  sums[place] = (sums[place] ?? 0) + value;
}
