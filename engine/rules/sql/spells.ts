import { monthNumber } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { isNone, joined, NONE, sql, truth } from './text.ts';
import type { Term, Text } from './text.ts';
import { select } from './staging.ts';

/** The spells of one kind, as columns of their own stage `t`. */
export interface SpellColumns {
  readonly where: Term | undefined;
  readonly from: Term;
  readonly until: Term;
}

/** The stages that a computation over spells reads, and the owner's columns with the month numbers of the window. */
export interface SpellTables {
  readonly spells: string;
  readonly edges: string;
  readonly owners: string;
  readonly opens: string;
  readonly closes: string;
}

/**
 * For each spell that passes, or may pass, the months of the window that it covers (`starts` to `ends`; NULL where
 * none), and `lost` = 1 where that is not known. A spell without start, or that ends before it starts, covers nothing.
 */
export function spansSelect(calendar: Calendar, { where, from, until }: SpellColumns, tables: SpellTables): string {
  const passes = where && truth(where);
  const unknown = [...(where?.unknowable === true ? [sql`WHEN ${where} IS NULL THEN 1`] : []), sql`WHEN ${isNone(from)} THEN 0`, sql`WHEN ${from} IS NULL OR ${until} IS NULL THEN 1`].map((one) => one.sql).join(' ');
  const covers = sql`${from} <> ${NONE} AND (${isNone(until)} OR ${until} >= ${from})`;
  const starts = sql`CASE WHEN ${covers} THEN GREATEST(${monthNumber(calendar, from)}, o.${tables.opens}) END`;
  const ends = sql`CASE WHEN ${covers} THEN CASE WHEN ${isNone(until)} THEN o.${tables.closes} ELSE LEAST(${monthNumber(calendar, until)}, o.${tables.closes}) END END`;
  const inner = select(
    ['e.from_id AS id', `o.${tables.opens} AS opens`, `CASE ${unknown} ELSE 0 END AS lost`, `${starts.sql} AS starts`, `${ends.sql} AS ends`],
    `${tables.edges} AS e\nJOIN ${tables.spells} AS t ON t.id = e.to_id\nJOIN ${tables.owners} AS o ON o.id = e.from_id`,
    passes ? `\nWHERE ${passes.sql} OR ${where?.sql ?? ''} IS NULL` : '',
  );
  return select(['s.id', 's.opens', 's.lost', 'CASE WHEN s.starts <= s.ends THEN s.starts END AS starts', 'CASE WHEN s.starts <= s.ends THEN s.ends END AS ends'], `(\n${indented(inner)}\n) AS s`);
}

/**
 * For each owner the months covered, the longest run without before each spell (`gap`), and the last month reached.
 *
 * `reach` of a spell is how far the spells that start before it go: what it adds and what is missing before it follow.
 */
export function coverSelect(spans: string): string {
  const inner = select(['s.*', 'MAX(s.ends) OVER (PARTITION BY s.id ORDER BY s.starts, s.ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach'], `${spans} AS s`, '\nWHERE s.starts IS NOT NULL OR s.lost = 1');
  return select(
    [
      's.id',
      'MAX(s.lost) AS lost',
      'CAST(SUM(GREATEST(s.ends - GREATEST(s.starts - 1, COALESCE(s.reach, s.starts - 1)), 0)) AS BIGINT) AS covered',
      'MAX(s.starts - 1 - COALESCE(s.reach, s.opens - 1)) AS gap',
      'MAX(s.ends) AS reached',
    ],
    `(\n${indented(inner)}\n) AS s`,
    '\nGROUP BY s.id',
  );
}

/** The owner's answer from the row of `coverSelect` under an alias; `known` is whether the owner's list is. */
export function spellValue(op: 'covered-months' | 'longest-gap', window: readonly [Term, Term], months: readonly [Text, Text], known: Text, alias: string): Text {
  const [opens, closes] = months;
  const nonable = window.filter((day) => day.nonable).map((day) => sql`WHEN ${isNone(day)} THEN ${NONE}`);
  const unknowable = window.filter((day) => day.unknowable).map((day) => sql`WHEN ${day} IS NULL THEN NULL`);
  const value = op === 'covered-months' ? sql`COALESCE(${alias}.covered, 0)` : sql`GREATEST(COALESCE(${alias}.gap, 0), ${closes} - COALESCE(${alias}.reached, ${opens} - 1))`;
  const cases = [...nonable, ...unknowable, sql`WHEN ${known} IS NULL OR ${alias}.lost = 1 THEN NULL`, sql`WHEN ${closes} < ${opens} THEN 0`];
  return sql`CASE ${joined(cases, ' ')} ELSE ${value} END`;
}

function indented(text: string): string {
  return text.split('\n').map((line) => `  ${line}`).join('\n');
}
