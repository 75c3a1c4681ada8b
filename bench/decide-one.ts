import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { promisify } from 'node:util';
import { readPackFolder } from '#adapters/folder/index.ts';
import { writeSyntheticRelease } from '#adapters/columns/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { syntheticModel } from '#engine/population/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { figure } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';
import type { Load, Loaded } from './decide-one-load.ts';

/** How it is asked: requests a second, and the seconds before, of, and beside everybody. */
export interface Asking {
  readonly rate: number;
  readonly warmUp: number;
  readonly seconds: number;
  readonly beside: number;
}

const USUAL: Asking = { rate: 200, warmUp: 15, seconds: 60, beside: 30 };
const PEOPLE = 72_000;
const DAY = '2026-11-24';

/** As package.json starts a city: what is young in memory has room for an answer or two, so that little of it is moved. */
const SERVED_WITH = ['--max-semi-space-size=64'] as const;

/** What the server says once it answers. */
interface Served {
  readonly served: string;
  readonly bare: string;
  readonly bytes: number;
  readonly services: number;
  readonly people: number;
  readonly decidedCpu: number;
  readonly callers: readonly { readonly key: string; readonly token: string }[];
}

/**
 * One resident decided through HTTP: every service with its trace and who pays, logged durably before the answer, on
 * a PostgreSQL of its own; asked 200 times a second whatever the server does, by a process of its own. Beside it a
 * constant of the same size, and the same again while everybody is decided in a process of the lowest priority.
 */
export async function decideOnePerson({ say }: Pick<BenchOptions, 'say'>, asking = USUAL): Promise<readonly Figure[]> {
  if (!existsSync('/usr/lib/postgresql')) {
    say('one person is passed over: no PostgreSQL is installed');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-one-'));
  try {
    release(folder);
    const server = spawn(process.execPath, [join(import.meta.dirname, '../tools/with-postgres.ts'), process.execPath, ...SERVED_WITH, join(import.meta.dirname, 'decide-one-server.ts'), folder, DAY], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      return await measured(server, folder, asking);
    } finally {
      server.stdin.end();
      if (server.exitCode === null) await new Promise((resolve) => { server.once('exit', resolve); });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Draws the residents where a server looks for them. */
function release(folder: string): void {
  const { pack } = loadPack(readPackFolder('packs/jinhua') ?? new Map());
  const model = pack && syntheticModel(pack);
  if (!pack || !model) throw new Error('Jinhua does not load');
  writeSyntheticRelease(join(folder, 'population'), { model, schema: linkRules(pack).book.vocabulary.schema, people: PEOPLE, seed: 1, on: Number(DAY.replaceAll('-', '')), createdAt: `${DAY}T00:00:00.000Z` });
}

async function measured(server: ChildProcess, folder: string, { rate, warmUp, seconds, beside: secondsBeside }: Asking): Promise<readonly Figure[]> {
  if (!server.stdout || !server.stdin) throw new Error('the server cannot be talked to');
  const { stdin } = server;
  const lines = createInterface({ input: server.stdout });
  const told = async <T>(command?: string): Promise<T> => {
    if (command !== undefined) stdin.write(`${command}\n`);
    return JSON.parse(await nextLine(lines)) as T;
  };
  const { served, bare, callers, bytes, services, people, decidedCpu } = await told<Served>();
  const asks = callers.map(({ key, token }) => ({ token, body: JSON.stringify({ key, purpose: 'a benchmark', trace: true }) }));
  const load = (url: string, howLong: number): Promise<Loaded> => loaded(folder, { url, rate, seconds: howLong, asks });
  const [one, constant] = [`${served}/api/v1/people/entitlements`, `${bare}/constant`];
  const warm = await load(one, warmUp);
  const before = await told<{ cpu: number }>('cpu');
  const found = await load(one, seconds);
  const after = await told<{ cpu: number }>('cpu');
  const limit = await load(constant, warmUp);
  const stop = everybodyBeside(folder);
  const beside = await load(one, secondsBeside).finally(stop);
  // One opening was made by the server itself.
  const openings = warm.asked + found.asked + beside.asked + 1;
  const { own } = await told<{ own: number; all: number }>('end');
  const peer = `a constant of ${bytes} bytes`;
  return [
    figure('one person: services decided', services, 'services', { bar: { op: '>=', value: 37 } }),
    figure('one person: residents of the release', people, 'people', { bar: { op: '>=', value: 72_000 } }),
    figure('one person, all services with traces, decided and written: CPU', decidedCpu, 'ms', { bar: { op: '<=', value: 2.5 } }),
    figure(`one person at ${rate}/s for ${seconds} s: half of the answers within`, found.p50, 'ms', { against: { name: peer, value: limit.p50 } }),
    figure(`one person at ${rate}/s for ${seconds} s: 99 of 100 answers within`, found.p99, 'ms', { against: { name: peer, value: limit.p99 }, bar: { op: '<=', value: 20 } }),
    figure(`one person at ${rate}/s for ${seconds} s: the slowest answer`, found.worst, 'ms', { against: { name: peer, value: limit.worst } }),
    figure('one person: CPU of the server an answer, door and log included', (after.cpu - before.cpu) / found.asked, 'ms'),
    figure('one person: answers that were none', warm.errors + found.errors + beside.errors + limit.errors, 'answers', { bar: { op: '<=', value: 0 } }),
    figure('one person: openings without an entry in the access log', Math.max(0, openings - own), 'openings', { bar: { op: '<=', value: 0 } }),
    figure(`one person at ${rate}/s while everybody is decided beside it: 99 of 100 answers within`, beside.p99, 'ms', { bar: { op: '<=', value: 100 } }),
  ];
}

function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () => reject(new Error('the server of the benchmark ended')));
  });
}

const run = promisify(execFile);

async function loaded(folder: string, load: Load): Promise<Loaded> {
  const file = join(folder, 'load.json');
  writeFileSync(file, JSON.stringify(load));
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'decide-one-load.ts'), file]);
  return JSON.parse(stdout) as Loaded;
}

/** Decides everybody again and again, as `minsheng decide --all` does, in a process of the lowest priority; gives how to stop it. */
function everybodyBeside(folder: string): () => void {
  let child: ChildProcess | undefined;
  let stopped = false;
  const again = (): void => {
    if (stopped) return;
    child = spawn('nice', ['-n', '19', process.execPath, join(import.meta.dirname, '../apps/cli/main.ts'), 'decide', '--all', '--json', '--as-of', DAY, '--release', join(folder, 'population')], { stdio: 'ignore' });
    child.once('exit', again);
  };
  again();
  return () => {
    stopped = true;
    child?.kill();
  };
}
