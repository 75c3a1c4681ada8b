import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { buildProgram } from '../build.ts';
import { worldOf } from '../example/index.ts';
import { evaluate, interpretProgram } from '../exec/index.ts';
import { linkRules } from '../link/index.ts';
import { printRule } from '../syntax/index.ts';
import type { Ast } from '../syntax/index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('no pack');
const { book } = linkRules(pack);
const about = { entity: 'person', lawOn: 20310615 };
const typeOf = (text: string): unknown => {
  const { expr, problems } = book.check(text, about);
  return expr ? { ...expr.type, unknowable: expr.unknowable, nonable: expr.nonable, entity: expr.entity } : problems.map((problem) => problem.code);
};

describe('what is known of an expression before anybody is looked at', () => {
  test('a sum of household incomes is of the household and may be none where there is no household', () => {
    // 1,000,000 yuan in fen, a thousand members.
    expect(typeOf('sum(同住成员.本月收入)')).toEqual({ kind: 'number', scale: 2, min: 0n, max: 100_000_000_000n, unit: 'money', unknowable: true, nonable: true, entity: 'person' });
  });

  test('money times a bare number keeps its unit and adds the scales', () => {
    expect(typeOf('本月收入 * 1.5')).toMatchObject({ scale: 3, max: 1_500_000_000n, unit: 'money' });
    expect(typeOf('1.5 * 本月收入')).toMatchObject({ scale: 3, unit: 'money' });
  });

  test('money by money is a bare number, money by heads is money', () => {
    expect(typeOf('round half up(本月收入 / max(本月收入, 1), 2)')).toMatchObject({ scale: 2, unit: undefined, nonable: false });
    expect(typeOf('round half up(本月收入 / max(同住人数, 1), 2)')).toMatchObject({ scale: 2, unit: 'money', nonable: false });
  });

  test('a branch takes the larger scale of the two', () => { expect(typeOf('if 捕捞证有效 then 本月收入 else 1')).toMatchObject({ scale: 2, unit: 'money', min: 0n }); });

  test('rounding a number that has no more decimals is only writing it', () => { expect(book.check('round up(岁数, 2)', about).expr?.node.op).toBe('rescale'); });

  test('a fact of the group is reached by itself, one of the spouse by the path', () => {
    expect(book.check('距海米数', about).expr?.node).toMatchObject({ op: 'through', link: 'living' });
    expect(book.check('配偶.距海米数', about).expr?.node).toMatchObject({ op: 'through', link: 'spouse', of: { node: { op: 'through', link: 'living' } } });
  });

  test('what is the same for all has no thing', () => { expect(typeOf('收入线')).toMatchObject({ min: 1000n, max: 1000n, entity: undefined, unknowable: false }); });
});

test('what stands in the place of a name says which', () => {
  const rule = book.ruleAt('household-relief', about.lawOn);
  const income = rule?.clauses.find((clause) => clause.id === 'income')?.when;
  const line = income?.node.op === 'compare' ? income.node : undefined;
  expect([line?.left.origin, line?.right.origin]).toEqual([{ kind: 'definition', id: '同住人均收入', source: 'LB-LAW' }, undefined]);
  // The line has no decimals and the income two, so the look-up stands inside a rescale.
  expect(line?.right.node.op === 'rescale' && line.right.node.of.origin).toEqual({ kind: 'parameter', id: 'relief-line', source: 'LB-DEMO', validFrom: 20310101 });
  expect(book.ruleAt('island-care', about.lawOn)).toBeUndefined();
});

describe('places where a value would be about the wrong thing', () => {
  test.each([
    ['some m in 同住成员 satisfies (some c in m.子女 satisfies c.岁数 > m.岁数)', 'outer-value-in-fold'],
    ['some m in 同住成员 satisfies 岁数 > 3', 'name-needs-variable'],
    ['some m in 同住成员 satisfies 领取("meal-boat")', 'name-needs-variable'],
    ['some m in 同住成员 satisfies 老渔民(m.出生日期, 性别)', 'name-needs-variable'],
    ['covered months(配偶.参保记录, 出生日期, facts date) > 3', 'outer-value-in-fold'],
    ['同住成员.船员', 'many-of-many'],
    ['参保起 > facts date', 'entity-clash'],
  ])('%s', (text, code) => { expect(book.check(text, about).problems.map((problem) => problem.code)).toEqual([code]); });

  test('a member may have members of their own looked at', () => { expect(book.check('sum(for m in 同住成员 return count(m.子女[岁数 < 18])) > 1', about).problems).toEqual([]); });
});

test('any rule that checks also builds and has an answer; any that does not says where', () => {
  let state = 5;
  const next = (below: number): number => { state ^= state << 13; state ^= state >>> 17; state ^= state << 5; return (state >>> 0) % below; };
  const pick = <T>(of: readonly T[], first: T): T => of[next(of.length)] ?? first;
  const at = { from: 0, to: 0 };
  const name = (of: string): Ast => ({ kind: 'name', name: of, at });
  const many = (): Ast => pick<Ast>([name('同住成员'), name('子女'), name('参保记录'), { kind: 'path', of: name('配偶'), name: '子女', nameAt: at, at }], name('子女'));
  const call = (of: string, args: readonly Ast[]): Ast => ({ kind: 'call', name: of, nameAt: at, of: args, at });
  const number = (depth: number): Ast => (depth === 0 ? pick<Ast>([name('本月收入'), name('岁数'), name('收入线'), name('补助标准'), name('距海米数'), { kind: 'number', digits: '1.5', at }, { kind: 'number', digits: '60', at }], name('岁数')) : pick<() => Ast>([
    () => ({ kind: 'arithmetic', sign: pick(['+', '-', '*'] as const, '+'), left: number(depth - 1), right: number(depth - 1), at }),
    () => call(pick(['round half up', 'round down', 'floor', 'ceiling'], 'floor'), [{ kind: 'arithmetic', sign: '/', left: number(depth - 1), right: number(depth - 1), at }, { kind: 'number', digits: '2', at }]),
    () => call(pick(['max', 'min'], 'max'), [number(depth - 1), number(depth - 1)]),
    () => call('count', [{ kind: 'filter', of: many(), where: truth(depth - 1), at }]),
    () => call(pick(['sum', 'max'], 'sum'), [{ kind: 'path', of: many(), name: pick(['本月收入', '岁数', '险种'], '岁数'), nameAt: at, at }]),
    () => ({ kind: 'if', condition: truth(depth - 1), yes: number(depth - 1), no: number(depth - 1), at }),
    () => call('等级补贴', [name('渔民证等级'), number(depth - 1)]),
  ], () => name('岁数'))());
  const truth = (depth: number): Ast => (depth === 0 ? pick<Ast>([name('捕捞证有效'), call('has', [name('配偶')]), call('领取', [{ kind: 'text', value: 'meal-boat', at }]), call('has', [name('渔民证等级')])], name('捕捞证有效')) : pick<() => Ast>([
    () => ({ kind: 'compare', test: pick(['<', '>=', '=', '!='] as const, '<'), left: number(depth - 1), right: number(depth - 1), at }),
    () => ({ kind: pick(['and', 'or'] as const, 'and'), of: [truth(depth - 1), truth(depth - 1)], at }),
    () => ({ kind: pick(['some', 'every'] as const, 'some'), variable: 'm', many: many(), satisfies: { kind: 'compare', test: '>', left: { kind: 'path', of: name('m'), name: '岁数', nameAt: at, at }, right: { kind: 'number', digits: '60', at }, at }, at }),
    () => ({ kind: 'compare', test: '=', left: name('性别'), right: { kind: 'text', value: pick(['男性', '男'], '男'), at }, at }),
    () => call('not', [truth(depth - 1)]),
    () => ({ kind: 'between', of: number(depth - 1), low: number(0), high: number(0), at }),
  ], () => name('捕捞证有效'))());
  const world = worldOf(book, 'person', { 本月收入: 'unknown', 性别: '女性', 渔民证等级: 'none', 出生日期: '1960-02-29', 户籍地: '鸥鸟镇', 同住成员: [{}, { 出生日期: '2000-01-01' }], 子女: [], 配偶: 'none', 领取: [] }, { file: '', path: [] }, () => {});
  let checked = 0;
  for (let round = 0; round < 1_500; round++) {
    const text = printRule(truth(1 + next(3)));
    const { expr, problems } = book.check(text, about);
    expect(expr !== undefined || problems.length > 0, text).toBe(true);
    if (!expr) continue;
    checked += 1;
    const alone = evaluate({ schema: book.vocabulary.schema, rules: [], situation: world.situation }, expr, 0);
    const program = buildProgram(book.vocabulary.schema, about.lawOn, [{ service: 'meal-boat', subject: 'person', clauses: [{ id: 'only', when: expr }] }]);
    const verdict = interpretProgram(program, world.situation, 'meal-boat', 0);
    // A clause holds, fails or is unknown as its truth value does; none reads as false.
    expect(verdict.kind, text).toBe(alone.kind === 'unknown' ? 'unknown' : alone.kind === 'known' && alone.value === true ? 'yes' : 'no');
  }
  expect(checked).toBeGreaterThan(300);
});
