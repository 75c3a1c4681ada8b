import { expect, test } from 'vitest';
import { buildProgram, NONE, UNKNOWN } from '#engine/rules/index.ts';
import type { Rule, Situation, Verdict } from '#engine/rules/index.ts';
import { makeIn, situationOf, thing } from '#engine/rules/testing/make.ts';
import { COUNT, MONEY, TOWN } from '#engine/rules/testing/town.ts';
import { buildSnapshot } from './index.ts';
import { decided, meant } from './testing.ts';

const services = ['grant', 'card', 'house', 'visit', 'pair'];
const scope = { schema: TOWN, subjects: new Map(services.map((service) => [service, service === 'house' ? 'living' : 'person'])) };
const make = makeIn(scope);
const { fact, constant, op, is, and, or, not, fold, through } = make;
const LAW_ON = 20310615;

const agree = (rules: readonly Rule[], situation: Situation): ReadonlyMap<string, readonly Verdict[]> => {
  const program = buildProgram(TOWN, LAW_ON, rules);
  const verdicts = decided(TOWN, program, situation, 'living');
  expect(verdicts).toEqual(meant(program, situation));
  return verdicts;
};

test('a rule about one person: yes with an amount, no at the first false clause even behind an unknown one, unknown at the first', () => {
  const old = is(op({ op: 'years-between', from: fact('d'), to: constant(20310615n, { kind: 'date', min: LAW_ON, max: LAW_ON }) }), '>=', constant(60n));
  const rule: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'poor', when: is(fact('income'), '<=', constant(90_000n, MONEY)) }, { id: 'old', when: old }, { id: 'holds', when: fact('p') }], amount: op({ op: 'greatest', of: [fact('rent'), constant(100n, MONEY)] }) };
  const people = [
    { income: 90_000n, d: 19710615n, p: true, rent: 250n }, // 60 on the day: 250 fen.
    { income: 90_000n, d: 19710616n, p: true, rent: 250n }, // 60 tomorrow.
    { income: UNKNOWN, d: 19710616n, p: true, rent: 250n }, // no at `old`, whatever the income.
    { income: UNKNOWN, d: 19710615n, p: UNKNOWN, rent: 250n }, // unknown at `poor`.
    { income: 90_001n, d: UNKNOWN, p: NONE, rent: NONE }, // no at `poor`.
    { income: 1n, d: 19000101n, p: NONE, rent: NONE }, // none is false: no at `holds`.
    { income: 1n, d: 19000101n, p: true, rent: UNKNOWN }, // the amount is not known.
    { income: 1n, d: 19000101n, p: true, rent: NONE }, // none is left out: 100 fen.
  ];
  expect(agree([rule], situationOf({ person: people.map((facts) => thing(facts)) })).get('grant')).toEqual([
    { kind: 'yes', amountFen: 250 }, { kind: 'no', clause: 'old' }, { kind: 'no', clause: 'old' }, { kind: 'unknown', clause: 'poor' },
    { kind: 'no', clause: 'poor' }, { kind: 'no', clause: 'holds' }, { kind: 'unknown', clause: 'amount' }, { kind: 'yes', amountFen: 100 },
  ]);
});

test('income per head of a household is the same whatever the order of its members, and people in no household have none', () => {
  // Households: {100, 201} of two, per head 150.5 -> 151; {7} alone; one of nobody.
  const total = fold('living', 'sum', { value: fact('income') });
  const heads = op({ op: 'greatest', of: [fold('living', 'count'), constant(1n)] });
  const perHead = make.divide(total, heads, 'half-up', MONEY);
  const rules: readonly Rule[] = [
    { service: 'grant', subject: 'person', clauses: [{ id: 'poor', when: is(through('living', perHead), '<=', constant(151n, MONEY)) }], amount: op({ op: 'absolute', of: op({ op: 'least', of: [through('living', perHead), constant(10_000n, MONEY)] }) }) },
    { service: 'house', subject: 'living', clauses: [{ id: 'all', when: fold('living', 'every', { value: fact('p') }) }, { id: 'poor', when: is(perHead, '<', constant(151n, MONEY)) }] },
  ];
  const people = [[100n, 0], [7n, 1], [201n, 0], [50n, undefined]] as const;
  const build = (order: readonly number[]): Situation => situationOf({
    person: order.map((at) => { const [income, home] = people[at] ?? [0n, undefined]; return thing({ income, p: true }, home === undefined ? {} : { living: [home] }); }),
    living: [thing({}), thing({}), thing({})],
  });
  for (const order of [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1]]) {
    const verdicts = agree(rules, build(order));
    expect(order.map((_, at) => verdicts.get('grant')?.[order.indexOf(at)])).toEqual([{ kind: 'yes', amountFen: 151 }, { kind: 'yes', amountFen: 7 }, { kind: 'yes', amountFen: 151 }, { kind: 'no', clause: 'poor' }]);
    expect(verdicts.get('house')).toEqual([{ kind: 'no', clause: 'poor' }, { kind: 'yes' }, { kind: 'yes' }]);
  }
});

test('other groupings, spouses, children and spells of insurance are followed to any row', () => {
  const damp = through('dwelling', fact('damp'));
  const spouse = through('spouse', op({ op: 'add', of: [fact('income'), fact('rent')] }));
  const minors = fold('child', 'count', { where: is(fact('n'), '<', constant(18n, COUNT)) });
  const together = fold('dwelling', 'count', { where: fact('p') });
  const months = op({ op: 'covered-months', link: 'insured', where: fact('insured.paid'), from: constant(20300101n, { kind: 'date', min: 20300101, max: 20300101 }), to: constant(20301231n, { kind: 'date', min: 20301231, max: 20301231 }) });
  const rules: readonly Rule[] = [
    { service: 'visit', subject: 'person', clauses: [{ id: 'damp', when: damp }, { id: 'minors', when: is(minors, '>=', constant(1n)) }, { id: 'crowd', when: is(through('dwelling', together), '=', constant(2n)) }] },
    { service: 'pair', subject: 'person', clauses: [{ id: 'spouse', when: is(spouse, '=', constant(30n, MONEY)) }, { id: 'insured', when: is(months, '>=', constant(5n, { ...COUNT, unit: 'months' } as typeof COUNT)) }] },
  ];
  const situation = situationOf({
    person: [
      thing({ p: true, n: 40n, income: 1n, rent: 1n }, { living: [1], dwelling: [0], spouse: [1], child: [2], insured: [2, 0] }),
      thing({ p: true, n: 41n, income: 10n, rent: 20n }, { living: [0], dwelling: [0], spouse: [0], child: [2], insured: [1] }),
      thing({ p: false, n: 8n, income: 0n, rent: 0n }, { living: [1], dwelling: [0], spouse: [], child: [], insured: [] }),
      thing({ p: true, n: 70n, income: 0n, rent: 0n }, { spouse: [1] }),
    ],
    living: [thing({}), thing({})],
    dwelling: [thing({ damp: true })],
    insured: [
      // January to March, and May to the end: ten months of 2030 for the first; February alone, unpaid, for the second.
      thing({ 'insured.from': 20291201n, 'insured.until': 20300301n, 'insured.paid': true }),
      thing({ 'insured.from': 20300201n, 'insured.until': 20300228n, 'insured.paid': false }),
      thing({ 'insured.from': 20300531n, 'insured.until': NONE, 'insured.paid': true }),
    ],
  });
  const verdicts = agree(rules, situation);
  expect(verdicts.get('visit')?.map((verdict) => verdict.kind)).toEqual(['yes', 'yes', 'no', 'no']);
  expect(verdicts.get('pair')).toEqual([{ kind: 'yes' }, { kind: 'no', clause: 'spouse' }, { kind: 'no', clause: 'spouse' }, { kind: 'unknown', clause: 'insured' }]);
});

test('a decision may ask another, and an aggregate may ask decisions of other members', () => {
  const card: Rule = { service: 'card', subject: 'person', clauses: [{ id: 'p', when: fact('p') }, { id: 'grade', when: op({ op: 'one-of', of: fact('grade'), values: [0n, 2n] }) }] };
  const cards = fold('living', 'count', { where: op({ op: 'entitled', service: 'card' }) });
  const rate = op({ op: 'lookup', of: fact('grade'), table: [100n, undefined, 300n] }, MONEY);
  const grant: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'card', when: or(op({ op: 'entitled', service: 'card' }), not(fact('q'))) }, { id: 'two', when: and(is(through('living', cards), '>=', constant(2n)), fact('r')) }], amount: make.choose(fact('q'), rate, constant(5n, MONEY)) };
  const person = (p: boolean | typeof NONE, grade: bigint, q: boolean | typeof UNKNOWN) => thing({ p, grade, q, r: true }, { living: [0] });
  const situation = situationOf({ person: [person(true, 0n, true), person(true, 2n, false), person(NONE, 1n, UNKNOWN), person(true, 1n, false)], living: [thing({})] });
  // Cards: first and second. The third has no card and may or may not hold q; the fourth has none and does not.
  expect(agree([grant, card], situation).get('grant')).toEqual([{ kind: 'yes', amountFen: 100 }, { kind: 'yes', amountFen: 5 }, { kind: 'unknown', clause: 'card' }, { kind: 'yes', amountFen: 5 }]);
});

test('households of 1 to 500 over several blocks: everybody gets a fen for each member', () => {
  // 1 + 2 + … + 500 = 125,250 people in households of those sizes, and as many households of one as make four blocks.
  const sizes = [...Array.from({ length: 500 }, (_, size) => size + 1), ...Array.from({ length: 5_822 }, () => 1)];
  const homes = sizes.flatMap((size, home) => Array.from({ length: size }, () => home));
  const situation = situationOf({ person: homes.map((home) => thing({}, { living: [home] })), living: sizes.map(() => thing({})) });
  const heads = through('living', fold('living', 'count'));
  const fen = op({ op: 'greatest', of: [op({ op: 'multiply', of: [constant(1n, MONEY), heads] }), constant(0n, MONEY)] });
  const program = buildProgram(TOWN, LAW_ON, [{ service: 'grant', subject: 'person', clauses: [{ id: 'some', when: is(heads, '>=', constant(1n)) }], amount: fen }]);
  const verdicts = decided(TOWN, program, situation, 'living').get('grant') ?? [];
  expect(verdicts.length).toBe(131_072);
  expect(homes.every((home, person) => { const verdict = verdicts[person]; return verdict?.kind === 'yes' && verdict.amountFen === sizes[home]; })).toBe(true);
});

test('a group of more than a thousand is refused, because sums over it would not be proven exact', () => {
  const crowd = situationOf({ person: Array.from({ length: 1_001 }, () => thing({}, { living: [0] })), living: [thing({})] });
  expect(() => buildSnapshot(TOWN, crowd, 'living')).toThrow('more than 1000');
});

test('a value that cannot stand in its column becomes unknown, and is counted and listed with its reason', () => {
  const situation = situationOf({
    person: [thing({ income: 100_000_001n, n: 1n, grade: 3n, d: 20310229n, p: 1n }, { living: [9], spouse: [4] }), thing({ income: -100_000_000n, grade: 2n, d: 20320229n, p: true })],
    living: [thing({})],
  });
  const { quarantine, columns, links } = buildSnapshot(TOWN, situation, 'living');
  expect(quarantine.listed.map(({ of, row, fault }) => `${of} ${row} ${fault}`).sort()).toEqual(['d 0 not-a-date', 'grade 0 bad-code', 'income 0 out-of-range', 'living 0 bad-link', 'p 0 wrong-kind', 'spouse 0 bad-link']);
  expect(quarantine.count).toBe(6);
  expect(columns.get('income')?.[1]).toBe(-100_000_000);
  expect([...(links.get('spouse')?.lost ?? [])]).toEqual([1, 1]);
});
