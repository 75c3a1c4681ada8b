import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import { nearest, Numeral } from '#engine/pack/index.ts';
import { codeOf } from '../check/index.ts';
import { WHOLE } from '../report.ts';
import type { FactColumn, Schema } from '../schema.ts';
import type { Problem } from '../syntax/index.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Value } from '../value.ts';
import { atScale, dayNumber } from '../vocabulary/index.ts';

/** What somebody says of a fact: `unknown`, `none`, or its value as examples write it; numbers as numerals, codes by their labels. */
export function factValue(schema: Schema, fact: FactColumn, given: unknown): Value | Problem {
  const { name, type, nonable } = fact;
  const wrong = (code = 'example-value-wrong', data: Problem['data'] = { name, expected: type.kind }): Problem => ({ code, at: WHOLE, data });
  if (given === 'unknown') return UNKNOWN;
  if (given === 'none') return nonable ? NONE : wrong('example-never-none', { name });
  switch (type.kind) {
    case 'boolean': return typeof given === 'boolean' ? known(given) : wrong();
    case 'text': return typeof given === 'string' ? known(given) : wrong();
    case 'date': return typeof given === 'string' && parseDate(given) ? known(BigInt(dayNumber(given))) : wrong();
    case 'code': return typeof given === 'string' ? codeValue(schema, type.list, given) : wrong();
    case 'number': {
      const units = given instanceof Numeral ? unitsOf(given, type.scale) : undefined;
      if (units === undefined) return wrong();
      return units >= type.min && units <= type.max ? known(units) : wrong('example-out-of-range', { name });
    }
    default: return type satisfies never;
  }
}

function codeValue(schema: Schema, id: string, label: string): Value | Problem {
  const list = schema.codeLists.get(id);
  const index = codeOf(list, label);
  if (typeof index === 'number') return known(BigInt(index));
  const labels = list?.labels ?? [];
  return { code: index === 'ambiguous' ? 'label-ambiguous' : 'label-unknown', at: WHOLE, data: { label, labels: labels.slice(0, 12).join('、') }, nearest: nearest(label, labels) };
}

function unitsOf({ text }: Numeral, scale: number): bigint | undefined {
  const exact = parseDecimal(text);
  return exact && atScale({ units: BigInt(exact.units), scale: exact.scale }, scale);
}
