import { openDuckdb } from '#adapters/duckdb/index.ts';
import { openPglite, openPostgres } from '#adapters/sql/index.ts';
import { compileClosure } from '#engine/rules/exec/closure.ts';
import { kernelRefusals, sql } from '#engine/rules/index.ts';
import { programMeaning } from '#engine/rules/testing/agree.ts';
import type { Executor, Prepared, Verdicts } from '#engine/rules/testing/agree.ts';
import { decided } from '#engine/population/snapshot/testing.ts';
import { decideBySpark } from './spark.ts';

/** What may be chosen on the command line. */
export interface Choice {
  /** Names, with commas between; all where not said. */
  readonly only?: string | undefined;
  readonly postgres?: boolean | undefined;
  readonly spark?: boolean | undefined;
  readonly master?: string | undefined;
  readonly root?: string | undefined;
}

interface Entry {
  readonly name: string;
  /** Undefined where it can run; else why it cannot, or is not wanted. */
  readonly without?: string | undefined;
  readonly open: () => Promise<Executor>;
}

/** Every execution of the rules, in the order of the report. One more is one more line. */
function entries({ postgres, spark, master, root }: Choice): readonly Entry[] {
  const url = process.env['DATABASE_URL'];
  if (postgres === true && url === undefined) throw new Error('--postgres needs DATABASE_URL');
  return [
    { name: 'program', open: plain('program', ({ program, blocks }) => programMeaning(program, blocks)) },
    { name: 'closure', open: plain('closure', closed) },
    { name: 'kernel', open: () => Promise.resolve({ name: 'kernel', takes: ({ program }) => kernelRefusals(program).length === 0, decide: inColumns }) },
    { name: 'duckdb', open: inDatabase('duckdb', sql.DIALECT.duckdb, openDuckdb) },
    { name: 'pglite', open: inDatabase('pglite', sql.DIALECT.postgres, openPglite) },
    { name: 'postgres', without: url === undefined ? 'DATABASE_URL is not set' : undefined, open: inDatabase('postgres', sql.DIALECT.postgres, () => openPostgres(url ?? '')) },
    { name: 'spark', without: spark === true ? undefined : 'asked for by --spark', open: () => Promise.resolve(onSpark({ master, root })) },
  ];
}

/** The executors that were chosen and can run, opened, and a line for each that does not. */
export async function executorsOf(choice: Choice): Promise<{ readonly executors: readonly Executor[]; readonly skipped: readonly string[] }> {
  const all = entries(choice);
  const only = choice.only?.split(',');
  const strange = only?.find((name) => !all.some((entry) => entry.name === name));
  if (strange !== undefined) throw new Error(`there is no ${strange}; there are ${all.map((entry) => entry.name).join(', ')}`);
  const wanted = all.filter((entry) => only === undefined || only.includes(entry.name));
  const executors: Executor[] = [];
  for (const entry of wanted) if (entry.without === undefined) executors.push(await entry.open());
  return { executors, skipped: wanted.flatMap((entry) => (entry.without === undefined ? [] : [`${entry.name}: ${entry.without}`])) };
}

const plain = (name: string, decide: Executor['decide']) => (): Promise<Executor> => Promise.resolve({ name, decide });

function inDatabase(name: string, dialect: sql.Dialect, open: () => Promise<sql.Session>): () => Promise<Executor> {
  return async () => {
    const session = await open();
    return { name, decide: ({ program, situation }) => sql.decideBySql(program, situation, dialect, session), close: session.close };
  };
}

function closed({ program, situation }: Prepared): Verdicts {
  const closure = compileClosure(program);
  const frame = closure.frameOf(situation);
  return new Map(program.decisions.map(({ service, subject }) => [service, (situation.get(subject) ?? []).map((_, place) => closure.decide(frame, service, place))]));
}

/** By the loop over a snapshot that lies by its first grouping. */
function inColumns({ schema, program, situation }: Prepared): Verdicts {
  return decided(schema, program, situation, [...schema.links.values()].find((link) => link.kind === 'grouping')?.id);
}

/** All samples in one run of Spark, since starting it takes longer than deciding. */
function onSpark(where: Parameters<typeof decideBySpark>[1]): Executor {
  const decided = new Map<Prepared, Verdicts>();
  const decide = async (samples: readonly Prepared[]): Promise<void> => {
    const verdicts = await decideBySpark(samples, where);
    samples.forEach((sample, at) => decided.set(sample, verdicts[at] ?? new Map()));
  };
  return {
    name: 'spark',
    before: decide,
    decide: async (sample) => {
      if (!decided.has(sample)) await decide([sample]);
      return decided.get(sample) ?? new Map();
    },
  };
}
