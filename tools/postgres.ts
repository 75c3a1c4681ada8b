import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL of one's own, on a free port of 127.0.0.1, for tests. */
export interface OwnPostgres {
  readonly url: string;
  readonly start: () => void;
  /** Stops it as a power cut would, or once everybody has left. */
  readonly stop: (mode: 'immediate' | 'fast') => void;
  /** Stops it and removes its data. */
  readonly remove: () => void;
}

const VERSIONS = '/usr/lib/postgresql';

/** Where its programs are; undefined where there is none on this machine. */
export function postgresPrograms(): string | undefined {
  const newest = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  return newest === undefined ? undefined : join(VERSIONS, newest, 'bin');
}

/** Makes one and starts it. PostgreSQL refuses to run as root, so root runs it as `postgres`. */
export async function ownPostgres(bin: string): Promise<OwnPostgres> {
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const folder = mkdtempSync(join(tmpdir(), 'minsheng-pg-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const run = (program: string, args: readonly string[]): void => {
    const result = spawnSync(join(bin, program), args, { ...user, cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (result.status !== 0) throw new Error(`${program}: ${result.stderr}`);
  };
  const start = (): void => run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c max_connections=60`, 'start']);
  const stop = (mode: 'immediate' | 'fast'): void => run('pg_ctl', ['-D', data, '-m', mode, '-w', 'stop']);
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
  start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`, start, stop,
    remove: () => {
      spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...user, cwd: folder, stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(flag: string): number {
  return Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
