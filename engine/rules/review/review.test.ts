import { expect, test } from 'vitest';
import { loadPack, textOf } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { describeRuleDiagnostic, linkRules } from '../index.ts';
import type { RuleBook } from '../index.ts';
import { reviewStandards } from './index.ts';

type Changes = Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;

function files(changes: Changes): Map<string, Uint8Array> {
  const all = new Map(packFiles('lantern-bay'));
  for (const [file, pairs] of Object.entries(changes)) {
    const text = pairs.reduce((next, [from, to]) => {
      if (!next.includes(from)) throw new Error(`${file} does not say ${from}`);
      return next.replace(from, to);
    }, textOf(all.get(file) ?? new Uint8Array()) ?? '');
    all.set(file, new TextEncoder().encode(text));
  }
  return all;
}

function bookOf(changes: Changes): RuleBook {
  const { pack, diagnostics } = loadPack(files(changes));
  if (!pack || diagnostics.some(({ severity }) => severity === 'error')) throw new Error(diagnostics.map(({ code }) => code).join(' '));
  return linkRules(pack).book;
}

/** What is found in the town, as code, line and what is said of it. */
function found(changes: Changes = {}): readonly string[] {
  return reviewStandards(bookOf(changes)).map(({ code, severity, place: { file, line }, data }) => `${severity} ${code} ${file.split('/').at(-1) ?? ''}:${line} ${Object.values(data).join(' ')}`);
}

/** What a change brings to light beside what the town has anyway. */
function planted(changes: Changes): readonly string[] {
  const before = new Set(found());
  return found(changes).filter((one) => !before.has(one));
}

const GRANT = 'services/harbour/closed-season-grant.yaml';
const RELIEF = 'parameters/relief-line.yaml';
const RATE = 'parameters/grant-rate.yaml';

test('of the town: facts that nobody holds or brings, and conditions that no example tries', () => {
  const all = found();
  // Held by nobody: everything of facts.yaml that a rule reads and whose holder is not entered. The boats are held by
  // the fisheries office, but neither of its two feeds has their length.
  expect(all.filter((one) => one.includes('fact-unheld')).map((one) => one.split(' ').at(-1))).toEqual(['本月收入', '出生日期', '性别', '户籍地', '居住地', '申请日期', '距海米数', '参保起', '参保止', '险种', '住处所在地']);
  expect(all.filter((one) => one.includes('fact-unfed'))).toEqual(['warning fact-unfed facts.yaml:10 船长']);
  // Scopes are tried for the old fishers alone; the licence of ice and the second couple of fuel by nobody.
  expect(all.filter((one) => one.includes('clause-untested')).map((one) => one.replace('warning clause-untested ', ''))).toEqual([
    'closed-season-grant.yaml:17 scope', 'fuel-voucher.yaml:25 couple', 'home-visit.yaml:14 scope', 'household-relief.yaml:14 scope', 'ice-voucher.yaml:18 licence', 'meal-boat.yaml:14 scope', 'meal-boat.yaml:21 stacks/island-visits',
  ]);
  expect(all.length).toBe(11 + 1 + 7);
});

test('what says which county pays has to be brought by somebody too: without it the money could never be paid', () => {
  const place = '- { id: person.resident-area';
  const work = `- { id: person.work-area, name: 工作地, label: { zh: 工作地, en: Place of work }, entity: person, type: code, area-basis: work, holder: fisheries, refresh: monthly, data-class: personal, absent: unknown }\n${place}`;
  const told = (changes: Changes): readonly string[] => found({ 'facts.yaml': [[place, work]], ...changes }).filter((one) => one.includes('工作地'));
  expect(told({})).toEqual([]);
  expect(told({ [GRANT]: [['level: county, of: registered', 'level: county, of: work']] })).toEqual([expect.stringContaining('warning fact-unfed facts.yaml')]);
});

test('a condition is tried by the example that it refuses, in a standard of that day with the same words', () => {
  const income = '  - { name: { zh: 多一分钱就不领 }, on: "2031-06-15", parameters: { 收入线: 1000.00, 补助标准: 800.00 }, given: { 捕捞证有效: true, 本月收入: 1000.01, 领取: [] }, then: { no: income } }\n';
  expect(planted({ [GRANT]: [[income, '']] })).toEqual(['warning clause-untested closed-season-grant.yaml:26 income']);
  // From 2032 on the condition says something else, and the example is of 2031.
  const later = '    review: yearly\n  - from: "2032-01-01"\n    chosen-by: decision-date\n    conditions:\n      - { id: licence, when: 捕捞证有效, law: LB-LAW }\n      - { id: income, when: 本月收入 < 收入线, law: LB-LAW }\n    amount: 补助标准\n    per: month\n';
  expect(planted({ [GRANT]: [['  - from: "2031-01-01"\n', '  - from: "2031-01-01"\n    until: "2031-12-31"\n'], ['    review: yearly\n', later]] }).filter((one) => !one.includes('scope'))).toEqual(['warning clause-untested closed-season-grant.yaml:37 income']);
});

test('days without a standard, a value of their own, or a payer', () => {
  const fuel = 'services/harbour/fuel-voucher.yaml';
  expect(planted({ [fuel]: [['from: "2032-01-01"', 'from: "2032-03-01"']] })).toEqual(['warning standard-gap fuel-voucher.yaml:16 2032-01-01 2032-02-29']);
  // The first line of the city ends on the last of June.
  expect(planted({ [RELIEF]: [['from: "2032-07-01"', 'from: "2032-07-02"']] })).toEqual(['warning value-gap relief-line.yaml:6 救助线 灯湾市 2032-07-01 2032-07-01']);
  // One town-wide value holds from the free port's own end to its next beginning.
  expect(planted({ [RELIEF]: [['from: "2031-01-01", value: 1000', 'from: "2031-01-01", until: "2031-05-31", value: 1000'], ['value: 950, source: LB-DEMO, confidence: demo }', 'value: 950, source: LB-DEMO, confidence: demo }\n  - { area: free-port, from: "2031-07-01", value: 1100, source: LB-DEMO, confidence: demo }']] })).toEqual(['warning value-gap relief-line.yaml:9 救助线 灯湾自由港 2031-06-01 2031-06-30']);
  const late = [['share-bp: 6000, from: "2031-01-01"', 'share-bp: 6000, from: "2031-02-01"'], ['share-bp: 4000, from: "2031-01-01"', 'share-bp: 4000, from: "2031-02-01"']] as const;
  expect(planted({ [GRANT]: late })).toEqual(['warning payers-gap closed-season-grant.yaml:11 2031-01-01']);
});

test('a local value below that of the area above it, where the law binds it, and not where it does not', () => {
  const lower: Changes[string] = [['value: 860.00', 'value: 799.99']];
  expect(planted({ [RATE]: lower })).toEqual([]);
  expect(planted({ [RATE]: [['basis: registered', 'basis: registered\nbound: { local: at-least, law: LB-LAW }'], ...lower] })).toEqual(['warning value-below grant-rate.yaml:8 补助标准 礁石县 799.99 灯湾市 800.00 2031-01-01']);
  expect(planted({ [RATE]: [['basis: registered', 'basis: registered\nbound: { local: at-least, law: LB-LAW }']] })).toEqual([]);
  expect(planted({ [RATE]: [['basis: registered', 'basis: registered\nbound: { local: at-most, law: LB-LAW }']] })).toEqual(['warning value-above grant-rate.yaml:8 补助标准 礁石县 860.00 灯湾市 800.00 2031-01-01']);
  // The value above rises later: below from that day on.
  const rises: Changes[string] = [['basis: registered', 'basis: registered\nbound: { local: at-least, law: LB-LAW }'], ['confidence: demo }\n', 'confidence: demo }\n  - { area: "990100", from: "2032-01-01", value: 900.00, source: LB-DEMO, confidence: demo }\n']];
  expect(planted({ [RATE]: rises })).toEqual(['warning value-below grant-rate.yaml:9 补助标准 礁石县 860.00 灯湾市 900.00 2032-01-01']);
});

test.each<[string, Changes, readonly string[]]>([
  ['shares that are not the whole after one has ended', { [GRANT]: [['share-bp: 4000, from: "2031-01-01"', 'share-bp: 4000, from: "2031-01-01", until: "2031-12-31"']] }, ['shares-incomplete 2032-01-01 6000']],
  ['two values of one area and day', { [RATE]: [['area: "990122"', 'area: "990100"']] }, ['values-overlap 990100 2031-01-01 2031-01-01']],
  ['a value that says that it holds when the next has begun', { [RELIEF]: [['until: "2032-06-30"', 'until: "2032-07-01"']] }, ['values-overlap 990100 2032-07-01 2031-01-01']],
])('%s are an error of the pack', (_, changes, told) => {
  expect(loadPack(files(changes)).diagnostics.map(({ code, data }) => `${code} ${Object.values(data).join(' ')}`)).toEqual(told);
});

test('everything is said in both languages', () => {
  for (const one of reviewStandards(bookOf({}))) for (const locale of ['zh', 'en'] as const) expect(Object.values(describeRuleDiagnostic(one, locale)).join(' ')).not.toMatch(/\[|\{/);
});
