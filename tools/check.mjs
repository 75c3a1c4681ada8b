// What `npm run check` and CI run: every stage with its seconds, then `N passed, N failed` alone on the last line.
//
// A missing browser or PostgreSQL is a skip with one line by hand and a failure where CI is set. Each stage is a process
// group of its own, ended with all that it started. Built-ins only, and valid on Node 18: the first stage installs.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const IN_CI = ['true', '1'].includes(process.env.CI ?? '');
/** All stages together; what is not done by then is ended and counts as failed. */
const BUDGET_SECONDS = 55 * 60;
const GRACE_SECONDS = 20;

const spark = () => (existsSync('/usr/bin/java') && existsSync('/usr/bin/python3') ? undefined : 'Spark needs Java and Python (apt-get install openjdk-17-jre-headless python3-venv)');
const postgres = () => (existsSync('/usr/lib/postgresql') ? undefined : 'PostgreSQL (apt-get install postgresql)');
const browser = () => (['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) => existsSync(path)) ? undefined : 'Chromium (apt-get install chromium fonts-noto-cjk)');

/** `tests`: the stage is a run of Vitest whose tests are counted. `needs`: what is missing, if anything. `where`: only if this is there. */
const STAGES = [
  { name: 'install', run: ['node', 'tools/bootstrap.mjs'] },
  { name: 'types', run: ['npm', 'run', '-s', 'typecheck'] },
  { name: 'lint', run: ['npm', 'run', '-s', 'lint'] },
  { name: 'build', run: ['npm', 'run', '-s', 'build'], where: 'apps/web/root.tsx' },
  { name: 'npm test (unit, and the store on PGlite)', run: ['npm', 'test'], tests: true },
  { name: 'the store on PostgreSQL', run: ['npm', 'run', '-s', 'test:pg'], tests: true, needs: postgres },
  { name: 'agreement of the executions, random rules', run: ['node', 'tools/with-postgres.ts', 'node', 'tools/agree.ts', '--programs', '400', '--seconds', '200'], needs: postgres },
  { name: 'agreement of the executions, the rules of Jinhua', run: ['node', 'tools/agree.ts', '--pack', 'packs/jinhua', '--people', '6000'] },
  { name: 'agreement on Apache Spark', run: ['node', 'tools/agree.ts', '--only', 'spark', '--spark', '--programs', '1'], needs: spark },
  { name: 'browser', run: ['npm', 'run', '-s', 'test:e2e'], tests: true, needs: browser, where: 'e2e' },
];

const began = Date.now();
const results = mkdtempSync(join(tmpdir(), 'minsheng-check-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let current;

const secondsSince = (start) => Math.round((Date.now() - start) / 1000);

/** Ends a process group: asked first, then by force. */
async function endGroup(child) {
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
      return true;
    } catch {
      return false;
    }
  };
  if (!signal('SIGTERM')) return;
  for (let waited = 0; waited < GRACE_SECONDS * 10 && signal(0); waited++) await new Promise((resolve) => setTimeout(resolve, 100));
  signal('SIGKILL');
}

function run([program, ...args], environment) {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], detached: true, env: { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter), ...environment } });
  current = child;
  const late = setTimeout(() => {
    console.log(`时间用完了，结束这一步。 Out of time: this stage is ended.`);
    void endGroup(child);
  }, Math.max(1, BUDGET_SECONDS - secondsSince(began)) * 1000);
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code) => {
      clearTimeout(late);
      resolve(code ?? 1);
    });
  }).then(async (code) => {
    if (child.pid !== undefined) await endGroup(child);
    current = undefined;
    return code;
  });
}

/** Adds up what Vitest wrote; a run that failed without a failed test (a file that does not load) counts as one. */
function count(file, code) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests === 0 && code !== 0 ? 1 : report.numFailedTests;
  total.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
}

async function stage({ name, run: command, tests = false, needs, where }, number) {
  if (where !== undefined && !existsSync(join(ROOT, where))) return;
  const missing = needs?.();
  if (missing !== undefined) {
    console.log(`── ${name}: ${IN_CI ? '缺少，算失败 missing, which is a failure' : '跳过 skipped'}: ${missing}`);
    total[IN_CI ? 'failed' : 'skipped']++;
    return;
  }
  const start = Date.now();
  console.log(`── ${name}`);
  const file = join(results, `${number}.json`);
  // The skipped tests of a suite that has what it needs are failures of the suite, so it is told that CI needs all.
  const code = await run(tests ? [...command, '--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`] : command, { npm_lifecycle_event: 'check' });
  if (tests) count(file, code);
  else if (code !== 0) total.failed++;
  console.log(`── ${name}: ${code === 0 ? '通过 ok' : '没有通过 failed'}, ${secondsSince(start)} s\n`);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    const child = current;
    void (child ? endGroup(child) : Promise.resolve()).then(() => process.exit(130));
  });
}
for (const [number, each] of STAGES.entries()) await stage(each, number);
rmSync(results, { recursive: true, force: true });
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${secondsSince(began)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
