import { z } from 'zod';
import { date, integer, name, provenance } from './common.ts';

/** `calendar.yaml`: which days of a year are free and which weekend days are worked, as published for that year. */
export const calendarYear = z.strictObject({
  year: integer.describe('The year that the arrangement is for.'),
  ...provenance,
  holidays: z.array(z.strictObject({
    name,
    from: date.describe('First free day, weekends and shifted days included.'),
    until: date.describe('Last free day.'),
  })).describe('The holidays of the year; the first may begin in the year before.'),
  workdays: z.array(date).describe('Saturdays and Sundays that are worked, because their rest was shifted to a holiday.'),
});
