import { expect, test } from 'vitest';
import { creditCheckCharacter, creditCodeFault } from './credit-code.ts';

test('the check character is that of the standard: of the number under which the plan was published, and of the example of GB 32100', () => {
  expect(creditCheckCharacter('11330700002592302')).toBe('5');
  expect(['113307000025923025', '91350100M000100Y43'].map((code) => creditCodeFault(code, false))).toEqual([undefined, undefined]);
});

test('another character in any place, one that is none, or one too few is told', () => {
  const code = '113307000025923025';
  const changed = Array.from({ length: 18 }, (_, at) => [code.charAt(at), at] as const).map(([character, at]) => `${code.slice(0, at)}${character === '7' ? '8' : '7'}${code.slice(at + 1)}`);
  expect(new Set(changed.map((one) => creditCodeFault(one, false)))).toEqual(new Set(['id-check-digit']));
  expect(['11330700002592302', '11330700002592302I', '91350100m000100y43', ''].map((one) => creditCodeFault(one, false))).toEqual(Array.from({ length: 4 }, () => 'id-malformed'));
});

test('a synthetic code must be nobody’s', () => {
  expect([creditCodeFault('113307000025923025', true), creditCodeFault('113307000025923026', true)]).toEqual(['id-of-somebody', undefined]);
});
