import { describe, expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { addWorkingDays, deadlineOf, workingCalendar, workingDaysUntil } from './index.ts';
import type { Deadline, TimeLimit } from './index.ts';

const on = (text: string): CalendarDate => parseDate(text) ?? (() => { throw new Error(text); })();
// 2031: 1 January (Wednesday) is free; 1 to 3 May (Thursday to Saturday) are free, Sunday 4 May is worked. 2032 is not published.
const calendar = workingCalendar(loadPack(packFiles('lantern-bay')).pack?.calendar ?? []);
const due = (day: string, counted = 'calendar'): Deadline => ({ kind: 'due', on: on(day), counted: counted === 'calendar' ? 'calendar' : 'weekends' });
const working = (count: number): TimeLimit => ({ kind: 'working-days', count });

describe('the legal clock', () => {
  test.each([
    ['the day after, not the day itself', '2031-03-03', 1, '2031-03-04'],
    ['over a weekend: Friday and one is Monday', '2031-03-07', 1, '2031-03-10'],
    ['over a holiday, on a Sunday that is worked', '2031-04-30', 1, '2031-05-04'],
    ['the Monday after that Sunday', '2031-04-30', 2, '2031-05-05'],
    // 2 and 3 January, then 6 to 10, 13 to 17, 20 to 22: 2 + 5 + 5 + 3 = 15.
    ['fifteen from the last day of the year before the holiday', '2031-01-01', 15, '2031-01-22'],
    ['none: the day itself where it is worked', '2031-05-04', 0, '2031-05-04'],
    ['none on a free Saturday: the next working day', '2031-05-03', 0, '2031-05-04'],
  ])('counts working days: %s', (_, from, count, expected) => {
    expect(addWorkingDays(calendar, on(from), count)).toEqual(due(expected));
  });

  test.each<readonly [string, TimeLimit, string, string]>([
    ['plain days are all days', { kind: 'days', count: 10 }, '2031-03-03', '2031-03-13'],
    // 21 April and 10 days is 1 May, free until the 3rd; Sunday the 4th is worked.
    ['an end on a holiday moves to the next working day', { kind: 'days', count: 10 }, '2031-04-21', '2031-05-04'],
    ['an end on a Saturday moves to Monday', { kind: 'days', count: 1 }, '2031-04-25', '2031-04-28'],
    ['a month ends on the same number', { kind: 'months', count: 1 }, '2031-03-03', '2031-04-03'],
    ['or on the last day of a shorter month', { kind: 'months', count: 1 }, '2031-01-31', '2031-02-28'],
  ])('ends other limits: %s', (_, limit, from, expected) => {
    expect(deadlineOf(calendar, on(from), limit)).toEqual(due(expected));
  });

  test('stands still while the resident is asked to complete something: the day of asking counts, the day it came does not', () => {
    // Monday the 3rd, asked on Tuesday the 4th (1), came on Thursday the 6th: Friday 7 (2), 10 (3), 11 (4), 12 (5).
    expect(deadlineOf(calendar, on('2031-03-03'), working(5), [{ from: on('2031-03-04'), until: on('2031-03-06') }])).toEqual(due('2031-03-12'));
    // 28 days of a month and two that did not count: 2 March, a Sunday.
    expect(deadlineOf(calendar, on('2031-01-31'), { kind: 'months', count: 1 }, [{ from: on('2031-02-03'), until: on('2031-02-05') }])).toEqual(due('2031-03-03'));
    // Asked twice, the times overlapping: 4 (1), then the 10th (2) …
    expect(deadlineOf(calendar, on('2031-03-03'), working(2), [{ from: on('2031-03-04'), until: on('2031-03-06') }, { from: on('2031-03-05'), until: on('2031-03-07') }])).toEqual(due('2031-03-10'));
    expect(deadlineOf(calendar, on('2031-03-03'), working(5), [{ from: on('2031-03-04'), until: null }])).toEqual({ kind: 'paused', since: '2031-03-04' });
  });

  test('counts by weekends where a year is not published, and says so', () => {
    expect(addWorkingDays(calendar, on('2031-12-30'), 1)).toEqual(due('2031-12-31'));
    // Thursday 1 January 2032 would surely be a holiday; nobody has said so yet.
    expect(addWorkingDays(calendar, on('2031-12-30'), 2)).toEqual(due('2032-01-01', 'weekends'));
    expect(addWorkingDays(workingCalendar([]), on('2031-04-30'), 1)).toEqual(due('2031-05-01', 'weekends'));
  });

  test('says how many working days are left, and how many it is too late', () => {
    expect(workingDaysUntil(calendar, on('2031-04-30'), on('2031-05-05'))).toBe(2);
    expect(workingDaysUntil(calendar, on('2031-05-05'), on('2031-05-05'))).toBe(0);
    expect(workingDaysUntil(calendar, on('2031-05-05'), on('2031-04-30'))).toBe(-2);
  });
});
