import { expect, test } from 'vitest';
import { JsonBytes } from '#engine/kernel/index.ts';
import { randomRules, randomSituation } from '../testing/random.ts';
import { memoOf } from './memo.ts';
import { readyRules } from './ready.ts';
import { traceOf, Traces } from './trace.ts';
import { writeSteps } from './trace-bytes.ts';
import { parseTrace } from './trace-format.ts';
import type { Step } from './trace-format.ts';

function stepsText(steps: readonly Step[]): string {
  const to = new JsonBytes();
  writeSteps(to, steps);
  return new TextDecoder().decode(to.take());
}

test('traces of compiled rules are those of the interpreter, letter for letter, and the bytes of their steps are their JSON', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  let compared = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { services: 4, without: new Set(['call']) });
    const ready = readyRules(schema, lawOn, rules);
    for (const situation of [randomSituation(seed + 5, schema, 3), randomSituation(-seed, schema, 4)]) {
      const memo = ready.memoOf(situation);
      for (const rule of rules) {
        (situation.get(rule.subject) ?? []).forEach((_, place) => {
          const meant = traceOf({ schema, rules, situation, lawOn }, rule.service, place);
          const found = new Traces(memo, { lawOn }).of(rule, place);
          compared++;
          if (JSON.stringify(found) !== JSON.stringify(meant)) wrong.push(`seed ${seed} ${rule.service} ${place}`);
          if (stepsText(found.steps) !== JSON.stringify(meant.steps)) wrong.push(`seed ${seed} ${rule.service} ${place}: the text`);
        });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(2_000);
});

test('traces on one table say what each says alone, and what two services rest on stands there once', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  let [together, alone] = [0, 0];
  for (let seed = 1; seed <= 60; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { services: 4 });
    const situation = randomSituation(seed + 5, schema, 3);
    const memo = memoOf({ schema, rules, situation });
    const traces = new Traces(memo, { lawOn });
    for (const rule of rules) {
      (situation.get(rule.subject) ?? []).forEach((_, place) => {
        const own = new Traces(memo, { lawOn }).of(rule, place);
        const found = traces.of(rule, place);
        alone += own.steps.length;
        const said = [own, found].map(({ steps, clauses, amount, verdict }) => JSON.stringify([verdict, clauses.map(({ id, held, step }) => [id, held, told(steps, step)]), amount === undefined ? null : told(steps, amount)]));
        if (said[0] !== said[1]) wrong.push(`seed ${seed} ${rule.service} ${place}`);
      });
    }
    together += traces.steps.length;
    if (traces.steps.some(({ of }, at) => of.some(({ step }) => step >= at))) wrong.push(`seed ${seed}: a step stands before one it needs`);
    if (stepsText(traces.steps) !== JSON.stringify(traces.steps)) wrong.push(`seed ${seed}: the text`);
  }
  expect(wrong).toEqual([]);
  expect(together).toBeLessThan(alone);
});

/** A step with all that it needs in its place, so that no number is left: its parts in words, each told once. */
function told(steps: readonly Step[], at: number, known = new Map<number, number>()): unknown {
  const before = known.get(at);
  if (before !== undefined) return before;
  const { of, ...step } = steps[at] ?? { of: [] };
  const needs = of.map((one) => [one.as, told(steps, one.step, known)]);
  known.set(at, known.size);
  return [step, needs];
}

test('the bytes of steps that came from elsewhere are their JSON too, whatever their words hold', () => {
  const { steps } = parseTrace({
    format: 2, service: 'a"b', subject: { entity: 'person', place: 0 }, lawOn: 20310615, verdict: { kind: 'no', clause: 'c\\' }, clauses: [{ id: 'c\\', law: '法', held: 'no', step: 0 }],
    steps: [{ op: 'fact', type: { kind: 'text' }, detail: { fact: 'name' }, at: { from: 0, to: 2 }, origin: { kind: 'definition', id: '名"称' }, thing: { entity: 'per"son', place: 1 }, result: { kind: 'known', value: '引"号\n' }, of: [], provenance: { source: 'x' } }],
  });
  expect(stepsText(steps)).toBe(JSON.stringify(steps));
  const [step] = steps;
  if (step) step.detail.fact = 'another';
  expect(stepsText(steps)).toBe(JSON.stringify(steps));
});
