import { literal, quoted } from '#engine/population/index.ts';
import type { FeedPlan } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Schema } from '#engine/rules/index.ts';

/** A number of a column as the text of a feed, the opposite of how the feed is read. */
export function textSql(schema: Schema, { columns, feed }: FeedPlan, at: number, number: string): string {
  const column = columns[at];
  if (!column) throw new RangeError('a feed has no such column');
  const { unknown, none } = LANE[column.lane];
  const mark = feed.unknownMark === undefined ? 'NULL' : literal(feed.unknownMark);
  return `CASE WHEN ${number} = ${none} THEN NULL WHEN ${number} = ${unknown} THEN ${mark} ELSE ${knownSql(schema, { columns, feed }, at, number)} END AS ${quoted(column.column)}`;
}

function knownSql(schema: Schema, { columns, feed }: Pick<FeedPlan, 'columns' | 'feed'>, at: number, number: string): string {
  const column = columns[at];
  const mapping = feed.columns.find((one) => one.column === column?.column);
  const said = new Map(Object.entries(mapping?.codes ?? {}).map(([word, code]) => [code, word]));
  const type = column?.fact.type;
  switch (type?.kind) {
    case 'boolean': return `CASE ${number} WHEN 1 THEN ${literal(said.get('true') ?? '1')} ELSE ${literal(said.get('false') ?? '0')} END`;
    case 'code': return `CASE ${number} ${(schema.codeLists.get(type.list)?.codes ?? []).map((code, place) => `WHEN ${place} THEN ${literal(said.get(code) ?? code)}`).join(' ')} END`;
    case 'date': {
      const digits = `lpad(CAST(${number} AS VARCHAR), 8, '0')`;
      const between = mapping?.date === 'yyyymmdd' ? '' : mapping?.date === 'yyyy/mm/dd' ? '/' : '-';
      return `substr(${digits}, 1, 4) || '${between}' || substr(${digits}, 5, 2) || '${between}' || substr(${digits}, 7)`;
    }
    case 'number': {
      if (type.scale === 0) return `CAST(${number} AS VARCHAR)`;
      const whole = 10 ** type.scale;
      return `CASE WHEN ${number} < 0 THEN '-' ELSE '' END || CAST(abs(${number}) // ${whole} AS VARCHAR) || '.' || lpad(CAST(abs(${number}) % ${whole} AS VARCHAR), ${type.scale}, '0')`;
    }
    case 'text': case undefined: return 'NULL';
    default: return type satisfies never;
  }
}
