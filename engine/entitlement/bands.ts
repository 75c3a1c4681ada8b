import { childrenOf, constantOf, known, memoOf } from '#engine/rules/index.ts';
import type { Expr, FactColumn, Rule, RuleBook } from '#engine/rules/index.ts';
import { SELF, situationOf, sourcesOf } from './told.ts';
import type { Told } from './told.ts';

/** A stretch of a number in which no rule changes its mind: both ends included, in units of the fact. */
export interface Band {
  readonly min: bigint;
  readonly max: bigint;
}

/** More bands than these are no help to anybody; then a number is asked for instead. */
const MOST_BANDS = 6;

/**
 * The bands of a number between the lines at which some condition turns, given everything else that was told; none
 * where no condition turns, or too many do.
 *
 * Lines are found by trying: at every value of a short range, else at values that grow by a quarter each, and between
 * two that differ by halving. Two lines closer than a quarter of their value may be missed; then a band holds both
 * answers, and whoever decides by it says that it is not settled.
 */
export function bandsOf(book: RuleBook, rules: readonly Rule[], told: Told, fact: FactColumn): readonly Band[] {
  if (fact.type.kind !== 'number') return [];
  const { min, max } = fact.type;
  const about = new Set([fact.id, ...[...sourcesOf(book)].flatMap(([id, from]) => (from.includes(fact.id) ? [id] : []))]);
  const conditions = rules.flatMap((rule) => rule.clauses.map((clause) => clause.when)).filter((expr) => reads(expr, about));
  if (conditions.length === 0) return [];
  const answers = (value: bigint): string => {
    const situation = situationOf(book, { ...told, facts: new Map([...told.facts, [fact.id, known(value)]]) }, () => 'open');
    const memo = memoOf({ schema: book.vocabulary.schema, rules, situation });
    return conditions.map((expr) => { const found = memo.value(expr, SELF); return found.kind === 'known' ? String(constantOf(found.value)) : found.kind; }).join(' ');
  };
  const starts: bigint[] = [];
  let [at, here] = [min, answers(min)];
  for (const next of grid(min, max)) {
    const there = answers(next);
    while (here !== there && starts.length < MOST_BANDS) {
      const line = firstOther(at, next, here, answers);
      starts.push(line);
      [at, here] = [line, answers(line)];
    }
    [at, here] = [next, there];
  }
  if (starts.length === 0 || starts.length >= MOST_BANDS) return [];
  return [min, ...starts].map((from, index) => ({ min: from, max: (starts[index] ?? max + 1n) - 1n }));
}

/** The first value above `low` whose answers differ, where those at `high` do. */
function firstOther(low: bigint, high: bigint, here: string, answers: (value: bigint) => string): bigint {
  if (high - low <= 1n) return high;
  const middle = (low + high) / 2n;
  return answers(middle) === here ? firstOther(middle, high, here, answers) : firstOther(low, middle, here, answers);
}

const SHORT = 64n;

function grid(min: bigint, max: bigint): readonly bigint[] {
  if (max - min <= SHORT) return Array.from({ length: Number(max - min) }, (_, index) => min + BigInt(index) + 1n);
  const values: bigint[] = [];
  for (let step = 16n; min + step < max; step += step / 4n) values.push(min + step);
  return [...values, max];
}

function reads({ node }: Expr, facts: ReadonlySet<string>): boolean {
  return node.op === 'fact' ? facts.has(node.fact) : childrenOf<Expr>(node).some((child) => reads(child, facts));
}
