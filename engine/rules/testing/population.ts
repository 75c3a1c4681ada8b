import type { Program } from '../program.ts';
import type { Entity, FactColumn, Link, Schema } from '../schema.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Situation, Thing, Value } from '../value.ts';
import { randomValue } from './random.ts';
import { seeded } from './seed.ts';
import type { Seeded } from './seed.ts';

/**
 * So many people, or whatever groups are made of, in the world of any schema, to be decided by a program.
 *
 * Values often are the very numbers and days that the rules name, or one beside them, since that is where rules turn.
 * It keeps to the schema: only what may be unknown or none is, and every value lies in its range.
 */
export function randomPopulation(seed: number, { schema, nodes }: Pick<Program, 'schema' | 'nodes'>, size: number): Situation {
  const random = seeded(seed);
  const links = [...schema.links.values()];
  const spells = new Map(links.filter((link) => link.kind === 'spells').map((link) => [link.id, spellCounts(random, countOf(link.from, links, size))]));
  const count = (entity: string): number => spellTotal(entity, links, spells) ?? countOf(entity, links, size);
  const turns = turningPoints(nodes);
  return new Map([...schema.entities.values()].map(({ id }: Entity) => {
    const columns = [...schema.facts.values()].filter((column) => column.entity === id);
    const own = links.filter((link) => link.from === id);
    return [id, Array.from({ length: count(id) }, (_, place): Thing => ({ facts: new Map(columns.map((column) => [column.id, valueOf(random, schema, column, turns)])), links: linksOf(random, own, place, { count, spells }) }))];
  }));
}

/** Groups have three members each, more or less. */
function countOf(entity: string, links: readonly Link[], size: number): number {
  return links.some((link) => link.kind === 'grouping' && link.to === entity) ? 1 + Math.ceil(size / 3) : size;
}

function spellCounts(random: Seeded, owners: number): readonly number[] {
  return Array.from({ length: owners }, () => random.below(4));
}

function spellTotal(entity: string, links: readonly Link[], spells: ReadonlyMap<string, readonly number[]>): number | undefined {
  const own = links.filter((link) => link.kind === 'spells' && link.to === entity);
  return own.length === 0 ? undefined : own.reduce((sum, link) => sum + (spells.get(link.id) ?? []).reduce((a, b) => a + b, 0), 0);
}

interface Counts {
  readonly count: (entity: string) => number;
  readonly spells: ReadonlyMap<string, readonly number[]>;
}

function linksOf(random: Seeded, links: readonly Link[], place: number, { count, spells }: Counts): Thing['links'] {
  return new Map(links.flatMap((link): readonly (readonly [string, readonly number[]])[] => {
    const anyone = (): readonly number[] => (count(link.to) > 0 ? [random.below(count(link.to))] : []);
    if (link.kind === 'grouping') return random.percent(95) ? [[link.id, anyone()]] : [];
    if (random.percent(8)) return [];
    if (link.kind === 'relation') return [[link.id, [...new Set(Array.from({ length: link.single ? random.below(2) : random.below(4) }, anyone).flat())]]];
    const counts = spells.get(link.id) ?? [];
    const first = counts.slice(0, place).reduce((sum, next) => sum + next, 0);
    return [[link.id, Array.from({ length: counts[place] ?? 0 }, (_, at) => first + at)]];
  }));
}

type Turns = { readonly numbers: ReadonlyMap<number, readonly bigint[]>; readonly dates: readonly bigint[] };

/** The constants of a program by scale, and its days. */
function turningPoints(nodes: Program['nodes']): Turns {
  const numbers = new Map<number, bigint[]>();
  const dates: bigint[] = [];
  for (const node of nodes) {
    const values = node.op === 'constant' && typeof node.value === 'bigint' ? [node.value] : node.op === 'lookup' ? node.table.filter((value) => value !== undefined) : [];
    if (node.type.kind === 'date') dates.push(...values);
    if (node.type.kind === 'number') numbers.set(node.type.scale, [...(numbers.get(node.type.scale) ?? []), ...values]);
  }
  return { numbers, dates };
}

function valueOf(random: Seeded, schema: Schema, column: FactColumn, turns: Turns): Value {
  if (column.unknowable && random.percent(10)) return UNKNOWN;
  if (column.nonable && random.percent(15)) return NONE;
  const { type } = column;
  const points = type.kind === 'number' ? (turns.numbers.get(type.scale) ?? []).flatMap((value) => [value, value + 1n, value - 1n]) : type.kind === 'date' ? turns.dates : [];
  const inside = type.kind === 'number' || type.kind === 'date' ? points.filter((value) => value >= type.min && value <= type.max) : [];
  return inside.length > 0 && random.percent(50) ? known(random.pick(inside)) : randomValue(random, schema, column);
}
