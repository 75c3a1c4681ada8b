// Runs a command with DATABASE_URL set to a PostgreSQL of its own: made for it, on a free port of 127.0.0.1,
// and gone with its data when the command ends. PostgreSQL refuses to run as root, so root runs it as `postgres`.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : [];
if (versions.length === 0) {
  console.error('没有找到 PostgreSQL：apt-get install postgresql\nNo PostgreSQL found: apt-get install postgresql');
  process.exit(3);
}
const bin = join('/usr/lib/postgresql', versions[0], 'bin');
const root = process.getuid?.() === 0;
const postgres = root ? { uid: idOf('-u'), gid: idOf('-g') } : {};
const folder = mkdtempSync(join(tmpdir(), 'minsheng-pg-'));
if (root) chownSync(folder, postgres.uid, postgres.gid);
const data = join(folder, 'data');
const port = await freePort();

function idOf(flag) {
  return Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function run(program, args) {
  const result = spawnSync(join(bin, program), args, { ...postgres, cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (result.status !== 0) throw new Error(`${program}: ${result.stderr}`);
}

let status = 1;
try {
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c max_connections=60`, 'start']);
  const [command, ...args] = process.argv.slice(2);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` } });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  status = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
} finally {
  spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...postgres, cwd: folder, stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
