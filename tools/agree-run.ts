import { countOf, differences, meaningOf, prepared } from '#engine/rules/testing/agree.ts';
import type { Difference, Executor, Prepared, Sample } from '#engine/rules/testing/agree.ts';
import { randomPopulation } from '#engine/rules/testing/population.ts';
import type { Program } from '#engine/rules/index.ts';
import { shrunk } from '#engine/rules/testing/shrink.ts';

/** What one executor did. */
export interface Tally {
  readonly name: string;
  /** Verdicts compared; only those it gave count, those it did not give differ. */
  readonly rows: number;
  readonly differing: number;
  readonly seconds: number;
}

/** The smallest rules and worlds that show a difference, and that difference. */
export interface Finding {
  readonly executor: string;
  readonly seed: number;
  readonly difference: Difference;
  readonly smallest: Sample;
}

export interface Outcome {
  readonly samples: number;
  readonly verdicts: { readonly yes: number; readonly no: number; readonly unknown: number };
  /** What working out the meaning took: the interpreter sees every verdict that any executor is held against. */
  readonly meantSeconds: number;
  readonly executors: readonly Tally[];
  readonly findings: readonly Finding[];
  /** A fault of an executor, by name; it took no further part. */
  readonly faults: readonly { readonly executor: string; readonly seed: number; readonly message: string }[];
}

/** A sample and the seed it came from; 0 where it was written by hand. */
export interface Seeded {
  readonly seed: number;
  readonly sample: Sample;
}

/** How far a comparison is, told after each sample. */
export interface Progress {
  readonly samples: number;
  readonly verdicts: number;
  readonly differing: number;
  readonly seconds: number;
}

interface AgreeOptions {
  readonly seconds?: number | undefined;
  readonly progress?: ((at: Progress) => void) | undefined;
}

/** So many differences are shrunk and shown. */
const MOST_FINDINGS = 3;

/** Decides every sample by every executor and holds the verdicts beside what was meant. Stops early after so many seconds. */
export async function agree(samples: Iterable<Seeded>, executors: readonly Executor[], { seconds, progress }: AgreeOptions = {}): Promise<Outcome> {
  const started = performance.now();
  const tallies = new Map(executors.map(({ name }) => [name, { name, rows: 0, differing: 0, seconds: 0 }]));
  const spent = (name: string, since: number): void => {
    const tally = tallies.get(name);
    if (tally) tally.seconds += (performance.now() - since) / 1000;
  };
  const verdicts = { yes: 0, no: 0, unknown: 0 };
  const findings: Finding[] = [];
  const faults: Outcome['faults'][number][] = [];
  let [count, meantSeconds] = [0, 0];
  for await (const { seed, sample: ready } of readied(samples, executors, spent)) {
    if (seconds !== undefined && performance.now() - started > seconds * 1000) break;
    count++;
    const asking = performance.now();
    const meant = meaningOf(ready);
    meantSeconds += (performance.now() - asking) / 1000;
    for (const one of [...meant.values()].flat()) verdicts[one.kind]++;
    for (const executor of executors.filter(({ name, takes }) => takes?.(ready) !== false && !faults.some((fault) => fault.executor === name))) {
      const tally = tallies.get(executor.name);
      const before = performance.now();
      const found = await asked(executor, ready);
      if (typeof found === 'string') faults.push({ executor: executor.name, seed, message: found });
      const differing = differences(meant, typeof found === 'string' ? new Map() : found);
      if (tally) Object.assign(tally, { rows: tally.rows + countOf(meant), differing: tally.differing + differing.length });
      spent(executor.name, before);
      if (differing.length > 0 && typeof found !== 'string' && findings.length < MOST_FINDINGS) findings.push({ executor: executor.name, seed, ...(await smallest(executor, ready)) });
    }
    progress?.({ samples: count, verdicts: verdicts.yes + verdicts.no + verdicts.unknown, differing: [...tallies.values()].reduce((sum, { differing }) => sum + differing, 0), seconds: (performance.now() - started) / 1000 });
  }
  return { samples: count, verdicts, meantSeconds, executors: [...tallies.values()], findings, faults };
}

/** The samples made ready one by one; all at once only where an executor must see them before. */
async function* readied(samples: Iterable<Seeded>, executors: readonly Executor[], spent: (name: string, since: number) => void): AsyncGenerator<{ readonly seed: number; readonly sample: Prepared }> {
  const early = executors.filter((executor) => executor.before);
  if (early.length === 0) {
    for (const { seed, sample } of samples) yield { seed, sample: prepared(sample) };
    return;
  }
  const all = [...samples].map(({ seed, sample }) => ({ seed, sample: prepared(sample) }));
  for (const executor of early) {
    const before = performance.now();
    await executor.before?.(all.map(({ sample }) => sample));
    spent(executor.name, before);
  }
  yield* all;
}

async function asked(executor: Executor, sample: Prepared) {
  try {
    return await executor.decide(sample);
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

/** The smallest rules of a sample on which the executor still says something else, and what. Rules that do not build show nothing. */
async function smallest(executor: Executor, sample: Sample): Promise<Pick<Finding, 'difference' | 'smallest'>> {
  const differing = async (smaller: Sample): Promise<readonly Difference[]> => {
    try {
      return differences(meaningOf(smaller), await executor.decide(prepared(smaller)));
    } catch {
      return [];
    }
  };
  const small = await shrunk(sample, async (smaller) => (await differing(smaller)).length > 0);
  const [difference] = await differing(small);
  if (!difference) throw new Error(`${executor.name} does not say the same twice`);
  return { difference, smallest: small };
}

/**
 * Any pack over a generated population: the program of a day of law, over so many people of its own schema whose
 * values lie about the numbers that the rules name.
 */
export function agreePack(program: Program, { seed, people, ...options }: AgreeOptions & { readonly seed: number; readonly people: number }, executors: readonly Executor[]): Promise<Outcome> {
  return agree(packSamples(program, seed, people), executors, options);
}

function* packSamples(program: Program, seed: number, people: number): Generator<Seeded> {
  const { schema, lawOn } = program;
  for (const sizes of chunksOf(people)) {
    const blocks = sizes.map(({ at, size }) => randomPopulation(seed + at, program, size));
    yield { seed, sample: { schema, lawOn, rules: [], built: program, blocks } };
  }
}

/** People live in small worlds of so many, because the interpreter looks through all of a world for the members of a group. */
const BLOCK = 25;
/** And so many are decided at a time, so that a million people need no more memory than these. */
export const CHUNK = 20_000;

/** The worlds that so many people are divided into, chunk by chunk; `at` counts them. */
export function* chunksOf(people: number): Generator<readonly { readonly at: number; readonly size: number }[]> {
  for (let first = 0; first < people; first += CHUNK) {
    const here = Math.min(CHUNK, people - first);
    yield Array.from({ length: Math.ceil(here / BLOCK) }, (_, block) => ({ at: first / BLOCK + block, size: Math.min(BLOCK, here - block * BLOCK) }));
  }
}
