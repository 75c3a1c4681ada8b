import { expect, test } from 'vitest';
import { form } from '#engine/rules/index.ts';
import { isSame } from './compare.ts';
import { judge } from './judge.ts';
import { entryOf, fallen, readLedger } from './ledger.ts';
import { pageAsWritten, pageWith } from './page.ts';
import { readKit } from './read-case.ts';
import { totalsOf } from './report.ts';

const verdicts = judge(readKit('conformance/dmn-tck'));

test('no expectation of the kit that the ledger says passes has fallen back', { timeout: 60_000 }, () => {
  expect(verdicts.length).toBeGreaterThan(1_700);
  expect(fallen(verdicts, readLedger())).toEqual([]);
});

test('the ledger names every expectation, and how it comes out now', () => {
  const ledger = readLedger();
  const told = verdicts.map((verdict) => [verdict.expectation.id, ledger[verdict.expectation.suite]?.[verdict.expectation.id.slice(verdict.expectation.suite.length + 1)]]);
  expect(told).toEqual(verdicts.map((verdict) => [verdict.expectation.id, entryOf(verdict)]));
});

test('what the profile of rules takes it answers as the kit expects, and the compiled closure says the same', () => {
  const typed = verdicts.filter((verdict) => verdict.answered === 'profile');
  expect(typed.length).toBeGreaterThan(1_100);
  expect(typed.filter((verdict) => verdict.class !== 'pass').map((verdict) => verdict.expectation.id)).toEqual([]);
  expect(typed.filter((verdict) => !verdict.closure).map((verdict) => verdict.expectation.id)).toEqual([]);
});

test('where the profile answers as the kit expects, forms give the same', () => {
  expect(verdicts.filter((verdict) => verdict.answered === 'profile' && verdict.class === 'pass' && !verdict.forms)).toEqual([]);
});

test('at least 95 of 100 pass, and more than feelin passes of those that it can be asked', () => {
  const { expectations, pass, feelin } = totalsOf(verdicts);
  expect(pass / expectations).toBeGreaterThanOrEqual(0.95);
  expect(feelin.ours).toBeGreaterThan(feelin.pass);
});

test('the page tells the totals as they are', () => { expect(pageAsWritten()).toBe(pageWith(verdicts)); });

test('the ledger holds its bar: a pass that is gone, or that only forms still give, has fallen back', () => {
  const [first] = verdicts.filter((verdict) => verdict.answered === 'profile' && verdict.closure);
  if (!first) throw new Error('nothing is answered by the profile');
  const id = first.expectation.id.slice(first.expectation.suite.length + 1);
  const ledger = { [first.expectation.suite]: { [id]: 'pass profile closure | feelin pass' } };
  expect(fallen([first], ledger)).toEqual([]);
  expect(fallen([{ ...first, class: 'fail' }], ledger)).toHaveLength(1);
  expect(fallen([{ ...first, answered: 'form' }], ledger)).toHaveLength(1);
  // What was answered by forms may come to be answered by the profile.
  expect(fallen([first], { [first.expectation.suite]: { [id]: 'pass form | feelin pass' } })).toEqual([]);
});

test('an answer is the same only in kind, value and zone; a number within eight decimals', () => {
  const number = (digits: string): form.FormValue => form.decimalOf(digits);
  expect(isSame(number('2.71828183'), number('2.718281828459045'))).toBe(true);
  expect(isSame(number('1.0000001'), number('1'))).toBe(false);
  expect(isSame(number('1'), '1')).toBe(false);
  expect(isSame(form.readTime('10:00:00'), form.readTime('10:00:00Z'))).toBe(false);
  expect(isSame(form.list([null]), form.list([]))).toBe(false);
  expect(isSame(form.context([['a', null]]), form.context([['b', null]]))).toBe(false);
});
