import { expect, test } from 'vitest';
import { buildProgram } from '../build.ts';
import { randomRules, randomSituation } from '../testing/random.ts';
import { compileClosure } from './closure.ts';
import { interpret } from './interp.ts';

test('the closure says what the interpreter means: kind, clause and amount, for two thousand rule sets and towns', () => {
  const wrong: string[] = [];
  let compared = 0;
  for (let seed = 1; seed <= 2_000 && wrong.length < 5; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { depth: 2 + (seed % 4) });
    const closure = compileClosure(buildProgram(schema, lawOn, rules));
    const situation = randomSituation(seed + 3, schema, 1 + (seed % 6));
    const frame = closure.frameOf(situation);
    for (const { service, subject } of rules) {
      (situation.get(subject) ?? []).forEach((_, place) => {
        const meant = JSON.stringify(interpret({ schema, rules, situation }, service, place));
        const found = JSON.stringify(closure.decide(frame, service, place));
        compared++;
        if (meant !== found) wrong.push(`seed ${String(seed)} ${service} ${String(place)}: ${found}, meant ${meant}`);
      });
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(20_000);
});
