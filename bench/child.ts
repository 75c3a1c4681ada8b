import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { decideParquet, decideStored, KernelPool } from '#adapters/columns/index.ts';
import { BlockRunner, blocksOf, compileKernel, memoryDoor, runKernel } from '#engine/rules/index.ts';
import type { Program } from '#engine/rules/index.ts';
import { filled, stored } from './filled.ts';
import { byFeelin, someFacts, zenEngine } from './interpreters.ts';
import type { Facts } from './interpreters.ts';
import { measure } from './measure.ts';
import type { Told } from './measure.ts';
import { cacheFolder, laneOfFact } from './population.ts';
import { mix, ten, TEN } from './rules-mix.ts';
import { tenByHand } from './ten-by-hand.ts';
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
    return { ...(await measure(() => void decideStored(kernel, found, out))), extra: { build, compile, nodes: program.nodes.length } };
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
