import { Worker } from 'node:worker_threads';
import type { Kernel } from '#engine/rules/index.ts';
import { finishFiles, prepareFiles, workOf } from './decide.ts';
import type { Keeping, Work } from './decide.ts';
import { draftIn } from './folder.ts';
import type { ResultManifest } from './result.ts';
import type { StoredSnapshot } from './store.ts';
import type { WorkerOrder, WorkerReply, WorkerStart } from './worker.ts';

/**
 * Threads that decide a snapshot together, kept warm between runs.
 *
 * Each gets whole households. For any number of threads the reasons are the same to the byte, and so are the amounts
 * read one part after another.
 */
export class KernelPool {
  readonly #kernel: Kernel;
  readonly #snapshot: StoredSnapshot;
  readonly #threads: readonly Thread[];
  /** Cut once: the snapshot does not change, and what a pass puts down for the next one is put down anew in each run. */
  readonly #work: Work;

  private constructor(kernel: Kernel, snapshot: StoredSnapshot, threads: readonly Thread[]) {
    this.#kernel = kernel;
    this.#snapshot = snapshot;
    this.#threads = threads;
    this.#work = workOf(kernel, snapshot, threads.length);
  }

  static async start(kernel: Kernel, snapshot: StoredSnapshot, threads: number): Promise<KernelPool> {
    const { program, layout } = kernel;
    const started = Array.from({ length: threads }, (_, part) => new Thread({ program, layout, folder: snapshot.folder, manifest: snapshot.manifest, key: snapshot.key && { bytes: snapshot.key.bytes }, part }));
    await Promise.all(started.map((thread) => thread.ready()));
    return new KernelPool(kernel, snapshot, started);
  }

  /** Decides everybody and writes the answers under `root`; a crash leaves the answers of the last run. */
  async decide(root: string, keeping: Keeping = {}): Promise<ResultManifest> {
    const draft = draftIn(root);
    try {
      const { shared, parts } = this.#work;
      prepareFiles(this.#kernel, this.#snapshot, draft.folder);
      await this.#all((part) => ({ kind: 'begin', out: draft.folder, shared, blocks: parts[part] ?? [] }));
      // A pass may read what another thread put down in the pass before: all wait for all.
      for (let pass = 0; pass < this.#kernel.passes; pass++) await this.#all(() => ({ kind: 'pass', pass }));
      const written = await this.#all(() => ({ kind: 'end' }));
      const result = finishFiles(this.#kernel, this.#snapshot, draft.folder, written, keeping);
      draft.publish();
      return result;
    } catch (error) {
      draft.discard();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  #all(order: (part: number) => WorkerOrder): Promise<readonly (readonly number[])[]> {
    return Promise.all(this.#threads.map((thread, part) => thread.ask(order(part))));
  }
}

class Thread {
  readonly #worker: Worker;
  #settle: { readonly done: (written: readonly number[]) => void; readonly failed: (error: Error) => void } | undefined;
  readonly #ready: Promise<readonly number[]>;

  constructor(start: WorkerStart) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start });
    this.#ready = this.#next();
    this.#worker.on('message', (reply: WorkerReply) => {
      if (reply.kind === 'done') this.#settle?.done(reply.written);
      else this.#settle?.failed(new Error(`a thread of the kernel failed: ${reply.message}`));
    });
    this.#worker.on('error', (error) => this.#settle?.failed(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#settle?.failed(new Error('a thread of the kernel ended')));
  }

  ready(): Promise<readonly number[]> {
    return this.#ready;
  }

  ask(order: WorkerOrder): Promise<readonly number[]> {
    const reply = this.#next();
    this.#worker.postMessage(order);
    return reply;
  }

  async stop(): Promise<void> {
    this.#settle = undefined;
    await this.#worker.terminate();
  }

  #next(): Promise<readonly number[]> {
    return new Promise((done, failed) => { this.#settle = { done, failed }; });
  }
}
