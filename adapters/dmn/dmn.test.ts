import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { dmn, form, interpretProgram } from '#engine/rules/index.ts';
import { runExamples } from '#engine/rules/example/index.ts';
import { linkRules } from '#engine/rules/link/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { readModel } from './read.ts';

const XMLNS = 'https://www.omg.org/spec/DMN/20230324/MODEL/';
const modelOf = (inner: string): dmn.Model => readModel(`<?xml version="1.0"?><definitions xmlns="${XMLNS}" namespace="urn:bay" name="bay">${inner}</definitions>`);
const input = (id: string, name: string): string => `<inputData id="${id}" name="${name}"><variable name="${name}"/></inputData>`;
const needs = (...ids: readonly string[]): string => ids.map((id) => `<informationRequirement><requiredInput href="#${id}"/></informationRequirement>`).join('');
const rule = (when: readonly string[], gives: readonly string[]): string => `<rule>${when.map((cell) => `<inputEntry><text><![CDATA[${cell}]]></text></inputEntry>`).join('')}${gives.map((cell) => `<outputEntry><text>${cell}</text></outputEntry>`).join('')}</rule>`;

/** The rates of the old fishers' grant, as their table in the pack has them. */
const RATES = modelOf(`${input('i1', '等级')}${input('i2', '年纪')}
  <decision id="d1" name="等级补贴"><variable name="等级补贴" typeRef="number"/>${needs('i1', 'i2')}
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression><text>等级</text></inputExpression></input><input><inputExpression><text>年纪</text></inputExpression></input>
      <output><defaultOutputEntry><text>100.00</text></defaultOutputEntry></output>
      ${rule(['"一级"', '-'], ['300.00'])}${rule(['"二级"', '>= 70'], ['200.00'])}${rule(['"二级"', '< 70'], ['150.00'])}
    </decisionTable>
  </decision>`);

describe('a table that was imported', () => {
  const imported = dmn.importModel(RATES, { law: 'LB-LAW', unit: '元' });

  test('stands in one file of the pack, and nothing of the model is left', () => {
    expect([...imported.files.keys()]).toEqual(['tables/table-1.yaml']);
    expect(imported).toMatchObject({ definitions: '', left: [] });
  });

  test('gives every example of the town the answer of the table by hand', () => {
    const own = packFiles('lantern-bay');
    const without = [...own].filter(([path]) => path !== 'tables/fisher-grade-rate.yaml');
    const swapped = loadPack(new Map([...without, ...[...imported.files].map(([path, text]) => [path, new TextEncoder().encode(text)] as const)]));
    expect(swapped.diagnostics).toEqual([]);
    const answers = (pack: typeof swapped.pack): unknown => pack && runExamples(linkRules(pack).book, interpretProgram).results.map(({ service, verdict }) => [service, verdict]);
    const byHand = answers(loadPack(own).pack);
    expect(answers(swapped.pack)).toEqual(byHand);
    expect(JSON.stringify(byHand, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).toContain('"amountFen":15000');
  });

  test('gives the numbers of the model itself', () => {
    const engine = dmn.engineOf(RATES);
    const rate = (grade: string, age: string): string => form.printValue(engine.decide('等级补贴', new Map<string, form.FormValue>([['等级', grade], ['年纪', form.decimalOf(age)]]))?.value ?? null);
    expect([rate('一级', '60'), rate('二级', '70'), rate('二级', '69'), rate('三级', '80')]).toEqual(['300', '200', '150', '100']);
  });
});

test('a literal over inputs, and a literal function, become definitions that take them', () => {
  const model = modelOf(`${input('a', 'metres')}<decision id="d" name="Near the Sea"><variable name="Near the Sea"/>${needs('a')}<literalExpression><text>metres &lt;= 500</text></literalExpression></decision>
    <businessKnowledgeModel id="f" name="twice"><encapsulatedLogic><formalParameter name="n"/><literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>`);
  const { definitions, left } = dmn.importModel(model, { law: 'LB-LAW' });
  expect(left).toEqual([]);
  expect(definitions).toBe('- { name: NeartheSea, takes: [metres], is: "metres <= 500", law: "LB-LAW", label: { zh: "Near the Sea", en: "Near the Sea" } }\n- { name: twice, takes: [n], is: "n * 2", law: "LB-LAW", label: { zh: "twice", en: "twice" } }\n');
});

test('names lose their spaces wherever they are said, but not in a text', () => {
  const model = modelOf(`${input('a', 'Sea Metres')}${input('b', 'Sea')}<decision id="d" name="near">${needs('a', 'b')}<literalExpression><text>Sea  Metres &lt;= 500 and Sea = "Sea Metres"</text></literalExpression></decision>`);
  expect(dmn.importModel(model, { law: 'LB-LAW' }).definitions).toContain('takes: [SeaMetres, Sea], is: "SeaMetres <= 500 and Sea = \\"Sea Metres\\"",');
});

test('what a pack cannot have is left, and said with its place', () => {
  const table = (policy: string, rules: string, outputs = '<output/>'): string => `<decision id="${policy}" name="t${policy.replaceAll(' ', '')}"><decisionTable hitPolicy="${policy}"><input><inputExpression><text>n</text></inputExpression></input>${outputs}${rules}</decisionTable></decision>`;
  const model = modelOf([
    table('OUTPUT ORDER', rule(['-'], ['1'])), table('UNIQUE', rule(['1'], ['n + 1'])), table('ANY', rule(['1'], ['1', '2']), '<output name="a"/><output name="b"/>'), table('FIRST', rule(['{a: 1}'], ['1'])), table('PRIORITY', rule(['1'], ['"x"'])),
    '<decision id="c" name="boxed"><context/></decision>', '<decision id="e" name="apart"><literalExpression><text>@"P1D" * 2</text></literalExpression></decision>', '<decision id="q" name="a+b"><literalExpression><text>1</text></literalExpression></decision>',
    '<decision id="r" name="upon"><informationRequirement><requiredDecision href="#c"/></informationRequirement><literalExpression><text>boxed</text></literalExpression></decision>', '<decisionService id="s" name="served"/>',
  ].join(''));
  const { files, definitions, left } = dmn.importModel(model, { law: 'LB-LAW' });
  expect([files.size, definitions]).toEqual([0, '']);
  expect(left.map(({ element, code }) => `${element} ${code}`)).toEqual(['tOUTPUTORDER hit-policy', 'tUNIQUE output-not-constant', 'tANY outputs', 'tFIRST cell', 'tPRIORITY text-output', 'boxed logic', 'apart expression', 'a+b name', 'upon requires', 'served service']);
});

test('a model whose decisions stand on one another without end, or in a circle, has an answer all the same', () => {
  const decision = (id: number, on: number): string => `<decision id="d${String(id)}" name="n${String(id)}"><informationRequirement><requiredDecision href="#d${String(on)}"/></informationRequirement><literalExpression><text>n${String(on)} + 1</text></literalExpression></decision>`;
  const chain = (length: number): dmn.Model => modelOf(Array.from({ length }, (_, at) => decision(at, at + 1)).join('') + `<decision id="d${String(length)}" name="n${String(length)}"><literalExpression><text>1</text></literalExpression></decision>`);
  const asked = (model: dmn.Model): unknown => dmn.engineOf(model).decide('n0', new Map());
  // A hundred steps of one from 1.
  expect(asked(chain(100))).toMatchObject({ value: { units: 101n }, stopped: false });
  expect(asked(chain(20_000))).toMatchObject({ value: null, stopped: true });
  expect(asked(modelOf(decision(0, 1) + decision(1, 0)))).toMatchObject({ value: null, stopped: false });
});

describe('an XML text', () => {
  test('that is no DMN is refused with its reason', () => {
    expect(() => readModel('<html/>')).toThrow('definitions');
    expect(() => readModel('not xml')).toThrow(SyntaxError);
    expect(() => readModel('<definitions><decision></definitions>')).toThrow(SyntaxError);
  });

  test('whose entities stand for one another a billion times, or that is nested beyond all measure, is refused', () => {
    const entities = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${String(at + 1)} "${`&e${String(at)};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE d [<!ENTITY e0 "ha">${entities}]><definitions><decision id="d" name="d"><literalExpression><text>&e12;</text></literalExpression></decision></definitions>`;
    const read = (text: string): number => {
      try {
        const [decision] = readModel(text).decisions;
        return decision?.logic?.kind === 'literal' ? decision.logic.text.length : 0;
      } catch (error) {
        return error instanceof SyntaxError ? -1 : Number.NaN;
      }
    };
    expect(read(bomb)).toBeLessThan(100_000);
    expect(read(`<definitions>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</definitions>`)).toBeLessThanOrEqual(0);
  });

  test('with entities, comments and sections is the text that they say', () => {
    const model = modelOf('<decision id="d" name="d"><literalExpression><text>"a" &amp;<!-- no -->&lt; <![CDATA[<b>]]></text></literalExpression></decision>');
    expect(model.decisions[0]?.logic).toMatchObject({ kind: 'literal', text: '"a" &< <b>' });
  });
});
