import { expect, test } from 'vitest';
import { buildProgram } from '../build.ts';
import { randomRules, randomSituation } from '../testing/random.ts';
import type { Constant, Expr } from '../op.ts';
import { makeIn, situationOf, thing } from '../testing/make.ts';
import { MONEY, TOWN } from '../testing/town.ts';
import { known, NONE } from '../value.ts';
import type { Value } from '../value.ts';
import { compileClosure } from './closure.ts';
import { evaluateNode, interpret } from './interp.ts';
import { sameValue } from './state.ts';

test('the closure says what the interpreter means: kind, clause and amount, for two thousand pairs of rules and towns', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  let compared = 0;
  for (let seed = 1; seed <= 1_000 && wrong.length < 5; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { services: 3, depth: 2 + (seed % 3) });
    const closure = compileClosure(buildProgram(schema, lawOn, rules));
    for (const situation of [randomSituation(seed + 3, schema, 1 + (seed % 3)), randomSituation(-seed, schema, 4)]) {
      const frame = closure.frameOf(situation);
      const together = new Map([...schema.entities.keys()].flatMap((entity) => (situation.get(entity) ?? []).flatMap((_, place) => closure.decideAll(frame, entity, place).map((one) => [`${one.service} ${String(place)}`, JSON.stringify(one.verdict)] as const))));
      for (const { service, subject } of rules) {
        (situation.get(subject) ?? []).forEach((_, place) => {
          const meant = JSON.stringify(interpret({ schema, rules, situation }, service, place));
          const found = JSON.stringify(closure.decide(frame, service, place));
          compared++;
          if (meant !== found || meant !== together.get(`${service} ${String(place)}`)) wrong.push(`seed ${String(seed)} ${service} ${String(place)}: ${found}, meant ${meant}`);
        });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(10_000);
});

test('what it records of a thing is the value of every node about it', { timeout: 60_000 }, () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 150; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { services: 3 });
    const program = buildProgram(schema, lawOn, rules);
    const closure = compileClosure(program);
    const situation = randomSituation(seed + 11, schema, 3);
    const frame = closure.frameOf(situation);
    for (const entity of schema.entities.keys()) {
      if ((situation.get(entity) ?? []).length === 0) continue;
      for (const { node, value } of closure.record(frame, entity, 0)) {
        if (!sameValue(value, evaluateNode(program, situation, node, 0))) wrong.push(`seed ${String(seed)} node ${String(node)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

const make = makeIn({ schema: TOWN, subjects: new Map() });
const { fact, constant } = make;
const compiled = (when: Expr) => compileClosure(buildProgram(TOWN, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'only', when }] }]));
const holds = (when: Expr, facts: Readonly<Record<string, Constant | Value>>): unknown => {
  const closure = compiled(when);
  return closure.decide(closure.frameOf(situationOf({ person: [thing(facts)] })), 'grant', 0).kind;
};

test('the code holds no name, code or text of a pack, whatever they contain', () => {
  const evil = "x'); globalThis.hacked = 1; ('";
  const when = make.and(make.is(fact('name'), '=', constant(evil)), make.op({ op: 'one-of', of: fact('name'), values: ['收入', evil] }), make.through('living', make.fold('living', 'some', { value: fact('p') })));
  const { code } = compiled(when);
  for (const word of [evil, '收入', 'hacked', 'living', 'person', 'grant', 'only', 'name ', "'name'"]) expect(code, word).not.toContain(word);
  expect(code).toMatch(/^[\x20-\x7e\n]*$/);
});

test('texts that the rules do not name are still different from one another', () => {
  const clash = make.is(fact('name'), '=', constant('甲'));
  expect([holds(clash, { name: '甲' }), holds(clash, { name: '乙' }), holds(clash, { name: NONE }), holds(clash, {})]).toEqual(['yes', 'no', 'no', 'unknown']);
});

test('minus one half of a fen, half up, is minus one fen; an amount of minus nothing is nothing', () => {
  const half = make.divide(fact('income'), constant(2n), 'half-up', MONEY);
  expect(holds(make.is(half, '=', constant(-1n, MONEY)), { income: -1n })).toBe('yes');
  expect(holds(make.is(make.op({ op: 'multiply', of: [fact('income'), constant(-1n)] }), '=', constant(0n, MONEY)), { income: 0n })).toBe('yes');
});

test('a situation that breaks what the schema promises is a fault, not an answer', () => {
  const closure = compiled(make.through('living', make.fold('living', 'some', { value: make.is(fact('income'), '>', constant(0n, MONEY)) })));
  const frame = (income: bigint, living: readonly number[]) => () => closure.frameOf(situationOf({ living: [thing({})], person: [thing({ income }, { living })] }));
  expect(frame(100_000_001n, [0])).toThrow('range');
  expect(frame(1n, [1])).toThrow('not there');
  expect(() => closure.frameOf(situationOf({ living: [thing({})], person: Array.from({ length: 1_001 }, () => thing({ income: 1n }, { living: [0] })) }))).toThrow('more things');
  const certain = { ...TOWN, facts: new Map([['p', { id: 'p', name: 'p', entity: 'person', type: { kind: 'boolean' as const }, unknowable: false, nonable: false }]]) };
  const strict = compileClosure(buildProgram(certain, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'only', when: makeIn({ schema: certain, subjects: new Map() }).fact('p') }] }]));
  expect(() => strict.frameOf(situationOf({ person: [thing({})] }))).toThrow('p is unknown');
  expect(() => strict.frameOf(situationOf({ person: [thing({ p: NONE })] }))).toThrow('p is none');
});

test('a household of five hundred and a person in none', () => {
  const total = make.through('living', make.fold('living', 'sum', { value: fact('income') }));
  const closure = compiled(make.is(total, '=', constant(125_250n, MONEY)));
  const people = Array.from({ length: 500 }, (_, at) => thing({ income: known(BigInt(at + 1)) }, { living: [0] }));
  const frame = closure.frameOf(situationOf({ living: [thing({})], person: [...people, thing({ income: 5n })] }));
  expect([0, 499, 500].map((place) => closure.decide(frame, 'grant', place).kind)).toEqual(['yes', 'yes', 'no']);
});

test('a spell of one day covers its month; one that ends before it starts covers nothing', () => {
  const day = (date: bigint) => constant(date, { kind: 'date', min: Number(date), max: Number(date) });
  const months = make.op({ op: 'covered-months', link: 'insured', from: day(20300101n), to: day(20301231n) });
  const closure = compiled(make.is(months, '=', constant(1n)));
  const insured = [thing({ 'insured.from': 20300615n, 'insured.until': 20300615n }), thing({ 'insured.from': 20300815n, 'insured.until': 20300814n })];
  const frame = closure.frameOf(situationOf({ person: [thing({}, { insured: [0, 1] }), thing({}, { insured: [1] }), thing({})], insured }));
  expect([0, 1, 2].map((place) => closure.decide(frame, 'grant', place).kind)).toEqual(['yes', 'no', 'unknown']);
});

test('a program that reads spells lists when they begin and end among its facts', () => {
  const day = constant(20300101n, { kind: 'date', min: 20300101, max: 20300101 });
  const months = make.op({ op: 'covered-months', link: 'insured', from: day, to: day });
  expect(buildProgram(TOWN, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'only', when: make.is(months, '>', constant(0n)) }] }]).facts).toEqual(['insured.from', 'insured.until']);
});
