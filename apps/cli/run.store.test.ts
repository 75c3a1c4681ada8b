import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { batchesOnRecord } from '#tools/on-record.ts';
import { killedAt, removePlaces, runCli, temporaryFolder } from '#tools/spawn-cli.ts';

/** It makes its own embedded store, or none: on a PostgreSQL it would say the same once more. */
const isEmbedded = process.env['DATABASE_URL'] === undefined;

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');
const environment = (data: string): Readonly<Record<string, string>> => ({ MINSHENG_PACK: LANTERN_BAY, MINSHENG_DATA: data });
const DECIDE = ['decide', '--all', '--as-of', '2031-06-15', '--lang', 'en', '--json'];

/** A data folder with people; the same people each time, but a release says when it was made, and another release is another run. */
async function dataFolder(): Promise<string> {
  const data = join(temporaryFolder(), 'data');
  expect(await runCli(['demo', '--residents', '30000', '--lang', 'en'], environment(data))).toMatchObject({ code: 0 });
  return data;
}

interface Told {
  readonly run: { readonly id: string; readonly found: boolean };
}

async function decide(data: string, ...words: readonly string[]): Promise<Told['run']> {
  const { code, out, err } = await runCli([...DECIDE, ...words], environment(data));
  if (code !== 0) throw new Error(`ended with ${code}: ${err} ${out}`);
  const told: Told = JSON.parse(out);
  return told.run;
}

/** What the answers, totals, changes and summary of a run are, byte for byte. */
function filesOf(data: string, id: string): ReadonlyMap<string, string> {
  const at = join(data, 'runs', id);
  return new Map(readdirSync(at, { recursive: true, encoding: 'utf8' }).sort().filter((name) => statSync(join(at, name)).isFile()).map((name) => [name, readFileSync(join(at, name)).toString('base64')]));
}

/** Whether a process is there; one that has ended and that nobody has waited for is not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

// Six runs of the command line, each a program that starts twice.
test.runIf(isEmbedded)('killed at any step it takes the process that works with it, and asked again it goes on to the same bytes', { timeout: 300_000 }, async () => {
  const data = await dataFolder();
  const { id, found } = await decide(data);
  expect(found).toBe(false);
  const expected = filesOf(data, id);
  for (const line of ['deciding 0%', 'counting 0%', 'comparing 0%', 'comparing 100%']) {
    const cut = join(temporaryFolder(), 'data');
    for (const part of ['population', 'key']) cpSync(join(data, part), join(cut, part), { recursive: true });
    const printed = await killedAt(DECIDE, environment(cut), line);
    expect(printed).not.toContain('"run":');
    expect(await hasGone(join(cut, 'runs', 'lock'))).toBe(true);
    expect((await decide(cut)).id).toBe(id);
    expect(filesOf(cut, id)).toEqual(expected);
    rmSync(cut, { recursive: true });
  }
  expect(await decide(data)).toEqual({ id, found: true, folder: join(data, 'runs', id), overlay: { corrections: 0, households: 0, alone: 0, ignored: 0 } });
  expect(filesOf(data, id)).toEqual(expected);
});

/** Whether the process that holds a lock goes within some seconds; it ends when it next hears that its channel is closed. */
async function hasGone(lock: string): Promise<boolean> {
  if (!existsSync(lock)) return true;
  const { pid }: { readonly pid: number } = JSON.parse(readFileSync(lock, 'utf8'));
  for (let wait = 0; isAlive(pid) && wait < 200; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
  return !isAlive(pid);
}

test.runIf(isEmbedded)('against an earlier run and by a limit of one’s own; an unknown run, a wrong limit and an empty folder are refused', { timeout: 200_000 }, async () => {
  const data = await dataFolder();
  const first = await decide(data);
  const outcome = await runCli([...DECIDE, '--against', first.id, '--stop-at', '2.5'], environment(data));
  const second: Told = JSON.parse(outcome.out);
  expect(second).toMatchObject({ run: { found: false }, changes: { against: `run ${first.id}`, movedFen: 0, stops: [] } });
  expect(await runCli([...DECIDE, '--against', '2031-06-15-000000000000'], environment(data))).toMatchObject({ code: 2 });
  expect(await runCli([...DECIDE, '--stop-at', '101'], environment(data))).toMatchObject({ code: 2 });
  const nobody = join(temporaryFolder(), 'data');
  const refused = await runCli([...DECIDE, '--data', nobody], environment(nobody));
  expect([refused.code, JSON.parse(refused.out)]).toMatchObject([3, { refused: { code: 'no-release' } }]);
  // Both read everybody's facts, and each resident can see that they did.
  expect(await batchesOnRecord(data)).toEqual([first.id, second.run.id]);
});
