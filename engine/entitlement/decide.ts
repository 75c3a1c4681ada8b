import type { Parameter, Service } from '#engine/pack/index.ts';
import { asked, childrenOf, explain, memoOf, traceOf, whenChanges } from '#engine/rules/index.ts';
import type { Change, Expr, Explanation, Rule, RuleBook, Situation, Trace, Verdict, Words } from '#engine/rules/index.ts';
import { payersOn, split } from './split.ts';
import type { Part } from './split.ts';
import { corners, livesAlone, SELF, situationOf } from './told.ts';
import type { Told } from './told.ts';

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
  const open = situationOf(book, told, () => 'open');
  const ends = corners(told).map((ways) => situationOf(book, told, (fact) => ways.get(fact) ?? 'open'));
  const memos = ends.map((situation) => ({ situation, memo: memoOf({ schema, rules, situation }) }));
  const all = rules.flatMap(({ service }): readonly Entitlement[] => {
    const record = book.pack.services.get(service);
    if (!record) return [];
    const verdicts = memos.map(({ situation, memo }) => ({ situation, verdict: memo.verdict(service, SELF) }));
    const { situation, verdict } = agreed(verdicts) ?? { situation: open, verdict: memoOf({ schema, rules, situation: open }).verdict(service, SELF) };
    const trace = traceOf({ schema, rules, situation, lawOn, lawOf: lawOf(book) }, service, SELF);
    return [entitlementOf(book, record, { verdict, trace, amounts: verdicts.flatMap((one) => (one.verdict.kind === 'yes' && one.verdict.amountFen !== undefined ? [one.verdict.amountFen] : [])), told, lawOn })];
  });
  return { lawOn, all, beyond: beyond.flatMap((id) => book.pack.services.get(id) ?? []) };
}

/** The verdict that all ways of reading the ranges come to, by its first; undefined where they differ in kind. */
function agreed(verdicts: readonly { readonly situation: Situation; readonly verdict: Verdict }[]): (typeof verdicts)[number] | undefined {
  const [first, ...rest] = verdicts;
  return first && rest.every(({ verdict }) => verdict.kind === first.verdict.kind) ? first : undefined;
}

interface Found {
  readonly verdict: Verdict;
  readonly trace: Trace;
  readonly amounts: readonly number[];
  readonly told: Told;
  readonly lawOn: number;
}

/** An answer with its money and who pays it. */
export function entitlementOf(book: RuleBook, service: Service, { verdict, trace, amounts, told, lawOn }: Found): Entitlement {
  const day = dayOf(lawOn);
  const standard = service.standard?.find(({ from, until }) => from <= day && (until === undefined || day <= until));
  const amount = verdict.kind === 'yes' && amounts.length > 0 ? { minFen: Math.min(...amounts), maxFen: Math.max(...amounts), per: standard?.per } : undefined;
  const shares = payersOn(service, day);
  return {
    service, verdict, amount, trace,
    payers: amount && shares && amount.minFen === amount.maxFen ? split(amount.minFen, shares) : undefined,
    demo: rests(book, trace, day),
    ranged: new Set([...told.facts].flatMap(([id, said]) => (said.kind === 'between' ? [id] : []))),
  };
}

/** How sure values are that are shown to people as those of a demonstration. */
export const SHOWN_AS_DEMO: ReadonlySet<string> = new Set(['demo', 'memory-likely', 'memory-unsure']);

/** Whether some parameter of the trace has a value that is shown as one of a demonstration. */
function rests({ pack }: RuleBook, { steps }: Trace, day: string): boolean {
  const used = new Set(steps.flatMap(({ origin }) => (origin?.kind === 'parameter' ? [origin.id] : [])));
  return [...pack.parameters.values()].some(({ id, name, values }) => (used.has(id) || used.has(name)) && inForceOn(values, day).some((value) => SHOWN_AS_DEMO.has(value.confidence)));
}

/** The values of a parameter on a day: of each area the newest, for the pack leaves earlier ones without an end. */
export function inForceOn(values: Parameter['values'], day: string): Parameter['values'] {
  const begun = values.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
  return begun.filter((value) => !begun.some((other) => other.area === value.area && other.from > value.from));
}

/** The law that a clause carries. */
export function lawOf(book: RuleBook): (service: string, clause: string) => string | undefined {
  return (service, clause) => book.rulesOf(service).at(-1)?.clauses.find((one) => one.id === clause)?.law;
}

/** The sentences of an entitlement, and what is missing, in one language. */
export function explainEntitlement({ trace, ranged }: Entitlement, words: Words, about: (name: string) => string): Explanation {
  return explain(trace, { ...words, fact: (id) => (ranged.has(id) ? about(words.fact(id)) : words.fact(id)) });
}

/** The first day within five years on which time alone changes a refusal; looked for only where the failed clause rests on the day itself. */
export function whenItChanges(book: RuleBook, told: Told, { service, trace, verdict }: Entitlement): Change | undefined {
  if (verdict.kind !== 'no') return undefined;
  const failed = trace.clauses.find((clause) => clause.id === verdict.clause);
  if (!failed || !restsOnDay(trace, failed.step)) return undefined;
  const situation = situationOf(book, told, () => 'open');
  const kindOn = (day: number): Verdict['kind'] => memoOf({ schema: book.vocabulary.schema, situation, rules: rulesFor(book, service.id, day) }).verdict(service.id, SELF).kind;
  // What has not changed on any of the next five first days of a year ahead is taken to stay: to look at every day is dear.
  if (![1, 2, 3, 4, 5].some((years) => kindOn(trace.lawOn + years * YEAR - (trace.lawOn % 100) + 1) !== 'no')) return undefined;
  return whenChanges({ schema: book.vocabulary.schema, situation, lawOn: trace.lawOn, rulesOn: (day) => rulesFor(book, service.id, day) }, service.id, SELF);
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

/** 20261124 as `2026-11-24`. */
export function dayOf(lawOn: number): string {
  return String(lawOn).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}
