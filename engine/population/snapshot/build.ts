import { LANE, LARGEST_GROUP, newColumn } from '#engine/rules/index.ts';
import type { Column, ColumnLayout, FactColumn, Link, LinkColumns, Schema, Situation, Thing } from '#engine/rules/index.ts';
import { encodingOf } from './encode.ts';
import { QuarantineList } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * A snapshot of things.
 *
 * `primary` is the grouping whose members shall lie together (the living household). Things may come in any order;
 * nothing of the answers depends on it. A value outside its declared range, a date that is none, a code that is
 * not in its list and a link to a thing that is not there are quarantined. A group or list of more than
 * `LARGEST_GROUP` things is a fault, because sums over it would not be proven exact.
 */
export function buildSnapshot(schema: Schema, situation: Situation, primary: string | undefined): Snapshot {
  const quarantine = new QuarantineList();
  const things = (entity: string): readonly Thing[] => situation.get(entity) ?? [];
  const order = new Map<string, Int32Array>([...schema.entities.keys()].map((entity) => [entity, Int32Array.from(things(entity).keys())]));
  const joined = new Joined(schema, situation, quarantine);
  const grouping = primary === undefined ? undefined : schema.links.get(primary);
  if (grouping) order.set(grouping.from, joined.byGroup(grouping));
  for (const link of schema.links.values()) if (link.kind === 'spells') order.set(link.to, joined.byOwner(link, order.get(link.from) ?? new Int32Array()));
  const rowOf = new Map([...order].map(([entity, places]) => [entity, inverse(places)]));

  const columns = new Map<string, Column>();
  const layouts = new Map<string, ColumnLayout>();
  for (const fact of schema.facts.values()) {
    const made = columnOf(schema, fact, things(fact.entity), order.get(fact.entity) ?? new Int32Array(), quarantine);
    if (!made) continue;
    columns.set(fact.id, made.column);
    layouts.set(fact.id, made.layout);
  }
  const links = new Map<string, LinkColumns>();
  for (const link of schema.links.values()) links.set(link.id, linkColumns(link, joined, order, rowOf, link.id === primary));
  const unknownLinks = new Set([...links].filter(([, arrays]) => arrays.lost).map(([id]) => id));
  const rows = new Map([...order].map(([entity, places]) => [entity, places.length]));
  return { schema, layout: { primary, columns: layouts, unknownLinks }, rows, columns, links, order, quarantine };
}

function inverse(places: Int32Array): Int32Array {
  const rows = new Int32Array(places.length);
  places.forEach((place, row) => { rows[place] = row; });
  return rows;
}

function columnOf(schema: Schema, fact: FactColumn, things: readonly Thing[], order: Int32Array, quarantine: QuarantineList): { readonly column: Column; readonly layout: ColumnLayout } | undefined {
  const encoding = encodingOf(schema, fact);
  if (!encoding) return undefined;
  const { lane, encode } = encoding;
  const column = newColumn(lane, things.length, true);
  let [unknown, none] = [false, false];
  order.forEach((place, row) => {
    const value = things[place]?.facts.get(fact.id) ?? { kind: 'unknown' };
    const number = value.kind === 'known' ? encode(value.value) : LANE[lane][value.kind];
    if (typeof number === 'string') quarantine.add({ entity: fact.entity, of: fact.id, row: place, fault: number });
    const stored = typeof number === 'string' ? LANE[lane].unknown : number;
    unknown ||= stored === LANE[lane].unknown;
    none ||= stored === LANE[lane].none;
    column[row] = stored;
  });
  return { column, layout: { lane, unknown, none } };
}

/** The links of things, checked once. */
class Joined {
  readonly #schema: Schema;
  readonly #situation: Situation;
  readonly #quarantine: QuarantineList;
  readonly #checked = new Map<string, readonly (readonly number[] | undefined)[]>();

  constructor(schema: Schema, situation: Situation, quarantine: QuarantineList) {
    this.#schema = schema;
    this.#situation = situation;
    this.#quarantine = quarantine;
  }

  /** Where each thing's link leads, by place; undefined where that is not known. */
  targets(link: Link): readonly (readonly number[] | undefined)[] {
    const known = this.#checked.get(link.id);
    if (known) return known;
    const reach = this.count(link.to);
    const targets = (this.#situation.get(link.from) ?? []).map((thing, row) => {
      const places = thing.links.get(link.id) ?? (link.kind === 'grouping' ? [] : undefined);
      if (places && places.length > LARGEST_GROUP) throw new RangeError(`a list of more than ${LARGEST_GROUP}`);
      if (!places?.some((place) => !Number.isInteger(place) || place < 0 || place >= reach)) return places;
      this.#quarantine.add({ entity: link.from, of: link.id, row, fault: 'bad-link' });
      return link.kind === 'grouping' ? [] : undefined;
    });
    this.#checked.set(link.id, targets);
    return targets;
  }

  count(entity: string): number {
    if (!this.#schema.entities.has(entity)) throw new RangeError(`there is no entity ${entity}`);
    return this.#situation.get(entity)?.length ?? 0;
  }

  /** Members group after group in the order they came, those in no group last. */
  byGroup(link: Link): Int32Array {
    const targets = this.targets(link);
    return Int32Array.from([...targets.keys()].sort((a, b) => (targets[a]?.[0] ?? Infinity) - (targets[b]?.[0] ?? Infinity) || a - b));
  }

  /** Spells owner after owner, those of nobody last. */
  byOwner(link: Link, owners: Int32Array): Int32Array {
    const targets = this.targets(link);
    const owned = [...owners].flatMap((owner) => targets[owner] ?? []);
    const taken = new Set(owned);
    if (taken.size < owned.length) throw new RangeError('a spell belongs to two things');
    return Int32Array.from([...owned, ...Array.from({ length: this.count(link.to) }, (_, place) => place).filter((place) => !taken.has(place))]);
  }
}

function linkColumns(link: Link, joined: Joined, order: ReadonlyMap<string, Int32Array>, rowOf: ReadonlyMap<string, Int32Array>, isPrimary: boolean): LinkColumns {
  const targets = joined.targets(link);
  const owners = order.get(link.from) ?? new Int32Array();
  const row = (entity: string, place: number): number => rowOf.get(entity)?.[place] ?? 0;
  if (link.kind === 'grouping') {
    const group = Int32Array.from(owners, (place) => { const [to] = targets[place] ?? []; return to === undefined ? LANE.int32.none : row(link.to, to); });
    const members = membersOf(group, joined.count(link.to));
    return isPrimary ? { starts: members.starts } : { ...members, group };
  }
  const lists = [...owners].map((place) => targets[place]);
  const starts = startsOf(lists.map((list) => list?.length ?? 0));
  const lost = lists.includes(undefined) ? Int8Array.from(lists, (list) => (list === undefined ? 1 : 0)) : undefined;
  if (link.kind === 'spells') return { starts, lost };
  return { starts, lost, targets: Int32Array.from(lists.flatMap((list) => (list ?? []).map((place) => row(link.to, place)))) };
}

/** The members of each group as one permutation with the place where each group begins. */
function membersOf(group: Int32Array, groups: number): { readonly starts: Int32Array; readonly targets: Int32Array } {
  const sizes = Array.from({ length: groups }, () => 0);
  for (const to of group) if (to >= 0) sizes[to] = (sizes[to] ?? 0) + 1;
  if (sizes.some((size) => size > LARGEST_GROUP)) throw new RangeError(`a group of more than ${LARGEST_GROUP}`);
  const starts = startsOf(sizes);
  const next = starts.slice();
  const targets = new Int32Array(starts[groups] ?? 0);
  group.forEach((to, member) => {
    const at = next[to];
    if (at === undefined) return;
    targets[at] = member;
    next[to] = at + 1;
  });
  return { starts, targets };
}

function startsOf(sizes: readonly number[]): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  sizes.forEach((size, at) => { starts[at + 1] = (starts[at] ?? 0) + size; });
  return starts;
}
