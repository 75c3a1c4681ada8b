import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb } from '#adapters/duckdb/index.ts';
import { sql } from '#engine/rules/index.ts';
import type { Program, Situation } from '#engine/rules/index.ts';

/*
 * Runs rules on Apache Spark: DuckDB writes the people as Parquet, `spark-sql -f` runs the emitted file, DuckDB reads
 * the verdicts back. Spark comes from PyPI into a virtual environment of its own, the first time it is asked for.
 */

const PYSPARK = '4.3.0';
/** Two executors of one core and 1 GiB each, in processes of their own: data has to travel, as it does on a cluster. */
export const LOCAL_CLUSTER = 'local-cluster[2,1,1024]';

/** What Spark was asked to decide. */
export interface SparkTask {
  readonly program: Program;
  readonly situation: Situation;
}

/** The program `spark-sql`: of SPARK_HOME, or of a virtual environment under the user's cache that is made when it is not there. */
export function sparkSql(): string {
  const home = process.env['SPARK_HOME'] ?? installed();
  const program = join(home, 'bin', 'spark-sql');
  if (!existsSync(program)) throw new Error(`there is no ${program}`);
  if (spawnSync('java', ['-version']).status !== 0) throw new Error('Spark needs Java 17 or later: apt-get install openjdk-17-jre-headless');
  return program;
}

function installed(): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'minsheng', `pyspark-${PYSPARK}`);
  const ready = (): string | undefined => {
    const lib = join(folder, 'lib');
    const python = existsSync(lib) ? readdirSync(lib).find((name) => name.startsWith('python3')) : undefined;
    const home = python && join(lib, python, 'site-packages', 'pyspark');
    return home !== undefined && existsSync(join(home, 'bin', 'spark-sql')) ? home : undefined;
  };
  const found = ready();
  if (found !== undefined) return found;
  console.error(`Fetching Apache Spark ${PYSPARK} from PyPI into ${folder} (about 500 MB, once) …`);
  mkdirSync(folder, { recursive: true });
  for (const [program, ...args] of [['python3', '-m', 'venv', folder], [join(folder, 'bin', 'pip'), 'install', '--quiet', `pyspark==${PYSPARK}`]] as const) {
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed; it needs python3-venv and a way to PyPI\n${stderr}`);
  }
  return ready() ?? lost(folder);
}

function lost(folder: string): never {
  throw new Error(`pyspark was installed but is not in ${folder}`);
}

/**
 * The verdicts of several programs, decided by one run of Spark.
 *
 * `master` is Spark's address of a cluster; then the temporary folder must be one that its workers see too (`root`).
 */
export async function decideBySpark(tasks: readonly SparkTask[], { master = LOCAL_CLUSTER, root }: { readonly master?: string | undefined; readonly root?: string | undefined } = {}): Promise<readonly sql.Verdicts[]> {
  const program = sparkSql();
  const folder = mkdtempSync(join(root ?? tmpdir(), 'minsheng-spark-'));
  const duckdb = await openDuckdb();
  try {
    const files = tasks.map((task, at) => sql.sparkFile(task.program, join(folder, String(at))));
    for (const [at, file] of files.entries()) await writeInputs(file, tasks[at] ?? lost(folder), duckdb);
    const script = join(folder, 'rules.sql');
    writeFileSync(script, files.map((file) => file.text).join('\n'));
    await runSpark(program, script, { master, folder });
    return await Promise.all(files.map((file, at) => readOutputs(file, tasks[at] ?? lost(folder), duckdb)));
  } finally {
    await duckdb.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeInputs({ script, inputs }: sql.SparkFile, { program, situation }: SparkTask, duckdb: sql.Session): Promise<void> {
  for (const table of script.layout.tables) {
    const name = sql.DIALECT.duckdb.quote(table.name);
    const path = inputs.get(table.name) ?? lost(table.name);
    mkdirSync(path, { recursive: true });
    await duckdb.run(sql.createTable(sql.DIALECT.duckdb, table));
    await duckdb.fill(table.name, sql.rowsOf(table, program.schema, situation));
    await duckdb.run(`COPY ${name} TO ${sql.DIALECT.duckdb.text(join(path, 'part-0.parquet'))} (FORMAT parquet)`);
    await duckdb.run(`DROP TABLE ${name}`);
  }
}

async function readOutputs({ script, outputs }: sql.SparkFile, { program }: SparkTask, duckdb: sql.Session): Promise<sql.Verdicts> {
  const results = script.results.map((result) => ({ ...result, table: `read_parquet(${sql.DIALECT.duckdb.text(join(outputs.get(result.subject) ?? '', '*.parquet'))})` }));
  return sql.readVerdicts(program, { results }, sql.DIALECT.duckdb, duckdb);
}

/** On this machine, with few people, Spark's time is its own warming up: no code generation, few partitions, the quick compiler. */
const FEW_PEOPLE = {
  'spark.sql.shuffle.partitions': '2',
  'spark.sql.adaptive.enabled': 'false',
  'spark.sql.codegen.wholeStage': 'false',
  'spark.sql.codegen.factoryMode': 'NO_CODEGEN',
  'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
  'spark.executor.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
} as const;

/** Runs a file of statements to its end; the end of this process is the end of Spark and of its executors. */
function runSpark(program: string, script: string, { master, folder }: { readonly master: string; readonly folder: string }): Promise<void> {
  const settings = {
    'spark.sql.ansi.enabled': 'true',
    'spark.sql.session.timeZone': 'UTC',
    'spark.sql.catalogImplementation': 'in-memory',
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.ui.enabled': 'false',
    ...(master.startsWith('local') ? FEW_PEOPLE : {}),
  };
  const args = ['--master', master, '--driver-memory', '2g', ...Object.entries(settings).flatMap(([name, value]) => ['--conf', `${name}=${value}`]), '-f', script];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, SPARK_LOCAL_IP: '127.0.0.1', SPARK_LOCAL_DIRS: join(folder, 'scratch'), SPARK_WORKER_DIR: join(folder, 'work'), SPARK_LOG_DIR: join(folder, 'logs') } });
    const stop = (): void => void child.kill();
    process.once('exit', stop);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      process.off('exit', stop);
      if (status === 0) resolve();
      else reject(new Error(`spark-sql ended with ${String(status)}\n${said}`));
    });
  });
}
