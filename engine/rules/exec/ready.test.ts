import { expect, test } from 'vitest';
import { randomRules, randomSituation } from '../testing/random.ts';
import { readyRules } from './ready.ts';
import { traceOf, traceWith } from './trace.ts';
import { traceBytes } from './trace-bytes.ts';
import { parseTrace } from './trace-format.ts';
import type { Trace } from './trace-format.ts';

const traceText = (trace: Trace): string => new TextDecoder().decode(traceBytes(trace));

test('traces of compiled rules are those of the interpreter, letter for letter, and their bytes are their JSON', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  let compared = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { services: 4, without: new Set(['call']) });
    const ready = readyRules(schema, lawOn, rules);
    for (const situation of [randomSituation(seed + 5, schema, 3), randomSituation(-seed, schema, 4)]) {
      const memo = ready.memoOf(situation);
      for (const { service, subject } of rules) {
        (situation.get(subject) ?? []).forEach((_, place) => {
          const meant = traceOf({ schema, rules, situation, lawOn }, service, place);
          const found = traceWith(memo, { rules, lawOn }, service, place);
          compared++;
          if (JSON.stringify(found) !== JSON.stringify(meant)) wrong.push(`seed ${seed} ${service} ${place}`);
          if (traceText(found) !== JSON.stringify(meant)) wrong.push(`seed ${seed} ${service} ${place}: the text`);
        });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(2_000);
});

test('the bytes of a trace that came from elsewhere are its JSON too, whatever its words hold', () => {
  const trace = parseTrace({
    format: 1, service: 'a"b', subject: { entity: 'person', place: 0 }, lawOn: 20310615, verdict: { kind: 'no', clause: 'c\\' }, clauses: [{ id: 'c\\', law: '法', held: 'no', step: 0 }],
    steps: [{ op: 'fact', thing: { entity: 'per"son', place: 1 }, type: { kind: 'text' }, result: { kind: 'known', value: '引"号\n' }, detail: { fact: 'name' }, of: [], at: { from: 0, to: 2 }, origin: { kind: 'definition', id: '名"称' }, provenance: { source: 'x' } }],
  });
  expect(traceText(trace)).toBe(JSON.stringify(trace));
  const [step] = trace.steps;
  if (step) step.detail.fact = 'another';
  expect(traceText(trace)).toBe(JSON.stringify(trace));
});
