import { describe, expect, test } from 'vitest';
import { loadPack, packYaml } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { buildProgram } from '../build.ts';
import { asForm } from '../builtin/index.ts';
import { worldOf } from '../example/index.ts';
import { compileClosure, evaluate, sameValue } from '../exec/index.ts';
import { printValue } from '../form/index.ts';
import { linkRules } from '../link/index.ts';
import { describeRuleDiagnostic } from '../messages.ts';
import { WRONG_IN_FORMS } from '../testing/form-wrong.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('no pack');
const { book } = linkRules(pack);
const about = { entity: 'person', lawOn: 20310615 };
const codes = (text: string): readonly string[] => book.checkForm(text, about).problems.map((problem) => problem.code);

/** What interpreter and closure say of an expression about a person, in FEEL's own writing. */
function said(text: string, given = '{}'): string {
  const { expr, problems } = book.checkForm(text, about);
  if (!expr) return problems.map((problem) => problem.code).join(' ');
  const facts = (packYaml('x.yaml', `given: ${given}`).value as { readonly given: Readonly<Record<string, unknown>> }).given;
  const { situation } = worldOf(book, 'person', facts, { file: '', path: [] }, (_, problem) => { throw new Error(problem.code); });
  const { schema } = book.vocabulary;
  const meant = evaluate({ schema, rules: [], situation }, expr, 0);
  const closure = compileClosure(buildProgram(schema, 20310615, [], [expr]));
  const compiled = closure.valueOf(closure.frameOf(situation), 0, 0);
  if (!sameValue(meant, compiled)) return `the closure says ${JSON.stringify(compiled, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`;
  return meant.kind === 'known' ? printValue(asForm(meant.value, expr.type)) : meant.kind;
}

describe('what forms and questions may say', () => {
  test.each([
    ['"a" + "b" + upper case("c")', 'abC'],
    ['substring("𠮷野家", 2, 1)', '野'],
    ['substring before("a-b", "-") + substring after("a-b", "-")', 'ab'],
    ['"b" > "a" and not("a" >= "b")', 'true'],
    ['string(date("2031-02-28")) + string(1.50) + string(true)', '2031-02-281.5true'],
    ['date("2031-01-31") + duration("P1M")', '2031-02-28'],
    // 2031 is no leap year: 31 + 28 days from 1 January to 1 March.
    ['(date("2031-03-01") - date("2031-01-01")).days', '59'],
    ['duration("PT90M") * 1.5', 'PT2H15M'],
    ['duration("P1Y") > duration("P11M")', 'true'],
    ['years and months duration(date("2020-02-29"), date("2031-02-28"))', 'P10Y11M'],
    ['date and time("2031-06-15T10:00:00+08:00") = date and time("2031-06-15T02:00:00Z")', 'true'],
    ['sum([1, 2.5])', '3.5'],
    ['[1, 2, 3][item > 1]', '[2, 3]'],
    ['[{a: 1, b: "x"}, {a: 2, b: "y"}][a = 2].b', '["y"]'],
    ['for i in 1..3, j in [10, 20] return i * j', '[10, 20, 20, 40, 30, 60]'],
    ['some x in split("a,b", ",") satisfies x = "b"', 'true'],
    ['{net: 100, tax: net * 0.2}.tax', '20'],
    ['get value({a: 1}, "a")', '1'],
    ['modulo(-12, 5)', '3'],
    ['distinct values(concatenate([1, 2], [2, 3]))', '[1, 2, 3]'],
    ['median([4, 1, 2, 3])', '2.5'],
    // (1 + 2 + 2) / 3 = 1.666…
    ['round half up(mean([1, 2, 2]), 2)', '1.67'],
    ['flatten([[1, 2], 3])', '[1, 2, 3]'],
    ['overlaps([1..5], [3..8]) and before([1..3), 3) and not(meets([1..3), [3..5]))', 'true'],
    ['context put({a: 1}, "b", 2)', '{a: 1, b: 2}'],
  ])('%s is %s', (text, result) => { expect(said(text)).toBe(result); });

  test('an answer that there is not is none, and never a fault', () => {
    expect(['[1, 2][3]', 'substring("ab", 0)', 'modulo(1, 0)', 'date(2031, 2, 30)', 'sum([])', 'remove([1], 2)', 'time("10:00:00") < time("10:00:00Z")'].map((text) => said(text))).toEqual(Array.from({ length: 7 }, () => 'none'));
  });

  test('what is not known stays unknown inside texts, lists and durations, and none stays none', () => {
    expect(said('string(本月收入) + " yuan"')).toBe('unknown');
    expect(said('string(本月收入) + " yuan"', '{ 本月收入: 12.5 }')).toBe('12.5 yuan');
    expect(said('reverse([本月收入, 1])')).toBe('unknown');
    // How many stand there is known, whatever they are.
    expect(said('count([本月收入, 1])')).toBe('2');
    expect(said('出生日期 + duration("P60Y")', '{ 出生日期: "1971-06-15" }')).toBe('2031-06-15');
    expect(said('"a" = "b" or 捕捞证有效')).toBe('unknown');
    expect(said('[本月收入, 2][1]', '{ 本月收入: 7 }')).toBe('7');
  });

  test('a text, a list and a duration are no longer than their types say', () => {
    const type = (text: string): unknown => book.checkForm(text, about).expr?.type;
    expect(type('"ab" + "cde"')).toEqual({ kind: 'text', most: 5 });
    expect(type('substring("abcdef", 2, 3)')).toEqual({ kind: 'text', most: 3 });
    expect(type('[1, 2, 3][item > 1]')).toMatchObject({ kind: 'list', least: 0, most: 3 });
    expect(type('duration("P2Y") + duration("P1M")')).toEqual({ kind: 'months', most: 25n });
  });

  test.each(Object.entries(WRONG_IN_FORMS))('%s is refused before anything is computed, at its place, in both languages', (code, { text, at }) => {
    const { expr, problems } = book.checkForm(text, about);
    const [problem] = problems.filter((one) => one.code === code);
    expect(expr).toBeUndefined();
    expect(problem, codes(text).join(' ')).toBeDefined();
    if (!problem) return;
    expect(at === undefined || text.slice(problem.at.from, problem.at.to) === at).toBe(true);
    for (const locale of ['zh', 'en'] as const) {
      const { message, hint } = describeRuleDiagnostic({ code, data: problem.data, severity: 'error', place: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } }, locale);
      expect(`${message} ${hint}`).not.toMatch(/\[diagnostic|\{\w+\}/);
    }
  });

  test('lists hold things of one type, and sides of a comparison are of one', () => {
    expect(codes('[1, "a"]')).toEqual(['type-clash']);
    expect(codes('[1, [2]]')).toEqual(['type-clash']);
    expect(codes('duration("P1Y") = duration("P1D")')).toEqual(['type-clash']);
    expect(codes('"a" + 1')).toEqual(['type-clash']);
    expect(codes('1 / 3')).toEqual(['rounding-missing']);
  });
});

describe('whatever is written', () => {
  test('loops in loops end in time: what grows too large is refused, what does not is computed once for each place', () => {
    expect(codes('for a in 1..1000, b in 1..1000, c in 1..1000 return a')).toContain('rule-grows-too-large');
    const list = `[${Array.from({ length: 40 }, (_, at) => at).join(', ')}]`;
    // 0 + 1 + … + 39 = 780, and 3 more for each of 40.
    expect(said(`sum(for a in (for b in (for c in remove(insert before(${list}, 1, 7), 1) return c + 1) return b + 1) return a + 1)`)).toBe('900');
  });

  test('a broken text is a problem with a place and never a fault', () => {
    const whole = 'for x in [{a: 1, b: "x"}][a > 0].b, y in split("a b", " ") return substring(x + y, 1, 2) = date and time(date("2031-06-15"), time("10:00:00Z")) - @"P1D"';
    for (let from = 0; from < whole.length; from += 3) {
      for (const text of [whole.slice(from), whole.slice(0, from), `${whole.slice(0, from)}(${whole.slice(from + 2)}`, whole.slice(0, from) + whole.slice(from + 1)]) {
        const { expr, problems } = book.checkForm(text, about);
        expect(expr !== undefined || problems.length > 0, text).toBe(true);
        for (const { at } of problems) expect(at.from <= at.to && at.from >= 0, text).toBe(true);
      }
    }
  });
});

describe('what rules of services may not say', () => {
  const wide = [
    'upper case("a") = "A"', 'substring before("a b", " ") = "a"', 'count(concatenate([1], [2])) = 2', 'any([true])', 'string(law date) = "2031-06-15"',
  ];
  test.each(wide)('%s is refused with the name of the function', (text) => {
    expect(book.check(text, about).problems.map((problem) => problem.code)).toEqual(['not-in-services']);
    expect(said(text)).toBe('true');
  });

  test('forms of FEEL that no column can hold are refused where they stand', () => {
    for (const text of ['{a: 1}.a = 1', '@"P1D" = @"P1D"', 'count(list: [1]) = 1', '1 instance of number', 'for i in [1], j in [2] return i']) expect(new Set(book.check(text, about).problems.map((problem) => problem.code))).toEqual(new Set(['rule-form-outside']));
  });
});
