import { z } from 'zod';
import { parseDecimal } from '#engine/kernel/index.ts';
import { Numeral } from '#engine/pack/index.ts';
import { encodingOf } from '#engine/population/index.ts';
import { dayText, factValue, LANE } from '#engine/rules/index.ts';
import type { FactColumn, Schema, Value } from '#engine/rules/index.ts';

/**
 * A value that somebody states, as text that outlives a release: a code by its code, a day as YYYY-MM-DD, a number in
 * digits, `true` or `false`; `none`: there is none.
 */
export const stated = z.discriminatedUnion('is', [z.strictObject({ is: z.literal('value'), text: z.string() }), z.strictObject({ is: z.literal('none') })]);
export type Stated = z.infer<typeof stated>;

/** A value of a release as one that is stated; undefined where it is unknown. */
export function statedOf({ codeLists }: Schema, { type }: FactColumn, value: Value): Stated | undefined {
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'none') return { is: 'none' };
  const text = (): string => {
    switch (type.kind) {
      case 'code': return codeLists.get(type.list)?.codes[Number(value.value)] ?? '';
      case 'date': return dayText(Number(value.value));
      case 'number': return decimalText(Number(value.value), type.scale);
      case 'boolean': case 'text': return String(value.value);
      default: return type satisfies never;
    }
  };
  return { is: 'value', text: text() };
}

/** Digits of a number of units of 10^-scale. */
function decimalText(units: number, scale: number): string {
  if (scale === 0) return String(units);
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A stated value as rules see it; undefined where it is no value of the fact, in this pack. */
export function valueOfStated(schema: Schema, fact: FactColumn, one: Stated): Value | undefined {
  if (one.is === 'none') return fact.nonable ? { kind: 'none' } : undefined;
  const { type } = fact;
  const list = type.kind === 'code' ? schema.codeLists.get(type.list) : undefined;
  const code = list?.codes.indexOf(one.text) ?? -1;
  if (list) return code < 0 ? undefined : { kind: 'known', value: BigInt(code) };
  if (type.kind === 'boolean') return one.text === 'true' || one.text === 'false' ? { kind: 'known', value: one.text === 'true' } : undefined;
  const found = factValue(schema, fact, type.kind === 'number' ? new Numeral(one.text) : one.text);
  return 'code' in found ? undefined : found;
}

/** A stated value as the number of the fact's column; undefined where it is no value of it. */
export function cellOfStated(schema: Schema, fact: FactColumn, one: Stated): number | undefined {
  const [encoding, value] = [encodingOf(schema, fact), valueOfStated(schema, fact, one)];
  if (!encoding || !value) return undefined;
  const cell = value.kind === 'known' ? encoding.encode(value.value) : LANE[encoding.lane][value.kind];
  return typeof cell === 'number' ? cell : undefined;
}

/** Whether both say the same. */
export const sameStated = (a: Stated | undefined, b: Stated): boolean => a?.is === b.is && (a.is === 'none' || (b.is === 'value' && a.text === b.text));

/** What a form sent for a fact: `v` a choice, `n` a number, `y` `m` `d` a day. */
export interface Typed {
  readonly v: string;
  readonly n: string;
  readonly y: string;
  readonly m: string;
  readonly d: string;
}

/** What was typed as a stated value; undefined where it is no value of the fact. Full-width digits, commas and the sign of money are taken too. */
export function readTyped(schema: Schema, fact: FactColumn, typed: Typed): Stated | undefined {
  const one = typed.v === '-' ? { is: 'none' as const } : { is: 'value' as const, text: textOf(fact, typed) };
  const value = valueOfStated(schema, fact, one);
  // Written as the release's own values are, so that the same value is the same text.
  return value && statedOf(schema, fact, value);
}

function textOf({ type }: FactColumn, { v, n, y, m, d }: Typed): string {
  const plain = (text: string): string => text.trim().normalize('NFKC');
  switch (type.kind) {
    case 'date': return `${plain(y).padStart(4, '0')}-${plain(m).padStart(2, '0')}-${plain(d).padStart(2, '0')}`;
    case 'number': {
      const exact = parseDecimal(plain(n).replaceAll(/[,\s¥元]/g, '').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
      return exact && exact.scale <= type.scale ? decimalText(exact.units, exact.scale) : '';
    }
    case 'boolean': case 'code': case 'text': return v;
    default: return type satisfies never;
  }
}
