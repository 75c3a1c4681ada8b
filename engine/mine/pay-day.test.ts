import { expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import { expectedOn, payDayIn, SUM_STAGES } from './index.ts';

const day = (text: string) => parseDate(text) ?? expect.unreachable(text);

test('the pay day of a shorter month is its last', () => {
  expect([202601, 202602, 202802, 202604].map((month) => payDayIn(month, { day: 31 }))).toEqual(['2026-01-31', '2026-02-28', '2028-02-29', '2026-04-30']);
});

test.each([
  // On the day itself it is still to come; the day after only what is in no batch yet has a day, in the next month.
  ['2026-12-24', '2026-12-25', '2026-12-25'],
  ['2026-12-25', '2026-12-25', '2026-12-25'],
  ['2026-12-26', '2027-01-25', undefined],
] as const)('on %s what is booked is expected on %s, and what stands in a batch on %s', (today, booked, inBatch) => {
  const on = Object.fromEntries(SUM_STAGES.map((stage) => [stage, expectedOn({ stage }, { day: 25 }, day(today))]));
  expect(on).toEqual({ booked, prepared: inBatch, approved: inBatch });
});
