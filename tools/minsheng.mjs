#!/usr/bin/env node
// The command `minsheng`, under any Node that npm runs on: hands over to the Node that came with the packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const own = join(root, 'node_modules/.bin/node');
const [major, minor] = process.versions.node.split('.').map(Number);
const isNew = major > 24 || (major === 24 && minor >= 18);

if (!existsSync(own) && !isNew) {
  console.error(`需要 Node 24.18 以上；现在是 ${process.version}。先在 ${root} 里运行一次 npm start。\nNode 24.18 or later is needed; this is ${process.version}. Run npm start once in ${root}.`);
  process.exit(3);
}
const child = spawn(existsSync(own) ? own : process.execPath, ['--max-semi-space-size=64', join(root, 'apps/cli/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
