import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { GrantOrder } from '#apps/server/grants/command.ts';
import { askStore } from '#apps/server/store-command.ts';
import { batchesOnRecord, noticesIn } from '#tools/on-record.ts';
import { main } from './main.ts';

/** It makes its own embedded store, or none: on a PostgreSQL it would say the same once more. */
const isEmbedded = process.env['DATABASE_URL'] === undefined;

/** A small made-up harbour in a folder of its own, with the embedded store whatever else is at hand. */
const folder = mkdtempSync(join(tmpdir(), 'acting-'));
const environment = { ...process.env, MINSHENG_MODE: 'demo', MINSHENG_DATA: folder, MINSHENG_PACK: join(import.meta.dirname, '../../packs/jinhua'), DATABASE_URL: '', MINSHENG_KEY: '' };
const ask = async <T>(schema: z.ZodType<T>, ...words: readonly string[]): Promise<T> => {
  let out = '';
  const exit = await main([...words, '--json'], environment, { out: (text) => { out += text; }, err: () => undefined });
  if (exit !== 0) throw new Error(`${words.join(' ')}: ${exit} ${out}`);
  return schema.parse(JSON.parse(out));
};
const run = z.object({ run: z.object({ id: z.string() }), changes: z.object({ counts: z.record(z.string(), z.int()) }) });
const acts = z.object({ acts: z.record(z.string(), z.object({ count: z.int(), fen: z.int() })) });
const months = z.object({ months: z.array(z.object({ month: z.int(), run: z.string() })), settled: z.int(), left: z.int() });
const verified = z.object({ verification: z.object({ faults: z.array(z.unknown()), entries: z.int() }) });
const total = (counts: Readonly<Record<string, { readonly count: number }>>): number => Object.values(counts).reduce((sum, { count }) => sum + count, 0);

beforeAll(async () => { if (isEmbedded) await ask(z.unknown(), 'demo', '--residents', '9000', '--on', '2026-12-26'); }, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(isEmbedded)('what is mistyped about money is said back, and no file is written for a batch that is none', async () => {
  const told = async (...words: readonly string[]): Promise<readonly [number, string]> => {
    let err = '';
    return [await main(words, { ...environment, LANG: 'zh_CN.UTF-8' }, { out: () => undefined, err: (text) => { err += text; } }), err];
  };
  expect(await told('pay', 'approve', '--batch', '203106-city-1', '--as', '李四')).toEqual([2, expect.stringContaining('收到的是“李四”')]);
  expect(await told('pay', 'withdraw', '--batch', '203106-city-1', '--as', 'li', '--because=')).toEqual([2, expect.stringContaining('--because')]);
  expect(await told('pay', 'prepare', '--month', '1800-01')).toEqual([2, expect.stringContaining('1800-01')]);
  const file = join(folder, 'nothing.csv');
  expect(await told('pay', 'export', '--batch', 'nope', '--out', file)).toEqual([1, expect.stringContaining('没有这个批次')]);
  expect(existsSync(file)).toBe(false);
}, 60_000);

const SUBSIDY = 'social-disabled-living-subsidy';

async function order(what: GrantOrder): Promise<unknown> {
  const answer = await askStore({ folder, databaseUrl: undefined, keys: undefined, mode: 'demo' }, 'grants', what);
  if (answer.kind !== 'json') throw new Error(answer.kind);
  return answer.value;
}

/** Acts on a run in a process of its own that is killed after so many milliseconds; true where it had not ended by then. */
function killedAfter(id: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'act', id, '--accept', '--as', 'payments-preparer', '--json'], { env: environment, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  return new Promise((resolve) => child.on('exit', (code) => {
    clearTimeout(timer);
    resolve(code === null);
  }));
}

test.runIf(isEmbedded)('killed at any moment, acting loses nothing and does nothing twice', async () => {
  const decided = await ask(run, 'decide', '--all', '--as-of', '2026-12-28', '--against', 'grants');
  const changes = Object.values(decided.changes.counts).reduce((sum, count) => sum + count, 0);
  let killed = 0;
  for (const milliseconds of [1_500, 2_500, 3_500, 4_500, 5_500]) if (await killedAfter(decided.run.id, milliseconds)) killed += 1;
  expect(killed).toBeGreaterThan(0);
  const once = await ask(acts, 'act', decided.run.id, '--accept', '--as', 'payments-preparer');
  expect(total(once.acts)).toBe(changes);
  // Each change left what it left exactly once: asked again there is nothing to do, and every chain is whole.
  expect(await ask(acts, 'act', decided.run.id, '--accept', '--as', 'payments-preparer')).toEqual(once);
  expect((await ask(verified, 'audit', 'verify')).verification.faults).toEqual([]);
  // What is in force now is what the run has granted: decided again against it, only what was not granted is left to do.
  const again = await ask(run, 'decide', '--all', '--as-of', '2026-12-28', '--against', 'grants');
  expect(again.changes.counts).toEqual({ new: changes - (once.acts['set']?.count ?? 0), raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 });
  // The month decided again with nothing new changes nothing.
  const first = await ask(months, 'redecide', '2026-12', '--as-of', '2026-12-28');
  expect(first.months.map(({ month }) => month)).toEqual([202612]);
  expect(first).toMatchObject({ settled: 0, left: 0 });
  expect((await ask(verified, 'audit', 'verify')).verification.faults).toEqual([]);
  // A certificate turns out to have run out before the month: what rested on it ends, and whoever had it is told, once.
  const { inForce } = z.object({ inForce: z.object({ services: z.record(z.string(), z.object({ rows: z.array(z.int()) })) }) }).parse(await order({ do: 'in-force', folder, pack: environment.MINSHENG_PACK, month: 202612 }));
  const person = `person-${String(inForce.services[SUBSIDY]?.rows[0])}`;
  const endings = async (): Promise<number> => (await noticesIn(folder)).filter(({ service, template }) => service === SUBSIDY && template === 'notice.ended').length;
  await ask(z.unknown(), 'facts', 'correct', '--person', person, '--fact', '残疾证有效', '--value', 'false', '--from', '2026-11-01');
  const [before, all] = [await endings(), (await noticesIn(folder)).length];
  const { settled } = await ask(months, 'redecide', '2026-12', '--as-of', '2026-12-28');
  expect(settled).toBeGreaterThan(0);
  expect([await endings() - before, (await noticesIn(folder)).length - all]).toEqual([1, settled]);
  expect(await ask(months, 'redecide', '2026-12', '--as-of', '2026-12-28')).toMatchObject({ settled: 0 });
  expect((await noticesIn(folder)).length - all).toBe(settled);
  expect((await ask(verified, 'audit', 'verify')).verification.faults).toEqual([]);
  // Everybody's facts were read, so every resident can see that they were.
  expect(await batchesOnRecord(folder)).toEqual(expect.arrayContaining([decided.run.id, ...first.months.map((one) => one.run)]));
}, 300_000);
