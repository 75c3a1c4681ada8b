import { lengthOfMonth } from '#engine/kernel/index.ts';
import { LANE, laneOf } from '#engine/rules/index.ts';
import type { Constant, FactColumn, Lane, Schema } from '#engine/rules/index.ts';

/** Why a value cannot stand in its column. It becomes unknown, and is counted and listed: never bent into range. */
export const FAULTS = ['wrong-kind', 'not-finite', 'not-whole', 'out-of-range', 'not-a-date', 'bad-code', 'bad-link'] as const;
export type Fault = (typeof FAULTS)[number];

/** What comes in: a constant of the rules, or a number where a file holds one. */
export type RawValue = Constant | number;

/** How values of one fact become numbers of its column. */
export interface Encoding {
  readonly fact: FactColumn;
  readonly lane: Lane;
  /** The number in the column, or why there is none. */
  readonly encode: (value: RawValue) => number | Fault;
}

/** The encoding of a fact; undefined for text, which rules of services do not read. */
export function encodingOf(schema: Schema, fact: FactColumn): Encoding | undefined {
  const { type } = fact;
  const codes = type.kind === 'code' ? schema.codeLists.get(type.list)?.codes.length ?? 0 : 0;
  const lane = laneOf(type, codes);
  if (lane === undefined || type.kind === 'text') return undefined;
  switch (type.kind) {
    case 'boolean': return { fact, lane, encode: (value) => (value === true || value === 1 ? 1 : value === false || value === 0 ? 0 : 'wrong-kind') };
    case 'code': return { fact, lane, encode: (value) => within(value, 0, codes - 1, 'bad-code') };
    case 'date': return { fact, lane, encode: (value) => dated(value, type.min, type.max) };
    case 'number': return { fact, lane, encode: (value) => within(value, Math.max(Number(type.min), LANE[lane].least), Math.min(Number(type.max), LANE[lane].most), 'out-of-range') };
    default: return type satisfies never;
  }
}

function within(value: RawValue, min: number, max: number, outside: Fault): number | Fault {
  if (typeof value === 'boolean' || typeof value === 'string') return 'wrong-kind';
  const number = Number(value);
  if (!Number.isFinite(number)) return 'not-finite';
  if (!Number.isInteger(number)) return 'not-whole';
  return number >= min && number <= max ? number + 0 : outside;
}

function dated(value: RawValue, min: number, max: number): number | Fault {
  const date = within(value, min, max, 'out-of-range');
  if (typeof date !== 'number') return date;
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  return day >= 1 && day <= lengthOfMonth(year, month) ? date : 'not-a-date';
}
