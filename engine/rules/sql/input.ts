import type { Schema } from '../schema.ts';
import type { Situation, Thing, Value } from '../value.ts';
import { UNKNOWN } from '../value.ts';
import type { Dialect } from './dialect/index.ts';
import { isReference } from './layout.ts';
import type { InputColumn, InputTable } from './layout.ts';
import { NONE, NONE_TEXT, TEXT_MARK } from './text.ts';

/** What a column of an input holds: a whole number or a text; null is unknown. */
export type Cell = bigint | string | null;

/** The statement that makes an empty input table. */
export function createTable(dialect: Dialect, table: InputTable): string {
  const columns = table.columns.map((column) => `  ${dialect.quote(column.name)} ${column.type === 'text' ? dialect.textType : 'BIGINT'}`);
  return `CREATE TABLE ${dialect.quote(table.name)} (\n${columns.join(',\n')}\n)`;
}

/** The rows of an input table for a small world; the number of a thing is its place. */
export function rowsOf(table: InputTable, schema: Schema, situation: Situation): readonly (readonly Cell[])[] {
  if (table.of.kind === 'edges') return edgesOf(table.of.link, schema, situation);
  return (situation.get(table.of.entity) ?? []).map((thing, place) => table.columns.map((column) => cellOf(column, thing, place, schema)));
}

function edgesOf(id: string, schema: Schema, situation: Situation): readonly (readonly Cell[])[] {
  const things = situation.get(schema.links.get(id)?.from ?? '') ?? [];
  return things.flatMap((thing, place) => (thing.links.get(id) ?? []).map((to) => [BigInt(place), BigInt(to)]));
}

function cellOf({ source, type }: InputColumn, thing: Thing, place: number, schema: Schema): Cell {
  switch (source.kind) {
    case 'id': return BigInt(place);
    case 'fact': return codeOf(thing.facts.get(source.fact) ?? UNKNOWN, type);
    case 'link': return linkCell(source.link, thing, schema);
    case 'edge': throw new Error('a thing has no ends');
    default: return source satisfies never;
  }
}

function linkCell(id: string, thing: Thing, schema: Schema): Cell {
  const places = thing.links.get(id);
  const link = schema.links.get(id);
  if (link?.kind === 'grouping' && !places) return NONE;
  if (!places) return null;
  if (!link || !isReference(link)) return 1n;
  const [only] = places;
  return only === undefined ? NONE : BigInt(only);
}

/** A value as it lies in a column. */
export function codeOf(value: Value, type: 'whole' | 'text'): Cell {
  if (value.kind === 'unknown') return null;
  if (value.kind === 'none') return type === 'text' ? NONE_TEXT : NONE;
  if (typeof value.value === 'string') return TEXT_MARK + value.value;
  return typeof value.value === 'boolean' ? (value.value ? 1n : 0n) : value.value;
}
