import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Builds the pages once before the suite where their sources are newer: what `npm start` does. */
export default function buildIfStale(): void {
  // The test runner's own mode would build the pages with the checks of a developer's React, which complain.
  const { npm_lifecycle_event: _, NODE_ENV: _mode, ...env } = process.env;
  execFileSync(process.execPath, [join(ROOT, 'tools/bootstrap.mjs')], { cwd: ROOT, stdio: 'inherit', env });
}
