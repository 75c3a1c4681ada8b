import type { LocalName } from '#engine/kernel/index.ts';
import { askNext, memoOf } from '#engine/rules/index.ts';
import type { FactOf, RuleBook, Verdict } from '#engine/rules/index.ts';
import { bandsOf } from './bands.ts';
import type { Band } from './bands.ts';
import { toldBy } from './answers.ts';
import type { Answers } from './answers.ts';
import { decidable } from './decide.ts';
import type { LinkedPack, LinkedQuestion } from './question.ts';
import { corners, OTHERS, SELF, situationOf, sourcesOf } from './told.ts';

/** A conversation: the rules, the questions, and what was answered so far. */
export interface Conversation {
  readonly linked: LinkedPack;
  readonly answers: Answers;
  readonly lawOn: number;
  /** A service that is asked about before all others. */
  readonly first?: string | undefined;
}

/** What is asked next, and how far it has come. */
export interface Progress {
  /** Undefined where nothing that a resident can answer settles anything more. */
  readonly question: LinkedQuestion | undefined;
  /** For a number that rules draw lines through: the stretches to choose from. */
  readonly bands: readonly Band[];
  /** How many open services the answer bears on. */
  readonly bearsOn: number;
  /** Every service that is settled, in the order of the pack. */
  readonly settled: readonly { readonly service: string; readonly verdict: Verdict }[];
  readonly open: readonly string[];
  readonly topics: readonly { readonly id: string; readonly name: LocalName; readonly state: 'done' | 'now' | 'later' }[];
}

/** The next question for a resident: what the rules still turn on, in the order and words of the pack. */
export function nextQuestion(conversation: Conversation): Progress {
  const { linked, answers, lawOn, first } = conversation;
  const { rules: book, questions } = linked;
  const { schema } = book.vocabulary;
  const told = toldBy(linked, answers);
  const { rules } = decidable(book, lawOn, told);
  const [ends = new Map()] = corners(told);
  const situation = situationOf(book, told, (fact) => ends.get(fact) ?? 'open');
  const left = [...questions.values()].filter((one) => !answers.has(one.question.id));
  const sources = sourcesOf(book);
  const covering = (of: FactOf): LinkedQuestion | undefined => (of.place > OTHERS ? undefined : left.find((one) => placeOf(book, of) === one.place && [of.fact, ...(sources.get(of.fact) ?? [])].some((fact) => one.covers.has(fact))));
  const order = left.flatMap((one) => [...one.covers, ...[...sources].flatMap(([fact, from]) => (from.some((source) => one.covers.has(source)) ? [fact] : []))]);
  const about = (wanted: readonly { readonly service: string; readonly place: number }[]): ReturnType<typeof askNext> => askNext({
    schema, rules, situation, wanted, asked: [], pinned: order, topicOf: () => undefined, mayAsk: (of) => covering(of) !== undefined,
  });
  const all = rules.map(({ service }) => ({ service, place: SELF }));
  const memo = memoOf({ schema, rules, situation });
  const verdicts = all.map(({ service, place }) => ({ service, verdict: memo.verdict(service, place) }));
  const wished = first === undefined ? undefined : about(all.filter(({ service }) => service === first));
  const next = wished?.question ? wished : about(all);
  const question = next.question && covering(next.question);
  return {
    question, bearsOn: next.bearsOn,
    bands: question?.fact ? bandsFor(conversation, question) : [],
    settled: verdicts.filter(({ verdict }) => verdict.kind !== 'unknown'),
    open: verdicts.filter(({ verdict }) => verdict.kind === 'unknown').map(({ service }) => service),
    topics: topicsOf(conversation, question),
  };
}

/** The bands of a question for a number, by the services that it can still settle. */
export function bandsFor({ linked, answers, lawOn }: Conversation, { fact, question }: LinkedQuestion): readonly Band[] {
  if (!fact) return [];
  const told = toldBy(linked, new Map([...answers].filter(([id]) => id !== question.id)));
  const { rules } = decidable(linked.rules, lawOn, told);
  const memo = memoOf({ schema: linked.rules.vocabulary.schema, rules, situation: situationOf(linked.rules, told, () => 'open') });
  return bandsOf(linked.rules, rules.filter(({ service }) => memo.verdict(service, SELF).kind === 'unknown'), told, fact);
}

/** Facts of a group are told by the person themselves. */
function placeOf(book: RuleBook, { entity, place }: FactOf): number {
  return entity === (book.pack.plan.interview?.subject ?? 'person') ? place : SELF;
}

function topicsOf({ linked: { rules: book, questions }, answers }: Conversation, question: LinkedQuestion | undefined): Progress['topics'] {
  const topics = book.pack.plan.interview?.topics ?? [];
  const touched = new Set([...answers.keys()].flatMap((id) => questions.get(id)?.question.topic ?? []));
  const now = topics.findIndex(({ id }) => id === question?.question.topic);
  return topics.map(({ id, name }, at) => ({ id, name, state: at === now ? 'now' : now === -1 || at < now || touched.has(id) ? 'done' : 'later' }));
}

