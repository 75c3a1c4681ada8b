import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemRandom } from '#adapters/clock/index.ts';
import { beforeOfRun, listReleases, NOTHING_BEFORE, startRun } from '#adapters/columns/index.ts';
import type { RunOrder, RunOutcome } from '#adapters/columns/index.ts';
import { readPackFolder } from '#adapters/folder/index.ts';
import { vaultOf } from '#adapters/store/index.ts';
import { CHANGES, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack, packDigest } from '#engine/pack/index.ts';
import { sealedFacts, syntheticModel } from '#engine/population/index.ts';
import { dayNumber, linkRules } from '#engine/rules/index.ts';
import { median } from './figure.ts';
import { peakMiB } from './measure.ts';
import type { Told } from './measure.ts';
import { cacheFolder } from './population.ts';
import { columnsRead, prepareResidents, takeIn } from './residents.ts';

/*
 * `node decide-child.ts <people> [sealed]`: everybody of a drawn Jinhua from Parquet to Parquet, some times over, in a process
 * of its own so that its memory is its own; `sealed`: with sensitive columns encrypted on disk. What is in force before is the run of the month before, which is not measured.
 */

const ROUNDS = 3;
const [, , count = '', how = ''] = process.argv;
const now = (): number => Number(process.hrtime.bigint()) / 1e9;
const dayOf = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const [before, day] = [dayOf('2026-10-24'), dayOf('2026-11-24')];

const files = readPackFolder('packs/jinhua') ?? new Map<string, Uint8Array>();
const { pack } = loadPack(files);
const model = pack && syntheticModel(pack);
if (!pack || !model) throw new Error('Jinhua does not load');
const { book } = linkRules(pack);
const { schema } = book.vocabulary;
const residents = await prepareResidents(model, schema, Number(count), dayNumber(day));
const facts = columnsRead(book, [dayNumber(day), dayNumber(before)]);

const sealing = how === 'sealed' ? { ...vaultOf([systemRandom(32)], systemRandom), random: systemRandom, facts: sealedFacts(pack) } : undefined;

type Finished = Extract<RunOutcome, { kind: 'finished' }>;

/** Runs once; gives the seconds of each step. */
async function decide(root: string, order: Omit<RunOrder, 'release'>): Promise<{ readonly run: Finished; readonly steps: Readonly<Record<string, number>> }> {
  const [release] = listReleases(join(root, 'population'), sealing);
  if (!release) throw new Error('nobody was taken in');
  const steps: Record<string, number> = {};
  let last = now();
  const outcome = await startRun(join(root, 'runs'), { ...order, release }, { threads: 2, progress: ({ step }) => {
    const at = now();
    steps[step] = (steps[step] ?? 0) + at - last;
    last = at;
  } });
  if (outcome.kind !== 'finished') throw new Error(outcome.kind);
  return { run: outcome, steps };
}

async function round(): Promise<Told> {
  const root = mkdtempSync(join(cacheFolder(), 'decide-'));
  try {
    const order = { book, digest: packDigest(files), corrections: [], knownAt: '2026-11-24T00:00:00.000Z', limits: USUAL_LIMITS };
    const [cpu, wall] = [process.cpuUsage(), now()];
    takeIn(residents, join(root, 'population'), schema, facts, sealing);
    const [takeCpu, take] = [process.cpuUsage(cpu), now() - wall];
    const held = await decide(root, { ...order, asOf: before, before: NOTHING_BEFORE });
    const [cpuAgain, wallAgain] = [process.cpuUsage(), now()];
    const { run, steps } = await decide(root, { ...order, asOf: day, before: beforeOfRun(held.run.run) ?? NOTHING_BEFORE });
    const [runCpu, whole] = [process.cpuUsage(cpuAgain), take + now() - wallAgain];
    const seconds = (takeCpu.user + takeCpu.system + runCpu.user + runCpu.system) / 1e6;
    const { counts, grants, totals } = run.summary;
    return { cpu: seconds, wall: whole, firstCpu: seconds, firstWall: whole, peakMiB: peakMiB(), extra: { take, ...steps, columns: facts.size, sealed: [...facts].filter((fact) => sealing?.facts.has(fact)).length, services: totals.length, listed: CHANGES.reduce((sum, kind) => sum + counts[kind], 0), grants } };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const rounds: Told[] = [];
for (let at = 0; at < ROUNDS; at++) rounds.push(await round());
const wall = median(rounds.map((one) => one.wall));
const [middle] = rounds.filter((one) => one.wall === wall);
console.log(JSON.stringify({ ...middle, peakMiB: peakMiB(), bestWall: Math.min(...rounds.map((one) => one.wall)) }));
