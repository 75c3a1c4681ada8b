import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#adapters/store/index.ts';

/*
 * The real command line in a process of its own, for tests: each place has its own data folder and, where
 * DATABASE_URL is set, its own database on that server.
 */

const MAIN = join(import.meta.dirname, '../apps/cli/main.ts');

export type Environment = Readonly<Record<string, string>>;

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A running city: it has said where it answers. */
export interface SpawnedCity {
  readonly url: string;
  readonly pid: number;
  /** What it has printed until now. */
  readonly printed: () => string;
  /** Ends it and gives how it ended. */
  readonly end: (signal?: NodeJS.Signals) => Promise<Outcome>;
}

const folders: string[] = [];
const children = new Set<ChildProcess>();

/** A new temporary folder, removed by `removePlaces`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ms-'));
  folders.push(folder);
  return folder;
}

let prepared: Promise<string> | undefined;

/** An embedded database that is made and migrated and belongs to no city yet; copied, because making one takes seconds. */
async function prepare(): Promise<string> {
  const folder = join(temporaryFolder(), 'prepared');
  const opening = await openStore({ folder }, '2031-01-01T00:00:00.000Z');
  if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
  await opening.database.close();
  return folder;
}

/** A place for one city: the environment of its data folder, and a new database where the suite runs on PostgreSQL. */
export async function newPlace(how: 'prepared' | 'from nothing' = 'prepared'): Promise<Environment> {
  const environment = { MINSHENG_DATA: join(temporaryFolder(), 'data'), PORT: '0', MINSHENG_PACK: join(import.meta.dirname, '../packs/lantern-bay') };
  const server = process.env['DATABASE_URL'];
  if (server === undefined) {
    if (how === 'prepared') cpSync(await (prepared ??= prepare()), environment.MINSHENG_DATA, { recursive: true });
    return environment;
  }
  const name = `t_cli_${process.pid}_${folders.length}`;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { ...environment, DATABASE_URL: url.href };
}

/** Ends what still runs and removes every temporary folder. */
export function removePlaces(): void {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function start(words: readonly string[], environment: Environment): { readonly child: ChildProcess; readonly ended: Promise<Outcome>; readonly printed: () => string } {
  // Nothing of the caller's settings reaches the command but the way to its programs.
  const child = spawn(process.execPath, [MAIN, ...words], { env: { PATH: process.env['PATH'], TZ: process.env['TZ'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const ended = new Promise<Outcome>((resolve) => child.on('close', (code) => {
    children.delete(child);
    resolve({ code, out, err });
  }));
  return { child, ended, printed: () => out + err };
}

/** Runs a command to its end. */
export function runCli(words: readonly string[], environment: Environment = {}): Promise<Outcome> {
  return start(words, environment).ended;
}

/** Runs a command until it has printed something, kills it then without a word, and gives what it had printed. */
export async function killedAt(words: readonly string[], environment: Environment, text: string): Promise<string> {
  const { child, ended, printed } = start(words, environment);
  const kill = (): void => { if (printed().includes(text)) child.kill('SIGKILL'); };
  child.stdout?.on('data', kill);
  child.stderr?.on('data', kill);
  await ended;
  return printed();
}

/** Starts `serve` and waits until it says where it answers; meanwhile `heard` is given all that it has printed. */
export async function spawnCity(environment: Environment, words: readonly string[] = [], heard: (printed: string) => void = () => undefined): Promise<SpawnedCity> {
  const { child, ended, printed } = start(['serve', ...words], environment);
  const url = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      heard(printed());
      const found = /http:\/\/[\d.]+:\d+/.exec(printed())?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', look);
    void ended.then(({ code }) => reject(new Error(`serve ended with ${code}: ${printed()}`)));
  });
  return {
    url, printed,
    pid: child.pid ?? 0,
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
