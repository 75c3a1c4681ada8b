import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBValue } from '@duckdb/node-api';
import type { sql } from '#engine/rules/index.ts';

/**
 * DuckDB inside this process, in memory unless a file is named.
 *
 * It may not reach the network or load extensions: what it reads and writes are the paths that a statement names.
 */
export async function openDuckdb({ path = ':memory:', threads = 2 }: { readonly path?: string; readonly threads?: number } = {}): Promise<sql.Session> {
  const instance = await DuckDBInstance.create(path, { threads: String(threads), autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  return {
    run: async (statement) => {
      await connection.run(statement);
    },
    rows: async (query) => (await connection.runAndReadAll(query)).getRows().map((row) => row.map(cellOf)),
    fill: async (table, rows) => {
      const appender = await connection.createAppender(table);
      for (const row of rows) {
        for (const cell of row) append(appender, cell);
        appender.endRow();
      }
      appender.closeSync();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
}

function append(appender: DuckDBAppender, cell: sql.Cell): void {
  if (cell === null) appender.appendNull();
  else if (typeof cell === 'bigint') appender.appendBigInt(cell);
  else appender.appendVarchar(cell);
}

/** A value as the engine counts it; a query that gives anything else was not written for this port. */
function cellOf(value: DuckDBValue): sql.Cell {
  if (value === null || typeof value === 'bigint' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  throw new TypeError('a query gave what is neither a whole number nor a text');
}
