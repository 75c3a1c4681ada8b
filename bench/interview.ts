import { nextQuestion, linkBook } from '#engine/entitlement/index.ts';
import type { Answer, Answers, LinkedPack, LinkedQuestion } from '#engine/entitlement/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { factValue, receivesFact } from '#engine/rules/index.ts';
import type { Value } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { figure, median, quantile } from './figure.ts';
import type { Figure } from './figure.ts';
import { households } from './households.ts';
import type { Household } from './households.ts';

const HOUSEHOLDS = 240;
const SEED = 20260331;
const LAW_ON = 20261124;
/** The share of the services that come out settled at the end, at which questions are counted. */
const ENOUGH = 0.9;

/** How many questions a resident of Jinhua answers, over made-up households who answer everything that they know. */
export async function interview(): Promise<readonly Figure[]> {
  const { pack } = loadPack(packFiles('jinhua'));
  if (!pack) throw new Error('the pack does not load');
  const linked = linkBook(pack);
  const walks = households(HOUSEHOLDS, SEED).map((one) => walk(linked, one));
  const everything = linked.questions.size;
  const milliseconds = walks.flatMap((one) => one.milliseconds);
  return [
    figure('made-up households', walks.length, 'households', { bar: { op: '>=', value: 200 } }),
    figure('questions until 90 % of what comes out settled is settled, median', median(walks.map((one) => one.untilSettled)), 'questions', { bar: { op: '<=', value: 12 } }),
    figure('questions until 90 % of what comes out yours is yours, median', median(walks.map((one) => one.untilYours)), 'questions', { bar: { op: '<=', value: 12 }, against: { name: 'all questions of the pack', value: everything } }),
    figure('the same, of ten households nine', quantile(walks.map((one) => one.untilYours), 0.9), 'questions'),
    figure('questions until nothing more can be settled, median', median(walks.map((one) => one.questions)), 'questions', { against: { name: 'all questions of the pack', value: everything } }),
    figure('share of all questions that is asked, median', (100 * median(walks.map((one) => one.questions))) / everything, '%', { bar: { op: '<=', value: 40 } }),
    figure('services settled at the end, median', median(walks.map((one) => one.settled)), 'services'),
    figure('services open at the end (for what residents are not asked), median', median(walks.map((one) => one.open)), 'services'),
    figure('services that are yours at the end, median', median(walks.map((one) => one.yours)), 'services'),
    figure('time to find the next question, median', median(milliseconds), 'ms'),
    figure('time to find the next question, 99 of 100', quantile(milliseconds, 0.99), 'ms'),
  ];
}

interface Walk {
  readonly questions: number;
  readonly untilSettled: number;
  readonly untilYours: number;
  readonly settled: number;
  readonly open: number;
  readonly yours: number;
  readonly milliseconds: readonly number[];
}

/** One household asked to the end. */
function walk(linked: LinkedPack, household: Household): Walk {
  const truth = truthOf(linked, household);
  let answers: Answers = new Map();
  const settled: number[] = [];
  const yours: number[] = [];
  const milliseconds: number[] = [];
  for (;;) {
    const began = performance.now();
    const progress = nextQuestion({ linked, answers, lawOn: LAW_ON });
    milliseconds.push(performance.now() - began);
    settled.push(progress.settled.length);
    yours.push(progress.settled.filter(({ verdict }) => verdict.kind === 'yes').length);
    if (!progress.question) return { questions: answers.size, untilSettled: reached(settled), untilYours: reached(yours), settled: progress.settled.length, open: progress.open.length, yours: yours.at(-1) ?? 0, milliseconds };
    answers = new Map([...answers, [progress.question.question.id, answerOf(progress.question, truth, household)]]);
  }
}

/** After how many questions a count had come to nine tenths of what it came to in the end. */
function reached(counts: readonly number[]): number {
  return counts.findIndex((count) => count >= ENOUGH * (counts.at(-1) ?? 0));
}

/** What is true by fact id; a fact that the household does not mention is what its absence means. */
function truthOf({ rules }: LinkedPack, { facts, receives }: Household): (fact: string) => Value {
  const { names, schema } = rules.vocabulary;
  const told = new Map(Object.entries(facts).map(([name, given]) => {
    const named = names.get(name);
    const value = named?.kind === 'fact' ? factValue(schema, named.fact, given) : undefined;
    if (named?.kind !== 'fact' || !value || 'code' in value) throw new Error(`${name} is not told rightly`);
    return [named.fact.id, value] as const;
  }));
  for (const id of rules.pack.services.keys()) told.set(receivesFact(id), { kind: 'known', value: receives.includes(id) });
  return (fact) => told.get(fact) ?? absent(rules.pack.facts.get(fact)?.absent);
}

function absent(means: 'none' | 'unknown' | 'false' | undefined): Value {
  return means === 'none' ? { kind: 'none' } : means === 'false' ? { kind: 'known', value: false } : { kind: 'unknown' };
}

const same = (a: Value, b: Value): boolean => a.kind === b.kind && (a.kind !== 'known' || (b.kind === 'known' && a.value === b.value));

/** What somebody who knows their own life says. */
function answerOf({ question, fact, options, place }: LinkedQuestion, truth: (fact: string) => Value, household: Household): Answer {
  if (place === 1) return { kind: 'value', units: household.othersDisabled ? 1n : 0n };
  if (question.form === 'several') return { kind: 'chosen', options: options.filter(({ omitted }) => ![...omitted].every(([id, value]) => same(truth(id), value))).map(({ option }) => option.id) };
  const option = options.find(({ tells }) => [...tells].every(([id, value]) => same(truth(id), value)));
  if (option) return { kind: 'chosen', options: [option.option.id] };
  const value = fact ? truth(fact.id) : { kind: 'unknown' as const };
  if (value.kind === 'none' && question.none) return { kind: 'none' };
  if (value.kind !== 'known' || options.length > 0 || typeof value.value === 'string') return { kind: 'declined' };
  return { kind: 'value', units: typeof value.value === 'boolean' ? (value.value ? 1n : 0n) : value.value };
}
