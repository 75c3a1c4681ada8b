import type { Rule } from '../build.ts';
import type { FactColumn, Schema } from '../schema.ts';
import { UNKNOWN } from '../value.ts';
import type { Situation, Value, Verdict } from '../value.ts';
import { frontierOf, keyOf } from './frontier.ts';
import type { FactOf } from './frontier.ts';
import { memoOf } from './memo.ts';
import { learning, trialsOf } from './trial.ts';

/** A verdict that somebody waits for. */
export interface Wanted {
  readonly service: string;
  readonly place: number;
}

/** A conversation so far. */
export interface Asking {
  readonly schema: Schema;
  readonly rules: readonly Rule[];
  readonly situation: Situation;
  readonly wanted: readonly Wanted[];
  /** What has been asked, answered or not; it is not asked again. The last one's topic goes on first. */
  readonly asked: readonly FactOf[];
  /** Whether a person can be asked for a fact at all; what only a department knows is left to it. */
  readonly mayAsk: (of: FactOf) => boolean;
  /** The topic of a fact; facts of one topic are asked together. */
  readonly topicOf?: ((fact: string) => string | undefined) | undefined;
  /** Facts that authors want first, in their order, wherever they matter at all. */
  readonly pinned?: readonly string[] | undefined;
}

/** What to ask next, and how far the conversation has come. */
export interface Next {
  /** Undefined where nothing that may be asked can settle anything more. */
  readonly question: FactOf | undefined;
  /** How many of the wanted verdicts the question bears on. */
  readonly bearsOn: number;
  readonly settled: number;
  readonly open: readonly Wanted[];
}

/**
 * The next question.
 *
 * Candidates are the unknown facts that open verdicts rest on. Pinned ones come first, then the topic of the last
 * question, then what bears on most open verdicts; a tie goes by the order of the schema and of the things. A
 * candidate is asked only where its answer can settle some open verdict, alone or together with other answers; that
 * is found by trying the values at which an answer may turn. A verdict that turns only on a value that no rule names
 * and that lies at no end or step of a range may be missed; it stays open and says so.
 */
export function askNext(asking: Asking): Next {
  const { wanted, asked } = asking;
  const memo = memoOf(asking);
  const open = wanted.filter(({ service, place }) => memo.verdict(service, place).kind === 'unknown');
  const done = new Set(asked.map(keyed));
  const bears = new Map<string, { readonly of: FactOf; readonly on: Wanted[] }>();
  for (const one of open) {
    for (const of of frontierOf(memo, one.service, one.place)) {
      if (done.has(keyed(of)) || !asking.mayAsk(of)) continue;
      const found = bears.get(keyed(of)) ?? { of, on: [] };
      found.on.push(one);
      bears.set(keyed(of), found);
    }
  }
  const ranked = [...bears.values()].sort((a, b) => compareRanks(rankOf(asking, a.of, a.on.length), rankOf(asking, b.of, b.on.length)));
  const next = ranked.find(({ of, on }) => maySettle(asking, of, on));
  return { question: next?.of, bearsOn: next?.on.length ?? 0, settled: wanted.length - open.length, open };
}

const keyed = (of: FactOf): string => `${of.entity} ${keyOf(of)}`;

function rankOf({ pinned = [], topicOf, asked, schema }: Asking, { fact, place }: FactOf, bearsOn: number): readonly number[] {
  const pin = pinned.indexOf(fact);
  const last = asked.at(-1);
  const goesOn = last !== undefined && topicOf?.(last.fact) !== undefined && topicOf(last.fact) === topicOf(fact);
  return [pin < 0 ? pinned.length : pin, goesOn ? 0 : 1, -bearsOn, [...schema.facts.keys()].indexOf(fact), place];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** How many ways of answering are tried before a fact counts as one that cannot matter. */
const COURSES = 96;
/** How many times answers may lead on to more questions in one of them. */
const ROUNDS = 6;

/**
 * Whether an answer can settle one of the verdicts, alone or together with other answers: whether there is a course
 * of answers, this one among them, after which a verdict is settled that is not without this one.
 */
function maySettle(asking: Asking, of: FactOf, on: readonly Wanted[]): boolean {
  const column = asking.schema.facts.get(of.fact);
  if (!column) return false;
  const trials = trialsOf(asking.schema, asking.rules);
  const values = trials(column);
  for (let course = 0; course < COURSES; course++) {
    const value = values[course % values.length] ?? UNKNOWN;
    const told = answered({ ...asking, wanted: on }, learning(asking.situation, [[of, value]]), [of], trials, course);
    const known = memoOf({ ...asking, situation: told });
    const settled = on.filter(({ service, place }) => isSettled(known.verdict(service, place)));
    if (settled.length === 0) continue;
    const without = memoOf({ ...asking, situation: learning(told, [[of, UNKNOWN]]) });
    if (settled.some(({ service, place }) => !isSettled(without.verdict(service, place)))) return true;
  }
  return false;
}

const isSettled = (verdict: Verdict): boolean => verdict.kind !== 'unknown';

/** The situation with every other question answered, and what the answers lead on to, in the way that the number of the course says. */
function answered(asking: Asking, from: Situation, told: readonly FactOf[], trials: (column: FactColumn) => readonly Value[], course: number): Situation {
  let situation = from;
  for (let round = 0; round < ROUNDS; round++) {
    const left = opened(asking, told, situation);
    if (left.length === 0) return situation;
    situation = learning(situation, left.map((other, at) => {
      const column = asking.schema.facts.get(other.fact);
      const values = column ? trials(column) : [];
      return [other, values[spread(course, at + round * 7) % Math.max(1, values.length)] ?? UNKNOWN];
    }));
  }
  return situation;
}

/** Candidates of the wanted verdicts under a situation. */
function opened(asking: Asking, told: readonly FactOf[], situation: Situation): readonly FactOf[] {
  const memo = memoOf({ ...asking, situation });
  const done = new Set([...asking.asked, ...told].map(keyed));
  const found = asking.wanted.flatMap(({ service, place }) => (isSettled(memo.verdict(service, place)) ? [] : frontierOf(memo, service, place)));
  return found.filter((fact) => !done.has(keyed(fact)) && asking.mayAsk(fact));
}

/** A whole number that looks random and depends on both alone. */
function spread(course: number, at: number): number {
  let mixed = Math.imul(course + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
