import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { interpretProgram } from '../exec/index.ts';
import { runExamples } from '../example/index.ts';
import { describeRuleDiagnostic, printRuleDiagnostic, RULES_MESSAGES } from '../messages.ts';
import { reviewStandards } from '../review/index.ts';
import { linkRules } from './index.ts';
import { WRONG_IN_FORMS } from '../testing/form-wrong.ts';

const files = packFiles('lantern-bay');
const decode = (path: string): string => new TextDecoder().decode(files.get(path));
type Edits = Readonly<Record<string, readonly [string, string] | string>>;

/** The town with some files changed: a replacement that must find its text, or a whole new file. */
function town(edits: Edits = {}): Pack {
  const changed = Object.entries(edits).map(([path, edit]) => {
    if (typeof edit === 'string') return [path, edit] as const;
    if (!decode(path).includes(edit[0])) throw new Error(`${path} does not say ${edit[0]}`);
    return [path, decode(path).replace(edit[0], edit[1])] as const;
  });
  const { pack, diagnostics } = loadPack(new Map([...files, ...changed.map(([path, text]) => [path, new TextEncoder().encode(text)] as const)]));
  if (!pack) throw new Error('no pack');
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ code, place }) => `${code} ${place.file}:${place.line}`).join('; '));
  return pack;
}

const found = (edits: Edits): readonly Diagnostic[] => {
  const { book, diagnostics } = linkRules(town(edits));
  return [...diagnostics, ...runExamples(book, interpretProgram).diagnostics];
};
const says = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code, place }) => `${place.file}:${place.line}:${place.column} ${code}`);

/** The text that a place covers. */
function marked(text: string, { line, column, endLine, endColumn }: Diagnostic['place']): string {
  const lines = text.split('\n');
  const offset = (toLine: number, toColumn: number): number => lines.slice(0, toLine - 1).reduce((sum, one) => sum + one.length + 1, 0) + toColumn - 1;
  return text.slice(offset(line, column), offset(endLine, endColumn));
}

const grant = 'services/harbour/closed-season-grant.yaml';
const old = 'services/harbour/old-fisher-grant.yaml';
const relief = 'services/harbour/household-relief.yaml';
const ice = 'services/harbour/ice-voucher.yaml';
const fuel = 'services/harbour/fuel-voucher.yaml';
const meal = 'services/harbour/meal-boat.yaml';
const grade = 'tables/fisher-grade-rate.yaml';
const boat = 'tables/boat-rate.yaml';
const line = 'parameters/relief-line.yaml';
const rate = 'parameters/grant-rate.yaml';
const RATE = 'values:\n  - { area: "990100", from: "2031-01-01", value: 800.00';
const PAYERS = decode(grant).slice(decode(grant).indexOf('payers:'), decode(grant).indexOf('how:'));
const INCOME = '本月收入 <= 收入线';
/** The income condition of the grant, which begins at column 28 of line 26, said otherwise. */
const income = (rule: string): Edits => ({ [grant]: [INCOME, rule] });
const AMOUNT = 'amount: 补助标准';
const amount = (rule: string): Edits => ({ [grant]: [AMOUNT, `amount: ${rule}`] });
const define = (line: string): Edits => ({ 'definitions.yaml': `${decode('definitions.yaml')}- { ${line}, law: LB-LAW, label: { zh: 新, en: New } }\n` });

test('the town’s rules are right', () => { expect(found({})).toEqual([]); });

/** One wrong town for every code: what was done to it, and the words in which file the diagnostic must mark (of what is longer, the beginning). */
const wrong: Record<string, readonly [Edits, string, string]> = {
  // Texts. The rule stands in a flow map, so it is quoted where YAML would read a sign of its own.
  'rule-too-long': [income(`"${'a + '.repeat(2600)}a"`), grant, 'a + a'],
  'rule-too-deep': [income(`"${'('.repeat(300)}a${')'.repeat(300)}"`), grant, '('],
  'rule-empty': [income("''"), grant, ''],
  'rule-unfinished': [income('本月收入 <='), grant, ''],
  'rule-unexpected': [income('本月收入 <= 60周岁'), grant, '周岁'],
  'rule-unseen-character': [income('"本月收入 <= \\u202e收入线"'), grant, '\\u202e'],
  'rule-lookalike': [income('本月收入 ≤ 收入线'), grant, '≤'],
  'rule-chinese-word': [income('本月收入 不超过 收入线'), grant, '不超过'],
  'rule-not-without-brackets': [income('not 捕捞证有效'), grant, 'not 捕捞证有效'],
  'rule-names-run-together': [income('本月收入 收入线'), grant, '本月收入 收入线'],
  'rule-form-outside': [income('"{a: 1} = {a: 1}"'), grant, '{a: 1}'],
  'rule-grows-too-large': [{ 'definitions.yaml': `${decode('definitions.yaml')}${Array.from({ length: 17 }, (_, i) => `- { name: 层${i}, takes: [x], is: ${i === 0 ? 'x = 1' : `层${i - 1}(x) and 层${i - 1}(x)`}, law: LB-LAW, label: { zh: 层, en: Layer } }\n`).join('')}`, ...income('层16(本月收入)') }, grant, '层16(本月收入)'],
  // Names.
  'name-unknown': [income('本月收人 <= 收入线'), grant, '本月收人'],
  'name-holds-word': [income('本月收入不超过收入线'), grant, '本月收入不超过收入线'],
  'name-taken': [define('name: 性别, is: 捕捞证有效'), 'definitions.yaml', '性别'],
  'name-reserved': [{ 'facts.yaml': ['name: 船长,', 'name: item,'], [ice]: ['船补(船长)', '船补(8)'] }, 'facts.yaml', 'item'],
  'name-needs-variable': [{ [meal]: ['m.岁数 >= 70', '岁数 >= 70'] }, meal, '岁数'],
  'outer-value-in-fold': [{ ...define('name: 更老, takes: [x], is: "count(同住成员[岁数 > x]) > 0"'), ...income('更老(岁数)') }, 'definitions.yaml', 'x'],
  'function-unknown': [income('老鱼民(出生日期, 性别)'.replace(/^.*$/, "'老鱼民(出生日期, 性别)'")), grant, '老鱼民'],
  'not-a-function': [income('本月收入(1) = 1'), grant, '本月收入'],
  'arguments-missing': [income('老渔民'), grant, '老渔民'],
  'arguments-count': [income('老渔民(出生日期)'), grant, '老渔民(出生日期)'],
  'part-unknown': [income('出生日期.week = 1'), grant, 'week'],
  'label-unknown': [income("'性别 = \"男\"'"), grant, '"男"'],
  'label-ambiguous': [{ 'divisions.yaml': ['zh: 码头街道', 'zh: 鸥鸟镇'], ...income("'户籍地 = \"鸥鸟镇\"'") }, grant, '"鸥鸟镇"'],
  'service-id-expected': [income('应领(本月收入)'), grant, '应领(本月收入)'],
  'service-unknown': [income("'领取(\"home-visits\")'"), grant, '"home-visits"'],
  'service-without-rule': [income("'应领(\"island-care\")'"), grant, '"island-care"'],
  // Things.
  'entity-unknown': [{ 'facts.yaml': ['entity: crew', 'entity: boat'] }, 'facts.yaml', 'boat'],
  'entity-incomplete': [{ 'entities.yaml': ['of: person, single: true', 'single: true'] }, 'entities.yaml', 'spouse'],
  'entity-clash': [{ [relief]: ['when: 靠海(距海米数)', 'when: 船长 > 3'] }, relief, '船长'],
  'entity-needs-fold': [{ [relief]: ['when: 靠海(距海米数)', 'when: 本月收入 > 3'] }, relief, '本月收入'],
  'spells-incomplete': [{ 'facts.yaml': ['id: insurance.until', 'id: insurance.last'] }, 'entities.yaml', 'insurance'],
  'many-not-one': [income('同住成员 = 1'), grant, '同住成员'],
  'many-expected': [{ [meal]: ['in 同住成员', 'in 岁数'] }, meal, '岁数'],
  'many-of-many': [income("'count(同住成员.子女) > 0'"), grant, '子女'],
  'thing-not-value': [income('配偶 = 1'), grant, '配偶'],
  'filter-of-one': [income("'has(配偶[岁数 > 3])'"), grant, '配偶[岁数 > 3]'],
  'value-of-each-missing': [income('sum(同住成员) > 3'), grant, '同住成员'],
  'has-of-many': [income('has(子女)'), grant, '子女'],
  'spells-expected': [income("'covered months(子女, facts date, facts date) > 1'"), grant, '子女'],
  // Types.
  'type-clash': [income('本月收入 = 捕捞证有效'), grant, '本月收入 = 捕捞证有效'],
  'unit-clash': [income('本月收入 > 岁数'), grant, '本月收入 > 岁数'],
  'may-overflow': [income('本月收入 * 岁数 * 岁数 * 岁数 > 1'), grant, '本月收入 * 岁数 * 岁数 * 岁数'],
  'rounding-missing': [income('本月收入 / 2 > 1'), grant, '本月收入 / 2'],
  'decimals-not-written': [income("'round half up(本月收入, 岁数) > 1'"), grant, '岁数'],
  'power-not-written': [income('本月收入 ** 岁数 > 1'), grant, '岁数'],
  'date-arithmetic': [income('facts date - 出生日期 > 1'), grant, 'facts date - 出生日期'],
  'number-malformed': [income('本月收入 <= 1e3'), grant, '1e3'],
  'date-malformed': [income("'出生日期 < date(\"2031-02-29\")'"), grant, 'date("2031-02-29")'],
  'null-not-allowed': [income('本月收入 != null'), grant, 'null'],
  'never-true': [income('本月收入 < 0'), grant, '本月收入 < 0'],
  'always-true': [income('本月收入 >= 0'), grant, '本月收入 >= 0'],
  // Facts and parameters.
  'fact-range-missing': [{ 'facts.yaml': [', range: { min: 2.0, max: 60.0 }', ''] }, 'facts.yaml', 'decimal'],
  'fact-range-wrong': [{ 'facts.yaml': ['range: { min: 2.0, max: 60.0 }', 'range: { min: 2.05, max: 60.0 }'] }, 'facts.yaml', '{ min: 2.05, max: 60.0 }'],
  'fact-codes-missing': [{ 'facts.yaml': [', codes: { fisher: 渔民险, resident: 居民险 }', ''], 'definitions.yaml': ['参保记录[险种 = "渔民险"]', '参保记录'] }, 'facts.yaml', 'code'],
  'area-unknown': [{ 'parameters/grant-rate.yaml': ['basis: registered', 'basis: work'] }, grant, '补助标准'],
  'parameter-missing': [{ 'parameters/relief-line.yaml': ['until: "2032-06-30"', 'until: "2032-05-31"'] }, 'parameters/relief-line.yaml', '- { area: "990100"'],
  // Definitions and services.
  'definitions-circle': [{ 'definitions.yaml': ['is: count(同住成员)', 'is: "if 同住人均收入 > 3 then 1 else 2"'] }, 'definitions.yaml', 'if 同住人均收入 > 3 then 1 else 2'],
  'definitions-chain': [{ 'definitions.yaml': `${decode('definitions.yaml')}${Array.from({ length: 102 }, (_, i) => `- { name: 链${i}, is: ${i === 0 ? '捕捞证有效' : `链${i - 1}`}, law: LB-LAW, label: { zh: 链, en: Chain } }\n`).join('')}`, ...income('链101') }, 'definitions.yaml', '链99'],
  'definition-unused': [define('name: 闲着, is: 捕捞证有效'), 'definitions.yaml', '闲着'],
  'table-unused': [{ [ice]: ['船补(船长)', '"100"'] }, boat, '船补'],
  'parameter-unused': [{ 'parameters/spare.yaml': 'name: 闲钱\nlabel: { zh: 闲钱, en: Spare money }\nunit: 元\nbasis: registered\nvalues:\n- { area: "990100", from: "2031-01-01", value: 1.00, source: LB-LAW, confidence: verified }\n' }, 'parameters/spare.yaml', '闲钱'],
  'services-circle': [income("'应领(\"old-fisher-grant\")'"), grant, '- from'],
  'not-in-services': [income("'contains(\"灯湾\", \"灯\")'"), grant, 'contains("灯湾", "灯")'],
  'amount-below-fen': [amount('补助标准 * 0.333'), grant, '补助标准 * 0.333'],
  'amount-may-be-none': [amount('配偶.本月收入'), grant, '配偶.本月收入'],
  'amount-may-be-negative': [amount('补助标准 - 本月收入'), grant, '补助标准 - 本月收入'],
  'clause-taken': [{ [grant]: ['id: licence', 'id: scope'] }, grant, 'scope'],
  'standards-overlap': [{ [fuel]: ['until: "2031-12-31"', 'until: "2032-01-01"'] }, fuel, '2032-01-01'],
  'scope-unknown': [{ [grant]: ['scope: { registered: city }', 'scope: { registered: county }'] }, grant, 'county'],
  'stacks-not-listed': [{ [old]: ['list: sea-support, rule: first-wins', 'list: boat-vouchers, rule: highest'] }, old, '{ list: boat-vouchers, rule: highest }'],
  'stacks-rule-differs': [{ [old]: ['rule: first-wins', 'rule: highest'] }, old, '{ list: sea-support, rule: highest }'],
  'stacks-not-comparable': [{ [ice]: ['per: year', 'per: month'] }, ice, '{ list: boat-vouchers, rule: highest }'],
  // Tables.
  'table-row-uneven': [{ [boat]: ["when: ['>= 12']", "when: ['>= 12', '-']"] }, boat, '[\'>= 12\', \'-\']'],
  'table-gap': [{ [grade]: ['else: 100.00\n', ''], [old]: ['等级补贴(渔民证等级, 岁数)', '等级补贴("三级", 岁数)'] }, grade, '- { when'],
  'table-overlap': [{ [grade]: ['< 70', '<= 70'] }, grade, '[\'"二级"\', \'<= 70\']'],
  'table-needs-else': [{ [grade]: [decode(grade), decode(grade).replace('else: 100.00\n', '').replace('>= 70', '>= 岁数')] }, grade, '- { when'],
  'row-unreachable': [{ [grade]: [decode(grade), decode(grade).replace('hit-policy: U', 'hit-policy: F').replace('< 70', '>= 70')] }, grade, '[\'"二级"\', \'>= 70\']'],
  'code-list-unknown': [{ [grade]: ['type: number, unit: 元', 'type: code, codes-of: sex'] }, grade, '{ type: code, codes-of: sex }'],
  'opening-unknown': [{ [grant]: ['chosen-by: decision-date\n', 'chosen-by: decision-date\n    open-to: [{ group: insurde }]\n'] }, grant, '{ group: insurde }'],
  // Examples.
  'example-failed': [{ [grant]: ['本月收入: 1000.01, 领取: [] }, then: { no: income }', '本月收入: 1000.01, 领取: [] }, then: { no: licence }'] }, grant, '{ no: licence }'],
  'example-without-standard': [{ [grant]: ['on: "2031-06-15"', 'on: "2030-06-15"'] }, grant, '2030-06-15'],
  'example-name-unknown': [{ [grant]: ['捕捞证有效: true, 本月收入: 0.00', '捕捞证: true, 本月收入: 0.00'] }, grant, 'true'],
  'example-name-elsewhere': [{ [relief]: ['距海米数: 500, 同住成员', '出生日期: "1971-01-01", 距海米数: 500, 同住成员'] }, relief, '1971-01-01'],
  'example-value-wrong': [{ [grant]: ['捕捞证有效: true, 本月收入: 0.00', '捕捞证有效: "true", 本月收入: 0.00'] }, grant, 'true'],
  'example-never-none': [{ [grant]: ['捕捞证有效: true, 本月收入: 0.00', '捕捞证有效: true, 本月收入: none'] }, grant, 'none'],
  'example-out-of-range': [{ [grant]: ['捕捞证有效: true, 本月收入: 0.00', '捕捞证有效: true, 本月收入: -0.01'] }, grant, '-0.01'],
  'example-needs-group': [{ [ice]: ['船员: [{ 捕捞证有效: true }], 领取: []', '领取: []'] }, ice, '{ 捕捞证有效: true, 船长: 12.0, 领取: [] }'],
  // The set of standards.
  'standard-gap': [{ [fuel]: ['from: "2032-01-01"', 'from: "2032-03-01"'] }, fuel, '2031-12-31'],
  'value-gap': [{ [line]: ['until: "2032-06-30"', 'until: "2032-05-31"'] }, line, '2032-05-31'],
  'payers-gap': [{ [grant]: [PAYERS, PAYERS.replaceAll('2031-01-01', '2031-02-01')] }, grant, '- { level: city'],
  'value-below': [{ [rate]: [RATE, RATE.replace('values', 'bound: { local: at-least, law: LB-LAW }\nvalues').replace('800.00', '900.00')] }, rate, '860.00'],
  'value-above': [{ [rate]: [RATE, RATE.replace('values', 'bound: { local: at-most, law: LB-LAW }\nvalues')] }, rate, '860.00'],
  'clause-untested': [{}, fuel, '捕捞证有效 and has(配偶)'],
  'fact-unheld': [{}, 'facts.yaml', 'unfilled'],
  'fact-unfed': [{}, 'facts.yaml', 'fisheries'],
};

describe('a rule that is wrong', () => {
  test.each(Object.entries(wrong))('%s points into the text and says what to do in both languages', (code, [edits, file, marks]) => {
    const pack = town(edits);
    const { book, diagnostics: linked } = linkRules(pack);
    const diagnostics = [...linked, ...runExamples(book, interpretProgram).diagnostics, ...reviewStandards(book)];
    const points = diagnostics.filter((one) => one.code === code && one.place.file === file).map(({ place }) => marked(pack.texts.get(file) ?? '', place));
    expect(points, says(diagnostics).join('\n')).not.toEqual([]);
    expect(points.some((text) => text === marks || ((text.length > 60 || text.includes('\n')) && text.startsWith(marks))), points.join('\n')).toBe(true);
    for (const diagnostic of diagnostics) {
      for (const locale of ['zh', 'en'] as const) {
        const { message, hint } = describeRuleDiagnostic(diagnostic, locale);
        expect(`${message} ${hint}`).not.toMatch(/\[diagnostic|\{(?!…)\w+\}(?!\.)/);
        expect(printRuleDiagnostic(diagnostic, pack.texts, locale)).toContain(message);
      }
    }
  });

  test('has a case for every code that has words, in both languages', () => {
    const codes = Object.keys(RULES_MESSAGES.zh).map((key) => /^diagnostic\.([a-z-]+)$/.exec(key)?.[1]).filter((code) => code !== undefined && code !== 'nearest' && code !== 'table-too-large');
    // What only forms can get wrong has its cases in check/form.test.ts.
    expect(new Set([...Object.keys(wrong), ...Object.keys(WRONG_IN_FORMS)])).toEqual(new Set(codes));
    expect(Object.keys(RULES_MESSAGES.en)).toEqual(Object.keys(RULES_MESSAGES.zh));
  });
});

describe('a book of rules', () => {
  const subsidy = (edits: Edits, lawOn: number) => {
    const { book } = linkRules(town(edits));
    return book.programAt(lawOn);
  };

  test('looks a parameter up where areas differ, and is one number where they do not', () => {
    // 补助标准 is 800 in the city and 860 in Reef County and its towns; 收入线 is 1000 everywhere.
    const program = subsidy({}, 20310615);
    const areas = program.schema.codeLists.get('area')?.codes ?? [];
    const lookups = program.nodes.flatMap((node) => (node.op === 'lookup' && node.table.includes(860n) ? [node.table.map((value, index) => [areas[index], value])] : []));
    expect(lookups).toEqual([[['99', undefined], ['990100', 800n], ['990101', 800n], ['990122', 860n], ['free-port', 800n], ['990101001', 800n], ['990122100', 860n]]]);
    expect(program.nodes.some((node) => node.op === 'constant' && node.value === 100_000n)).toBe(true);
  });

  test('has the law of each day: another value from July 2032, another standard from 2032', () => {
    const line = (lawOn: number): unknown => subsidy({}, lawOn).nodes.flatMap((node) => (node.op === 'lookup' && node.table.includes(1000n) ? [node.table[1]] : []))[0];
    expect([line(20320630), line(20320701)]).toEqual([900n, 950n]);
    const ops = (lawOn: number): boolean => { const program = subsidy({}, lawOn); const clause = program.decisions.find((decision) => decision.service === 'fuel-voucher')?.clauses[0]; return program.nodes.slice(0, (clause?.node ?? 0) + 1).some((node) => node.op === 'has'); };
    expect([ops(20311231), ops(20320101)]).toEqual([false, true]);
    expect(subsidy({}, 20301231).decisions).toEqual([]);
  });

  test('decides an ending that a standard names where facts tell it, after the scope and before its conditions', () => {
    const LOST = 'person.lost-on';
    const facts = { 'facts.yaml': `${decode('facts.yaml')}- { id: ${LOST}, name: 遇难日期, label: { zh: 遇难日期, en: Day lost at sea }, entity: person, type: date, holder: fisheries, refresh: monthly, data-class: personal, absent: none }\n` };
    const endings = (of: string, clause = 'alive'): Edits => ({ ...facts, 'endings.yaml': `died: { of: ${of}, clause: ${clause}, when: not(has(遇难日期)), says: { zh: 健在。, en: Is alive. }, law: LB-LAW }\n` });
    const clausesOf = (edits: Edits): readonly string[] => linkRules(town(edits)).book.ruleAt('closed-season-grant', 20310615)?.clauses.map(({ id }) => id) ?? [];
    expect(clausesOf(endings('person'))).toEqual(['scope', 'alive', 'licence', 'income']);
    // An ending of homes is none of a grant for persons, and a word that nothing tells is left to somebody.
    expect([clausesOf(endings('living')), clausesOf(facts)]).toEqual([['scope', 'licence', 'income'], ['scope', 'licence', 'income']]);
    expect(says(found(endings('person', 'income')))).toContain(`${grant}:26:15 clause-taken`);
    // An example that says nothing of it is about somebody alive; one that does is held to it.
    expect(found(endings('person')).filter(({ severity }) => severity === 'error')).toEqual([]);
    const told = (said: string, then: string): Edits => ({ ...endings('person'), [grant]: `${decode(grant)}  - { name: { zh: 海上遇难 }, on: "2031-06-15", parameters: { 收入线: 1000.00, 补助标准: 800.00 }, given: { 遇难日期: ${said}, 捕捞证有效: true, 本月收入: 0.00, 领取: [] }, then: { ${then} } }\n` });
    for (const [said, then] of [['"2031-06-01"', 'no: alive'], ['unknown', 'unknown: [遇难日期]'], ['none', 'yes: 800.00']] as const) expect(says(found(told(said, then))).filter((one) => one.endsWith('example-failed')), said).toEqual([]);
  });

  test('stands in the order in which services ask one another', () => {
    const order = subsidy({}, 20310615).decisions.map((decision) => decision.service);
    expect(order.indexOf('closed-season-grant')).toBeLessThan(order.indexOf('old-fisher-grant'));
    expect(order.indexOf('household-relief')).toBeLessThan(order.indexOf('meal-boat'));
  });

  test('does not depend on the order of files, definitions or facts', () => {
    const digest = (pack: Pack): string => JSON.stringify(linkRules(pack).book.programAt(20310615), (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) : value));
    const reversed = (path: string): string => decode(path).split(/\n(?=- )/).reverse().map((part) => part.trimEnd()).join('\n');
    expect(digest(town({ 'definitions.yaml': `${reversed('definitions.yaml')}\n` }))).toBe(digest(town()));
    const backwards = loadPack(new Map([...files].reverse())).pack;
    expect(backwards && digest(backwards)).toBe(digest(town()));
  });

  test('leaves out a rule that is wrong and what asks it, and keeps the others', () => {
    const services = subsidy({ [relief]: ['when: 靠海(距海米数)', 'when: 靠海(距海)'] }, 20310615).decisions.map((decision) => decision.service);
    expect(services).not.toContain('household-relief');
    expect(services).not.toContain('meal-boat');
    expect(services).toContain('closed-season-grant');
  });

  test('reports a thousand errors as a thousand, each at its place', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `      - { id: c${index}, when: 缺${index}, law: LB-LAW }`).join('\n');
    const { diagnostics } = linkRules(town({ [grant]: ['      - { id: licence,', `${lines}\n      - { id: licence,`] }));
    expect(diagnostics.filter((one) => one.code === 'name-unknown').map((one) => one.place.line)).toEqual(Array.from({ length: 1000 }, (_, index) => 25 + index));
  });

  test('refuses a megabyte of rule, and names of any length never leave the pack', () => {
    expect(found(income(`"${'本月收入 + '.repeat(100_000)}1"`)).map((one) => one.code)).toContain('rule-too-long');
    const long = `甲${'很'.repeat(300)}长`;
    const { book, diagnostics } = linkRules(town({ ...define(`name: ${long}, is: 捕捞证有效`), ...income(`${long} and ${INCOME}`) }));
    expect(diagnostics).toEqual([]);
    expect(JSON.stringify(book.programAt(20310615).nodes, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('很很');
  });

  test('of a changed file is there within a tenth of a second', () => {
    const first = linkRules(town());
    const times = [1, 2, 3].map(() => {
      const pack = town({ [grant]: [INCOME, '本月收入 < 收入线'] });
      const begin = performance.now();
      linkRules(pack, first.parsed);
      return performance.now() - begin;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});

describe('a condition that ranges settle', () => {
  test('is said once, and not where an argument of a definition settles it', () => {
    expect(found(income('本月收入 < 0 and 捕捞证有效')).map((one) => `${one.severity} ${one.code}`)).toEqual(['warning parameter-unused', 'warning never-true', 'error example-failed', 'error example-failed', 'error example-failed']);
    expect(found({ ...define('name: 大于, takes: [x], is: x > 3'), ...income(`大于(5) and ${INCOME}`) }).filter((one) => one.severity === 'warning')).toEqual([]);
  });
});
