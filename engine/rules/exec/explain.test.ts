import { expect, test } from 'vitest';
import type { Rule } from '../build.ts';
import type { Expr, Origin } from '../op.ts';
import { makeIn, situationOf, thing } from '../testing/make.ts';
import { randomRules, randomSituation } from '../testing/random.ts';
import { TOWN } from '../testing/town.ts';
import type { ValueType } from '../type.ts';
import { UNKNOWN } from '../value.ts';
import type { Situation, Thing } from '../value.ts';
import { whenChanges } from './change.ts';
import { EXPLANATION_MESSAGES } from './phrase.ts';
import { explain, explainChange, explainer } from './explain.ts';
import { interpret } from './interp.ts';
import { memoOf } from './memo.ts';
import { traceOf, Traces } from './trace.ts';
import { parseTrace, TRACE } from './trace-format.ts';
import { numeral } from './words.ts';
import type { Words } from './words.ts';

const make = makeIn({ schema: TOWN, subjects: new Map([['grant', 'person'], ['card', 'person']]) });
const { fact, constant } = make;
const money = (scale: number): ValueType => ({ kind: 'number', scale, min: 0n, max: 0n, unit: 'money' });
const called = (expr: Expr, kind: Origin['kind'], id: string, more: Partial<Origin> = {}): Expr => ({ ...expr, origin: { kind, id, ...more } });

const zh: Words = {
  locale: 'zh',
  fact: (id) => ({ income: '收入', p: '残疾证有效', d: '出生日期', damp: '潮湿' })[id] ?? id,
  link: (id) => ({ living: '家庭成员', child: '子女' })[id] ?? id,
  service: (id) => ({ card: '老年卡' })[id] ?? id,
  origin: (_, id) => ({ 'per-head': '家庭人均月收入', line: '低保标准', age: '年龄' })[id] ?? id,
  code: (_, code) => code,
  unit: (unit) => ({ money: '元', years: '年' })[unit],
  holder: (id) => ({ income: '民政局', p: '残联' })[id],
  clause: (_, clause) => ({ income: '家庭收入不高' })[clause],
  thing: (entity, place) => (entity === 'person' ? `第${String(place + 1)}人` : undefined),
};
const en: Words = { ...zh, locale: 'en', origin: (_, id) => ({ 'per-head': 'household income per person', line: 'minimum living standard', age: 'age' })[id] ?? id, unit: (unit) => ({ money: 'yuan', years: 'years' })[unit], fact: (id) => ({ p: 'valid certificate' })[id] ?? id, holder: () => 'the federation' };

/** Income per head at most one and a half times the standard of 1,170 yuan, and a certificate. */
const total = make.fold('living', 'sum', { value: fact('income') });
const heads = make.op({ op: 'greatest', of: [make.fold('living', 'count'), constant(1n)] });
const perHead = called(make.through('living', make.divide(total, heads, 'half-up', money(2))), 'definition', 'per-head');
const line = called(constant(117_000n, { kind: 'number', scale: 2, min: 117_000n, max: 117_000n, unit: 'money' }), 'parameter', 'line', { source: 'S-1', validFrom: 20310101 });
const limit = make.op({ op: 'multiply', of: [line, constant(15n, { kind: 'number', scale: 1, min: 15n, max: 15n })] });
const income = make.is(make.op({ op: 'rescale', of: perHead }, money(3)), '<=', limit);
const half = make.divide(line, constant(2n), 'half-up', money(2));
const grant: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'certificate', when: fact('p') }, { id: 'income', when: income }], amount: half };
const lawOf = (_: string, clause: string): string => `law-of-${clause}`;

const household = (p: Parameters<typeof thing>[0], second: Parameters<typeof thing>[0]): Situation => situationOf({ living: [thing({})], person: [thing(p, { living: [0] }), thing(second, { living: [0] })] });
const look = (situation: Situation, rule: Rule = grant, words = zh) => {
  const trace = traceOf({ schema: TOWN, rules: [rule], situation, lawOn: 20310615, lawOf }, rule.service, 0);
  return { trace, said: explain(trace, words) };
};

test('why yes: the household value, the standard and one and a half times it', () => {
  // (1,000 + 560) / 2 = 780; 1,170 × 1.5 = 1,755; half of 1,170 = 585.
  const { said } = look(household({ p: true, income: 100_000n }, { income: 56_000n }));
  expect(said.answer).toBe('符合条件，金额 585 元。');
  expect(said.reasons[1]).toEqual({ clause: 'income', held: 'yes', asks: '家庭收入不高', says: '家庭人均月收入 780 元，不高于低保标准 1,170 元的 1.5 倍（1,755 元）', law: 'law-of-income' });
  expect(look(household({ p: true, income: 100_000n }, { income: 56_000n }), grant, en).said.reasons[1]?.says).toBe('household income per person (780 yuan) is not above 1.5 times minimum living standard (1,170 yuan) (1,755 yuan)');
});

test('why not: both numbers, the difference, and how far it is from the line', () => {
  // (3,000 + 510.02) / 2 = 1,755.01, one fen above the line.
  const { said } = look(household({ p: true, income: 300_000n }, { income: 51_002n }));
  expect(said.answer).toBe('目前不符合条件：家庭人均月收入 1,755.01 元，高于低保标准 1,170 元的 1.5 倍（1,755 元），相差 0.01 元。');
  expect(said.nearly).toEqual(['家庭人均月收入比标准高 0.01 元']);
});

test('what would have to move: by whole fen, one beyond where equal is not enough; and nothing where only time moves it', () => {
  const less: Rule = { ...grant, clauses: [{ id: 'income', when: make.is(make.op({ op: 'rescale', of: perHead }, money(3)), '<', limit) }] };
  // 1,755 exactly is not below 1,755: one fen less is.
  expect(look(household({ income: 351_000n }, { income: 0n }), less).said.nearly).toEqual(['家庭人均月收入比标准高 0.01 元']);
  const more: Rule = { ...grant, clauses: [{ id: 'rent', when: make.not(make.is(constant(50_000n, money(2)), '>=', fact('rent'))) }] };
  // 500 >= 300 must fail: the rent must be above 500.
  expect(look(household({ rent: 30_000n }, {}), more).said.nearly).toEqual(['rent比标准低 200.01 元']);
  const today = constant(20310615n, { kind: 'date', min: 20310615, max: 20310615 });
  const old: Rule = { ...grant, clauses: [{ id: 'age', when: make.is(make.op({ op: 'years-between', from: fact('d'), to: today }), '>=', constant(60n)) }] };
  expect(look(household({ d: 19800101n }, {}), old).said.nearly).toEqual([]);
});

test('what is missing, of whom, and who holds it', () => {
  const { trace, said } = look(household({}, { income: UNKNOWN }));
  expect(trace.verdict).toEqual({ kind: 'unknown', clause: 'certificate' });
  expect(said.missing.map(({ fact: id, thing: of, holder }) => [id, of?.place, holder])).toEqual([['p', 0, '残联'], ['income', 0, '民政局'], ['income', 1, '民政局']]);
  expect(said.answer).toBe('还不能确定。还不知道：残疾证有效（由残联掌握）；还不知道：收入（由民政局掌握）；还不知道：第2人的收入（由民政局掌握）。');
  expect(look(household({}, { income: 1n }), { ...grant, clauses: [{ id: 'certificate', when: fact('p') }] }, en).said.answer).toBe('This cannot be decided yet. Not known yet: valid certificate (held by the federation).');
});

test('a trace holds sources and dates of facts, ids and integers, and no more than the verdict rests on', () => {
  const provenance = new Map([['income', { source: 'feed-7', holder: 'civil-affairs', observedOn: 20310601 }], ['living', { source: 'register', holder: 'police', observedOn: 20310501 }]]);
  const situation = household({ p: true, income: 100_000n }, { income: 56_000n });
  const known: Situation = new Map<string, readonly Thing[]>([...situation, ['person', (situation.get('person') ?? []).map((one) => ({ ...one, provenance }))]]);
  const { trace } = look(known);
  const facts = trace.steps.filter((step) => step.detail.fact === 'income');
  expect(facts.map((step) => [step.thing?.place, step.result, step.provenance])).toEqual([[0, { kind: 'known', value: 100_000 }, { source: 'feed-7', holder: 'civil-affairs', observedOn: 20310601 }], [1, { kind: 'known', value: 56_000 }, { source: 'feed-7', holder: 'civil-affairs', observedOn: 20310601 }]]);
  expect(trace.steps.find((step) => step.op === 'through')?.provenance).toEqual({ source: 'register', holder: 'police', observedOn: 20310501 });
  expect(trace.steps.find((step) => step.origin?.kind === 'parameter')?.origin).toEqual({ kind: 'parameter', id: 'line', source: 'S-1', validFrom: 20310101 });
  const either: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'either', when: make.or(fact('q'), fact('p'), fact('r')) }] };
  const settled = traceOf({ schema: TOWN, rules: [either], situation: situationOf({ person: [thing({ p: true })] }), lawOn: 20310615 }, 'grant', 0);
  expect(settled.steps.map((step) => step.detail.fact)).toEqual(['p', undefined]);
});

test('a trace survives JSON and its format, for any rules and any town', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { schema, rules, lawOn } = randomRules(seed);
    const situation = randomSituation(seed + 8, schema, 4);
    for (const { service, subject } of rules) {
      if ((situation.get(subject) ?? []).length === 0) continue;
      const trace = traceOf({ schema, rules, situation, lawOn }, service, 0);
      expect(parseTrace(JSON.parse(JSON.stringify(trace)))).toEqual(trace);
      expect(trace.verdict).toEqual(interpret({ schema, rules, situation }, service, 0));
      for (const words of [zh, en]) {
        const said = JSON.stringify([explain(trace, words), explain(trace, words).answer]);
        expect(said, `seed ${String(seed)} ${service}`).not.toMatch(/\[[a-z-]+\.[a-z.-]+\]|\{[a-z]+\}|undefined|NaN/);
      }
    }
  }
});

test('traces on one table are told as each would be alone, whoever they are about', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { schema, rules, lawOn } = randomRules(seed);
    const situation = randomSituation(seed + 8, schema, 4);
    const traced = { schema, rules, situation, lawOn };
    const traces = new Traces(memoOf(traced), traced);
    const told = explainer(zh);
    for (const rule of rules) (situation.get(rule.subject) ?? []).forEach((_, place) => expect(told(traces.of(rule, place)), `seed ${String(seed)}`).toEqual(explain(traceOf(traced, rule.service, place), zh)));
  }
});

test('a service that asks another rests on the clause that refused there, or on all that hold', () => {
  const card: Rule = { service: 'card', subject: 'person', clauses: [{ id: 'p', when: fact('p') }, { id: 'q', when: fact('q') }, { id: 'r', when: fact('r') }] };
  const asks: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'card', when: make.op({ op: 'entitled', service: 'card' }) }] };
  const facts = (p: Parameters<typeof thing>[0]) => traceOf({ schema: TOWN, rules: [asks, card], situation: situationOf({ person: [thing(p)] }), lawOn: 20310615 }, 'grant', 0).steps.flatMap((step) => step.detail.fact ?? []);
  expect(facts({ p: true, q: false })).toEqual(['q']);
  expect(facts({ p: true, q: true })).toEqual(['r']);
  expect(facts({ p: true, q: true, r: true })).toEqual(['p', 'q', 'r']);
});

test('another format is refused', () => {
  const { trace } = look(household({ p: true }, {}));
  expect([2, 1, 3].map((format) => TRACE.safeParse({ ...trace, format }).success)).toEqual([true, false, false]);
});

test('what time changes: the birthday on which an age is reached, 1 March for one born on 29 February', () => {
  const rulesOn = (date: number): readonly Rule[] => {
    const today = constant(BigInt(date), { kind: 'date', min: date, max: date });
    const age = called(make.op({ op: 'years-between', from: fact('d'), to: today }), 'definition', 'age');
    return [{ service: 'grant', subject: 'person', clauses: [{ id: 'age', when: make.is(age, '>=', constant(60n)) }, { id: 'certificate', when: fact('p') }] }];
  };
  const waits = (d: bigint, p = true) => whenChanges({ schema: TOWN, situation: situationOf({ person: [thing({ d, p })] }), lawOn: 20310615, rulesOn }, 'grant', 0);
  // 60 years after 29 February 1972 is 2032, a leap year; after 1973-07-01 it is 2033-07-01.
  expect(waits(19720229n)).toEqual({ on: 20320229, verdict: { kind: 'yes' } });
  expect(waits(19730701n)).toEqual({ on: 20330701, verdict: { kind: 'yes' } });
  // 2033 is a common year: 60 is reached by one born on 1973-02-28 that day; a leap day fifty-nine years on counts on 1 March.
  const fifty = (date: number): readonly Rule[] => rulesOn(date).map((rule) => ({ ...rule, clauses: [{ id: 'age', when: make.is(make.op({ op: 'years-between', from: fact('d'), to: constant(BigInt(date), { kind: 'date', min: date, max: date }) }), '>=', constant(57n)) }] }));
  expect(whenChanges({ schema: TOWN, situation: situationOf({ person: [thing({ d: 19760229n })] }), lawOn: 20310615, rulesOn: fifty }, 'grant', 0)?.on).toBe(20330301);
  // Without a certificate no birthday helps; nor does one more than five years away.
  expect([waits(19720229n, false), waits(19800101n)]).toEqual([undefined, undefined]);
  const trace = traceOf({ schema: TOWN, rules: rulesOn(20310615), situation: situationOf({ person: [thing({ d: 19720229n, p: true })] }), lawOn: 20310615 }, 'grant', 0);
  expect(explainChange(trace, { on: 20320229, verdict: { kind: 'yes' } }, zh)).toBe('如果情况不变，到2032年2月29日就符合条件');
  expect(explain(trace, zh).answer).toBe('目前不符合条件：年龄 59 年，低于 60 年，相差 1 年。');
});

test('numbers for people: separators in thousands, a fraction only where there is one', () => {
  expect([numeral(117_000, 2), numeral(175_501, 2), numeral(1_755_000, 3), numeral(-5, 2), numeral(123_456_789, 0), numeral(15, 1), numeral(50, 2), numeral(1_462_500, 3)]).toEqual(['1,170', '1,755.01', '1,755', '-0.05', '123,456,789', '1.5', '0.50', '1,462.50']);
});

test('both languages have the same messages with the same slots', () => {
  const slots = (messages: Readonly<Record<string, string>>): unknown => Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, [...new Set(text.match(/\{\w+\}/g))].toSorted()]));

  expect(slots(EXPLANATION_MESSAGES.zh)).toEqual(slots(EXPLANATION_MESSAGES.en));
});

test('what only forms compute is told in both languages: durations, texts, lists', () => {
  // Born on 15 June 1971: 60 years later is 15 June 2031, and 21,915 days lie between.
  const born = fact('d');
  const span = (text: string): Expr => make.op({ op: 'call', name: 'literal', of: [], with: [text] });
  const told = (when: Expr): readonly (string | undefined)[] => [zh, en].map((words) => look(situationOf({ person: [thing({ d: 19710615n })] }), { service: 'grant', subject: 'person', clauses: [{ id: 'only', when }] }, words).said.reasons[0]?.says);
  const later = make.op({ op: 'call', name: 'later', of: [born, span('P60Y')] });
  const day = constant(20310615n, { kind: 'date', min: 20310615, max: 20310615 });
  expect(told(make.is(later, '<=', day))).toEqual(['出生日期 1971年6月15日之后60年（2031年6月15日），不晚于2031年6月15日', '60 yr after d (15 June 1971) (15 June 2031) is not after 15 June 2031']);
  const apart = make.op({ op: 'call', name: 'apart', of: [day, born] });
  expect(told(make.op({ op: 'call', name: 'compare', of: [apart, span('P40DT2H')], with: ['<'] }))).toEqual(['从出生日期 1971年6月15日到2031年6月15日（21915天），不短于40天2小时', 'from d (15 June 1971) to 15 June 2031 (21915 d) is not shorter than 40 d 2 h']);
  const list = make.op({ op: 'call', name: 'list', of: [constant('a'), constant('b')] });
  expect(told(make.op({ op: 'call', name: 'list contains', of: [list, constant('c')] }))).toEqual(['["a", "b"]里有c，不成立', 'it does not hold that ["a", "b"] holds c']);
  // A clock with a zone and one without have no order.
  const clocks = make.op({ op: 'call', name: 'compare', of: [span('10:00:00'), span('10:00:00Z')], with: ['<'] });
  expect(told(clocks)[0]).toBe('10:00:00，不能与10:00:00Z相比');
});
