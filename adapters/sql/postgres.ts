import pg from 'pg';
import type { sql } from '#engine/rules/index.ts';
import { cellOf, columnTypesQuery, fillStatements } from './fill.ts';

const WHOLE: readonly number[] = [20, 21, 23];

/** One connection to a PostgreSQL; every table it makes is temporary, so nothing is left there. */
export async function openPostgres(url: string): Promise<sql.Session> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: (type: number) => (WHOLE.includes(type) ? (text: string) => BigInt(text) : (text: string) => text) } });
  await client.connect();
  await client.query('SET search_path TO pg_temp');
  const rows = async (text: string, values: readonly string[] = []): Promise<readonly (readonly sql.Cell[])[]> => (await client.query<unknown[]>({ text, values: [...values], rowMode: 'array' })).rows.map((row) => row.map(cellOf));
  return {
    run: async (statement) => {
      await client.query(statement);
    },
    rows,
    fill: async (table, cells) => {
      const { text, values } = columnTypesQuery(table);
      const types = (await rows(text, values)).map(([type]) => String(type));
      for (const statement of fillStatements(table, types, cells)) await client.query(statement.text, [...statement.values]);
    },
    close: () => client.end(),
  };
}
