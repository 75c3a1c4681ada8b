import { describe, expect, test } from 'vitest';
import { buildProgram } from '../build.ts';
import type { Rule } from '../build.ts';
import type { Constant, Expr, Op, Test } from '../op.ts';
import { makeIn, situationOf, thing } from '../testing/make.ts';
import { COUNT, MONEY, TOWN } from '../testing/town.ts';
import { ROUNDINGS } from '../type.ts';
import type { Rounding } from '../type.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Found, Value } from '../value.ts';
import { evaluate, interpret, interpretProgram } from './interp.ts';
import { sameValue } from './state.ts';

const scope = { schema: TOWN, subjects: new Map([['grant', 'person'], ['card', 'person']]) };
const make = makeIn(scope);
const { fact, constant, op } = make;
const one = (facts: Readonly<Record<string, Constant | Value>>, expr: Expr): Found =>
  evaluate({ schema: TOWN, rules: [], situation: situationOf({ person: [thing({ ...facts })] }) }, expr, 0);
const T = known(true);
const F = known(false);

/** Over all pairs of the known values, none and unknown: which do not give what strictness says. */
function wrong(ids: readonly [string, string], values: readonly [Constant, Constant], node: Op<Expr>, out: { readonly known: Value; readonly none: Value }): readonly string[] {
  const found: string[] = [];
  const states = (value: Constant): readonly Value[] => [known(value), NONE, UNKNOWN];
  for (const left of states(values[0])) {
    for (const right of states(values[1])) {
      const expected = left.kind === 'none' || right.kind === 'none' ? out.none : left.kind === 'unknown' || right.kind === 'unknown' ? UNKNOWN : out.known;
      const value = one({ [ids[0]]: left, [ids[1]]: right }, op(node));
      if (!sameValue(value, expected)) found.push(`${node.op} ${left.kind} ${right.kind}`);
    }
  }
  return found;
}

describe('strict operators: none first, then unknown', () => {
  const n = fact('n');
  const m = fact('m');
  const [d, e] = [fact('d'), fact('e')];
  test('a comparison with none is false, whatever the test and the other side', () => {
    const held: Readonly<Record<Test, boolean>> = { '=': false, '!=': true, '<': true, '<=': true, '>': false, '>=': false };
    for (const by of ['=', '!=', '<', '<=', '>', '>='] as const) expect(wrong(['n', 'm'], [3n, 4n], { op: 'compare', test: by, left: n, right: m }, { known: known(held[by]), none: F })).toEqual([]);
  });
  test('arithmetic of none is none', () => {
    const none = { none: NONE };
    expect(wrong(['n', 'm'], [3n, -4n], { op: 'add', of: [n, m] }, { known: known(-1n), ...none })).toEqual([]);
    expect(wrong(['n', 'm'], [3n, -4n], { op: 'subtract', left: n, right: m }, { known: known(7n), ...none })).toEqual([]);
    expect(wrong(['n', 'm'], [3n, -4n], { op: 'multiply', of: [n, m] }, { known: known(-12n), ...none })).toEqual([]);
    expect(op({ op: 'divide', left: n, right: m, round: 'down' }, COUNT).nonable).toBe(true);
  });
  test('dates: between, moved', () => {
    expect(wrong(['d', 'e'], [20000131n, 20010130n], { op: 'years-between', from: d, to: e }, { known: known(0n), none: NONE })).toEqual([]);
    expect(wrong(['d', 'e'], [20000131n, 20010130n], { op: 'months-between', from: d, to: e }, { known: known(11n), none: NONE })).toEqual([]);
    // 2000 is a leap year: 366 days less one.
    expect(wrong(['d', 'e'], [20000131n, 20010130n], { op: 'days-between', from: d, to: e }, { known: known(365n), none: NONE })).toEqual([]);
    expect(wrong(['d', 'n'], [20000131n, 1n], { op: 'add-months', date: d, months: n }, { known: known(20000229n), none: NONE })).toEqual([]);
    expect(wrong(['d', 'n'], [20000131n, -31n], { op: 'add-days', date: d, days: n }, { known: known(19991231n), none: NONE })).toEqual([]);
  });
  test('one operand: known, none, unknown', () => {
    const rows: readonly (readonly [string, Constant, Expr, Value, Value])[] = [
      ['n', -3n, op({ op: 'negate', of: n }), known(3n), NONE],
      ['n', -3n, op({ op: 'absolute', of: n }), known(3n), NONE],
      ['n', -3n, op({ op: 'rescale', of: n }, MONEY), known(-300n), NONE],
      ['grade', 1n, op({ op: 'lookup', of: fact('grade'), table: [10n, 20n, undefined] }, MONEY), known(20n), NONE],
      ['grade', 1n, op({ op: 'one-of', of: fact('grade'), values: [0n, 1n] }), T, F],
      ['d', 20240229n, op({ op: 'month-start', of: d }), known(20240201n), NONE],
      ['d', 20240210n, op({ op: 'month-end', of: d }), known(20240229n), NONE],
      ['d', 20231231n, op({ op: 'month-after', of: d }), known(20240101n), NONE],
      ['d', 20231231n, op({ op: 'part', part: 'month', of: d }), known(12n), NONE],
      ['n', 0n, op({ op: 'has', of: n }), T, F],
      ['p', false, op({ op: 'not', of: fact('p') }), T, T],
    ];
    for (const [id, value, expr, whenKnown, whenNone] of rows) {
      expect(one({ [id]: value }, expr), `${expr.node.op} known`).toEqual(whenKnown);
      expect(one({ [id]: NONE }, expr), `${expr.node.op} none`).toEqual(whenNone);
      expect(one({}, expr), `${expr.node.op} unknown`).toEqual(UNKNOWN);
    }
  });
  test('a code without an entry is unknown; a list of no constants holds nothing, even the unknown', () => {
    expect(one({ grade: 2n }, op({ op: 'lookup', of: fact('grade'), table: [10n, 20n, undefined] }, MONEY))).toEqual(UNKNOWN);
    expect(one({}, op({ op: 'one-of', of: n, values: [] }))).toEqual(F);
  });
  test('codes and texts are the same or not', () => {
    expect(one({ name: '𠮷' }, make.is(fact('name'), '=', constant('𠮷')))).toEqual(T);
    expect(one({ grade: 1n, 'other-grade': 2n }, make.is(fact('grade'), '!=', fact('other-grade')))).toEqual(T);
  });
});

describe('logic by Kleene, with none read as false', () => {
  // Rows are the left operand, columns the right one; n is none.
  const states: Readonly<Record<string, Value>> = { t: T, f: F, u: UNKNOWN, n: NONE };
  const order = ['t', 'f', 'u', 'n'];
  const name = (value: Found): string => order.find((state) => sameValue(states[state] ?? NONE, value)) ?? '?';
  const row = (node: 'and' | 'or', left: string): string => order.map((right) => name(one({ p: states[left] ?? NONE, q: states[right] ?? NONE }, op({ op: node, of: [fact('p'), fact('q')] })))).join('');
  test('and', () => {
    expect(order.map((left) => row('and', left))).toEqual(['tfuf', 'ffff', 'ufuf', 'ffff']);
  });
  test('or', () => {
    expect(order.map((left) => row('or', left))).toEqual(['tttt', 'tfuf', 'tuuu', 'tfuf']);
  });
  test('if: an unknown condition gives unknown unless both branches agree; none takes no', () => {
    const expr = make.choose(fact('p'), fact('n'), fact('m'));
    expect(one({ p: true, n: 1n }, expr)).toEqual(known(1n));
    expect(one({ p: NONE, m: 2n }, expr)).toEqual(known(2n));
    expect(one({ n: 7n, m: 7n }, expr)).toEqual(known(7n));
    expect(one({ n: 7n, m: 8n }, expr)).toEqual(UNKNOWN);
    expect(one({ n: NONE, m: NONE }, expr)).toEqual(NONE);
    expect(one({ n: NONE, m: 7n }, expr)).toEqual(UNKNOWN);
    expect(one({}, expr)).toEqual(UNKNOWN);
  });
});

test('least and greatest leave none out and keep unknown', () => {
  for (const [which, best] of [['least', 3n], ['greatest', 5n]] as const) {
    const expr = op({ op: which, of: [fact('n'), fact('m')] });
    expect(one({ n: 3n, m: 5n }, expr)).toEqual(known(best));
    expect(one({ n: NONE, m: 5n }, expr)).toEqual(known(5n));
    expect(one({ n: NONE, m: NONE }, expr)).toEqual(NONE);
    expect(one({ n: NONE }, expr)).toEqual(UNKNOWN);
    expect(one({ n: 3n }, expr)).toEqual(UNKNOWN);
  }
});

describe('the one division', () => {
  const quotient = (left: bigint, right: bigint, round: Rounding): Found => one({ n: left, m: right }, op({ op: 'divide', left: fact('n'), right: fact('m'), round }, COUNT));
  test('every mode on both signs of 1.25, 2.5, 3.5 and 3.75', () => {
    // Columns: 5/4, 5/2, 7/2, 15/4 and the same negative.
    const expected: Readonly<Record<Rounding, readonly bigint[]>> = {
      'half-up': [1n, 3n, 4n, 4n, -1n, -3n, -4n, -4n],
      'half-down': [1n, 2n, 3n, 4n, -1n, -2n, -3n, -4n],
      'half-even': [1n, 2n, 4n, 4n, -1n, -2n, -4n, -4n],
      up: [2n, 3n, 4n, 4n, -2n, -3n, -4n, -4n],
      down: [1n, 2n, 3n, 3n, -1n, -2n, -3n, -3n],
      floor: [1n, 2n, 3n, 3n, -2n, -3n, -4n, -4n],
      ceiling: [2n, 3n, 4n, 4n, -1n, -2n, -3n, -3n],
    };
    const cases = [[5n, 4n], [5n, 2n], [7n, 2n], [15n, 4n]] as const;
    for (const round of ROUNDINGS) {
      const found = [...cases.map(([a, b]) => quotient(a, b, round)), ...cases.map(([a, b]) => quotient(-a, b, round))];
      expect(found, round).toEqual(expected[round].map(known));
      // Two minus signs are none, and it does not matter which operand carries one.
      expect([...cases.map(([a, b]) => quotient(-a, -b, round)), ...cases.map(([a, b]) => quotient(a, -b, round))], round).toEqual(found);
    }
  });
  test('1.005 rounded half up to two places is 1.01', () => {
    const thousandths = constant(1_005n, { kind: 'number', scale: 3, min: 0n, max: 10_000n });
    expect(one({}, make.divide(thousandths, constant(1n), 'half-up', MONEY))).toEqual(known(101n));
  });
  test('division by zero is none, but by an unknown nothing it is unknown', () => {
    expect(quotient(5n, 0n, 'half-up')).toEqual(NONE);
    const expr = op({ op: 'divide', left: fact('n'), right: fact('m'), round: 'up' }, COUNT);
    expect(one({ m: 0n }, expr)).toEqual(UNKNOWN);
    expect(one({ n: NONE }, expr)).toEqual(NONE);
  });
  test('the quotient stands at its declared scale', () => {
    // 10.00 yuan among 3 is 3.33; 2 yuan among 3 as whole yuan, up, is 1.
    expect(one({ income: 1_000n, n: 3n }, make.divide(fact('income'), fact('n'), 'down', MONEY))).toEqual(known(333n));
    expect(one({ income: 200n, n: 3n }, make.divide(fact('income'), fact('n'), 'up', COUNT))).toEqual(known(1n));
  });
});

describe('dates are law', () => {
  const between = (which: 'years-between' | 'months-between' | 'days-between', from: bigint, to: bigint): Found => one({ d: from, e: to }, op({ op: which, from: fact('d'), to: fact('e') }));
  test('one born on 29 February is 21 on 1 March, not on 28 February', () => {
    expect(between('years-between', 20040229n, 20250228n)).toEqual(known(20n));
    expect(between('years-between', 20040229n, 20250301n)).toEqual(known(21n));
    expect(between('years-between', 20040229n, 20240229n)).toEqual(known(20n));
  });
  test('from the 31st a month has passed on the first of the month after a shorter one', () => {
    expect(between('months-between', 20240131n, 20240229n)).toEqual(known(0n));
    expect(between('months-between', 20240131n, 20240301n)).toEqual(known(1n));
    expect(between('months-between', 20240131n, 20240331n)).toEqual(known(2n));
  });
  test('backwards is 0', () => {
    for (const which of ['years-between', 'months-between', 'days-between'] as const) expect(between(which, 20240301n, 20240229n)).toEqual(known(0n));
  });
  test('dates moved beyond the calendar stand at its ends', () => {
    const moved = (which: 'months' | 'days', n: bigint, from: bigint): Found => one({ d: from, n }, which === 'months' ? op({ op: 'add-months', date: fact('d'), months: fact('n') }) : op({ op: 'add-days', date: fact('d'), days: fact('n') }));
    expect(moved('months', 1n, 99991215n)).toEqual(known(99991231n));
    expect(moved('months', -13n, 20115n)).toEqual(known(10101n));
    expect(moved('days', -1n, 10101n)).toEqual(known(10101n));
    expect(moved('days', 1n, 99991231n)).toEqual(known(99991231n));
    expect(moved('days', 1n, 21000228n)).toEqual(known(21000301n));
    expect(moved('days', 60n, 20240101n)).toEqual(known(20240301n));
    expect(one({ d: 99991205n }, op({ op: 'month-after', of: fact('d') }))).toEqual(known(99991231n));
  });
});

describe('verdicts by contract 3', () => {
  const rule = (amount?: Expr): Rule => ({ service: 'grant', subject: 'person', clauses: [{ id: 'first', when: fact('p') }, { id: 'second', when: fact('q') }, { id: 'third', when: fact('r') }], amount });
  const decide = (facts: Readonly<Record<string, Constant | Value>>, amount?: Expr): unknown => {
    const rules = [rule(amount)];
    const situation = situationOf({ person: [thing(facts)] });
    const found = interpret({ schema: TOWN, rules, situation }, 'grant', 0);
    expect(interpretProgram(buildProgram(TOWN, 20310615, rules), situation, 'grant', 0)).toEqual(found);
    return found;
  };
  test('the first false clause, even behind an unknown one; else the first unknown one', () => {
    expect(decide({ p: true, q: true, r: true })).toEqual({ kind: 'yes' });
    expect(decide({ q: false, r: false })).toEqual({ kind: 'no', clause: 'second' });
    expect(decide({ p: true, r: true })).toEqual({ kind: 'unknown', clause: 'second' });
    expect(decide({ p: NONE })).toEqual({ kind: 'no', clause: 'first' });
  });
  test('an amount that is not known is the open point of one who would have it, and of nobody else', () => {
    const floor = constant(0n, MONEY);
    const amount = op({ op: 'greatest', of: [op({ op: 'greatest', of: [fact('income'), floor] }), floor] });
    expect(decide({ p: true, q: true, r: true, income: 12_345n }, amount)).toEqual({ kind: 'yes', amountFen: 12_345 });
    expect(decide({ p: true, q: true, r: true }, amount)).toEqual({ kind: 'unknown', clause: 'amount' });
    expect(decide({ p: true, q: true, r: false }, amount)).toEqual({ kind: 'no', clause: 'third' });
  });
  test('one service asks another for the same person, and does not know while that is not known', () => {
    const card: Rule = { service: 'card', subject: 'person', clauses: [{ id: 'own', when: fact('p') }] };
    const grant: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'card', when: op({ op: 'entitled', service: 'card' }) }] };
    const situation = situationOf({ person: [thing({ p: true }), thing({ p: false }), thing({})] });
    expect([0, 1, 2].map((place) => interpret({ schema: TOWN, rules: [grant, card], situation }, 'grant', place))).toEqual([{ kind: 'yes' }, { kind: 'no', clause: 'card' }, { kind: 'unknown', clause: 'card' }]);
  });
});

test('a function beyond the profile of services has the meaning of its table, and one that is not there is a fault', () => {
  const upper = op({ op: 'call', name: 'upper case', of: [fact('name')] });
  expect(one({ name: 'shell' }, upper)).toEqual(known('SHELL'));
  expect(one({ name: NONE }, upper)).toEqual(NONE);
  expect(one({}, upper)).toEqual(UNKNOWN);
  expect(() => op({ op: 'call', name: 'double', of: [fact('n')] })).toThrow('double');
});
