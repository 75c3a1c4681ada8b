import { Worker } from 'node:worker_threads';
import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely';
import { databaseOf } from './database.ts';
import type { Database } from './database.ts';
import type { Reply, Request } from './embedded-worker.ts';

/** An error of the embedded database with its SQLSTATE, as `pg` gives one. */
export class EmbeddedError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/**
 * PostgreSQL inside this process, in a worker thread so that a slow query does not stop the server.
 *
 * `folder` undefined: in memory. The caller holds the lock of the data folder. Safe against the death of the
 * process; not against power loss, because the embedded PostgreSQL does not flush to disk: production uses
 * PostgreSQL.
 */
export async function openEmbedded(folder: string | undefined): Promise<Database> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { folder } });
  const channel = new Channel(worker);
  await channel.ready;
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new EmbeddedDriver(channel),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return databaseOf('embedded', dialect, () => channel.close());
}

/** Questions to the worker and the promises that wait for its answers. */
class Channel {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  readonly #ended: Promise<void>;
  #next = 1;
  #failure: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    let resolveReady: () => void;
    let rejectReady: (error: Error) => void;
    this.ready = new Promise((resolve, reject) => [resolveReady, rejectReady] = [resolve, reject]);
    worker.on('message', (message: Reply | 'ready') => {
      if (message === 'ready') return resolveReady();
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
    });
    const fail = (error: Error): void => {
      this.#failure = error;
      rejectReady(error);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    worker.on('error', fail);
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        fail(this.#failure ?? new Error('the embedded database has ended'));
        resolve();
      });
    });
    // A failed start is told by `ready`; nobody else waits for it then.
    this.ready.catch(() => undefined);
  }

  async ask(sql: string, parameters: readonly unknown[]): Promise<Extract<Reply, { rows: readonly unknown[] }>> {
    if (this.#failure) throw this.#failure;
    const id = this.#next++;
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters } satisfies Request);
    });
    if ('rows' in reply) return reply;
    throw new EmbeddedError(reply.message, reply.code);
  }

  async close(): Promise<void> {
    if (!this.#failure) this.#worker.postMessage('close');
    await this.#ended;
  }
}

/** One connection; whoever comes while it is taken waits in order. */
class EmbeddedDriver implements Driver {
  readonly #connection: EmbeddedConnection;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(channel: Channel) {
    this.#connection = new EmbeddedConnection(channel);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise((resolve) => (release = resolve));
    await before;
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`begin${accessMode ? ` ${accessMode}` : ''}`));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {}
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #channel: Channel;
  constructor(channel: Channel) {
    this.#channel = channel;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affected } = await this.#channel.ask(query.sql, query.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affected) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery(query);
  }
}
