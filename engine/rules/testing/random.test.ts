import { expect, test } from 'vitest';
import { buildProgram } from '../build.ts';
import { childrenOf } from '../op.ts';
import type { Expr } from '../op.ts';
import { evaluate, interpret, interpretProgram } from '../exec/interp.ts';
import type { Found } from '../value.ts';
import { randomRules, randomSituation } from './random.ts';

const inside = (expr: Expr): readonly Expr[] => [expr, ...childrenOf<Expr>(expr.node).flatMap(inside)];

test('every operator of the profile turns up, and all three verdicts', { timeout: 60_000 }, () => {
  const ops = new Set<string>();
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 100; seed++) {
    const { schema, rules } = randomRules(seed);
    const situation = randomSituation(seed, schema, 4);
    for (const rule of rules) {
      for (const expr of [...rule.clauses.map((clause) => clause.when), ...(rule.amount ? [rule.amount] : [])].flatMap(inside)) ops.add(expr.node.op);
      if ((situation.get(rule.subject) ?? []).length > 0) kinds.add(interpret({ schema, rules, situation }, rule.service, 0).kind);
    }
  }
  expect(ops.size).toBe(33);
  expect([...kinds].sort()).toEqual(['no', 'unknown', 'yes']);
});

test('the same seed gives the same rules and people', () => {
  expect(randomRules(7)).toEqual(randomRules(7));
  const { schema } = randomRules(7);
  expect(randomSituation(3, schema, 6)).toEqual(randomSituation(3, schema, 6));
});

/** Whether a value is one its type allows. */
function allowed({ type, unknowable, nonable }: Expr, value: Found): boolean {
  if (value.kind !== 'known') return value.kind === 'unknown' ? unknowable : nonable;
  return (type.kind !== 'number' && type.kind !== 'date') || (typeof value.value === 'bigint' && value.value >= type.min && value.value <= type.max);
}

test('types tell the truth: no value of any part is unknown, none or out of range where its type says it cannot be', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 100; seed++) {
    const { schema, rules } = randomRules(seed);
    const situation = randomSituation(seed + 1, schema, 5);
    for (const rule of rules) {
      for (const expr of [...rule.clauses.map((clause) => clause.when), ...(rule.amount ? [rule.amount] : [])].flatMap(inside)) {
        const things = expr.entity === undefined ? 1 : (situation.get(expr.entity) ?? []).length;
        for (let place = 0; place < Math.min(things, 3); place++) {
          const value = evaluate({ schema, rules, situation }, expr, place);
          if (!allowed(expr, value)) wrong.push(`seed ${String(seed)}: ${expr.node.op} gave ${value.kind}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('what the builder simplifies changes no verdict', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 250; seed++) {
    const { schema, rules, lawOn } = randomRules(seed);
    const program = buildProgram(schema, lawOn, rules);
    const situation = randomSituation(seed + 2, schema, 4);
    for (const { service, subject } of rules) {
      (situation.get(subject) ?? []).forEach((_, place) => {
        const meant = JSON.stringify(interpret({ schema, rules, situation }, service, place));
        const built = JSON.stringify(interpretProgram(program, situation, service, place));
        if (meant !== built) wrong.push(`seed ${String(seed)} ${service} ${String(place)}: ${meant} became ${built}`);
      });
    }
  }
  expect(wrong).toEqual([]);
});
