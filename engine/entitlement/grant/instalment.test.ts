import { expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import { instalmentsOf } from './instalment.ts';

const on = parseDate('2031-01-31') ?? expect.unreachable('no day');

test('a debt in three parts is due each month, at the end of a short one, and comes to the same to the fen', () => {
  // 1,000 / 3 is 333 and one left over.
  expect(instalmentsOf(1_000, 3, on)).toEqual([{ dueOn: '2031-01-31', amountFen: 333 }, { dueOn: '2031-02-28', amountFen: 333 }, { dueOn: '2031-03-31', amountFen: 334 }]);
  expect(instalmentsOf(1_000, 1, on)).toEqual([{ dueOn: '2031-01-31', amountFen: 1_000 }]);
});

test('in parts of nothing, in none, or in too many, it is not paid', () => {
  for (const count of [0, -1, 1.5, 61, Number.NaN]) expect(instalmentsOf(100_000, count, on)).toEqual([]);
  expect(instalmentsOf(2, 3, on)).toEqual([]);
});
