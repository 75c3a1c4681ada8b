// Makes a clone ready before `npm start`, `npm test` and `npm run dev`: installs when the lock file changed, builds
// the pages when their sources did. Built-ins only, and valid on Node 18: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = [24, 18];
const NODE = join(ROOT, 'node_modules/.bin/node');
/** What the built pages are made of; a deleted file shows in the time of its folder. */
const WEB_SOURCES = ['apps/web', 'engine', 'vite.config.ts', 'react-router.config.ts', 'package-lock.json'];
const BUILT = 'build/server/index.js';

function refuse(zh, en) {
  console.error(`${zh}\n${en}`);
  process.exit(3);
}

function isNewEnough(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** Whether npm brings Node for this platform: there is a package for it in the lock file. */
function nodeComesByNpm(lock) {
  return Object.keys(JSON.parse(lock).packages).includes(`node_modules/node-${process.platform}-${process.arch}`);
}

function needNode() {
  refuse(
    `这个平台（${process.platform} ${process.arch}）没有可用的 Node 安装包，请自行安装 Node ${OLDEST_NODE.join('.')} 以上；现在是 ${process.version}。`,
    `npm has no working Node package for this platform (${process.platform} ${process.arch}): please install Node ${OLDEST_NODE.join('.')} or later; this is ${process.version}.`,
  );
}

/** Runs a step and stops with its words where it fails. */
function step(zh, en, program, args) {
  console.error(`${zh} ${en}`);
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) refuse(`没有成功：${args.slice(-6).join(' ')}`, `This failed: ${args.slice(-6).join(' ')}`);
}

function install() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(ROOT, 'node_modules/.lock-hash');
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (!isNewEnough(process.version) && !nodeComesByNpm(lock)) needNode();
  if (done) return;
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=optional', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  step('正在安装依赖……', 'Installing …', ...(npm !== undefined && /\.c?js$/.test(npm) ? [process.execPath, [npm, ...args]] : ['npm', args]));
  // A package that is there and does not run (another C library) is as good as none.
  if (!isNewEnough(process.version) && spawnSync(NODE, ['--version']).status !== 0) needNode();
  writeFileSync(stamp, hash);
}

/** The newest time of change below a path, in milliseconds. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  const inner = statSync(path).isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(mtimeMs, ...inner);
}

function build() {
  if (!existsSync(join(ROOT, 'apps/web/root.tsx'))) return;
  const sources = WEB_SOURCES.map((name) => join(ROOT, name)).filter((path) => existsSync(path));
  const built = join(ROOT, BUILT);
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
  const router = join(ROOT, 'node_modules/.bin/react-router');
  step('正在生成页面……', 'Building the pages …', existsSync(NODE) ? NODE : process.execPath, [router, 'build']);
}

install();
// `npm run dev` makes the pages from their sources; a served city and the tests that walk through one need them built.
if (process.env.npm_lifecycle_event !== 'predev') build();
