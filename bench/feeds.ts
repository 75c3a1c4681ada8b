import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { figure } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { cacheFolder } from './population.ts';

const DAY = '2026-11-24';
const MAIN = join(import.meta.dirname, '../apps/cli/main.ts');
/** How often the memory of the program is looked at. */
const LOOK_MILLISECONDS = 250;

interface Spent {
  readonly wall: number;
  readonly peakMiB: number;
}

/** The departments' files of a whole city made a release, as `minsheng feed load` does it: checked, reported, sorted, written. Drawing the files is not measured. */
export async function feeds({ people, say }: BenchOptions): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(cacheFolder(), 'feeds-'));
  try {
    say(`drawing the files of ${people} people`);
    await minsheng(folder, 'demo', '--residents', String(people), '--on', DAY, '--out', join(folder, 'sent'));
    say('loading them');
    const { wall, peakMiB } = await minsheng(folder, 'feed', 'load', join(folder, 'sent'), '--on', DAY);
    const name = `feeds to release, ${people} people`;
    return [figure(`${name}, wall`, wall, 's', { bar: { op: '<=', value: 180 } }), figure(`${name}, peak memory`, peakMiB, 'MiB')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command of the program; a failed one is a fault. */
async function minsheng(data: string, ...words: readonly string[]): Promise<Spent> {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, [MAIN, ...words, '--json'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, MINSHENG_DATA: join(data, 'data'), MINSHENG_PACK: join(import.meta.dirname, '../packs/jinhua') } });
  let [peakMiB, problems] = [0, ''];
  child.stderr.on('data', (bytes: Buffer) => { problems = (problems + String(bytes)).slice(-2_000); });
  const looking = setInterval(() => { peakMiB = Math.max(peakMiB, peakOf(child.pid)); }, LOOK_MILLISECONDS);
  const code = await new Promise((resolve) => { child.once('exit', resolve); });
  clearInterval(looking);
  if (code !== 0) throw new Error(`minsheng ${words.join(' ')} ended with ${String(code)}: ${problems}`);
  return { wall: Number(process.hrtime.bigint() - began) / 1e9, peakMiB };
}

/** The most memory a process ever held, from Linux; 0 elsewhere, or where it has just ended. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
