import { describe, expect, test } from 'vitest';
import type { Expr } from '../op.ts';
import { makeIn, situationOf, thing } from '../testing/make.ts';
import { TOWN } from '../testing/town.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Found, Thing, Value } from '../value.ts';
import { evaluate } from './interp.ts';

const make = makeIn({ schema: TOWN, subjects: new Map() });
const { fact, fold, through, constant, op } = make;
const T = known(true);
const F = known(false);
const look = (expr: Expr, things: Readonly<Record<string, readonly Thing[]>>, place = 0): Found => evaluate({ schema: TOWN, rules: [], situation: situationOf(things) }, expr, place);
const household = (...members: readonly Thing[]) => ({ living: [thing({})], person: members });
const member = (facts: Parameters<typeof thing>[0]): Thing => thing(facts, { living: [0] });

describe('folds over a household', () => {
  const incomes = fold('living', 'sum', { value: fact('income') });
  const poor = fold('living', 'count', { where: fact('p') });
  test('an empty household: 0, 0, none, none, false, true', () => {
    const value = fact('income');
    expect((['count', 'sum', 'least', 'greatest'] as const).map((by) => look(fold('living', by, { value }), household()))).toEqual([known(0n), known(0n), NONE, NONE]);
    expect((['some', 'every'] as const).map((by) => look(fold('living', by, { value: fact('p') }), household()))).toEqual([F, T]);
  });
  test('of one and of five hundred', () => {
    expect(look(incomes, household(member({ income: 7n })))).toEqual(known(7n));
    // 1 + 2 + … + 500 = 125,250.
    expect(look(incomes, household(...Array.from({ length: 500 }, (_, at) => member({ income: BigInt(at + 1) }))))).toEqual(known(125_250n));
  });
  test('none is left out, an unknown value makes it unknown, but not outside the filter', () => {
    expect(look(incomes, household(member({ income: 7n }), member({ income: NONE })))).toEqual(known(7n));
    expect(look(incomes, household(member({ income: 7n }), member({})))).toEqual(UNKNOWN);
    const filtered = fold('living', 'sum', { value: fact('income'), where: fact('p') });
    expect(look(filtered, household(member({ income: 7n, p: true }), member({ p: false }), member({ p: NONE })))).toEqual(known(7n));
    expect(look(filtered, household(member({ income: 7n, p: true }), member({ income: 0n })))).toEqual(UNKNOWN);
  });
  test('count counts what passes the filter and looks at no value', () => {
    expect(look(poor, household(member({ p: true }), member({ p: false }), member({ p: NONE })))).toEqual(known(1n));
    expect(look(poor, household(member({ p: true }), member({})))).toEqual(UNKNOWN);
    expect(look(fold('living', 'count', { value: fact('income') }), household(member({}), member({ income: NONE })))).toEqual(known(2n));
  });
  test('one true settles some, one false settles every, in spite of the unknown and of an unknown filter', () => {
    const some = fold('living', 'some', { value: fact('p'), where: fact('q') });
    const every = fold('living', 'every', { value: fact('p'), where: fact('q') });
    const open = [member({ q: true }), member({ p: false })];
    expect(look(some, household(...open, member({ p: true, q: true })))).toEqual(T);
    expect(look(every, household(...open, member({ p: false, q: true })))).toEqual(F);
    expect([some, every].map((expr) => look(expr, household(...open)))).toEqual([UNKNOWN, UNKNOWN]);
    // None is left out of a fold; it is not read as false there.
    expect(look(every, household(member({ p: NONE, q: true })))).toEqual(T);
    // A member whose filter is unknown settles nothing.
    expect(look(some, household(member({ p: true })))).toEqual(UNKNOWN);
  });
  test('a person in no household has none of what a household has', () => {
    const own = through('living', incomes);
    const alone = { living: [thing({})], person: [thing({ income: 5n }), thing({ income: 5n }, { living: [] }), member({ income: 9n })] };
    expect([0, 1, 2].map((place) => look(own, alone, place))).toEqual([NONE, NONE, known(9n)]);
  });
});

describe('relations lead outside the household', () => {
  const children = fold('child', 'sum', { value: fact('income') });
  const people = { person: [thing({}, { spouse: [1], child: [1, 2] }), thing({ income: 3n }, { spouse: [], child: [] }), thing({ income: 4n })] };
  test('to the spouse, to nobody, to who knows', () => {
    expect([0, 1, 2].map((place) => look(through('spouse', fact('income')), people, place))).toEqual([known(3n), NONE, UNKNOWN]);
  });
  test('over children, over no children, over who knows which', () => {
    expect([0, 1, 2].map((place) => look(children, people, place))).toEqual([known(7n), known(0n), UNKNOWN]);
  });
  test('a link to a place that is not there is a fault', () => {
    expect(() => look(through('spouse', fact('income')), { person: [thing({}, { spouse: [9] })] })).toThrow('place 9');
  });
});

describe('months of dated spells', () => {
  const spell = (from: bigint | Value, until: bigint | Value, paid: boolean | Value = true): Thing => thing({ 'insured.from': from, 'insured.until': until, 'insured.paid': paid });
  const over = (which: 'covered-months' | 'longest-gap', from: bigint, to: bigint, insured: readonly Thing[], links: Readonly<Record<string, readonly number[]>> = { insured: insured.map((_, at) => at) }): Found =>
    look(op({ op: which, link: 'insured', where: fact('insured.paid'), from: fact('d'), to: fact('e') }), { person: [thing({ d: from, e: to }, links)], insured });
  const both = (from: bigint, to: bigint, insured: readonly Thing[]): readonly Found[] => [over('covered-months', from, to, insured), over('longest-gap', from, to, insured)];
  test('a day in a month covers it; both ends count; months that two spells touch count once', () => {
    // January to June: January (one day), February and March by two overlapping spells; April to June is the gap.
    expect(both(20300131n, 20300601n, [spell(20300131n, 20300131n), spell(20300210n, 20300305n), spell(20300228n, 20300301n)])).toEqual([known(3n), known(3n)]);
  });
  test('a spell without end is still going on; one that ended before the window covers nothing of it', () => {
    expect(both(20300101n, 20301231n, [spell(20291201n, 20291231n), spell(20301115n, NONE)])).toEqual([known(2n), known(10n)]);
  });
  test('nobody insured, a window of one month, a window that ends before it starts', () => {
    expect(both(20300101n, 20300131n, [])).toEqual([known(0n), known(1n)]);
    expect(both(20300201n, 20300131n, [spell(20290101n, NONE)])).toEqual([known(0n), known(0n)]);
  });
  test('what has no start or ends before it starts covers nothing; what is filtered out may be unknown', () => {
    expect(both(20300101n, 20300331n, [spell(NONE, NONE), spell(NONE, UNKNOWN), spell(20300301n, 20300201n), spell(UNKNOWN, UNKNOWN, false)])).toEqual([known(0n), known(3n)]);
  });
  test('an unknown list, filter or date makes it unknown; none of the window is none before all', () => {
    expect(over('covered-months', 20300101n, 20300331n, [], {})).toEqual(UNKNOWN);
    for (const open of [spell(20300101n, NONE, UNKNOWN), spell(UNKNOWN, NONE), spell(20300101n, UNKNOWN)]) expect(both(20300101n, 20300331n, [open])).toEqual([UNKNOWN, UNKNOWN]);
    const expr = op({ op: 'covered-months', link: 'insured', from: fact('d'), to: fact('e') });
    expect(look(expr, { person: [thing({ d: NONE })] })).toEqual(NONE);
    expect(look(expr, { person: [thing({ d: 20300101n }, { insured: [] })] })).toEqual(UNKNOWN);
  });
  test('a constant window is the same for all', () => {
    const year = op({ op: 'covered-months', link: 'insured', from: constant(20300101n, { kind: 'date', min: 20300101, max: 20300101 }), to: constant(20301231n, { kind: 'date', min: 20301231, max: 20301231 }) });
    expect(look(year, { person: [thing({}, { insured: [0] })], insured: [spell(20300615n, 20300715n)] })).toEqual(known(2n));
  });
});
