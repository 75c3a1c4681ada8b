import type { City } from '#engine/city.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { dataSet } from './data-set.ts';
import type { DataSet } from './data-set.ts';

/** Columns that hold numbers; where the plan prints words instead of a value, the words. All others are texts. */
const NUMBERS: ReadonlySet<string> = new Set(['findings', 'line', 'base-year', 'target-year', 'year', 'gap-by', 'value', 'from', 'to', 'base', 'target', 'actual']);
const WORDS_FOR_NUMBERS: ReadonlySet<string> = new Set(['base', 'target', 'actual']);

/**
 * What a data set looks like as JSON, by JSON Schema 2020-12. A CSV has the same columns in the same order.
 *
 * Every column is in every row; null is what the plan does not print or nobody has entered.
 */
export function dataSetSchema(city: City, name: DataSet, locale: Locale): Readonly<Record<string, unknown>> {
  const { title, columns } = dataSet(city, name, locale);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    required: ['$schema', 'title', 'note', 'rows'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' }, title: { type: 'string' }, note: { type: 'string' },
      rows: {
        type: 'array',
        items: {
          type: 'object',
          required: columns.map(({ key }) => key),
          additionalProperties: false,
          properties: Object.fromEntries(columns.map((column) => [column.key, { title: column.title, type: typeOf(column.key) }])),
        },
      },
    },
  };
}

function typeOf(key: string): readonly string[] {
  if (WORDS_FOR_NUMBERS.has(key)) return ['number', 'string', 'null'];
  return [NUMBERS.has(key) ? 'number' : 'string', 'null'];
}
