import type { Parameter, Service } from '#engine/pack/index.ts';
import { asked, childrenOf, dayText, explainer, memoOf, Traces, whenChanges } from '#engine/rules/index.ts';
import type { Change, Expr, Explanation, Memo, Rule, RuleBook, Situation, Step, Trace, Verdict, Words } from '#engine/rules/index.ts';
import { payersOn, split } from './split.ts';
import type { Part } from './split.ts';
import { corners, livesAlone, SELF, situationOf } from './told.ts';
import type { End, Told } from './told.ts';

/** Money from the least to the most that it can be by what was told; both are the same where it is exact. */
export interface Amount {
  readonly minFen: number;
  readonly maxFen: number;
  readonly per: NonNullable<Service['standard']>[number]['per'];
}

/** What one service comes to for the person who was described. */
export interface Entitlement {
  readonly service: Service;
  readonly verdict: Verdict;
  readonly amount: Amount | undefined;
  /** Who pays how much of an exact amount; undefined where there is none or nobody has entered who pays. */
  readonly payers: readonly Part[] | undefined;
  /** Whether it rests on a parameter or a share that was chosen for a demonstration or is remembered. */
  readonly demo: boolean;
  readonly trace: Trace;
  /** Facts that are given as a range, which the trace reads at one end. */
  readonly ranged: ReadonlySet<string>;
}

/** Everything that a described person is entitled to, under the law of one day. */
export interface Entitlements {
  readonly lawOn: number;
  /** In the order of the pack. */
  readonly all: readonly Entitlement[];
  /** The one table of steps that all their traces stand on. */
  readonly steps: readonly Step[];
  /** Executable services that cannot be decided for a described person, because they are about something else or need everybody of a group. */
  readonly beyond: readonly Service[];
}

/** The services that can be decided for a described person on a day, with their rules, and those that cannot. */
export function decidable(book: RuleBook, lawOn: number, told: Told): { readonly rules: readonly Rule[]; readonly beyond: readonly string[] } {
  const subject = book.pack.plan.interview?.subject ?? 'person';
  const { links } = book.vocabulary.schema;
  const alone = livesAlone(book, told) ? book.pack.plan.interview?.household : undefined;
  const all = book.rulesAt(lawOn);
  const beyond = new Set(all.filter((rule) => {
    const link = links.get(rule.subject);
    const reached = rule.subject === subject || (link?.kind === 'grouping' && link.from === subject);
    return !reached || [...rule.clauses.map((clause) => clause.when), ...(rule.amount ? [rule.amount] : [])].some((expr) => counts(expr, (id) => links.get(id)?.kind === 'grouping' && id !== alone));
  }).map((rule) => rule.service));
  for (let more = true; more;) {
    const next = all.filter((rule) => !beyond.has(rule.service) && asked(rule).some((service) => beyond.has(service)));
    next.forEach((rule) => beyond.add(rule.service));
    more = next.length > 0;
  }
  return { rules: all.filter((rule) => !beyond.has(rule.service)), beyond: [...beyond] };
}

/** Whether it counts or sums the members of a group; one who stands for all the others answers only whether some or every one does. */
function counts({ node }: Expr, isOpen: (link: string) => boolean): boolean {
  if (node.op === 'fold' && node.fold !== 'some' && node.fold !== 'every' && isOpen(node.link)) return true;
  return childrenOf<Expr>(node).some((child) => counts(child, isOpen));
}

/**
 * What somebody who was described, and whom nobody has named, is entitled to on a day of law (yyyymmdd).
 *
 * What was not told is unknown, never assumed. A fact told as a range settles a service only where it comes out the
 * same at both ends; an amount is then from the least to the most.
 */
export function decideOne(book: RuleBook, told: Told, lawOn: number): Entitlements {
  const { schema } = book.vocabulary;
  const { rules, beyond } = decidable(book, lawOn, told);
  const meant = (end: (fact: string) => End): Memo => memoOf({ schema, rules, situation: situationOf(book, told, end) });
  const ends = corners(told).map((ways) => meant((fact) => ways.get(fact) ?? 'open'));
  const ranged = new Set([...told.facts].flatMap(([id, said]) => (said.kind === 'between' ? [id] : [])));
  const answer = new OneAnswer(book, lawOn, ranged);
  const readings = ends.map((memo) => ({ memo, traces: answer.tracesOf(memo) }));
  let open: Traces | undefined;
  const all = rules.flatMap((rule): readonly Entitlement[] => {
    const record = book.pack.services.get(rule.service);
    if (!record) return [];
    const verdicts = readings.map(({ memo, traces }) => ({ traces, verdict: memo.verdict(rule.service, SELF) }));
    const traces = agreed(verdicts) ?? (open ??= answer.tracesOf(meant(() => 'open')));
    return [answer.entitlement(record, traces.of(rule, SELF), verdicts.map(({ verdict }) => verdict))];
  });
  return { lawOn, all, steps: answer.steps, beyond: beyond.flatMap((id) => book.pack.services.get(id) ?? []) };
}

/** The first of the ways of reading the ranges, where all come to the same kind of verdict. */
function agreed(verdicts: readonly { readonly traces: Traces; readonly verdict: Verdict }[]): Traces | undefined {
  const [first, ...rest] = verdicts;
  return first && rest.every(({ verdict }) => verdict.kind === first.verdict.kind) ? first.traces : undefined;
}

/** What the entitlements of one answer share: the law of a day, and a table of steps. */
export class OneAnswer {
  readonly steps: Step[] = [];
  readonly #book: RuleBook;
  readonly #lawOn: number;
  readonly #day: string;
  readonly #ranged: ReadonlySet<string>;
  readonly #demo: ReadonlySet<string>;
  /** Of each step whether it rests on a parameter with a value of a demonstration. */
  readonly #rests: boolean[] = [];

  constructor(book: RuleBook, lawOn: number, ranged: ReadonlySet<string>) {
    this.#book = book;
    this.#lawOn = lawOn;
    this.#day = dayText(lawOn);
    this.#ranged = ranged;
    this.#demo = demoParameters(book, this.#day);
  }

  /** The traces of one way to read what was told. */
  tracesOf(memo: Memo): Traces {
    return new Traces(memo, { lawOn: this.#lawOn, lawOf: lawOf(this.#book) }, this.steps);
  }

  /** What one service comes to, with the money, who pays it and why; `verdicts` are those of every way to read what was told. */
  entitlement(service: Service, trace: Trace, verdicts: readonly Verdict[] = [trace.verdict]): Entitlement {
    const { verdict } = trace;
    const amount = verdict.kind === 'yes' ? amountOf(service, verdicts, this.#day) : undefined;
    const shares = amount && payersOn(service, this.#day);
    return {
      service, verdict, amount, trace, ranged: this.#ranged,
      payers: amount && shares && amount.minFen === amount.maxFen ? split(amount.minFen, shares) : undefined,
      demo: trace.clauses.some(({ step }) => this.#restsOnDemo(step)) || (trace.amount !== undefined && this.#restsOnDemo(trace.amount)),
    };
  }

  /** A step stands after those it needs, so each is looked at once. */
  #restsOnDemo(at: number): boolean {
    for (let next = this.#rests.length; next <= at; next++) {
      const { origin, of } = this.steps[next] ?? {};
      this.#rests.push((origin?.kind === 'parameter' && this.#demo.has(origin.id)) || (of?.some(({ step }) => this.#rests[step]) ?? false));
    }
    return this.#rests[at] === true;
  }
}

function amountOf({ standard }: Service, verdicts: readonly Verdict[], day: string): Amount | undefined {
  const amounts = verdicts.flatMap((one) => (one.kind === 'yes' && one.amountFen !== undefined ? [one.amountFen] : []));
  const current = standard?.find(({ from, until }) => from <= day && (until === undefined || day <= until));
  return amounts.length === 0 ? undefined : { minFen: Math.min(...amounts), maxFen: Math.max(...amounts), per: current?.per };
}

/** How sure values are that are shown to people as those of a demonstration. */
export const SHOWN_AS_DEMO: ReadonlySet<string> = new Set(['demo', 'memory-likely', 'memory-unsure']);

const demoOn = new WeakMap<RuleBook, Map<string, ReadonlySet<string>>>();
const MOST_DAYS = 8;

/** Ids and names of the parameters with such a value on a day. */
function demoParameters(book: RuleBook, day: string): ReadonlySet<string> {
  const days = demoOn.get(book) ?? new Map<string, ReadonlySet<string>>();
  const found = days.get(day) ?? new Set([...book.pack.parameters.values()].flatMap(({ id, name, values }) => (inForceOn(values, day).some((value) => SHOWN_AS_DEMO.has(value.confidence)) ? [id, name] : [])));
  if (days.size >= MOST_DAYS) days.clear();
  demoOn.set(book, days.set(day, found));
  return found;
}

/** The values of a parameter on a day: of each area the newest, for the pack leaves earlier ones without an end. */
export function inForceOn(values: Parameter['values'], day: string): Parameter['values'] {
  const begun = values.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
  return begun.filter((value) => !begun.some((other) => other.area === value.area && other.from > value.from));
}

const laws = new WeakMap<RuleBook, Map<string, ReadonlyMap<string, string | undefined>>>();

/** The law that a clause carries. */
function lawOf(book: RuleBook): (service: string, clause: string) => string | undefined {
  const byService = laws.get(book) ?? new Map<string, ReadonlyMap<string, string | undefined>>();
  laws.set(book, byService);
  return (service, clause) => {
    const found = byService.get(service) ?? new Map((book.rulesOf(service).at(-1)?.clauses ?? []).map((one) => [one.id, one.law]));
    byService.set(service, found);
    return found.get(clause);
  };
}

/** Gives the sentences of entitlements, and what is missing, in one language: each sentence of an answer is made once. `about` says that a fact was told as a range. */
export function entitlementExplainer(words: Words, about: (name: string) => string): (one: Entitlement) => Explanation {
  let ranged: Entitlement['ranged'] = new Set();
  const explain = explainer({ ...words, fact: (id) => (ranged.has(id) ? about(words.fact(id)) : words.fact(id)) });
  return (one) => {
    ranged = one.ranged;
    return explain(one.trace);
  };
}

/** The same of one entitlement. */
export function explainEntitlement(one: Entitlement, words: Words, about: (name: string) => string): Explanation {
  return entitlementExplainer(words, about)(one);
}

/** The first day within five years on which time alone changes a refusal of somebody who was described. */
export function whenItChanges(book: RuleBook, told: Told, one: Entitlement): Change | undefined {
  return whenChangesIn(book, () => situationOf(book, told, () => 'open'), one);
}

/** The same of any situation; looked for, and the situation asked for, only where the failed clause rests on the day itself. */
export function whenChangesIn(book: RuleBook, situationNow: () => Situation, one: Entitlement): Change | undefined {
  const { trace, verdict } = one;
  if (verdict.kind !== 'no') return undefined;
  return lookedAhead(book, situationNow, one, trace.clauses.flatMap((clause) => (clause.id === verdict.clause ? [clause.step] : [])));
}

/**
 * The first day within five years on which time alone ends what somebody has, or makes it another amount.
 *
 * A day from which on nothing is known is none: the values of the law beyond it have not been entered yet.
 */
export function whenEndsIn(book: RuleBook, situationNow: () => Situation, one: Entitlement): Change | undefined {
  const { trace, verdict } = one;
  if (verdict.kind !== 'yes') return undefined;
  const change = lookedAhead(book, situationNow, one, [...trace.clauses.map(({ step }) => step), ...(trace.amount === undefined ? [] : [trace.amount])]);
  return change?.verdict.kind === 'unknown' ? undefined : change;
}

/** The first day on which the answer is another, looked for only where one of the steps rests on the day itself. */
function lookedAhead(book: RuleBook, situationNow: () => Situation, { service, trace, verdict }: Entitlement, steps: readonly number[]): Change | undefined {
  if (!steps.some((step) => restsOnDay(trace, step))) return undefined;
  const situation = situationNow();
  const { place } = trace.subject;
  const answerOn = (day: number): string => answerOf(memoOf({ schema: book.vocabulary.schema, situation, rules: rulesFor(book, service.id, day) }).verdict(service.id, place));
  // What has not changed on any of the next five first days of a year ahead is taken to stay: to look at every day is dear.
  if (![1, 2, 3, 4, 5].some((years) => answerOn(trace.lawOn + years * YEAR - (trace.lawOn % 100) + 1) !== answerOf(verdict))) return undefined;
  return whenChanges({ schema: book.vocabulary.schema, situation, lawOn: trace.lawOn, rulesOn: (day) => rulesFor(book, service.id, day) }, service.id, place);
}

/** A refusal is the same whichever clause refuses. */
function answerOf(verdict: Verdict): string {
  return verdict.kind === 'yes' ? `yes ${String(verdict.amountFen)}` : verdict.kind;
}

/** One more in the year of a date written as yyyymmdd. */
const YEAR = 10_000;

function restsOnDay(trace: Trace, at: number): boolean {
  const step = trace.steps[at];
  if (!step) return false;
  return (step.op === 'constant' && step.type.kind === 'date' && step.result.kind === 'known' && step.result.value === trace.lawOn) || step.of.some((part) => restsOnDay(trace, part.step));
}

/** The rule of a service on a day and those that it asks. */
function rulesFor(book: RuleBook, service: string, lawOn: number): readonly Rule[] {
  const rules = new Map<string, Rule>();
  const open = [service];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const rule = rules.has(id) ? undefined : book.ruleAt(id, lawOn);
    if (rule) {
      rules.set(id, rule);
      open.push(...asked(rule));
    }
  }
  return [...rules.values()];
}

