import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverState } from '#apps/server/control.ts';
import { figure, median } from './figure.ts';
import type { Figure } from './figure.ts';

const ROOT = join(import.meta.dirname, '..');
const FIRST_STARTS = 3;
const SECOND_STARTS = 5;
const PATIENCE_MILLISECONDS = 180_000;

interface Start {
  /** From the command to the first answer of /readyz. */
  readonly seconds: number;
  readonly peakMiB: number;
  /** From SIGTERM to the end of the process. */
  readonly stopSeconds: number;
}

/** `npm start` of Jinhua on the embedded store: on an empty data folder, then again. Installed and built before. */
export async function start(): Promise<readonly Figure[]> {
  const folders: string[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'ms-bench-'));
    folders.push(made);
    return join(made, 'data');
  };
  try {
    // Unmeasured: it builds the pages where that is due.
    await startOnce(folder());
    const first: Start[] = [];
    const places = Array.from({ length: FIRST_STARTS }, folder);
    for (const place of places) first.push(await startOnce(place));
    const second: Start[] = [];
    for (let time = 0; time < SECOND_STARTS; time++) second.push(await startOnce(places[0] ?? ''));
    const seconds = median(second.map((one) => one.seconds));
    return [
      figure('first start, with its database to make (installed and built)', median(first.map((one) => one.seconds)), 's', { bar: { op: '<=', value: 180 } }),
      figure('second start', seconds, 's', { bar: { op: '<=', value: 5 }, against: { name: 'the same command that only says its help', value: await helpSeconds() } }),
      figure('peak memory, first start', median(first.map((one) => one.peakMiB)), 'MiB'),
      figure('peak memory, second start', median(second.map((one) => one.peakMiB)), 'MiB'),
      figure('graceful stop', median(second.map((one) => one.stopSeconds)), 's', { bar: { op: '<=', value: 10 } }),
    ];
  } finally {
    for (const made of folders) rmSync(made, { recursive: true, force: true });
  }
}

async function startOnce(folder: string): Promise<Start> {
  const began = performance.now();
  const npm = spawn('npm', ['start'], { cwd: ROOT, stdio: 'ignore', env: { ...process.env, PORT: '0', MINSHENG_DATA: folder, DATABASE_URL: '', MINSHENG_PACK: '', MINSHENG_TODAY: '', MINSHENG_MODE: '' } });
  const ended = new Promise<void>((resolve) => npm.on('exit', () => resolve()));
  let gone = false;
  void ended.then(() => (gone = true));
  for (;;) {
    const state = await serverState(folder);
    if (state && (await fetch(`${state.url}/readyz`)).ok) {
      const seconds = (performance.now() - began) / 1000;
      const peakMiB = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${state.pid}/status`, 'utf8'))?.[1]) / 1024;
      const stopping = performance.now();
      process.kill(state.pid, 'SIGTERM');
      await ended;
      return { seconds, peakMiB, stopSeconds: (performance.now() - stopping) / 1000 };
    }
    if (gone || performance.now() - began > PATIENCE_MILLISECONDS) {
      npm.kill('SIGTERM');
      throw new Error('the city did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What npm and Node take by themselves. */
async function helpSeconds(): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < SECOND_STARTS; time++) {
    const began = performance.now();
    await new Promise((resolve) => spawn('npm', ['run', 'minsheng', '--', '--help'], { cwd: ROOT, stdio: 'ignore' }).on('exit', resolve));
    times.push((performance.now() - began) / 1000);
  }
  return median(times);
}
