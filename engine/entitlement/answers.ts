import { lengthOfMonth } from '#engine/kernel/index.ts';
import { UNKNOWN } from '#engine/rules/index.ts';
import type { Value } from '#engine/rules/index.ts';
import type { LinkedPack, LinkedQuestion } from './question.ts';
import { OTHERS } from './told.ts';
import type { Said, Told } from './told.ts';

/** What was answered to one question. */
export type Answer =
  /** Does not know, or would rather not say. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'none' }
  /** In units of the fact: truth as 1 and 0, a date as yyyymmdd, a number in units of its scale. */
  | { readonly kind: 'value'; readonly units: bigint }
  | { readonly kind: 'between'; readonly min: bigint; readonly max: bigint }
  /** Ids of options: one, or any number where several may be chosen. */
  | { readonly kind: 'chosen'; readonly options: readonly string[] };

/** Answers by the id of their question, in the order in which they were given. */
export type Answers = ReadonlyMap<string, Answer>;

/** What the answers tell. A question further down knows better than one before it. */
export function toldBy({ questions, assumed }: Pick<LinkedPack, 'questions' | 'assumed'>, answers: Answers): Told {
  const facts = new Map<string, Said>(assumed);
  const others = new Map<string, Value>();
  for (const linked of questions.values()) {
    const answer = answers.get(linked.question.id);
    if (!answer) continue;
    for (const [fact, said] of saidBy(linked, answer)) {
      if (linked.place !== OTHERS) facts.set(fact, said);
      else if (said.kind !== 'between') others.set(fact, said);
    }
  }
  return { facts, others };
}

function saidBy({ question, fact, options }: LinkedQuestion, answer: Answer): readonly (readonly [string, Said])[] {
  switch (answer.kind) {
    case 'declined': return fact ? [[fact.id, UNKNOWN]] : [];
    case 'none': return fact ? [[fact.id, { kind: 'none' }]] : [];
    case 'value': return fact ? [[fact.id, { kind: 'known', value: fact.type.kind === 'boolean' ? answer.units === 1n : answer.units }]] : [];
    case 'between': return fact ? [[fact.id, answer]] : [];
    case 'chosen': {
      const chosen = options.filter(({ option }) => answer.options.includes(option.id));
      const left = question.form === 'several' ? options.filter(({ option }) => !answer.options.includes(option.id)) : [];
      return [...left.flatMap(({ omitted }) => [...omitted]), ...chosen.flatMap(({ tells }) => [...tells])];
    }
    default: return answer satisfies never;
  }
}

/** Whether a question can be answered so; an answer from elsewhere is held to this. */
export function fits({ question, fact, options }: LinkedQuestion, answer: Answer): boolean {
  switch (answer.kind) {
    case 'declined': return true;
    case 'none': return fact?.nonable === true && question.none !== undefined;
    case 'chosen': return options.length > 0 && (question.form === 'several' || answer.options.length === 1) && new Set(answer.options).size === answer.options.length && answer.options.every((id) => options.some(({ option }) => option.id === id));
    case 'value': return fact !== undefined && inRange(fact.type, answer.units) && options.length === 0;
    case 'between': return fact?.type.kind === 'number' && answer.min <= answer.max && inRange(fact.type, answer.min) && inRange(fact.type, answer.max);
    default: return answer satisfies never;
  }
}

function inRange(type: NonNullable<LinkedQuestion['fact']>['type'], units: bigint): boolean {
  switch (type.kind) {
    case 'boolean': return units === 0n || units === 1n;
    case 'number': return units >= type.min && units <= type.max;
    case 'date': return isDay(Number(units)) && Number(units) >= type.min && Number(units) <= type.max;
    case 'code': case 'text': return false;
    default: return type satisfies never;
  }
}

function isDay(date: number): boolean {
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  return year >= 1800 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month);
}
