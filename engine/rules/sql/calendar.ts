import { FIRST_DATE, LAST_DATE } from '../type.ts';
import { sql } from './text.ts';
import type { Text } from './text.ts';

/*
 * The calendar in whole numbers. A date is yyyymmdd; no date type or date function of a database is used, because
 * no two of them agree on 29 February and on the ends of months.
 */

/** Writes dates for one database; `hold` puts a text that is needed more than once into a column. */
export interface Calendar {
  readonly division: string;
  readonly hold: (text: Text) => Text;
}

const div = ({ division }: Calendar, a: Text, b: number): Text => sql`(${a} ${division} ${b})`;

/** Months since January of year 0. */
export function monthNumber(calendar: Calendar, date: Text): Text {
  return sql`(${div(calendar, date, 10_000)} * 12 + ${div(calendar, date, 100)} % 100 - 1)`;
}

/** The digits of a later date less those of an earlier one borrow a year exactly where its anniversary has not come. */
export function yearsBetween(calendar: Calendar, from: Text, to: Text): Text {
  return sql`CASE WHEN ${to} < ${from} THEN 0 ELSE ${div(calendar, sql`(${to} - ${from})`, 10_000)} END`;
}

export function monthsBetween(calendar: Calendar, from: Text, to: Text): Text {
  return sql`CASE WHEN ${to} < ${from} THEN 0 ELSE ${monthNumber(calendar, to)} - ${monthNumber(calendar, from)} - CASE WHEN ${to} % 100 < ${from} % 100 THEN 1 ELSE 0 END END`;
}

export function daysBetween(calendar: Calendar, from: Text, to: Text): Text {
  return sql`CASE WHEN ${to} < ${from} THEN 0 ELSE ${dayNumber(calendar, to)} - ${dayNumber(calendar, from)} END`;
}

/** Days since the last of February of year 0: the year begins in March, so that the leap day is its last. */
function dayNumber(calendar: Calendar, date: Text): Text {
  const months = calendar.hold(sql`(${monthNumber(calendar, date)} - 2)`);
  const year = div(calendar, months, 12);
  return sql`(365 * ${year} + ${div(calendar, year, 4)} - ${div(calendar, year, 100)} + ${div(calendar, year, 400)} + ${div(calendar, sql`(153 * (${months} % 12) + 2)`, 5)} + ${date} % 100)`;
}

/** The date of a day counted by `dayNumber`, held between the first and the last. */
function dateOfDay(calendar: Calendar, day: Text): Text {
  const since = calendar.hold(sql`(${day} - 1)`);
  const inEra = calendar.hold(sql`(${since} % 146097)`);
  const year = calendar.hold(sql`(${div(calendar, since, 146_097)} * 400 + ${div(calendar, sql`(${inEra} - ${div(calendar, inEra, 1460)} + ${div(calendar, inEra, 36_524)} - ${div(calendar, inEra, 146_096)})`, 365)})`);
  const inYear = calendar.hold(sql`(${since} - (365 * ${year} + ${div(calendar, year, 4)} - ${div(calendar, year, 100)} + ${div(calendar, year, 400)}))`);
  const month = calendar.hold(div(calendar, sql`(5 * ${inYear} + 2)`, 153));
  return sql`CASE WHEN ${since} < ${FIRST_DAY} THEN ${FIRST_DATE} WHEN ${since} > ${LAST_DAY} THEN ${LAST_DATE} ELSE (${year} + CASE WHEN ${month} < 10 THEN 0 ELSE 1 END) * 10000 + (${month} + CASE WHEN ${month} < 10 THEN 3 ELSE -9 END) * 100 + ${inYear} - ${div(calendar, sql`(153 * ${month} + 2)`, 5)} + 1 END`;
}

/** 1 January of year 1 and 31 December of year 9999, counted from 1 March of year 0. */
const FIRST_DAY = 306;
const LAST_DAY = 3_652_364;

export function addDays(calendar: Calendar, date: Text, days: Text): Text {
  return dateOfDay(calendar, sql`(${dayNumber(calendar, date)} + ${days})`);
}

export function addMonths(calendar: Calendar, date: Text, months: Text): Text {
  const target = calendar.hold(sql`(${monthNumber(calendar, date)} + ${months})`);
  const [year, month] = [div(calendar, target, 12), sql`(${target} % 12 + 1)`];
  return sql`CASE WHEN ${target} < 12 THEN ${FIRST_DATE} WHEN ${target} > 119999 THEN ${LAST_DATE} ELSE ${year} * 10000 + ${month} * 100 + LEAST(${date} % 100, ${lengthOfMonth(year, month)}) END`;
}

export function monthStart(date: Text): Text {
  return sql`(${date} - ${date} % 100 + 1)`;
}

export function monthEnd(calendar: Calendar, date: Text): Text {
  return sql`(${date} - ${date} % 100 + ${lengthOfMonth(div(calendar, date, 10_000), sql`(${div(calendar, date, 100)} % 100)`)})`;
}

/** The last month of all has none after it; its last date stands for it. */
export function monthAfter(calendar: Calendar, date: Text): Text {
  return sql`CASE WHEN ${date} >= 99991201 THEN ${LAST_DATE} WHEN ${date} % 10000 >= 1201 THEN ${div(calendar, date, 10_000)} * 10000 + 10101 ELSE ${div(calendar, date, 100)} * 100 + 101 END`;
}

export function partOf(calendar: Calendar, part: 'year' | 'month' | 'day', date: Text): Text {
  if (part === 'day') return sql`(${date} % 100)`;
  return part === 'year' ? div(calendar, date, 10_000) : sql`(${div(calendar, date, 100)} % 100)`;
}

function lengthOfMonth(year: Text, month: Text): Text {
  return sql`CASE WHEN ${month} IN (4, 6, 9, 11) THEN 30 WHEN ${month} <> 2 THEN 31 WHEN ${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0) THEN 29 ELSE 28 END`;
}
