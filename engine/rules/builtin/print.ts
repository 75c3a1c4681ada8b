import { dayOf } from '../form/calendar.ts';
import { decimal } from '../form/decimal.ts';
import { printValue } from '../form/print.ts';
import { context, list } from '../form/value.ts';
import type { FormValue } from '../form/value.ts';
import { charactersIn } from '../relate.ts';
import type { Type } from '../type.ts';
import type { Datum } from '../value.ts';

/** A value of a type as FEEL has it; undefined, which is none, is null. Of a code list the labels are given, or a code is its number. */
export function asForm(datum: Datum | undefined, type: Type, labels: (list: string) => readonly string[] = () => []): FormValue {
  if (datum === undefined || typeof datum === 'boolean' || typeof datum === 'string') return datum ?? null;
  if (typeof datum === 'bigint') return counted(datum, type, labels);
  switch (datum.kind) {
    case 'list': return list(datum.items.map((item) => (type.kind === 'list' && type.of ? asForm(item, type.of, labels) : null)));
    case 'context': return context([...datum.entries].map(([key, value]) => [key, asForm(value, entryType(type, key), labels)]));
    default: return datum;
  }
}

export function entryType(type: Type, key: string): Type {
  return (type.kind === 'context' ? type.entries.find((entry) => entry.key === key)?.type : undefined) ?? { kind: 'boolean' };
}

function counted(units: bigint, type: Type, labels: (list: string) => readonly string[]): FormValue {
  switch (type.kind) {
    case 'number': return decimal(units, type.scale);
    case 'months': return { kind: 'months', months: units };
    case 'duration': return { kind: 'duration', nanos: units };
    case 'code': return labels(type.list)[Number(units)] ?? null;
    case 'date': {
      const day = dayOf({ year: Math.floor(Number(units) / 10_000), month: Math.floor(Number(units) / 100) % 100, day: Number(units) % 100 });
      return day === undefined ? null : { kind: 'date', day };
    }
    default: return null;
  }
}

export function printed(datum: Datum, type: Type): string {
  return printValue(asForm(datum, type));
}

/** How many characters a value of a type is written in at the most. */
export function widthOf(type: Type): number {
  switch (type.kind) {
    case 'boolean': return 5;
    case 'text': return charactersIn(type);
    // The digits, a sign, a point and the 0 before it.
    case 'number': return Math.max(String(type.min).length, String(type.max).length, type.scale) + 3;
    case 'date': return 10;
    case 'code': return charactersIn({ kind: 'text' });
    case 'months': return String(type.most).length + 6;
    case 'duration': return String(type.most).length + 30;
    // A zone's name has at most 61 characters.
    case 'time': return 80;
    case 'moment': return 100;
    case 'list': return 2 + type.most * ((type.of ? inside(type.of) : 0) + 2);
    case 'context': return 2 + type.entries.reduce((sum, entry) => sum + 2 * entry.key.length + 6 + inside(entry.type), 0);
    default: return type satisfies never;
  }
}

/** Inside something else a text stands in quotes, its own quotes and strokes marked, and what is none is `null`. */
function inside(type: Type): number {
  return Math.max(4, type.kind === 'text' ? 2 * charactersIn(type) + 2 : widthOf(type));
}
