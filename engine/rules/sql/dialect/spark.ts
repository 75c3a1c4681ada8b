import { quotedWith } from './dialect.ts';
import type { Dialect } from './dialect.ts';

/**
 * Spark SQL 4 with ANSI on.
 *
 * A stage is a cached view: the optimiser would else put every stage into the next one. Texts are spelt with escapes,
 * because whether a doubled quotation mark or a backslash stands for itself depends on settings.
 */
export const SPARK: Dialect = {
  id: 'spark',
  quote: (name) => quotedWith('`', name),
  text: (value) => `'${[...Array(value.length).keys()].map((at) => escaped(value, at)).join('')}'`,
  big: (value) => (value < 0n ? `(${String(value)}L)` : `${String(value)}L`),
  division: 'div',
  textType: 'STRING',
  stage: (name, select) => `CACHE LAZY TABLE ${name} AS\n${select}`,
  view: (name, select) => `CREATE TEMPORARY VIEW ${name} AS\n${select}`,
  drop: (name) => `DROP VIEW IF EXISTS ${name}`,
};

function escaped(text: string, at: number): string {
  const character = text.charAt(at);
  return /^[A-Za-z0-9 =_./:-]$/.test(character) ? character : `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
}

