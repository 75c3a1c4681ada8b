import { describe, expect, test } from 'vitest';
import { complement, sweep } from './sweep.ts';
import type { Interval } from './sweep.ts';

const to = (from: number, until: number): Interval => ({ from: BigInt(from), to: BigInt(until) });
const digits = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)));

describe('boxes', () => {
  test('that meet end to end leave no gap and do not overlap', () => {
    const { gaps, overlaps, complete } = sweep([to(0, 99)], [[[to(0, 59)]], [[to(60, 99)]]]);
    expect([gaps, overlaps, complete]).toEqual([[], [], true]);
  });

  test('that miss one value leave exactly it open', () => {
    expect(digits(sweep([to(0, 99)], [[[to(0, 58)]], [[to(60, 99)]]]).gaps)).toEqual([[{ from: 59, to: 59 }]]);
  });

  test('that share one value overlap exactly there', () => {
    expect(digits(sweep([to(0, 99)], [[[to(0, 60)]], [[to(60, 99)]]]).overlaps)).toEqual([{ first: 0, second: 1, where: [{ from: 60, to: 60 }] }]);
  });

  test('of two inputs: a corner that nobody took', () => {
    // Rows take x < 5 (any y) and y < 5 (any x); what is left is x ≥ 5 and y ≥ 5, and both take x < 5, y < 5.
    const { gaps, overlaps } = sweep([to(0, 9), to(0, 9)], [[[to(0, 4)], [to(0, 9)]], [[to(0, 9)], [to(0, 4)]]]);
    expect(digits(gaps)).toEqual([[{ from: 5, to: 9 }, { from: 5, to: 9 }]]);
    expect(digits(overlaps)).toEqual([{ first: 0, second: 1, where: [{ from: 0, to: 4 }, { from: 0, to: 4 }] }]);
  });

  test('behind another are never reached', () => {
    expect([...sweep([to(0, 9)], [[[to(0, 9)]], [[to(3, 4)]]]).reached]).toEqual([0]);
  });

  test('agree with looking at every value', () => {
    // 5 rows over 6 × 6 values, each row two ranges an input; by a repeatable sequence.
    let state = 9;
    const next = (below: number): number => { state = (state * 1103515245 + 12345) % 2147483648; return state % below; };
    for (let round = 0; round < 200; round++) {
      const range = (): Interval[] => [0, 1].map(() => { const from = next(6); return to(from, Math.min(5, from + next(3))); });
      const rows = Array.from({ length: 5 }, () => [range(), range()]);
      const takes = (row: readonly (readonly Interval[])[], at: readonly number[]): boolean => row.every((ranges, input) => ranges.some((one) => one.from <= BigInt(at[input] ?? 0) && one.to >= BigInt(at[input] ?? 0)));
      const all = Array.from({ length: 36 }, (_, index) => [Math.floor(index / 6), index % 6]);
      const found = sweep([to(0, 5), to(0, 5)], rows);
      const inside = (box: readonly Interval[], at: readonly number[]): boolean => takes(box.map((one) => [one]), at);
      expect(all.filter((at) => found.gaps.some((box) => inside(box, at)))).toEqual(all.filter((at) => !rows.some((row) => takes(row, at))));
      const first = new Set(all.flatMap((at) => { const row = rows.findIndex((one) => takes(one, at)); return row === -1 ? [] : [row]; }));
      expect(found.reached).toEqual(first);
    }
  });
});

test('what ranges leave out of a domain', () => {
  expect(digits(complement(to(0, 9), [to(3, 4), to(4, 6)]))).toEqual([{ from: 0, to: 2 }, { from: 7, to: 9 }]);
  expect(complement(to(0, 9), [to(0, 9)])).toEqual([]);
});
