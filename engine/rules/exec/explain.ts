import { distancesOf } from './distance.ts';
import type { Change } from './change.ts';
import { numeral } from './words.ts';
import type { Words } from './words.ts';
import { Sentences } from './sentence.ts';
import type { Step, Trace } from './trace-format.ts';

/** One condition and how it came out, in words. */
export interface Reason {
  readonly clause: string;
  readonly held: 'yes' | 'no' | 'unknown';
  /** What the clause asks, in the rule's own words, where it has any. */
  readonly asks: string | undefined;
  readonly says: string;
  /** The law it carries, by its id. */
  readonly law: string | undefined;
}

/** Something that is not known, and who would know. */
export interface Missing {
  /** The fact, or the link, by its id; undefined where a standard is missing. */
  readonly fact: string | undefined;
  readonly thing: Step['thing'];
  readonly holder: string | undefined;
  /** Whether nobody told it, or those whom it is about have not signed that it may be read. */
  readonly cause: 'not-told' | 'authorisation-missing';
  readonly says: string;
}

/** A trace in one language. */
export interface Explanation {
  readonly answer: string;
  readonly reasons: readonly Reason[];
  readonly missing: readonly Missing[];
  /** What would turn a failed condition: how far the value is from its line. */
  readonly nearly: readonly string[];
}

/** A trace in words. */
export function explain(trace: Trace, words: Words): Explanation {
  return explainer(words)(trace);
}

/** Explains one trace after another in the same words; of traces that stand on one table of steps, what several rest on is put into words once. */
export function explainer(words: Words): (trace: Trace) => Explanation {
  let steps: Trace['steps'] | undefined;
  let known: Sentences[] = [];
  return (trace) => {
    if (trace.steps !== steps) [steps, known] = [trace.steps, []];
    const { subject } = trace;
    const found = known.find((one) => one.subject.entity === subject.entity && one.subject.place === subject.place);
    const sentences = found ?? new Sentences(trace, words);
    if (!found) known.push(sentences);
    return explained(trace, sentences);
  };
}

function explained(trace: Trace, sentences: Sentences): Explanation {
  const reasons = trace.clauses.map(({ id, held, law, step }): Reason => ({ clause: id, held, asks: sentences.words.clause(trace.service, id), says: sentences.sentence(sentences.step(step)), law }));
  const missing = missingOf(trace, sentences);
  const nearly = distancesOf(trace).flatMap(({ of, units, less }) => {
    const { type } = of;
    const name = sentences.name(of);
    // Nobody can bring down what has no name.
    return name === undefined || type.kind !== 'number' ? [] : [sentences.say(less ? 'change.less' : 'change.more', { name, by: sentences.amount(units, type.scale, type.unit) })];
  });
  return { answer: answerOf(trace, sentences, reasons, missing), reasons, missing, nearly };
}

/** A change that time brings, in words. */
export function explainChange(trace: Trace, { on, verdict }: Change, words: Words): string {
  const sentences = new Sentences(trace, words);
  return sentences.say(`change.on.${verdict.kind}`, { date: sentences.date(on) });
}

function answerOf({ verdict }: Trace, sentences: Sentences, reasons: readonly Reason[], missing: readonly Missing[]): string {
  switch (verdict.kind) {
    case 'yes': return verdict.amountFen === undefined ? sentences.say('answer.yes') : sentences.say('answer.yes.amount', { amount: numeral(verdict.amountFen, 2) });
    case 'no': return sentences.say('answer.no', { reason: reasons.find((reason) => reason.clause === verdict.clause)?.says ?? '' });
    case 'unknown': return sentences.say('answer.unknown', { missing: missing.map((one) => one.says).join(sentences.say('list.sentences')) });
    default: return verdict satisfies never;
  }
}

/** What an undecided verdict waits for: the unknown facts, links and standards that its open clauses rest on, each once. */
function missingOf(trace: Trace, sentences: Sentences): readonly Missing[] {
  if (trace.verdict.kind !== 'unknown') return [];
  const open = trace.clauses.filter((clause) => clause.held === 'unknown').map((clause) => clause.step);
  const seen = new Set<number>();
  const found = new Map<string, Missing>();
  const visit = (at: number): void => {
    const step = sentences.step(at);
    if (step.result.kind !== 'unknown' || seen.has(at)) return;
    seen.add(at);
    const inner = step.of.filter((part) => sentences.step(part.step).result.kind === 'unknown');
    inner.forEach((part) => visit(part.step));
    if (inner.length > 0) return;
    const missing = missingAt(step, sentences);
    found.set(`${missing.fact ?? missing.says} ${String(step.thing?.place)}`, missing);
  };
  [...open, ...(trace.amount === undefined ? [] : [trace.amount])].forEach(visit);
  return [...found.values()];
}

function missingAt(step: Step, sentences: Sentences): Missing {
  const { thing, detail } = step;
  if (detail.fact !== undefined) {
    const holder = sentences.words.holder(detail.fact);
    const name = sentences.ofThing(step, sentences.words.fact(detail.fact));
    if (step.provenance?.withheld === true) return { fact: detail.fact, thing, holder, cause: 'authorisation-missing', says: sentences.say('missing.authorisation', { name }) };
    return { fact: detail.fact, thing, holder, cause: 'not-told', says: sentences.say(holder === undefined ? 'missing.fact' : 'missing.fact.holder', { name, holder: holder ?? '' }) };
  }
  if (detail.link !== undefined) return { fact: detail.link, thing, holder: sentences.words.holder(detail.link), cause: 'not-told', says: sentences.say('missing.link', { link: sentences.words.link(detail.link) }) };
  const [of] = sentences.parts(step);
  return { fact: undefined, thing, holder: undefined, cause: 'not-told', says: sentences.say('missing.parameter', { of: of ? sentences.phrase(of) : sentences.how(step) }) };
}
