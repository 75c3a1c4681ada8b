import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/*
 * The bootstrap in a house of its own: npm and the builder are scripts that write down that they were called.
 */

const SYSTEM_NODE = '/usr/bin/node';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ms-boot-'));
  write('package-lock.json', JSON.stringify({ packages: { [`node_modules/node-${process.platform}-${process.arch}`]: {} } }));
  write('npm.js', `require('node:fs').appendFileSync(${JSON.stringify(join(root, 'calls'))}, 'npm ' + process.argv.slice(2, 3) + '\\n'); require('node:fs').mkdirSync(${JSON.stringify(join(root, 'node_modules/.bin'))}, { recursive: true });`);
  mkdirSync(join(root, 'tools'));
  cpSync(join(import.meta.dirname, 'bootstrap.mjs'), join(root, 'tools/bootstrap.mjs'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function boot(node = process.execPath): { readonly status: number | null; readonly words: string } {
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'tools/bootstrap.mjs')], { encoding: 'utf8', env: { PATH: process.env['PATH'], npm_execpath: join(root, 'npm.js'), npm_lifecycle_event: 'prestart' } });
  return { status, words: stdout + stderr };
}

const calls = (): string[] => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []);

describe('the bootstrap', () => {
  test('installs on a fresh clone, says nothing the second time, and installs again for another lock file', () => {
    expect(boot()).toMatchObject({ status: 0, words: expect.stringContaining('Installing') as string });
    expect(boot()).toEqual({ status: 0, words: '' });
    expect(calls()).toEqual(['npm ci']);
    write('package-lock.json', JSON.stringify({ packages: { changed: {} } }));
    expect(boot().status).toBe(0);
    expect(calls()).toEqual(['npm ci', 'npm ci']);
  });

  test('builds the pages when their sources are newer than the build, also when one was removed', () => {
    boot();
    write('builder.js', `const fs = require('node:fs'); fs.appendFileSync(${JSON.stringify(join(root, 'calls'))}, 'build\\n'); fs.mkdirSync(${JSON.stringify(join(root, 'build/server'))}, { recursive: true }); fs.writeFileSync(${JSON.stringify(join(root, 'build/server/index.js'))}, '');`);
    symlinkSync(join(root, 'builder.js'), join(root, 'node_modules/.bin/react-router'));
    for (const file of ['root.tsx', 'portal/home.tsx', 'portal/old.tsx']) write(`apps/web/${file}`, '');
    const past = new Date(Date.now() - 60_000);
    const settle = (): void => {
      for (const path of ['apps/web/root.tsx', 'apps/web/portal/home.tsx', 'apps/web/portal', 'apps/web', 'package-lock.json']) utimesSync(join(root, path), past, past);
    };
    boot();
    settle();
    boot();
    expect(calls()).toEqual(['npm ci', 'build']);
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(root, 'apps/web/portal/home.tsx'), later, later);
    boot();
    expect(calls()).toEqual(['npm ci', 'build', 'build']);
    settle();
    rmSync(join(root, 'apps/web/portal/old.tsx'));
    utimesSync(join(root, 'apps/web/portal'), later, later);
    boot();
    expect(calls()).toEqual(['npm ci', 'build', 'build', 'build']);
  });

  test('ends with 3 and one message when the install fails', () => {
    write('npm.js', 'process.exit(1)');
    expect(boot()).toMatchObject({ status: 3, words: expect.stringMatching(/没有成功.*\nThis failed/) as string });
    expect(existsSync(join(root, 'node_modules/.lock-hash'))).toBe(false);
  });

  const old = existsSync(SYSTEM_NODE) && Number(spawnSync(SYSTEM_NODE, ['--version'], { encoding: 'utf8' }).stdout.slice(1, 3)) < 24;
  test.runIf(old)('under an old Node says which one is needed where npm has none for the platform', () => {
    expect(boot(SYSTEM_NODE).words).toContain('no working Node package');
    write('package-lock.json', JSON.stringify({ packages: {} }));
    expect(boot(SYSTEM_NODE)).toMatchObject({ status: 3, words: expect.stringMatching(/请自行安装 Node 24\.18 以上.*\n.*please install Node 24\.18 or later/) as string });
    expect(boot(process.execPath).status).toBe(0);
  });
});
