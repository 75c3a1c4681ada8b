// The loop once around: `npm run loop [-- --residents N --data FOLDER --json]`.
//
// Feeds of a made-up city become a release; everybody is decided; the living subsidy of disabled people is granted, booked
// and paid by two people; indicator 35 is observed; a higher income line is simulated, scheduled, and comes into force;
// everybody is decided again, new grants are paid, nothing is taken back; indicator 35 is observed again. Each step is a
// command that anybody can type, each hands the next what it works on, and money agrees to the fen all the way.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openRun, readSummary } from '#adapters/columns/index.ts';
import { main } from '#apps/cli/main.ts';
import { askStore } from '#apps/server/store-command.ts';
import { USUAL_LIMITS } from '#engine/entitlement/index.ts';

const SERVICE = 'social-disabled-living-subsidy';
const INDICATOR = 'i145-35-two-disability-subsidies';
/** The day on which the departments send, that of the first decision, and that from which the higher line holds: within a week, for some facts are fresh no longer. */
const DAYS = { sent: '2026-12-26', first: '2026-12-28', force: '2027-01-01' } as const;
const REFORM = `name: { zh: 困难残疾人生活补贴收入线提到两倍, en: Living subsidy of disabled people up to twice the line }
parameters:
  - { parameter: disabled-living-times, area: "330700", from: "${DAYS.force}", value: 2.0 }
`;

/** A step that was done: what it said, and whether its sums agree with the step before. */
export interface LoopStep {
  readonly step: string;
  readonly command: string;
  readonly says: Readonly<Record<string, unknown>>;
  readonly checks: readonly { readonly what: string; readonly holds: boolean }[];
}

const run = z.object({ run: z.object({ id: z.string() }), services: z.array(z.object({ service: z.string(), yes: z.int(), amountFen: z.int().nullish() })), changes: z.object({ counts: z.record(z.string(), z.int()), grants: z.int(), stops: z.array(z.object({ of: z.string(), changed: z.int(), before: z.int(), limitBp: z.int() })) }) });
const acts = z.object({ acts: z.record(z.string(), z.object({ count: z.int(), fen: z.int() })) });
const batches = z.object({ batches: z.array(z.object({ id: z.string(), payer: z.string(), items: z.int(), totalFen: z.int() })) });
const books = z.object({ holds: z.boolean(), books: z.array(z.object({ payer: z.string(), decidedFen: z.int(), bookedFen: z.int(), paidFen: z.int(), owedFen: z.int(), debtFen: z.int() })) });
const observed = z.object({ kind: z.literal('observed'), observation: z.object({ numerator: z.int(), denominator: z.int(), value: z.object({ units: z.int(), scale: z.int() }).nullish(), formula: z.string(), of: z.array(z.object({ service: z.string(), entitled: z.int(), receiving: z.int() })) }) });
const simulated = z.object({ services: z.array(z.object({ service: z.string(), before: z.int(), after: z.int(), afterFen: z.int().nullish(), counts: z.record(z.string(), z.int().nullable()) })) });

/** What a step works with: the folders, and a command as anybody types it. */
interface Walk {
  readonly folder: string;
  readonly data: string;
  readonly pack: string;
  readonly put: (step: LoopStep) => void;
  readonly ask: <T>(schema: z.ZodType<T>, ...words: readonly string[]) => Promise<T>;
}

/** Goes around once in a folder of its own and gives every step; a step that cannot be done is a fault. */
export async function goAround({ folder, residents, tell }: { readonly folder: string; readonly residents: number; readonly tell: (step: LoopStep) => void }): Promise<readonly LoopStep[]> {
  const [data, pack] = [join(folder, 'data'), join(folder, 'pack')];
  mkdirSync(data, { recursive: true });
  cpSync(resolve(import.meta.dirname, '../packs/jinhua'), pack, { recursive: true });
  const steps: LoopStep[] = [];
  const walk: Walk = {
    folder, data, pack,
    put: (step) => {
      steps.push(step);
      tell(step);
    },
    ask: async (schema, ...words) => {
      let [out, problems] = ['', ''];
      const exit = await main([...words, '--pack', pack, '--json'], { ...process.env, MINSHENG_MODE: 'demo', MINSHENG_DATA: data, DATABASE_URL: '', MINSHENG_KEY: '' }, { out: (text) => { out += text; }, err: (text) => { problems += text; } });
      if (exit !== 0) throw new Error(`minsheng ${words.join(' ')} ended with ${exit}: ${problems || out}`);
      return schema.parse(JSON.parse(out));
    },
  };
  await send(walk, residents);
  const first = await month(walk, DAYS.first);
  const effect = await schedule(walk);
  const force = await month(walk, DAYS.force);
  walk.put({
    step: 'compare', command: `indicator 35, ${DAYS.first} and ${DAYS.force}`, says: { before: first.observation, after: force.observation },
    checks: [
      { what: 'the subsidy is taken from nobody on the day', holds: force.taken === 0 },
      { what: 'as many are entitled on the day as were simulated, to the fen', holds: force.entitled === effect.after && force.entitledFen === (effect.afterFen ?? 0) },
      { what: 'more are entitled than before', holds: force.observation.denominator > first.observation.denominator },
      { what: 'more receive than before', holds: force.observation.numerator > first.observation.numerator },
      { what: 'nothing that was booked is taken back', holds: force.takenFen === 0 },
    ],
  });
  return steps;
}

/** The departments send their files, and they become a release. */
async function send({ folder, ask, put }: Walk, residents: number): Promise<void> {
  const feeds = join(folder, 'feeds');
  await ask(z.unknown(), 'demo', '--residents', String(residents), '--on', DAYS.sent, '--out', feeds);
  const { release } = await ask(z.object({ release: z.string().nullable() }), 'feed', 'load', feeds, '--on', DAYS.sent);
  put({ step: 'feeds', command: `minsheng feed load ${feeds}`, says: { residents, release }, checks: [{ what: 'the feeds became a release', holds: release !== null }] });
}

/** The higher line is simulated, then set down to hold from its day on. */
async function schedule({ folder, data, pack, ask, put }: Walk): Promise<z.output<typeof simulated>['services'][number]> {
  const file = join(folder, 'income-line.yaml');
  writeFileSync(file, REFORM);
  const trial = await ask(simulated, 'simulate', file, '--release', join(data, 'population'));
  const effect = trial.services.find(({ service }) => service === SERVICE);
  if (!effect) throw new Error('the reform does not touch the subsidy');
  put({
    step: 'simulate', command: 'minsheng simulate income-line.yaml', says: { before: effect.before, after: effect.after, counts: effect.counts },
    checks: [
      { what: 'the higher line takes nothing from anybody', holds: (effect.counts['ended'] ?? 0) + (effect.counts['lowered'] ?? 0) === 0 },
      { what: 'somebody gains', holds: effect.after > effect.before },
    ],
  });
  await ask(z.unknown(), 'reform', 'schedule', file, '--on', DAYS.force, '--by', 'loop', '--release', join(data, 'population'));
  put({ step: 'schedule', command: `minsheng reform schedule income-line.yaml --on ${DAYS.force}`, says: {}, checks: [{ what: 'the pack says it in its history', holds: existsSync(join(pack, 'history.yaml')) }] });
  return effect;
}

interface Month {
  readonly observation: z.output<typeof observed>['observation'];
  /** Of the subsidy: who is entitled by the run, from how many it was taken; and all that was taken back in the books. */
  readonly entitled: number;
  readonly entitledFen: number;
  readonly taken: number;
  readonly takenFen: number;
}

/** One month: decided against what is in force, acted on, paid, observed. */
async function month(walk: Walk, day: string): Promise<Month> {
  const { data, ask, put } = walk;
  const of = day.slice(0, 7);
  const decided = await ask(run, 'decide', '--all', '--as-of', day, '--against', 'grants');
  const subsidy = decided.services.find(({ service }) => service === SERVICE);
  put({ step: `decide ${of}`, command: `minsheng decide --all --as-of ${day} --against grants`, says: { run: decided.run.id, entitled: subsidy?.yes, fen: subsidy?.amountFen, changes: decided.changes.counts }, checks: [] });
  // A run that changes more than the switch lets pass waits for a person, who says why it may go on.
  const { accepted, taken, limit } = accept(decided.changes);
  const words = ['act', decided.run.id, ...(accepted === undefined ? [] : ['--accept', '--as', 'payments-preparer'])];
  const { acts: acted } = await ask(acts, ...words);
  const all = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  put({ step: `grant ${of}`, command: `minsheng ${words.join(' ')}`, says: { acts: acted, stops: decided.changes.stops, ...(accepted !== undefined && { accepted }) }, checks: [
    { what: 'every change was acted on', holds: Object.values(acted).reduce((sum, { count }) => sum + count, 0) === all(decided.changes.counts) },
    { what: 'no more is taken away than the switch lets pass', holds: taken <= limit },
  ] });
  const takenFen = await pay(walk, of);
  const observation = await observe(walk, of, decided.run.id);
  put({ step: `observe ${of}`, command: `indicator 35, ${of}`, says: { ...observation }, checks: [{ what: 'not more receive than are entitled', holds: observation.numerator <= observation.denominator }] });
  const found = openRun(join(data, 'runs'), decided.run.id);
  const changed = found && readSummary(found)?.services.find(({ service }) => service === SERVICE)?.counts;
  return { observation, entitled: subsidy?.yes ?? 0, entitledFen: subsidy?.amountFen ?? 0, taken: (changed?.ended ?? 0) + (changed?.lowered ?? 0), takenFen };
}

/** Why a person lets a stopped run go on, and what it takes away beside what may be taken unseen; no reason where it was not stopped. One that takes away more is a fault. */
function accept({ counts, grants, stops }: z.output<typeof run>['changes']): { readonly accepted: string | undefined; readonly taken: number; readonly limit: number } {
  const taken = ['ended', 'lowered', 'now-unknown'].reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const limit = Math.floor((grants * USUAL_LIMITS.grantsBp) / 10_000);
  if (stops.length === 0) return { accepted: undefined, taken, limit };
  if (taken > limit) throw new Error(`the run takes away ${taken} of ${grants} grants: nobody accepts that unseen`);
  return { accepted: grants === 0 ? 'nothing was in force before: all of it is new' : `what goes beyond the limit is new or raised; ${taken} of ${grants} grants end, fall or are not known, and up to ${limit} may`, taken, limit };
}

/** A month is booked, and paid by two people; gives what was taken back. */
async function pay({ ask, put }: Walk, of: string): Promise<number> {
  const { booked } = await ask(z.object({ booked: z.object({ lines: z.int(), addedFen: z.int(), takenFen: z.int() }) }), 'pay', 'book', '--month', of);
  const prepared = await ask(batches, 'pay', 'prepare', '--month', of);
  for (const { id } of prepared.batches) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as people do
    await ask(z.unknown(), 'pay', 'approve', '--batch', id, '--as', 'payments-approver');
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as people do
    await ask(z.unknown(), 'pay', 'release', '--batch', id, '--as', 'payments-releaser');
  }
  const { holds, books: rows } = await ask(books, 'pay', 'reconcile', '--month', of);
  const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  // Nobody can be asked to pay what has no payer, or a county that is not known.
  const withoutPayerFen = sum(({ payer, owedFen }) => (payer === 'unstated' || payer === 'county:' ? owedFen : 0));
  put({
    step: `pay ${of}`, command: `minsheng pay book|prepare|approve|release|reconcile --month ${of}`,
    says: { ...booked, batches: prepared.batches.length, paidFen: prepared.batches.reduce((total, { totalFen }) => total + totalFen, 0), withoutPayerFen },
    checks: [
      { what: 'decisions, ledger and payments agree to the fen', holds },
      { what: 'all that was decided is booked', holds: sum(({ decidedFen }) => decidedFen) === sum(({ bookedFen }) => bookedFen) },
      { what: 'all that is booked and has a payer is paid', holds: sum(({ owedFen }) => owedFen) === withoutPayerFen },
    ],
  });
  return booked.takenFen;
}

/** Indicator 35 as it was in a month, kept with the run that says who is entitled. */
async function observe({ data, pack }: Walk, of: string, runId: string): Promise<Month['observation']> {
  const answer = await askStore({ folder: data, databaseUrl: undefined, keys: undefined, mode: 'demo' }, 'grants', { do: 'observe', folder: data, pack, indicator: INDICATOR, month: Number(of.replace('-', '')), run: runId });
  if (answer.kind !== 'json') throw new Error(`indicator 35 was not observed: ${answer.kind}`);
  return observed.parse(answer.value).observation;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { residents: { type: 'string', default: '6000' }, data: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const folder = values.data === undefined ? mkdtempSync(join(tmpdir(), 'minsheng-loop-')) : resolve(values.data);
  const steps = await goAround({ folder, residents: Number(values.residents), tell: (step) => { if (!values.json) print(step); } });
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
  const isWhole = steps.every(({ checks }) => checks.every(({ holds }) => holds));
  console.log(values.json ? JSON.stringify({ steps, holds: isWhole }, undefined, 1) : isWhole ? '一圈走完，一分不差。 Once around, equal to the fen.' : '没有对上。 It does not agree.');
  process.exitCode = isWhole ? 0 : 1;
}

function print({ step, command, says, checks }: LoopStep): void {
  console.log(`\n● ${step}\n  $ ${command}\n  ${JSON.stringify(says)}`);
  for (const { what, holds } of checks) console.log(`  ${holds ? '✓' : '✗'} ${what}`);
}
