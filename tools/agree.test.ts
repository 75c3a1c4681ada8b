import { expect, test } from 'vitest';
import { meaningOf, prepared } from '#engine/rules/testing/agree.ts';
import type { Executor, Sample } from '#engine/rules/testing/agree.ts';
import { randomRules, randomSituation } from '#engine/rules/testing/random.ts';
import { told } from '#engine/rules/testing/shrink.ts';
import { agree, agreePack } from './agree-run.ts';
import { printed } from './agree-report.ts';

function sample(seed: number): { readonly seed: number; readonly sample: Sample } {
  const rules = randomRules(seed);
  return { seed, sample: { ...rules, blocks: [randomSituation(seed, rules.schema, 6), randomSituation(seed + 1, rules.schema, 5)] } };
}

/** Takes every unknown for a no, as a database does that forgets NULL. */
const forgetful: Executor = {
  name: 'forgetful',
  decide: (given) => new Map([...meaningOf(given)].map(([service, verdicts]) => [service, verdicts.map((one) => (one.kind === 'unknown' ? { kind: 'no', clause: one.clause } as const : one))])),
};
const honest: Executor = { name: 'honest', decide: meaningOf };

test('who agrees has no difference, over two worlds at once', async () => {
  const outcome = await agree([sample(1), sample(2)], [honest]);
  expect(outcome.executors[0]).toMatchObject({ name: 'honest', differing: 0 });
  expect(outcome.executors[0]?.rows).toBe(outcome.verdicts.yes + outcome.verdicts.no + outcome.verdicts.unknown);
});

test('who takes unknown for no is found out, in as many rows as there are unknowns, with a rule of one clause', async () => {
  const outcome = await agree([sample(1), sample(2), sample(3)], [forgetful]);
  expect(outcome.executors[0]?.differing).toBe(outcome.verdicts.unknown);
  const [finding] = outcome.findings;
  expect(finding?.difference.meant.kind).toBe('unknown');
  const rules = finding?.smallest.rules ?? [];
  expect(rules).toHaveLength(1);
  // Unknown at a clause needs one clause; at an amount, true and an amount. Either way nothing else is left.
  expect(rules[0]?.clauses).toHaveLength(1);
  expect(rules.flatMap((rule) => rule.clauses.map((clause) => told(clause.when).length)).every((length) => length < 50)).toBe(true);
  expect(printed({ seed: 1, programs: 3, people: 11, skipped: [], ...outcome }, false)).toContain('forgetful');
});

test('who breaks down is a fault and a difference in every row, and is not asked again', async () => {
  let times = 0;
  const broken: Executor = { name: 'broken', decide: () => {
    times++;
    throw new Error('no such column');
  } };
  const outcome = await agree([sample(1), sample(2)], [broken]);
  expect(times).toBe(1);
  expect(outcome.faults).toEqual([{ executor: 'broken', seed: 1, message: 'no such column' }]);
  expect(outcome.executors[0]?.differing).toBe(outcome.executors[0]?.rows);
});

test('the program of a pack meets a population of its own world', async () => {
  const outcome = await agreePack(prepared(sample(5).sample).program, { seed: 9, people: 60 }, [honest, forgetful]);
  expect(outcome.executors[0]?.differing).toBe(0);
  expect(outcome.executors[1]?.differing).toBe(outcome.verdicts.unknown);
});
