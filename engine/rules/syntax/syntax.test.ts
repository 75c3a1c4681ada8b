import { describe, expect, test } from 'vitest';
import type { Ast, UnaryTest } from './ast.ts';
import { DEEPEST_RULE, LONGEST_RULE, parseCell, parseRule } from './parse.ts';
import { printCell, printRule } from './print.ts';
import { FUNCTIONS } from './words.ts';

const codes = (text: string): string[] => parseRule(text).problems.map((problem) => problem.code);
const first = (text: string): string => {
  const [problem] = parseRule(text).problems;
  return problem ? `${problem.code} ${text.slice(problem.at.from, problem.at.to)} ${String(problem.data['use'] ?? '')}`.trim() : '';
};
/** The same tree without places. */
const bared = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'at' || key === 'nameAt' ? undefined : inner)));

/** A repeatable source of small whole numbers (xorshift). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe('a rule text becomes a tree', () => {
  test('with the ranges of its parts', () => {
    const { value } = parseRule('年龄 >= 60 and not(在押)');
    expect(value).toEqual({
      kind: 'and', at: { from: 0, to: 20 },
      of: [
        { kind: 'compare', test: '>=', at: { from: 0, to: 8 }, left: { kind: 'name', name: '年龄', at: { from: 0, to: 2 } }, right: { kind: 'number', digits: '60', at: { from: 6, to: 8 } } },
        { kind: 'call', name: 'not', nameAt: { from: 13, to: 16 }, at: { from: 13, to: 20 }, of: [{ kind: 'name', name: '在押', at: { from: 17, to: 19 } }] },
      ],
    });
  });

  test.each([
    ['a and b or c', 'a and b or c'], ['(a and b) and c', '(a and b) and c'], ['a and (b or c)', 'a and (b or c)'], ['((a))', 'a'],
    ['-2 ** 2', '-2 ** 2'], ['a-b*c', 'a - b * c'], ['(a-b)*c', '(a - b) * c'], ['a-(b-c)', 'a - (b - c)'],
    ['x in [1, 2]', 'x in (1, 2)'], ['x in (< 5, [7..9))', 'x in (< 5, [7..9))'], ['x in ("甲","乙")', 'x in ("甲", "乙")'], ['x in [1..5]', 'x in [1..5]'],
    ['full  months between(a,b)>3', 'full months between(a, b) > 3'], ['age on(a, law date)', 'age on(a, law date)'],
    ['@"2024-01-01"', 'date("2024-01-01")'], ['"a\\"b"', '"a\\"b"'],
    ['count(成员[年龄>=60])', 'count(成员[年龄 >= 60])'], ['some m in 成员 satisfies m.年龄>1 and b', 'some m in 成员 satisfies m.年龄 > 1 and b'],
    ['sum(for m in 成员[a] return m.x)', 'sum(for m in 成员[a] return m.x)'], ['if a then b else if c then d else e', 'if a then b else if c then d else e'],
    ['配偶.子女[年龄 < 3]', '配偶.子女[年龄 < 3]'], ['/* 注 */ a // b\n + c', 'a + c'], ['a between 1 and 2 and b', 'a between 1 and 2 and b'],
  ])('%s in its canonical spelling', (text, canonical) => {
    const { value, problems } = parseRule(text);
    expect(problems).toEqual([]);
    expect(value && printRule(value)).toBe(canonical);
  });

  test.each(['-', '>= 60', '[1..3]', '"a", "b"', 'not("a", > 3)', '< 5, (7..9]', 'true'])('a cell %s', (text) => {
    const { value } = parseCell(text);
    expect(value && printCell(value)).toBe(text);
  });
});

describe('what people type', () => {
  test.each([
    ['年龄 >= 60 并且 退役军人', 'rule-chinese-word 并且 and'], ['a 或者 b', 'rule-chinese-word 或者 or'], ['年龄 大于 60', 'rule-chinese-word 大于 >'],
    ['不是 退役军人', 'rule-chinese-word 不是 not(…)'], ['年龄 ≥ 60', 'rule-lookalike ≥ >='], ['年龄 ≠ 60', 'rule-lookalike ≠ !='], ['年龄 ＝ 60', 'rule-lookalike ＝ ='],
    ['max(a，b)', 'rule-lookalike ， ,'], ['（a）', 'rule-lookalike （ ('], ['年龄 > ６０', 'rule-lookalike ６０ 60'], ['性别 = “男性”', 'rule-lookalike “ "'],
    ['not 退役军人', 'rule-not-without-brackets not 退役军人'], ['a b', 'rule-names-run-together a b'], ['收入 低保标准 > 3', 'rule-names-run-together 收入 低保标准'],
    ['a +', 'rule-unfinished'], ['60周岁', 'rule-unexpected 周岁'], ['a > > b', 'rule-form-outside > b'], ['a >', 'rule-unfinished'], ['a ) b', 'rule-unexpected )'], ['{a: 1}', 'rule-form-outside {a: 1}'], ['function(x) x', 'rule-form-outside function(x) x'],
    ['f(x: 1)', 'rule-form-outside f(x: 1)'], ['duration("P1D")', 'rule-form-outside duration("P1D")'], ['', 'rule-empty'], ['a = "没有引号', 'rule-unexpected "没有引号'.slice(0, 17)], ['a\u202eb', 'rule-unseen-character \u202e'],
  ])('%s', (text, said) => { expect(first(text)).toContain(said); });

  test('every Chinese word and full-width sign of one rule is reported', () => {
    expect(codes('如果 a 那么 b 否则 c')).toEqual(['rule-chinese-word', 'rule-chinese-word', 'rule-chinese-word']);
    expect(codes('（a，b）≥ １')).toEqual(['rule-lookalike', 'rule-lookalike', 'rule-lookalike', 'rule-lookalike', 'rule-lookalike']);
  });

  test('signs inside a text are nobody’s business', () => { expect(codes('类别 = "甲，乙（丙）≥６０ 并且"')).toEqual([]); });
});

describe('a text of any size and shape', () => {
  test('of a megabyte is refused at once', () => {
    const { problems } = parseRule('a + '.repeat(262_144));
    expect(problems).toMatchObject([{ code: 'rule-too-long', data: { length: 1_048_576, limit: LONGEST_RULE } }]);
  });

  test('with thousands of brackets, branches or signs inside one another is refused with its place', () => {
    expect(parseRule(`${'('.repeat(4_999)}a${')'.repeat(4_999)}`).problems).toMatchObject([{ code: 'rule-too-deep', at: { from: DEEPEST_RULE } }]);
    expect(codes(`${'- '.repeat(4_900)}a`)).toEqual(['rule-too-deep']);
    expect(codes(`a${' + a'.repeat(2_400)}`)).toEqual(['rule-too-deep']);
    expect(codes(`${'if a then b else '.repeat(450)}c`)).toEqual(['rule-too-deep']);
  });

  test('with 10,000 nested brackets gives one diagnostic', () => { expect(codes(`${'('.repeat(10_000)}a${')'.repeat(10_000)}`)).toEqual(['rule-too-long']); });

  test('never crashes, and always says where', () => {
    const next = seeded(20310615);
    const pieces = ['a', '年龄', '60', '1.5', '(', ')', '[', ']', '{', '}', ',', '..', '.', '+', '-', '*', '/', '**', '=', '!=', '<', '>=', ' and ', ' or ', 'not', ' in ', ' between ', 'if ', ' then ', ' else ', 'some x in ', ' satisfies ', 'for x in ', ' return ', '"', '"b"', '\\', '@"2024-01-01"', 'date(', 'null', '😀', '𠮷', '\u0000', '\u202e', '并且', '≥', '，', '６', "'", '`', '$', '\n', '//', '/*', '*/', '?', ...FUNCTIONS.map((name) => `${name}(`)];
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: 1 + next(30) }, () => pieces[next(pieces.length)] ?? '').join(next(2) === 0 ? '' : ' ');
      const { value, problems } = parseRule(text);
      expect(value === undefined, text).toBe(problems.length > 0);
      for (const { at } of problems) expect(at.from >= 0 && at.from <= at.to && at.to <= text.length, text).toBe(true);
      const again = value && parseRule(printRule(value)).value;
      expect(bared(again ?? null), text).toEqual(bared(value ?? null));
    }
  });

  test('printed and read again is the same rule', () => {
    const next = seeded(7);
    const at = { from: 0, to: 0 };
    const pick = <T>(of: readonly [T, ...T[]]): T => of[next(of.length)] ?? of[0];
    const leaf = (): Ast => pick<Ast>([{ kind: 'name', name: pick(['年龄', 'a', '_x']), at }, { kind: 'number', digits: pick(['1', '-2', '3.50']), at }, { kind: 'text', value: pick(['', 'q"\\', '甲\n']), at }, { kind: 'boolean', value: true, at }, { kind: 'date', day: '2031-01-01', at }]);
    // A list among tests is its items, so no test is itself a list.
    const unlisted = (ast: Ast): Ast => (ast.kind === 'list' ? leaf() : ast);
    const test_ = (depth: number): UnaryTest => pick<() => UnaryTest>([() => ({ kind: 'is', value: unlisted(any(depth)), at }), () => ({ kind: 'than', test: pick(['<', '>=']), value: any(depth), at }), () => ({ kind: 'range', low: any(depth), lowIn: next(2) === 0, high: any(depth), highIn: next(2) === 0, at })])();
    const any = (depth: number): Ast => (depth === 0 ? leaf() : pick<() => Ast>([
      leaf,
      () => ({ kind: pick(['and', 'or']), of: [any(depth - 1), any(depth - 1), any(depth - 1)].slice(0, 2 + next(2)), at }),
      () => ({ kind: 'arithmetic', sign: pick(['+', '-', '*', '/', '**']), left: any(depth - 1), right: any(depth - 1), at }),
      () => ({ kind: 'compare', test: pick(['=', '!=', '<', '<=', '>', '>=']), left: any(depth - 1), right: any(depth - 1), at }),
      () => ({ kind: 'if', condition: any(depth - 1), yes: any(depth - 1), no: any(depth - 1), at }),
      () => ({ kind: 'between', of: any(depth - 1), low: any(depth - 1), high: any(depth - 1), at }),
      () => ({ kind: 'in', of: any(depth - 1), tests: [test_(depth - 1), test_(depth - 1)], at }),
      () => ({ kind: pick(['some', 'every']), variable: 'm', many: { kind: 'name', name: '成员', at }, satisfies: any(depth - 1), at }),
      () => ({ kind: 'call', name: pick(['max', 'days between', 'round half up']), nameAt: at, of: [any(depth - 1), any(depth - 1)], at }),
      () => ({ kind: 'filter', of: { kind: 'path', of: { kind: 'name', name: '配偶', at }, name: '子女', nameAt: at, at }, where: any(depth - 1), at }),
      () => ({ kind: 'list', of: [any(depth - 1), any(depth - 1)], at }),
    ])());
    for (let round = 0; round < 2_000; round++) {
      const ast = any(1 + next(3));
      const text = printRule(ast);
      const { value, problems } = parseRule(text);
      expect(problems, text).toEqual([]);
      expect(bared(value), text).toEqual(bared(ast));
    }
  });
});
