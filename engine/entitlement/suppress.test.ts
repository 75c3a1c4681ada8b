import { expect, test } from 'vitest';
import { seeded } from '#engine/rules/testing/seed.ts';
import { hiddenFigures, hiddenPlaces, SMALLEST_SHOWN } from './index.ts';
import { said, tableFigures } from './shown-table.ts';
import { audit } from './suppress-audit.ts';

test('a small number is hidden, and where the others leave few for it the next smallest with it', () => {
  expect([...hiddenPlaces([120, 5, 0, 30])]).toEqual([]);
  // 155 in all less 120 and 30 would give the 4 and the 1 only together, and together they are not few.
  expect(hiddenPlaces([120, 4, 0, 30, 1])).toEqual(new Set([1, 4]));
  // 154 less 120 and 30 would be the 4: the 30 is hidden with it.
  expect(hiddenPlaces([120, 4, 0, 30])).toEqual(new Set([1, 3]));
  // 1 and 1 are 2 together, and of two that are not 0 each must be 1.
  expect(hiddenPlaces([120, 1, 0, 30, 1])).toEqual(new Set([1, 3, 4]));
  expect([...hiddenPlaces([0, 3, 0])]).toEqual([1]);
});

test('what a page never says is hidden too: what it says must not leave few for it', () => {
  // 7 may have it and 5 are known not to: 1 draws it, and of 1 it is not known. 7 less 5 would say that they are 2.
  const figures = [said(7, 1), said(1, 0), said(5, 0), { count: 1, isSaid: false, rank: 0 }];
  expect(hiddenFigures(figures, [{ left: [0], right: [1, 2, 3] }])).toEqual(new Set([1, 2, 3]));
});

test('what other pages say too is hidden last', () => {
  // 310 meet, 306 hold, 4 are moved: the 310 goes, whatever its size.
  expect(hiddenFigures([said(310, 0), said(306, 2), said(4, 0)], [{ left: [0], right: [1, 2] }])).toEqual(new Set([0, 2]));
});

test('whatever the table, nothing between 1 and the limit can be reckoned from what it shows', () => {
  const random = seeded(7);
  for (let round = 0; round < 300; round++) {
    const [most, zeros] = [6 + random.below(40), 2 + random.below(3)];
    const counts = Array.from({ length: 1 + random.below(6) }, () => Array.from({ length: 5 }, () => (random.below(zeros) === 0 ? 0 : random.below(most))));
    const { figures, equalities } = tableFigures(counts, 0);
    const hidden = hiddenFigures(figures, equalities);
    expect(audit(figures, equalities, hidden), JSON.stringify(counts)).toEqual([]);
    // A page of nulls would pass as well: what cannot give anybody away is shown.
    const isSafe = counts.flat().every((count) => count === 0 || count >= SMALLEST_SHOWN);
    expect(isSafe ? hidden.size : 0).toBe(0);
  }
});
