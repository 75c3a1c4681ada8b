import type { Rule } from '../build.ts';
import { asked } from '../build.ts';
import { isExpr, typed } from '../expr.ts';
import type { Scope } from '../expr.ts';
import { mismatch } from '../infer.ts';
import { childrenOf, mapChildren } from '../op.ts';
import type { Constant, Expr } from '../op.ts';
import type { Sample } from './agree.ts';

/** So many smaller rules are tried before the one at hand is taken as small. */
const MOST_TRIES = 600;

/**
 * Smaller rules that still show something: services that nobody asks are left out, clauses and the amount are dropped,
 * operators are replaced by a child of the same type or by a constant, as long as `shows` says yes.
 */
export async function shrunk(sample: Sample, shows: (smaller: Sample) => Promise<boolean>): Promise<Sample> {
  let small = sample;
  let tries = 0;
  for (let found = true; found && tries < MOST_TRIES; ) {
    found = false;
    for (const smaller of smallerSamples(small)) {
      if (++tries > MOST_TRIES) break;
      if (!(await shows(smaller))) continue;
      small = smaller;
      found = true;
      break;
    }
  }
  return small;
}

function* smallerSamples(sample: Sample): Generator<Sample> {
  const { rules, blocks } = sample;
  const needed = new Set(rules.flatMap(asked));
  for (const rule of rules) if (rules.length > 1 && !needed.has(rule.service)) yield { ...sample, rules: rules.filter((one) => one !== rule) };
  if (blocks.length > 1) for (const block of blocks) yield { ...sample, blocks: [block] };
  const scope: Scope = { schema: sample.schema, subjects: new Map(rules.map((rule) => [rule.service, rule.subject])) };
  for (const [at, rule] of rules.entries()) for (const smaller of smallerRules(scope, rule)) yield { ...sample, rules: rules.with(at, smaller) };
}

function* smallerRules(scope: Scope, rule: Rule): Generator<Rule> {
  if (rule.amount) yield { ...rule, amount: undefined };
  for (const at of rule.clauses.keys()) if (rule.clauses.length > 1) yield { ...rule, clauses: rule.clauses.toSpliced(at, 1) };
  for (const [at, clause] of rule.clauses.entries()) for (const when of smallerExprs(scope, clause.when)) yield { ...rule, clauses: rule.clauses.with(at, { ...clause, when }) };
  if (rule.amount) for (const amount of smallerExprs(scope, rule.amount)) if (isAmount(amount)) yield { ...rule, amount };
}

function isAmount({ type, nonable }: Expr): boolean {
  return type.kind === 'number' && type.min >= 0n && !nonable;
}

/** Constants first, then children in the place of their parent, then the same inside. */
function* smallerExprs(scope: Scope, expr: Expr): Generator<Expr> {
  if (expr.node.op === 'constant') return;
  const made = (node: Expr['node'], type: Expr['type']): readonly Expr[] => {
    const one = typed(scope, node, type);
    return isExpr(one) ? [one] : [];
  };
  for (const value of constantsOf(expr)) yield* made({ op: 'constant', value }, expr.type.kind === 'number' ? { ...expr.type, min: 0n, max: 0n } : expr.type);
  const children = childrenOf<Expr>(expr.node);
  for (const child of children) if (mismatch(child.type, expr.type) === undefined && (child.entity === undefined || child.entity === expr.entity)) yield child;
  for (const child of children) {
    for (const smaller of smallerExprs(scope, child)) yield* made(mapChildren(expr.node, (one: Expr) => (one === child ? smaller : one)), expr.type);
  }
}

function constantsOf({ type }: Expr): readonly Constant[] {
  if (type.kind === 'boolean') return [true, false];
  return type.kind === 'number' || type.kind === 'code' ? [0n] : type.kind === 'date' ? [20310615n] : ['a'];
}

/** A rule as a line a person can read: operators in front of what they stand over. */
export function told(expr: Expr): string {
  const { node } = expr;
  const rest = childrenOf<Expr>(node).map(told);
  const own = Object.entries(node).flatMap(([key, value]: readonly [string, unknown]) => (key !== 'op' && isPlain(value) ? [`${key === 'value' || key === 'fact' ? '' : `${key}=`}${plainly(value)}`] : []));
  return [node.op, ...own, ...rest].length === 1 ? node.op : `(${[node.op, ...own, ...rest].join(' ')})`;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((one) => typeof one !== 'object'));
}

function plainly(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(String).join(', ')}]` : String(value);
}
