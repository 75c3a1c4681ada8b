import { expect, test } from 'vitest';
import { hiddenPlaces } from './index.ts';

test('a small number is hidden, and where it is the only one the next smallest with it', () => {
  expect([...hiddenPlaces([120, 5, 0, 30])]).toEqual([]);
  // 155 in all less 120 and 30 would give the 4 and the 1 only together.
  expect(hiddenPlaces([120, 4, 0, 30, 1])).toEqual(new Set([1, 4]));
  // 154 less 120 and 30 would be the 4: the 30 is hidden with it.
  expect(hiddenPlaces([120, 4, 0, 30])).toEqual(new Set([1, 3]));
  expect([...hiddenPlaces([0, 3, 0])]).toEqual([1]);
});
