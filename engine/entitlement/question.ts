import { nearest } from '#engine/pack/index.ts';
import type { Pack, Question } from '#engine/pack/index.ts';
import type { Diagnostic } from '#engine/kernel/index.ts';
import { factValue, known, linkRules, receivesFact, Reporter, WHOLE } from '#engine/rules/index.ts';
import type { FactColumn, ParseCache, RuleBook, Site, Value } from '#engine/rules/index.ts';
import { derivationProblems, OTHERS, SELF, tellable } from './told.ts';

/** What an answer tells, by fact id. */
export type Telling = ReadonlyMap<string, Value>;

export interface LinkedOption {
  readonly option: NonNullable<Question['options']>[number];
  readonly tells: Telling;
  /** What it tells that this one was left out, where several may be chosen. */
  readonly omitted: Telling;
}

/** A question with the facts it is about. */
export interface LinkedQuestion {
  readonly question: Question;
  /** Of a question for a value: the fact. */
  readonly fact: FactColumn | undefined;
  /** Whose facts: those of the person or of the others of the household. */
  readonly place: typeof SELF | typeof OTHERS;
  readonly options: readonly LinkedOption[];
  /** Every fact that some answer tells, by id. */
  readonly covers: ReadonlySet<string>;
}

/** The questions of a pack by id, in the order in which they are asked. */
export type Questions = ReadonlyMap<string, LinkedQuestion>;

/** A pack with everything that is asked and decided by it. */
export interface LinkedPack {
  readonly rules: RuleBook;
  readonly questions: Questions;
  /** What holds of whoever answers. */
  readonly assumed: Telling;
  /** The texts of its rules as they were parsed: a reform, or the next save, costs only what it changes. */
  readonly parsed: ParseCache;
}

/** Links the rules of a pack and the questions that lead to them. What is wrong is a diagnostic; one that is an error stops serving. */
export function linkBook(pack: Pack, parsed?: ParseCache): LinkedPack & { readonly diagnostics: readonly Diagnostic[] } {
  const { book, diagnostics, parsed: kept } = linkRules(pack, parsed);
  const { questions, assumed, diagnostics: asked } = linkQuestions(book);
  return { rules: book, questions, assumed, diagnostics: [...diagnostics, ...asked], parsed: kept };
}

/** The questions of a pack checked against its facts. What is wrong is reported and left out. */
export function linkQuestions(book: RuleBook): { readonly questions: Questions; readonly assumed: Telling; readonly diagnostics: readonly Diagnostic[] } {
  const reporter = new Reporter(book.pack.texts);
  const order = book.pack.plan.interview?.topics.map(({ id }) => id) ?? [];
  const linked = [...book.pack.questions.values()].flatMap((question) => {
    const at = [...book.pack.questions.keys()].indexOf(question.id);
    return new Linker(book, question, at, reporter).link() ?? [];
  });
  for (const { fact, code } of derivationProblems(book)) reporter.report({ file: 'derived.yaml', path: [{ name: fact }, 'is'] }, { code, at: WHOLE, data: { name: fact } });
  const inOrder = linked.toSorted((a, b) => order.indexOf(a.question.topic) - order.indexOf(b.question.topic));
  const assumed = assumedIn(book, (name) => { reporter.report({ file: 'plan.yaml', path: ['interview', 'assumes', name] }, { code: 'question-fact-unknown', at: WHOLE, data: { name } }); });
  return { questions: new Map(inOrder.map((one) => [one.question.id, one])), assumed, diagnostics: reporter.diagnostics() };
}

/** What the pack takes to hold of whoever describes themselves and says nothing else: that they are alive. */
export function assumedIn({ pack, vocabulary }: RuleBook, wrong: (name: string) => void): Telling {
  return new Map(Object.entries(pack.plan.interview?.assumes ?? {}).flatMap(([name, given]) => {
    const named = vocabulary.names.get(name);
    const value = named?.kind === 'fact' ? factValue(vocabulary.schema, named.fact, given) : undefined;
    if (named?.kind === 'fact' && value && !('code' in value)) return [[named.fact.id, value] as const];
    wrong(name);
    return [];
  }));
}

class Linker {
  readonly #book: RuleBook;
  readonly #question: Question;
  readonly #at: number;
  readonly #reporter: Reporter;
  #faulty = false;

  constructor(book: RuleBook, question: Question, at: number, reporter: Reporter) {
    this.#book = book;
    this.#question = question;
    this.#at = at;
    this.#reporter = reporter;
  }

  link(): LinkedQuestion | undefined {
    const { pack } = this.#book;
    const { topic, form, others = false, options = [], fact: name } = this.#question;
    if (!pack.plan.interview?.topics.some(({ id }) => id === topic)) this.#fail(['topic'], 'question-topic-unknown', { topic });
    const fact = form === 'value' ? this.#fact(name ?? '', ['fact']) : undefined;
    if (form !== 'value' && options.length === 0) this.#fail(['form'], 'question-without-options', { id: this.#question.id });
    const linked = options.map((option, at): LinkedOption => {
      const coded = fact && option.tells === undefined ? this.#coded(fact, option.id, at) : undefined;
      const received = form !== 'value' && option.tells === undefined && pack.services.has(option.id) ? receivesFact(option.id) : undefined;
      return {
        option,
        tells: coded ?? (received === undefined ? this.#telling(option.tells ?? {}, ['options', at, 'tells']) : new Map([[received, known(true)]])),
        omitted: received === undefined ? this.#telling(option.omitted ?? {}, ['options', at, 'omitted']) : new Map([[received, known(false)]]),
      };
    });
    const covers = new Set([...(fact ? [fact.id] : []), ...linked.flatMap(({ tells, omitted }) => [...tells.keys(), ...omitted.keys()])]);
    return this.#faulty ? undefined : { question: this.#question, fact, place: others ? OTHERS : SELF, options: linked, covers };
  }

  #coded(fact: FactColumn, code: string, at: number): Telling | undefined {
    if (fact.type.kind !== 'code') return undefined;
    const codes = this.#book.vocabulary.schema.codeLists.get(fact.type.list)?.codes ?? [];
    const index = codes.indexOf(code);
    if (index >= 0) return new Map([[fact.id, known(BigInt(index))]]);
    this.#fail(['options', at, 'id'], 'question-code-unknown', { id: code, fact: fact.name }, nearest(code, codes));
    return new Map();
  }

  #telling(told: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): Telling {
    return new Map(Object.entries(told).flatMap(([name, given]) => {
      const fact = this.#fact(name, [...path, name]);
      if (!fact) return [];
      const value = factValue(this.#book.vocabulary.schema, fact, given);
      if (!('code' in value)) return [[fact.id, value] as const];
      this.#faulty = true;
      this.#reporter.report(this.#site([...path, name]), value);
      return [];
    }));
  }

  /** A fact that can be told of the person who is asked. */
  #fact(name: string, path: readonly PropertyKey[]): FactColumn | undefined {
    const { vocabulary, pack } = this.#book;
    const named = vocabulary.names.get(name);
    if (named?.kind !== 'fact') return this.#fail(path, 'question-fact-unknown', { name }, nearest(name, [...vocabulary.names].flatMap(([word, one]) => (one.kind === 'fact' ? [word] : []))));
    if (!tellable(vocabulary.schema, pack.plan.interview?.subject ?? 'person', named.fact)) return this.#fail(path, 'question-fact-elsewhere', { name });
    return named.fact;
  }

  #site(path: readonly PropertyKey[]): Site {
    return { file: 'questions.yaml', path: [this.#at, ...path] };
  }

  #fail(path: readonly PropertyKey[], code: string, data: Readonly<Record<string, string>>, near?: string): undefined {
    this.#faulty = true;
    this.#reporter.report(this.#site(path), { code, at: WHOLE, data, nearest: near });
    return undefined;
  }
}
