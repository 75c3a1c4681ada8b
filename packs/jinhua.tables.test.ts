import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import { creditCodeFault } from '#engine/population/index.ts';
import { interpretProgram, linkRules, runExamples } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';

/*
 * Tables that no rule of a month asks: what they give in a case, by asking them in a rule.
 */

const SERVICE = 'services/veterans/veterans-veterans-employment.yaml';
const files = packFiles('jinhua');
const text = (file: string): string => new TextDecoder().decode(files.get(file));

/** Whether a condition holds for somebody of whom these facts are given: asked in place of the conditions of a service. */
function holds(when: string, given: string, edits: Readonly<Record<string, readonly [from: string, to: string]>> = {}): boolean {
  const [head = ''] = text(SERVICE).split(/^ {2}conditions:$/m);
  const trial = `${head}  conditions:\n  - {id: asked, when: '${when}', says: {zh: 试一试。, en: A trial.}, law: M}\n  starts: {applied: day-of-application, automatic: day-of-application}\n  ends: [withdrawn]\nremedies: [dispute-a-fact]\nexamples:\n- {name: {zh: 试一试}, on: "2024-10-15", given: ${given}, then: {yes: true}}\n`;
  const changed: PackFiles = new Map([...files, [SERVICE, new TextEncoder().encode(trial)], ...Object.entries(edits).map(([file, [from, to]]): [string, Uint8Array] => [file, new TextEncoder().encode(text(file).replace(from, to))])]);
  const { pack, diagnostics } = loadPack(changed);
  if (!pack) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const { book, diagnostics: problems } = linkRules(pack);
  const wrong = problems.filter(({ severity, code }) => severity === 'error' && code !== 'example-failed');
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong.slice(0, 3)));
  const [result] = runExamples(book, interpretProgram).results.filter(({ service }) => service === 'veterans-veterans-employment');
  if (!result) throw new Error('the trial has no example');
  return result.holds;
}

test('merit in war of the third class and in peace of the third adds ten percent to the grant; whether classes add up is a setting of the table', { timeout: 60_000 }, () => {
  const merits = '{战时立功: 三等功, 平时立功: 三等功, 烈士子女: false}';
  const asked = (percent: number): string => `自主就业功绩增发比例(烈士子女, 战时立功, 平时立功) = ${percent}`;
  expect(holds(asked(10), merits)).toBe(true);
  expect(holds(asked(15), merits, { 'tables/self-employment-merit-bonus.yaml': ['hit-policy: F', 'hit-policy: C+'] })).toBe(true);
  expect(holds(asked(0), '{战时立功: none, 平时立功: none, 烈士子女: false}')).toBe(true);
});

test('the number under which the plan was published begins with a right unified social credit code', () => {
  const [, code = ''] = /信息索引号:\s*(\w{18})\//.exec(text('source/plan.txt')) ?? [];
  expect([code, creditCodeFault(code, false)]).toEqual(['113307000025923025', undefined]);
});

test('whoever has sold, let or given away a farmhouse is not given another plot', { timeout: 60_000 }, () => {
  // Three facts that are known stand for three that no feed has yet.
  const asked = (answer: string): string => `宅基地可以批准(烈士子女, 残疾证有效, 退役军人) = ${answer}`;
  expect(holds(asked('false'), '{烈士子女: true, 残疾证有效: false, 退役军人: true}')).toBe(true);
  expect(holds(asked('true'), '{烈士子女: false, 残疾证有效: false, 退役军人: true}')).toBe(true);
  expect(holds(asked('false'), '{烈士子女: false, 残疾证有效: true, 退役军人: true}')).toBe(true);
  expect(holds(asked('false'), '{烈士子女: false, 残疾证有效: false, 退役军人: false}')).toBe(true);
});
