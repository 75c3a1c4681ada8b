import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { randomRules, randomSituation } from '#engine/rules/testing/random.ts';
import { WORLDS } from '#engine/rules/sql/testing/index.ts';
import { agreeForms } from './agree-forms.ts';
import { agree, agreePack, CHUNK, chunksOf } from './agree-run.ts';
import type { Progress, Seeded } from './agree-run.ts';
import { executorsOf } from './agree-executors.ts';
import { printed } from './agree-report.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { linkRules } from '#engine/rules/index.ts';
import type { Program } from '#engine/rules/index.ts';

/*
 * `npm run agree`: random rules and people through every execution of the rules; 0 verdicts may differ in kind, clause
 * or amount. And random expressions of forms through interpreter, closure and the dynamic evaluator: 0 values may differ.
 * Exit 0: they agree. Exit 1: they do not; the report has the seed and the smallest rule that shows it.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '300' },
    people: { type: 'string', default: '25' },
    seconds: { type: 'string' },
    forms: { type: 'string', default: '1000' },
    only: { type: 'string' },
    pack: { type: 'string' },
    'as-of': { type: 'string', default: '20261101' },
    postgres: { type: 'boolean', default: false },
    spark: { type: 'boolean', default: false },
    master: { type: 'string' },
    root: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** First the worlds that were worked out by hand, then random ones; every other has texts, which not every execution knows. */
function* samples(seed: number, programs: number, people: number): Generator<Seeded> {
  for (const world of Object.values(WORLDS)) yield { seed: 0, sample: world.sample };
  for (let at = seed; at < seed + programs; at++) {
    const rules = randomRules(at, { text: at % 2 === 0 });
    for (const sizes of chunksOf(people)) yield { seed: at, sample: { ...rules, blocks: sizes.map(({ at: block, size }) => randomSituation(at + 7919 * block, rules.schema, size)) } };
  }
}

/** Every rule of a pack of this repository that is in force on a day. */
function programOf(folder: string, lawOn: number): Program {
  const reading = readPack(resolve(folder));
  if (reading.kind !== 'pack') throw new Error(`${folder} is no pack that can be served: minsheng pack check says why`);
  return linkRules(reading.pack).book.programAt(lawOn);
}

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`${text} is not a whole number above 0`);
  return number;
};

/** A line on standard error after each chunk of people, where there are several. */
function toldOf(people: number): ((at: Progress) => void) | undefined {
  if (people <= CHUNK) return undefined;
  return ({ samples, verdicts, differing, seconds }) => console.error(`${String(Math.min(people, samples * CHUNK))} of ${String(people)} people, ${String(verdicts)} verdicts, ${String(differing)} differ, ${seconds.toFixed(0)} s, ${String(Math.round(process.memoryUsage.rss() / 2 ** 20))} MiB`);
}

const { executors, skipped } = await executorsOf(values);
try {
  const [seed, programs, people] = [count(values.seed), count(values.programs), count(values.people)];
  const outcome = values.pack === undefined
    ? await agree(samples(seed, programs, people), executors, { seconds: values.seconds === undefined ? undefined : count(values.seconds) })
    : await agreePack(programOf(values.pack, count(values['as-of'].replaceAll('-', ''))), { seed, people, progress: toldOf(people) }, executors);
  const forms = values.pack === undefined && values.only === undefined ? agreeForms(seed, count(values.forms)) : undefined;
  console.log(printed({ seed, programs, people, skipped, forms, ...outcome }, values.json));
  process.exitCode = outcome.executors.every((one) => one.differing === 0 && one.rows > 0) && (forms === undefined || (forms.findings.length === 0 && forms.forms > 0)) ? 0 : 1;
} finally {
  for (const executor of executors) await executor.close?.();
}
