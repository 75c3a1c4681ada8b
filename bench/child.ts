import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { decideParquet, decideStored, KernelPool, openResult, readAmounts, readReasons } from '#adapters/columns/index.ts';
import { BlockRunner, blocksOf, compileKernel, memoryDoor, runKernel } from '#engine/rules/index.ts';
import type { Door, Program } from '#engine/rules/index.ts';
import { filled, stored } from './filled.ts';
import { byFeelin, someFacts, zenEngine } from './interpreters.ts';
import type { Facts } from './interpreters.ts';
import { measure } from './measure.ts';
import type { Told } from './measure.ts';
import { cacheFolder, laneOfFact } from './population.ts';
import { mix, ten, TEN } from './rules-mix.ts';
import { generatedSql, generatedTotals } from './generated-sql.ts';
import { roomForTen, tenAnswersByHand, tenByHand } from './ten-by-hand.ts';
import { tenSql, totalsSql } from './ten-sql.ts';
import { FACTS } from './world.ts';

/** One measured thing in a process of its own: `node child.ts <name> <folder of the population> [argument]`. */
const [, , name = '', folder = '', argument = ''] = process.argv;
const parquet = join(folder, 'people.parquet');
const snapshot = join(folder, 'snapshot');
const programOf = (rules: string): Program => (rules === 'ten' ? ten() : mix(Number(rules)));
const milliseconds = (run: () => void): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
};

const CHILDREN: Readonly<Record<string, (out: string) => Promise<Told>>> = {
  scan: () => inDuckDb((query) => measure(async () => void (await query(`SELECT sum(household), ${FACTS.map(({ id, type }) => (type.kind === 'boolean' ? `count_if("${id}")` : `sum("${id}")`)).join(', ')} FROM read_parquet('${parquet}')`)))),
  kernel: async (out) => {
    const found = stored(snapshot);
    let program: Program | undefined;
    const build = milliseconds(() => { program = programOf(argument); });
    if (!program) throw new Error('no program');
    let kernel = compileKernel(program, found.layout);
    const built = program;
    const compile = milliseconds(() => { kernel = compileKernel(built, found.layout); });
    return { ...(await measure(() => void decideStored(kernel, found, out))), extra: { build, compile, nodes: program.nodes.length }, totals: storedTotals(out) };
  },
  pool: async (out) => {
    const found = stored(snapshot);
    const pool = await KernelPool.start(compileKernel(programOf('30'), found.layout), found, Number(argument));
    const told = await measure(async () => void (await pool.decide(out)), 9);
    await pool.close();
    return told;
  },
  parquet: async (out) => {
    const kernel = compileKernel(programOf('30'), { ...stored(snapshot).layout, columns: new Map(FACTS.map((fact) => [fact.id, { lane: laneOfFact(fact.id), unknown: fact.unknowable, none: fact.nonable }])) });
    const noneWith = new Map([['disability-level', 'disability-kind']]);
    return measure(() => void decideParquet(kernel, { path: parquet, group: 'household', noneWith }, (entity) => join(out, `${entity}.parquet`)), 3);
  },
  totals: async () => {
    const population = filled(snapshot);
    const kernel = compileKernel(ten(), population.layout);
    const answers = runKernel(kernel, population);
    const totals = Object.fromEntries(answers.map(({ decision, reasons, amounts }) => [decision.service, String(amounts ? Array.from(amounts).reduce((sum, fen) => sum + fen, 0) : reasons.reduce((count, reason) => count + (reason === 0 ? 1 : 0), 0))]));
    const runner = new BlockRunner(kernel, memoryDoor(population));
    const blocks = blocksOf(kernel, population);
    return { ...(await measure(() => runner.run(0, blocks))), totals };
  },
  hand: async () => {
    const population = filled(snapshot);
    const { people, fen } = tenByHand(population);
    const totals = Object.fromEntries(TEN.map((service, rule) => [service, String((service === 'low-income-edge' ? people : fen)[rule])]));
    return { ...(await measure(() => void tenByHand(population))), totals };
  },
  answers: async () => {
    const population = filled(snapshot);
    const kernel = compileKernel(ten(), population.layout);
    const kept = roomForTen(population.rows.get('person') ?? 0);
    const counts = new Int32Array(TEN.length);
    const write: Door['write'] = (slot, _, from, values) => {
      if (slot.kind === 'reason') kept.reasons[slot.decision]?.set(values, from);
      else if (slot.kind === 'amount') {
        kept.amounts[slot.decision]?.set(values, counts[slot.decision]);
        counts[slot.decision] = (counts[slot.decision] ?? 0) + values.length;
      }
    };
    const runner = new BlockRunner(kernel, { ...memoryDoor(population), write });
    const blocks = blocksOf(kernel, population);
    return measure(() => {
      counts.fill(0);
      runner.run(0, blocks);
    });
  },
  'hand-answers': async () => {
    const population = filled(snapshot);
    const kept = roomForTen(population.rows.get('person') ?? 0);
    const counts = tenAnswersByHand(population, kept);
    const same = runKernel(compileKernel(ten(), population.layout), population).every(({ reasons, amounts }, rule) => Buffer.compare(reasons, kept.reasons[rule] ?? new Uint8Array()) === 0 && (amounts ?? []).every((amount, at) => amount === kept.amounts[rule]?.[at]) && (amounts?.length ?? 0) === counts[rule]);
    if (!same) throw new Error('the answers by hand are not those of the kernel');
    return measure(() => void tenAnswersByHand(population, kept));
  },
  'sql-generated': (out) => inDuckDb(async (query) => {
    const run = await generatedSql(query, mix(30), parquet, out);
    return { ...(await measure(run, 1)), totals: await generatedTotals(query, mix(30), out) };
  }),
  feelin: () => inSample(300, byFeelin),
  zen: async () => {
    const decide = await zenEngine();
    if (typeof decide === 'string') throw new Error(decide);
    return inSample(2_000, decide);
  },
  'sql-ten': (out) => inDuckDb(async (query) => {
    const [row = {}] = await query(totalsSql(parquet));
    const totals = Object.fromEntries(TEN.map((service) => [service, String(row[service === 'low-income-edge' ? `${service} people` : `${service} fen`])]));
    return { ...(await measure(async () => void (await query(`COPY (${tenSql(parquet)}) TO '${join(out, 'ten.parquet')}' (FORMAT parquet)`)), 3)), totals };
  }),
};

/** What each service answers altogether: how many get it, the sum of their reasons and of their amounts. */
function storedTotals(root: string): Readonly<Record<string, string>> {
  const result = openResult(root);
  return Object.fromEntries((result?.manifest.services ?? []).map((service) => {
    const reasons = result ? readReasons(result, service) : new Uint8Array();
    const amounts = result && readAmounts(result, service);
    const [yes, sum] = reasons.reduce(([count, total], reason) => [count + (reason === 0 ? 1 : 0), total + reason], [0, 0]);
    return [service.service, `${yes} ${sum} ${amounts ? Array.from(amounts).reduce((total, fen) => total + fen, 0) : 0}`];
  }));
}

/** Some people decided one by one; `people` says how many. */
async function inSample(count: number, decide: (people: readonly Facts[]) => void): Promise<Told> {
  const people = someFacts(filled(snapshot), count);
  return { ...(await measure(() => decide(people), 3)), extra: { people: people.length } };
}

async function inDuckDb(run: (query: (sql: string) => Promise<readonly Record<string, unknown>[]>) => Promise<Told>): Promise<Told> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const query = async (sql: string): Promise<readonly Record<string, unknown>[]> => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  try {
    return await run(query);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const out = mkdtempSync(join(cacheFolder(), 'out-'));
try {
  const child = CHILDREN[name];
  if (!child) throw new Error(`nothing is measured under the name ${name}`);
  console.log(JSON.stringify(await child(out)));
} finally {
  rmSync(out, { recursive: true, force: true });
}
