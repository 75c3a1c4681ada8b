import { monthOf, monthsLater } from '#engine/entitlement/index.ts';
import type { Month } from '#engine/entitlement/index.ts';
import { lengthOfMonth, parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Plan } from '#engine/pack/index.ts';
import { dayNumber, dayText } from '#engine/rules/index.ts';
import type { OwnSum } from './money.ts';

/** On which day of the month a city pays out, and how sure that is. */
export type PayDay = NonNullable<Plan['payDay']>;

/** The pay day of a month: of one that is shorter its last day. */
export function payDayIn(month: Month, { day }: Pick<PayDay, 'day'>): CalendarDate {
  const [year, of] = [Math.floor(month / 100), month % 100];
  const on = parseDate(dayText(month * 100 + Math.min(day, lengthOfMonth(year, of))));
  if (on === undefined) throw new RangeError(`${month} has no day ${day}`);
  return on;
}

/**
 * When money that has not left is to be expected: what waits for a batch on the next pay day, what stands in one on that of
 * this month. Undefined for what has left, what waits for something else, and a batch that is late: nobody knows then.
 */
export function expectedOn({ stage }: Pick<OwnSum, 'stage'>, payDay: Pick<PayDay, 'day'>, today: CalendarDate): CalendarDate | undefined {
  const month = monthOf(dayNumber(today));
  const thisMonth = payDayIn(month, payDay);
  switch (stage) {
    case 'booked': return thisMonth >= today ? thisMonth : payDayIn(monthsLater(month, 1), payDay);
    case 'approved': case 'prepared': return thisMonth >= today ? thisMonth : undefined;
    case 'came': case 'held': case 'returned': case 'without-payer': return undefined;
    default: return stage satisfies never;
  }
}
