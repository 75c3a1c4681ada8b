import type { Rule } from '../build.ts';
import { childrenOf } from '../op.ts';
import type { Expr } from '../op.ts';
import type { Schema } from '../schema.ts';
import type { Situation, Verdict } from '../value.ts';
import { addDays, addMonths, lengthOfMonth, monthAfter, monthEnd, partsOfDate } from './calendar.ts';
import { memoOf } from './memo.ts';
import { traceOf } from './trace.ts';
import type { Trace } from './trace-format.ts';

/** A verdict that will be another while all facts stay. */
export interface Change {
  /** The first day on which it is, as yyyymmdd. */
  readonly on: number;
  readonly verdict: Verdict;
}

export interface Waiting {
  readonly schema: Schema;
  readonly situation: Situation;
  /** The day from which we look ahead. */
  readonly lawOn: number;
  /** The rules as they stand on a day, with that day in their place. */
  readonly rulesOn: (date: number) => readonly Rule[];
  /** Days on which the law itself changes, where they are known; they are looked at too. */
  readonly lawDays?: readonly number[];
}

const MONTHS_AHEAD = 60;

/**
 * The first day within five years on which the verdict of a service differs in kind or amount, or undefined.
 *
 * It asks again on the days on which something can happen: the monthly day of every date of the situation, of the
 * rule and of what it computed (a birthday, a month of residence), the first and last of each month, so many days
 * after a date as a number in the rule says, each day after those, and the days of new law. A rule that computes a
 * day in days and then counts months from it is met where today's trace has that day.
 */
export function whenChanges(waiting: Waiting, service: string, place: number): Change | undefined {
  const { schema, situation, lawOn } = waiting;
  const trace = traceOf({ schema, situation, lawOn, rules: waiting.rulesOn(lawOn) }, service, place);
  if (!waiting.lawDays?.length && !restsOnToday(trace)) return undefined;
  const now = answer(trace.verdict);
  for (const on of candidates(trace, waiting)) {
    const verdict = memoOf({ schema, situation, rules: waiting.rulesOn(on) }).verdict(service, place);
    if (answer(verdict) !== now) return { on, verdict };
  }
  return undefined;
}

function answer(verdict: Verdict): string {
  return verdict.kind === 'yes' ? `yes ${String(verdict.amountFen)}` : verdict.kind;
}

/** Whether some value of the trace is the day itself. */
function restsOnToday({ steps, lawOn }: Trace): boolean {
  return steps.some(({ op, type, result }) => op === 'constant' && type.kind === 'date' && result.kind === 'known' && result.value === lawOn);
}

/** The days to ask again on, in order, after the day itself. */
function candidates(trace: Trace, { schema, situation, rulesOn, lawOn, lawDays = [] }: Waiting): readonly number[] {
  const constants = rulesOn(lawOn).flatMap((rule) => [...rule.clauses.map((clause) => clause.when), ...(rule.amount ? [rule.amount] : [])]).flatMap(constantsIn);
  const dates = [...new Set([...trace.steps.flatMap(({ type, result }) => (type.kind === 'date' && result.kind === 'known' ? [Number(result.value)] : [])), ...datesOf(situation, schema), ...constants.flatMap(({ kind, value }) => (kind === 'date' ? [value] : []))])];
  const counts = [...new Set(constants.flatMap(({ kind, value }) => (kind === 'number' && value > 0 && value <= MONTHS_AHEAD * 31 ? [value] : [])))];
  const days = [...new Set(dates.map((date) => date % 100))];
  const months = Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => addMonths(lawOn - (lawOn % 100) + 1, ahead));
  const monthly = months.flatMap((first) => [first, monthEnd(first), ...days.map((day) => dayOf(first, day))]);
  const daily = dates.flatMap((date) => counts.map((count) => addDays(date, count)));
  const last = addMonths(lawOn, MONTHS_AHEAD);
  return [...new Set([...[...monthly, ...daily].flatMap((day) => [day, addDays(day, 1)]), ...lawDays])].filter((day) => day > lawOn && day <= last).sort((a, b) => a - b);
}

function datesOf(situation: Situation, schema: Schema): readonly number[] {
  const facts = [...schema.facts.values()].filter((column) => column.type.kind === 'date');
  return facts.flatMap(({ id, entity }) => (situation.get(entity) ?? []).flatMap((thing) => {
    const value = thing.facts.get(id);
    return value?.kind === 'known' ? [Number(value.value)] : [];
  }));
}

/** The dates and whole numbers that a rule says. */
function constantsIn(expr: Expr): readonly { readonly kind: string; readonly value: number }[] {
  const { node, type } = expr;
  return node.op === 'constant' && typeof node.value === 'bigint' ? [{ kind: type.kind, value: Number(node.value) }] : childrenOf<Expr>(node).flatMap(constantsIn);
}

/** That day of a month; one that the month does not have is the first of the next (the anniversary rule). */
function dayOf(first: number, day: number): number {
  const { year, month } = partsOfDate(first);
  return day > lengthOfMonth(year, month) ? monthAfter(first) : first + day - 1;
}
