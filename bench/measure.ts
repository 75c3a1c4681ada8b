import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median } from './figure.ts';

/** What a measured process tells: seconds of its median run, of its fastest and of its first, its peak memory, and what it found. */
export const TOLD = z.object({
  cpu: z.number(), wall: z.number(), bestWall: z.number().optional(), firstCpu: z.number(), firstWall: z.number(), peakMiB: z.number(),
  totals: z.record(z.string(), z.string()).optional(),
  extra: z.record(z.string(), z.number()).optional(),
});
export type Told = z.infer<typeof TOLD>;

const now = (): number => Number(process.hrtime.bigint()) / 1e9;

/** Runs a thing several times: the first run apart, then the median of the others, in CPU seconds of the process and on the clock. */
export async function measure(run: () => void | Promise<void>, times = 5): Promise<Pick<Told, 'cpu' | 'wall' | 'bestWall' | 'firstCpu' | 'firstWall' | 'peakMiB'>> {
  const cpus: number[] = [];
  const walls: number[] = [];
  for (let time = 0; time <= times; time++) {
    const cpu = process.cpuUsage();
    const wall = now();
    await run();
    const { user, system } = process.cpuUsage(cpu);
    cpus.push((user + system) / 1e6);
    walls.push(now() - wall);
  }
  return { cpu: median(cpus.slice(1)), wall: median(walls.slice(1)), bestWall: Math.min(...walls.slice(1)), firstCpu: cpus[0] ?? NaN, firstWall: walls[0] ?? NaN, peakMiB: peakMiB() };
}

/** The most memory this process ever held, from Linux; 0 elsewhere. */
export function peakMiB(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const run = promisify(execFile);

/** What a process of its own measures; the reason as a text where it could not run. */
export async function inChild(name: string, ...args: readonly string[]): Promise<Told | string> {
  return told(process.execPath, [fileURLToPath(new URL('./child.ts', import.meta.url)), name, ...args]);
}

/** The same of any program that prints what it found as its last line. */
export async function told(program: string, args: readonly string[]): Promise<Told | string> {
  try {
    const { stdout } = await run(program, [...args], { maxBuffer: 1 << 26, timeout: 1_200_000 });
    const found = TOLD.safeParse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    return found.success ? found.data : `${program} printed something else`;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').slice(-3).join(' ').trim()) : String(error);
  }
}
