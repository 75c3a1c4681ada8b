import { expect, test } from 'vitest';
import { checkCharacter, citizenIdFault, syntheticId } from './citizen-id.ts';

test('the check character is that of the standard', () => {
  // The worked example of GB 11643-1999: 11010519491231002 asks for X.
  expect(checkCharacter('11010519491231002')).toBe('X');
  expect(citizenIdFault('11010519491231002X', false)).toBeUndefined();
  expect(citizenIdFault('110105194912310021', false)).toBe('id-check-digit');
});

test('a synthetic number is of nobody: no such area, and the wrong check character', () => {
  const made = [0, 1, 499, 500, 7_200_000].map((row) => syntheticId(row, 19491231, row % 2 === 1));
  expect(made.map((id) => citizenIdFault(id, true))).toEqual(made.map(() => undefined));
  expect(made.map((id) => citizenIdFault(id, false))).toEqual(made.map(() => 'id-of-nobody'));
  expect(citizenIdFault('11010519491231002X', true)).toBe('id-of-somebody');
});
