import { expect, test } from 'vitest';
import type { Rule } from '../build.ts';
import { makeIn, situationOf, thing } from '../testing/make.ts';
import { randomRules, randomSituation, randomValue } from '../testing/random.ts';
import type { Schema } from '../schema.ts';
import { seeded } from '../testing/seed.ts';
import type { Seeded } from '../testing/seed.ts';
import { COUNT, TOWN } from '../testing/town.ts';
import type { Situation } from '../value.ts';
import { askNext } from './ask.ts';
import type { Asking } from './ask.ts';
import type { FactOf } from './frontier.ts';
import { memoOf } from './memo.ts';
import { learning } from './trial.ts';

const make = makeIn({ schema: TOWN, subjects: new Map([['card', 'person']]) });
const { fact, constant } = make;
const rule = (service: string, ...when: readonly Rule['clauses'][number]['when'][]): Rule => ({ service, subject: 'person', clauses: when.map((one, at) => ({ id: `c${String(at)}`, when: one })) });
const asking = (rules: readonly Rule[], facts: Parameters<typeof thing>[0], more: Partial<Asking> = {}): Asking => ({
  schema: TOWN, rules, situation: situationOf({ person: [thing(facts)] }), wanted: rules.map(({ service }) => ({ service, place: 0 })), asked: [], mayAsk: () => true, ...more,
});
const next = (...of: Parameters<typeof asking>): string | undefined => askNext(asking(...of)).question?.fact;

test('what is behind a false conjunct, a true alternative or two equal branches is not asked', () => {
  expect(next([rule('a', make.and(fact('p'), fact('q')))], { p: false })).toBeUndefined();
  expect(next([rule('a', make.or(fact('p'), fact('q')))], { p: true })).toBeUndefined();
  expect(next([rule('a', make.is(make.choose(fact('p'), fact('n'), fact('m')), '=', constant(5n, COUNT)))], { n: 5n, m: 5n })).toBeUndefined();
  expect(next([rule('a', fact('p'), fact('q'))], { q: false })).toBeUndefined();
  expect(next([rule('a', make.and(fact('p'), fact('q')))], { q: true })).toBe('p');
});

test('what two must tell together is asked, though neither settles it alone', () => {
  expect(next([rule('a', make.is(fact('p'), '=', fact('q')))], {})).toBe('p');
  expect(next([rule('a', make.is(make.add(fact('n'), fact('m')), '=', constant(7n, COUNT)))], {})).toBe('n');
});

test('what can only leave a verdict open is not asked: the other half is somebody else’s to tell', () => {
  // Whatever n is, even none, the first clause holds; q may not be asked, and nothing but q can end it.
  const always = make.or(make.is(fact('n'), '<=', constant(1_000n, COUNT)), make.not(make.op({ op: 'has', of: fact('n') })));
  const rules = [rule('a', always, fact('q'))];
  expect(next(rules, {}, { mayAsk: ({ fact: id }) => id !== 'q' })).toBeUndefined();
  // A clause that n can fail is worth asking for, since no ends it.
  expect(next([rule('a', make.is(fact('n'), '<=', constant(3n, COUNT)), fact('q'))], {}, { mayAsk: ({ fact: id }) => id !== 'q' })).toBe('n');
});

test('first what bears on most, unless authors pin another or the topic goes on', () => {
  const rules = [rule('a', fact('p')), rule('b', make.and(fact('q'), fact('r'))), rule('c', fact('r'))];
  expect(next(rules, {})).toBe('r');
  expect(next(rules, {}, { pinned: ['q', 'p'] })).toBe('q');
  expect(next(rules, { n: 1n }, { asked: [{ fact: 'n', entity: 'person', place: 0 }], topicOf: (id) => (id === 'n' || id === 'p' ? 'home' : 'work') })).toBe('p');
  expect(askNext(asking(rules, { p: true, r: false }))).toMatchObject({ settled: 3, open: [], question: undefined });
  expect(askNext(asking(rules, { p: true }))).toMatchObject({ settled: 1, bearsOn: 2 });
});

test('one who does not know is not asked again, and the amount is asked last', () => {
  const amount = make.op({ op: 'greatest', of: [make.op({ op: 'greatest', of: [fact('income'), constant(0n, { kind: 'number', scale: 2, min: 0n, max: 0n })] }), constant(0n, { kind: 'number', scale: 2, min: 0n, max: 0n })] });
  const paid: Rule = { ...rule('a', fact('p')), amount };
  expect(next([paid], {})).toBe('p');
  expect(next([paid], { p: true })).toBe('income');
  expect(next([rule('a', fact('p'))], {}, { asked: [{ fact: 'p', entity: 'person', place: 0 }] })).toBeUndefined();
});

test('a service that asks another leads on to what that one needs', () => {
  expect(next([rule('a', make.op({ op: 'entitled', service: 'card' })), rule('card', fact('p'))].map((one) => one), {}, { wanted: [{ service: 'a', place: 0 }] })).toBe('p');
});

/** The situation of somebody of whom little is known: of what may be unknown most is. */
function forgotten(random: Seeded, schema: Schema, situation: Situation): Situation {
  return new Map([...situation].map(([entity, things]) => [entity, things.map((one) => ({ ...one, facts: new Map([...one.facts].filter(([id]) => !schema.facts.get(id)?.unknowable || random.percent(25))) }))]));
}

test('following the questions ends with every verdict settled or waiting for what cannot be asked; no fact twice, no question more than facts', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  let questions = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const { schema, rules } = randomRules(seed, { services: 4, depth: 3 });
    const random = seeded(seed + 9);
    let situation = forgotten(random, schema, randomSituation(seed + 9, schema, 2));
    const wanted = rules.flatMap(({ service, subject }) => (situation.get(subject) ?? []).map((_, place) => ({ service, place })));
    const asked: FactOf[] = [];
    const hidden = new Set([...schema.facts.keys()].filter(() => random.percent(20)));
    const mayAsk = ({ fact: id }: FactOf): boolean => !hidden.has(id);
    for (;;) {
      const { question } = askNext({ schema, rules, situation, wanted, asked, mayAsk });
      if (!question) break;
      const column = schema.facts.get(question.fact);
      if (!column || asked.some((one) => one.fact === question.fact && one.place === question.place && one.entity === question.entity)) throw new Error('asked twice');
      asked.push(question);
      questions++;
      // One in ten does not know.
      if (!random.percent(10)) situation = learning(situation, [[question, randomValue(random, schema, column)]]);
    }
    // Whatever else could be asked, in fifty random ways, settles nothing that is open.
    const open = wanted.filter(({ service, place }) => memoOf({ schema, rules, situation }).verdict(service, place).kind === 'unknown');
    if (open.length === 0) continue;
    const left = [...schema.facts.values()].flatMap((column) => (situation.get(column.entity) ?? []).flatMap((one, place) => {
      const of = { fact: column.id, entity: column.entity, place };
      const unknown = (one.facts.get(column.id)?.kind ?? 'unknown') === 'unknown';
      return unknown && mayAsk(of) && !asked.some((was) => was.fact === of.fact && was.place === place && was.entity === of.entity) ? [{ of, column }] : [];
    }));
    for (let trial = 0; trial < 50; trial++) {
      const told = memoOf({ schema, rules, situation: learning(situation, left.map(({ of, column }) => [of, randomValue(random, schema, column)])) });
      if (open.some(({ service, place }) => told.verdict(service, place).kind !== 'unknown')) wrong.push(`seed ${String(seed)}`);
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
  expect(questions).toBeGreaterThan(150);
});
