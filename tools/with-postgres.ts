// Runs a command with DATABASE_URL set to a PostgreSQL of its own, made for it and gone with its data when the command ends.
import { spawn } from 'node:child_process';
import { ownPostgres, postgresPrograms } from './postgres.ts';

const bin = postgresPrograms();
if (bin === undefined) {
  console.error('没有找到 PostgreSQL：apt-get install postgresql\nNo PostgreSQL found: apt-get install postgresql');
  process.exit(3);
}
const postgres = await ownPostgres(bin);
let status = 1;
try {
  const [command = '', ...args] = process.argv.slice(2);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: postgres.url } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  status = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
} finally {
  postgres.remove();
}
process.exit(status);
