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

const SERVICE = 'social-disabled-living-subsidy';
const INDICATOR = 'i145-35-two-disability-subsidies';
/** The day on which the departments send, that of the first decision, and that from which the higher line holds: within a week, for some facts are fresh no longer. */
const DAYS = { sent: '2026-12-26', first: '2026-12-28', then: '2027-01-01' } as const;
const REFORM = `name: { zh: 困难残疾人生活补贴收入线提到两倍, en: Living subsidy of disabled people up to twice the line }
parameters:
  - { parameter: disabled-living-times, area: "330700", from: "${DAYS.then}", value: 2.0 }
`;

/** A step that was done: what it said, and whether its sums agree with the step before. */
export interface LoopStep {
  readonly step: string;
  readonly command: string;
  readonly says: Readonly<Record<string, unknown>>;
  readonly checks: readonly { readonly what: string; readonly holds: boolean }[];
}

const run = z.object({ run: z.object({ id: z.string() }), services: z.array(z.object({ service: z.string(), yes: z.int(), amountFen: z.int().nullish() })), changes: z.object({ counts: z.record(z.string(), z.int()) }) });
const acts = z.object({ acts: z.record(z.string(), z.object({ count: z.int(), fen: z.int() })) });
const batches = z.object({ batches: z.array(z.object({ id: z.string(), payer: z.string(), items: z.int(), totalFen: z.int() })) });
const books = z.object({ holds: z.boolean(), books: z.array(z.object({ payer: z.string(), decidedFen: z.int(), bookedFen: z.int(), paidFen: z.int(), owedFen: z.int(), debtFen: z.int() })) });
const observed = z.object({ kind: z.literal('observed'), observation: z.object({ numerator: z.int(), denominator: z.int(), value: z.object({ units: z.int(), scale: z.int() }).nullish(), formula: z.string(), of: z.array(z.object({ service: z.string(), entitled: z.int(), receiving: z.int() })) }) });
const simulated = z.object({ services: z.array(z.object({ service: z.string(), before: z.int(), after: z.int(), afterFen: z.int().nullish(), counts: z.record(z.string(), z.int().nullable()) })) });

/** Goes around once in a folder of its own and gives every step; a step that cannot be done is a fault. */
export async function goAround({ folder, residents, tell }: { readonly folder: string; readonly residents: number; readonly tell: (step: LoopStep) => void }): Promise<readonly LoopStep[]> {
  const [data, pack, feeds] = ['data', 'pack', 'feeds'].map((name) => join(folder, name)) as [string, string, string];
  mkdirSync(data, { recursive: true });
  cpSync(resolve(import.meta.dirname, '../packs/jinhua'), pack, { recursive: true });
  const steps: LoopStep[] = [];
  const put = (step: LoopStep): void => {
    steps.push(step);
    tell(step);
  };
  const ask = async <T>(schema: z.ZodType<T>, ...words: readonly string[]): Promise<T> => {
    let [out, problems] = ['', ''];
    const exit = await main([...words, '--pack', pack, '--json'], { ...process.env, MINSHENG_MODE: 'demo', MINSHENG_DATA: data }, { out: (text) => { out += text; }, err: (text) => { problems += text; } });
    if (exit !== 0) throw new Error(`minsheng ${words.join(' ')} ended with ${exit}: ${problems || out}`);
    return schema.parse(JSON.parse(out));
  };
  const said = (words: string): string => `minsheng ${words}`;

  await ask(z.unknown(), 'demo', '--residents', String(residents), '--on', DAYS.sent, '--out', feeds);
  const loaded = await ask(z.object({}).loose(), 'feed', 'load', feeds, '--on', DAYS.sent);
  put({ step: 'feeds', command: said(`feed load ${feeds}`), says: { residents, release: loaded['release'] ?? null }, checks: [] });

  const first = await month(ask, data, pack, DAYS.first, put, said);
  writeFileSync(join(folder, 'income-line.yaml'), REFORM);
  const trial = await ask(simulated, 'simulate', join(folder, 'income-line.yaml'), '--release', join(data, 'population'));
  const effect = trial.services.find(({ service }) => service === SERVICE);
  put({
    step: 'simulate', command: said('simulate income-line.yaml'), says: { before: effect?.before ?? 0, after: effect?.after ?? 0, counts: effect?.counts ?? {} },
    checks: [
      { what: 'the higher line takes nothing from anybody', holds: (effect?.counts['ended'] ?? 0) === 0 && (effect?.counts['lowered'] ?? 0) === 0 },
      { what: 'somebody gains', holds: (effect?.after ?? 0) > (effect?.before ?? 0) },
    ],
  });
  await ask(z.unknown(), 'reform', 'schedule', join(folder, 'income-line.yaml'), '--on', DAYS.then, '--by', 'loop', '--release', join(data, 'population'));
  put({ step: 'schedule', command: said(`reform schedule income-line.yaml --on ${DAYS.then}`), says: { history: existsSync(join(pack, 'history.yaml')) }, checks: [{ what: 'the pack says it in its history', holds: existsSync(join(pack, 'history.yaml')) }] });

  const then = await month(ask, data, pack, DAYS.then, put, said);
  put({
    step: 'compare', command: said(`indicator 35, ${DAYS.first} and ${DAYS.then}`), says: { before: first.observation, after: then.observation },
    checks: [
      { what: 'the subsidy is taken from nobody on the day', holds: then.taken === 0 },
      { what: 'as many are entitled on the day as were simulated, to the fen', holds: then.entitled === effect?.after && then.entitledFen === (effect?.afterFen ?? 0) },
      { what: 'more are entitled than before', holds: then.observation.denominator > first.observation.denominator },
      { what: 'more receive than before', holds: then.observation.numerator > first.observation.numerator },
      { what: 'nothing that was booked is taken back', holds: then.takenFen === 0 },
    ],
  });
  return steps;
}

interface Month {
  readonly observation: z.output<typeof observed>['observation'];
  /** Of the subsidy: who is entitled by the run, from how many it was taken; and all that was taken back in the books. */
  readonly entitled: number;
  readonly entitledFen: number;
  readonly taken: number;
  readonly takenFen: number;
}

type Ask = <T>(schema: z.ZodType<T>, ...words: readonly string[]) => Promise<T>;

/** One month: decided against what is in force, acted on, booked, paid by two people, reconciled, observed. */
async function month(ask: Ask, data: string, pack: string, day: string, put: (step: LoopStep) => void, said: (words: string) => string): Promise<Month> {
  const of = day.slice(0, 7);
  const decided = await ask(run, 'decide', '--all', '--as-of', day, '--against', 'grants');
  const subsidy = decided.services.find(({ service }) => service === SERVICE);
  put({ step: `decide ${of}`, command: said(`decide --all --as-of ${day} --against grants`), says: { run: decided.run.id, entitled: subsidy?.yes ?? 0, fen: subsidy?.amountFen ?? 0, changes: decided.changes.counts }, checks: [] });
  const found = openRun(join(data, 'runs'), decided.run.id);
  const changed = found && readSummary(found)?.services.find(({ service }) => service === SERVICE)?.counts;
  const acted = await ask(acts, 'act', decided.run.id, '--accept', '--as', 'li');
  put({ step: `grant ${of}`, command: said(`act ${decided.run.id} --accept --as li`), says: { acts: acted.acts }, checks: [{ what: 'every change was acted on', holds: Object.values(acted.acts).reduce((sum, { count }) => sum + count, 0) === Object.values(decided.changes.counts).reduce((sum, count) => sum + count, 0) }] });
  const booked = await ask(z.object({ booked: z.object({ lines: z.int(), addedFen: z.int(), takenFen: z.int() }) }), 'pay', 'book', '--month', of);
  const prepared = await ask(batches, 'pay', 'prepare', '--month', of);
  for (const { id } of prepared.batches) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as people do
    await ask(z.unknown(), 'pay', 'approve', '--batch', id, '--as', 'li');
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as people do
    await ask(z.unknown(), 'pay', 'release', '--batch', id, '--as', 'wang');
  }
  const paidFen = prepared.batches.reduce((sum, { totalFen }) => sum + totalFen, 0);
  const whole = await ask(books, 'pay', 'reconcile', '--month', of);
  const unpayable = whole.books.filter(({ payer }) => payer === 'unstated' || payer === 'county:').reduce((sum, { owedFen }) => sum + owedFen, 0);
  const ofAll = (pick: (one: z.output<typeof books>['books'][number]) => number): number => whole.books.reduce((sum, one) => sum + pick(one), 0);
  put({
    step: `pay ${of}`, command: said(`pay book|prepare|approve|release|reconcile --month ${of}`),
    says: { lines: booked.booked.lines, bookedFen: booked.booked.addedFen, takenFen: booked.booked.takenFen, batches: prepared.batches.length, paidFen, withoutPayerFen: unpayable },
    checks: [
      { what: 'decisions, ledger and payments agree to the fen', holds: whole.holds },
      { what: 'all that was decided is booked', holds: ofAll(({ decidedFen }) => decidedFen) === ofAll(({ bookedFen }) => bookedFen) },
      { what: 'all that is booked and has a payer is paid', holds: ofAll(({ owedFen }) => owedFen) === unpayable },
    ],
  });
  const observation = await observe(data, pack, of, decided.run.id);
  put({ step: `observe ${of}`, command: said(`indicator 35, ${of}`), says: { ...observation }, checks: [{ what: 'not more receive than are entitled', holds: observation.numerator <= observation.denominator }] });
  return { observation, entitled: subsidy?.yes ?? 0, entitledFen: subsidy?.amountFen ?? 0, taken: (changed?.ended ?? 0) + (changed?.lowered ?? 0), takenFen: booked.booked.takenFen };
}

/** Indicator 35 as it was in a month, kept with the run that says who is entitled. */
async function observe(data: string, pack: string, of: string, runId: string): Promise<Month['observation']> {
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
