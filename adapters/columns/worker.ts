import { parentPort, workerData } from 'node:worker_threads';
import { BlockRunner, compileKernel } from '#engine/rules/index.ts';
import type { BlockOfRows, Bound, Layout, Program } from '#engine/rules/index.ts';
import type { Manifest } from '#engine/population/index.ts';
import { FileDoor } from './file-door.ts';
import type { DataKey } from './seal.ts';

/** What a worker is started with: it compiles the program itself, since functions do not cross threads. */
export interface WorkerStart {
  readonly program: Program;
  readonly layout: Layout;
  readonly folder: string;
  readonly manifest: Manifest;
  /** What opens sealed columns; it passes from thread to thread in memory. */
  readonly key: Pick<DataKey, 'bytes'> | undefined;
  readonly part: number;
}

/** What a worker is asked: to begin a run, to go over its blocks once for a pass, to end the run. */
export type WorkerOrder =
  | { readonly kind: 'begin'; readonly out: string; readonly shared: readonly (Bound | undefined)[]; readonly blocks: readonly BlockOfRows[] }
  | { readonly kind: 'pass'; readonly pass: number }
  | { readonly kind: 'end' };

/** What it answers; `written` with `end`. */
export type WorkerReply = { readonly kind: 'done'; readonly written: readonly number[] } | { readonly kind: 'failed'; readonly message: string };

const port = parentPort;
if (!port) throw new Error('runs as a worker');
const { program, layout, folder, manifest, key, part } = workerData as WorkerStart;
const kernel = compileKernel(program, layout);
let door: FileDoor | undefined;
let runner: BlockRunner | undefined;
let blocks: readonly BlockOfRows[] = [];

port.on('message', (order: WorkerOrder) => {
  try {
    port.postMessage({ kind: 'done', written: obey(order) } satisfies WorkerReply);
  } catch (error) {
    port.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) } satisfies WorkerReply);
  }
});
port.postMessage({ kind: 'done', written: [] } satisfies WorkerReply);

function obey(order: WorkerOrder): readonly number[] {
  switch (order.kind) {
    case 'begin':
      ({ blocks } = order);
      door = new FileDoor(kernel, { folder, manifest, key, shared: order.shared, out: order.out, part });
      runner = new BlockRunner(kernel, door);
      return [];
    case 'pass':
      runner?.run(order.pass, blocks);
      return [];
    case 'end': return door?.close() ?? [];
    default: return order satisfies never;
  }
}
