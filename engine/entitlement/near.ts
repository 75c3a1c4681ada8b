import type { Snapshot } from '#engine/population/index.ts';
import { asked, buildProgram, distancesOf, REASON } from '#engine/rules/index.ts';
import type { Rule, RuleBook } from '#engine/rules/index.ts';
import type { Entitlement } from './decide.ts';
import { decideAll } from './run.ts';
import type { Run } from './run.ts';
import { screened } from './screening.ts';
import type { ClauseCount } from './totals.ts';

/**
 * Who fails a service by exactly one clause, counted by that clause in textual order: with the clause gone they would
 * have it. Whoever fails by two, or of whom something else is not known, is not among them.
 */
export function nearMisses(book: RuleBook, snapshot: Snapshot, run: Run, service: string): readonly ClauseCount[] {
  return nearRows(book, snapshot, run, service).map(({ clause, rows }) => ({ clause, count: rows.length }));
}

/** The same row by row. Each clause is left out of a rule of its own, and all these rules are decided together. */
export function nearRows(plain: RuleBook, snapshot: Snapshot, run: Run, service: string): readonly { readonly clause: string; readonly rows: Int32Array }[] {
  const { lawOn } = run.program;
  const book = screened(plain);
  const rules = new Map(book.rulesAt(lawOn).map((rule) => [rule.service, rule]));
  const rule = rules.get(service);
  const decided = run.answers.get(service);
  if (!rule || !decided) return [];
  const without = rule.clauses.map((_, left): Rule => ({ ...rule, service: `${service} ${left}`, clauses: rule.clauses.filter((__, at) => at !== left) }));
  const { answers } = decideAll(buildProgram(book.vocabulary.schema, lawOn, [...without, ...neededBy(rule, rules)]), snapshot);
  return rule.clauses.flatMap(({ id }, at) => {
    const free = answers.get(`${service} ${at}`)?.reasons;
    const rows: number[] = [];
    decided.reasons.forEach((reason, row) => { if (reason === REASON.no + at && free?.[row] === REASON.yes) rows.push(row); });
    return rows.length === 0 ? [] : [{ clause: id, rows: Int32Array.from(rows) }];
  });
}

/** So far from its line, as a share of itself, may a value be to be near: a third. */
const NEAR = 3;

/** Whether one person has just missed a service: exactly one clause keeps them from it, all else is known, and a value that would turn it is near its line. */
export function isNearMiss({ verdict, trace }: Pick<Entitlement, 'verdict' | 'trace'>): boolean {
  if (verdict.kind !== 'no' || trace.clauses.filter(({ held }) => held !== 'yes').length !== 1) return false;
  return distancesOf(trace).some(({ of: { result }, units }) => result.kind === 'known' && units * NEAR <= Math.abs(Number(result.value)));
}

/** The rules that a rule asks, directly or through others. */
function neededBy(rule: Rule, rules: ReadonlyMap<string, Rule>): readonly Rule[] {
  const needed = new Map<string, Rule>();
  const open = [...asked(rule)];
  for (let service = open.pop(); service !== undefined; service = open.pop()) {
    const other = rules.get(service);
    if (!other || needed.has(service)) continue;
    needed.set(service, other);
    open.push(...asked(other));
  }
  return [...needed.values()];
}
