import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = ['apps/web', 'engine', 'react-router.config.ts', 'vite.config.ts', 'package-lock.json'];

/** Builds the pages once before the suite, unless what is built is newer than every source of it. */
export default function buildIfStale(): void {
  const built = join(ROOT, 'build/server/index.js');
  if (existsSync(built) && SOURCES.every((source) => newestIn(join(ROOT, source)) < statSync(built).mtimeMs)) return;
  execFileSync(join(ROOT, 'node_modules/.bin/react-router'), ['build'], { cwd: ROOT, stdio: 'pipe' });
}

function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(...readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
