import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { VALUE_PARSERS } from './parse-value.ts';

/** What the main thread asks, one statement at a time. */
export interface Request {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What the worker answers: rows, or the error with its SQLSTATE. */
export type Reply =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly affected: number }
  | { readonly id: number; readonly message: string; readonly code: string | undefined };

const port = parentPort;
if (!port) throw new Error('runs as a worker');
const { folder } = workerData as { folder: string | undefined };

const database = await PGlite.create({ ...(folder === undefined ? {} : { dataDir: folder }), parsers: { ...VALUE_PARSERS } });
port.postMessage('ready');

port.on('message', (request: Request | 'close') => {
  if (request === 'close') {
    // A database that cannot close cleanly is still on disk: the next start recovers it.
    void database.close().catch(() => undefined).then(() => port.close());
  } else void answer(request).then((reply) => port.postMessage(reply));
});

async function answer({ id, sql, parameters }: Request): Promise<Reply> {
  try {
    if (parameters.length === 0) {
      const results = await database.exec(sql);
      const last = results.at(-1);
      return { id, rows: last?.rows ?? [], affected: last?.affectedRows ?? 0 };
    }
    const result = await database.query(sql, [...parameters]);
    return { id, rows: result.rows, affected: result.affectedRows ?? 0 };
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string };
    return { id, message: message ?? 'unknown', code };
  }
}
