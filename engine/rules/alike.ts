import type { Rule } from './build.ts';
import { mapChildren } from './op.ts';
import type { Expr } from './op.ts';

/** So many different parts are remembered: all rules of some tens of days. */
const MOST = 200_000;

/**
 * Makes parts of rules that say the same in every respect one object, from one rule to the next.
 *
 * Each rule is checked for itself, so that a definition which twenty services ask stands in each of them. Whoever looks
 * at an expression once, because it is the same one, then does so once for all of them: lowering, memos, traces.
 */
export class Alike {
  readonly #known = new Map<string, Expr>();
  readonly #rules = new WeakMap<Rule, Rule>();
  readonly #numbers = new WeakMap<Expr, number>();
  readonly #found = new WeakMap<Expr, Expr>();
  #count = 0;

  rule(rule: Rule): Rule {
    const found = this.#rules.get(rule);
    if (found) return found;
    const { clauses, amount } = rule;
    const made = { ...rule, clauses: clauses.map((clause) => ({ ...clause, when: this.#of(clause.when) })), amount: amount && this.#of(amount) };
    this.#rules.set(rule, made);
    if (this.#known.size > MOST) this.#known.clear();
    return made;
  }

  #of(expr: Expr): Expr {
    const before = this.#found.get(expr);
    if (before) return before;
    const node = mapChildren<Expr, Expr>(expr.node, (child) => this.#of(child));
    const key = JSON.stringify({ ...expr, node: mapChildren<Expr, number | undefined>(node, (child) => this.#numbers.get(child)) }, (_, value: unknown) => (typeof value === 'bigint' ? `${String(value)}n` : value));
    const found = this.#known.get(key) ?? { ...expr, node };
    if (!this.#numbers.has(found)) this.#numbers.set(found, this.#count++);
    this.#known.set(key, found);
    this.#found.set(expr, found);
    return found;
  }
}
