import { PGlite } from '@electric-sql/pglite';
import type { sql } from '#engine/rules/index.ts';
import { cellOf, columnTypesQuery, fillStatements } from './fill.ts';

const WHOLE = [20, 21, 23] as const;

/** An embedded PostgreSQL in memory, of its own; every table it makes is temporary. */
export async function openPglite(): Promise<sql.Session> {
  const database = await PGlite.create({ parsers: Object.fromEntries(WHOLE.map((type) => [type, (text: string) => BigInt(text)])) });
  await database.exec('SET search_path TO pg_temp');
  const rows = async (text: string, values: readonly string[] = []): Promise<readonly (readonly sql.Cell[])[]> => (await database.query<readonly unknown[]>(text, [...values], { rowMode: 'array' })).rows.map((row) => row.map(cellOf));
  return {
    run: async (statement) => {
      await database.exec(statement);
    },
    rows,
    fill: async (table, cells) => {
      const { text, values } = columnTypesQuery(table);
      const types = (await rows(text, values)).map(([type]) => String(type));
      for (const statement of fillStatements(table, types, cells)) await database.query(statement.text, [...statement.values]);
    },
    close: () => database.close(),
  };
}
