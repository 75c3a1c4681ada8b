import { LARGEST_GROUP } from '../infer.ts';
import type { FactColumn, Link } from '../schema.ts';
import { isWide } from '../type.ts';
import type { Type } from '../type.ts';
import { found, known, NONE, UNKNOWN } from '../value.ts';
import type { Found, Situation, Thing, Value } from '../value.ts';
import { charactersIn } from '../relate.ts';
import { Heap } from './heap.ts';
import type { Layout, Slot } from './layout.ts';

/** How truth values and all others stand as doubles. Not yet computed is one more, for what is kept. */
export const TRUTH = { no: 0, yes: 1, unknown: 2, none: 3 } as const;
export const NUMBER = { unknown: Number.NaN, none: Number.POSITIVE_INFINITY } as const;
const YES = known(true);
const NO = known(false);
const NOT_YET = Number.NEGATIVE_INFINITY;

/** A situation as generated code reads it, with room for what it finds out. Made once, read many times. */
export interface Frame {
  /** By entity: how many things there are. */
  readonly counts: readonly number[];
  /** By entity: rows of facts and of the places that links lead to. */
  readonly rows: readonly Float64Array[];
  /** By entity: rows of kept results. */
  readonly kept: readonly Float64Array[];
  /** By folded link: for each thing the start and end of its part of `linked`; the end is -1 where the link is unknown. */
  readonly spans: readonly Int32Array[];
  readonly linked: readonly Int32Array[];
  readonly heap: Heap;
}

/**
 * The frame of a situation.
 *
 * Programs are compiled for what the schema promises, so a situation that breaks it is a fault here: a fact unknown,
 * none or out of range where it cannot be, a link to a place that is not there, a group larger than sums are proved for.
 */
export function frameOf(layout: Layout, situation: Situation): Frame {
  const { entities, widths, keptWidths, program, lists } = layout;
  const count = (entity: string): number => situation.get(entity)?.length ?? 0;
  const rows = entities.map((entity, at) => new Float64Array(count(entity) * (widths[at] ?? 0)));
  const heap = new Heap(layout.texts.keys());
  for (const [id, slot] of layout.facts) {
    const column = program.schema.facts.get(id);
    if (column) fill(rows, slot, layout, situation, (thing) => encode(column, thing.facts.get(id), heap));
  }
  for (const [id, slot] of layout.singles) {
    const link = program.schema.links.get(id);
    if (link) fill(rows, slot, layout, situation, (thing) => followed(link, thing, count(link.to)));
  }
  const spans = lists.map((link) => (link.kind === 'grouping' ? members(link, situation) : relations(link, situation)));
  return {
    counts: entities.map(count), rows, kept: entities.map((entity, at) => new Float64Array(count(entity) * (keptWidths[at] ?? 0)).fill(NOT_YET)),
    spans: spans.map((span) => span.spans), linked: spans.map((span) => span.linked), heap,
  };
}

/** A double of a frame as the value it stands for. */
export function decode(type: Type, value: number, { heap }: Frame): Found {
  const { kind } = type;
  if (kind === 'boolean') return value === TRUTH.unknown ? UNKNOWN : value === TRUTH.none ? NONE : value === TRUTH.yes ? YES : NO;
  if (value === NUMBER.none) return NONE;
  if (Number.isNaN(value)) return UNKNOWN;
  return kind === 'text' || isWide(type) ? found(heap.get(value)) : known(BigInt(value));
}

/** A value as the double of a frame that stands for it. */
export function encodeFound(type: Type, value: Found, { heap }: Frame): number {
  const states = type.kind === 'boolean' ? TRUTH : NUMBER;
  if (value.kind !== 'known') return states[value.kind];
  if (typeof value.value === 'boolean') return value.value ? TRUTH.yes : TRUTH.no;
  return typeof value.value === 'bigint' && !isWide(type) ? Number(value.value) : heap.put(value.value);
}

/** Forgets what a frame has found out, as if it were new. */
export function forget({ kept }: Frame): void {
  for (const row of kept) row.fill(NOT_YET);
}

function fill(rows: readonly Float64Array[], { entity, at }: Slot, { entities, widths }: Layout, situation: Situation, value: (thing: Thing) => number): void {
  const row = rows[entity];
  const width = widths[entity] ?? 0;
  if (row) (situation.get(entities[entity] ?? '') ?? []).forEach((thing, place) => { row[place * width + at] = value(thing); });
}

function encode(column: FactColumn, value: Value | undefined, heap: Heap): number {
  const { type } = column;
  if (value?.kind === 'known') return type.kind === 'boolean' ? (value.value === true ? TRUTH.yes : TRUTH.no) : encodeKnown(column, value.value, heap);
  const none = value?.kind === 'none';
  if (none ? !column.nonable : !column.unknowable) throw new RangeError(`${column.id} is ${none ? 'none' : 'unknown'}, which it never is`);
  const states = type.kind === 'boolean' ? TRUTH : NUMBER;
  return none ? states.none : states.unknown;
}

function encodeKnown({ id, type }: FactColumn, value: bigint | boolean | string, heap: Heap): number {
  if (typeof value === 'string') {
    if (type.kind === 'text' && value.length > 2 * charactersIn(type)) throw new RangeError(`${id} is longer than it may be`);
    return heap.put(value);
  }
  const units = Number(value);
  if ((type.kind === 'number' || type.kind === 'date') && (units < Number(type.min) || units > Number(type.max))) throw new RangeError(`${id} is out of its range`);
  return units;
}

function followed(link: Link, thing: Thing, count: number): number {
  const places = thing.links.get(link.id);
  if (!places && link.kind !== 'grouping') return Number.NaN;
  const [only = -1] = places ?? [];
  return checked(link, only, count);
}

function checked({ id, to }: Link, place: number, count: number): number {
  if (place >= count) throw new RangeError(`${id} leads to ${to} ${String(place)}, which is not there`);
  return place;
}

interface Spans {
  readonly spans: Int32Array;
  readonly linked: Int32Array;
}

function relations(link: Link, situation: Situation): Spans {
  const things = situation.get(link.from) ?? [];
  const count = situation.get(link.to)?.length ?? 0;
  const linked: number[] = [];
  const spans = new Int32Array(things.length * 2);
  things.forEach((thing, place) => {
    const places = thing.links.get(link.id);
    spans[place * 2] = linked.length;
    for (const to of places ?? []) linked.push(checked(link, to, count));
    spans[place * 2 + 1] = places ? linked.length : -1;
    limited(link, places?.length ?? 0);
  });
  return { spans, linked: Int32Array.from(linked) };
}

/** The members of each group, in their order: a counting sort by group. */
function members(link: Link, situation: Situation): Spans {
  const groups = situation.get(link.to)?.length ?? 0;
  const of = (situation.get(link.from) ?? []).map((thing) => checked(link, thing.links.get(link.id)?.[0] ?? -1, groups));
  const spans = new Int32Array(groups * 2);
  const sizes = new Int32Array(groups);
  for (const group of of) if (group >= 0) sizes[group] = (sizes[group] ?? 0) + 1;
  let start = 0;
  sizes.forEach((size, group) => {
    limited(link, size);
    spans[group * 2] = start;
    spans[group * 2 + 1] = start;
    start += size;
  });
  const linked = new Int32Array(start);
  of.forEach((group, member) => {
    if (group < 0) return;
    const end = spans[group * 2 + 1] ?? 0;
    linked[end] = member;
    spans[group * 2 + 1] = end + 1;
  });
  return { spans, linked };
}

function limited({ id }: Link, size: number): void {
  if (BigInt(size) > LARGEST_GROUP) throw new RangeError(`${id} joins more things than sums are proved for`);
}
