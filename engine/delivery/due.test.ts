import { expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import type { Schedule } from '#engine/pack/index.ts';
import { dueList } from './due.ts';
import type { Day, Edition, Followed, ScheduleItem } from './due.ts';
import { addSpan, timesBy } from './span.ts';
import type { Span } from './span.ts';

const UNITS = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const;
const span = (said: string): Span => {
  const [count = '', unit = ''] = said.split(' ');
  const of = UNITS[unit as keyof typeof UNITS];
  return { count: Number(count), unit: of };
};
const day = (text: string) => {
  const found = parseDate(text);
  if (!found) throw new Error(text);
  return found;
};

interface Said { readonly at?: string; readonly every?: string; readonly until?: string; readonly after?: { readonly item: string; readonly least?: string }; readonly when?: string; readonly counted?: string }
const item = (id: string, { at, every, until, after, ...rest }: Said): ScheduleItem => ({
  id, name: { zh: `项目${id}`, en: id }, ...rest,
  ...(at && { at: span(at) }), ...(every && { every: span(every) }), ...(until && { until: span(until) }),
  ...(after && { after: { item: after.item, ...(after.least && { least: span(after.least) }) } }),
});
const edition = (from: string, until: string | undefined, chosenBy: Edition['chosenBy'], items: readonly ScheduleItem[]): Edition => ({ from: day(from), ...(until && { until: day(until) }), chosenBy, law: 'LB-DEMO', confidence: 'demo', items: [...items] });
const schedule = (...editions: readonly Edition[]): Schedule => ({
  id: 'visits', name: { zh: '上门', en: 'Visits' }, service: 'island-care', subject: 'person', who: 'true', anchor: '出生日期', anchorName: { zh: '出生', en: 'Birth' },
  by: { department: 'health', level: 'township' }, done: 'care-visit', editions: [...editions], place: { file: 'schedules/visits.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 },
});
const followed = (anchor: Day, done?: Readonly<Record<string, readonly number[]>>, more: Partial<Followed> = {}): Followed => ({ anchor, counted: new Map(), holds: new Map(), done: done && new Map(Object.entries(done)), ...more });
/** Each item as `id kind from–until`, with the days late. */
const told = (of: Schedule, who: Followed, on: number): string[] => dueList(of, who, on).items.map((one) => [one.item.id, one.kind, `${one.from ?? ''}–${one.until ?? ''}`, ...(one.daysLate > 0 ? [`${String(one.daysLate)} late`] : []), ...(one.waitsFor === undefined ? [] : [`waits for ${one.waitsFor}`])].join(' '));

/** The island nurse: a first visit in the second week, one at half a year, at the earliest a month after the first. */
const NURSE = schedule(edition('2031-01-01', undefined, 'anchor', [item('first', { at: '1 w', until: '2 w' }), item('half', { at: '6 m', until: '8 m', after: { item: 'first', least: '1 m' } })]));

test('an item is not yet due, due on its first and its last day, and overdue from the day after, counted in days', () => {
  // Born on 1 March: one week later is the 8th, two weeks later the 15th.
  const standing = (on: number): string | undefined => told(NURSE, followed(20310301, {}), on)[0];
  expect([20310307, 20310308, 20310315, 20310316, 20310401].map(standing)).toEqual([
    'first upcoming 20310308–20310315', 'first due 20310308–20310315', 'first due 20310308–20310315', 'first overdue 20310308–20310315 1 late', 'first overdue 20310308–20310315 17 late',
  ]);
});

test('months end on the matching day or the last of a shorter month, each counted from the anchor and not from the one before', () => {
  // Born on 31 January 2032, a leap year: one month later is 29 February, two are 31 March; a year after 29 February 2032 is 28 February.
  expect([1, 2, 3].map((times) => addSpan(20320131, span('1 m'), times))).toEqual([20320229, 20320331, 20320430]);
  expect([addSpan(20320229, span('1 y')), addSpan(20320229, span('4 y'))]).toEqual([20330228, 20360229]);
  expect([addSpan(20311231, span('1 d')), addSpan(20311225, span('1 w'))]).toEqual([20320101, 20320101]);
});

test('how often a span has passed is counted out day by day', () => {
  // Against a plain count: the last of first, first + 1, first + 2 … that is not after the day.
  for (const [first, every] of [[20310131, '1 m'], [20320229, '1 y'], [20311231, '10 d'], [20310301, '3 m'], [20310101, '52 w']] as const) {
    for (const on of [20310101, 20310131, 20310228, 20320229, 20330228, 20401231]) {
      let count = 0;
      for (let times = 1; addSpan(first, span(every), times) <= on; times++) count = times;
      expect([first, every, on, timesBy(first, span(every), on)]).toEqual([first, every, on, count]);
    }
  }
});

test('what was done is done; a record of before the anchor or of after the day is not about it', () => {
  expect(told(NURSE, followed(20310301, { first: [20310310] }), 20310401)[0]).toBe('first done 20310308–20310315');
  expect(told(NURSE, followed(20310301, { first: [20310228] }), 20310310)[0]).toBe('first due 20310308–20310315');
  expect(told(NURSE, followed(20310301, { first: [20310312] }), 20310310)[0]).toBe('first due 20310308–20310315');
});

test('one that needs another first waits for it, and so long after it', () => {
  // First visit on 20 August: a month later is 20 September, after half a year (1 September) and before the last day (1 November).
  expect(told(NURSE, followed(20310301, { first: [20310820] }), 20310910)[1]).toBe('half upcoming 20310920–20311101');
  // First visit on 10 October: a month later is 10 November, past the last day, which moves with it: nobody is late who could not come.
  expect(told(NURSE, followed(20310301, { first: [20311010] }), 20311105)[1]).toBe('half upcoming 20311110–20311110');
  expect(told(NURSE, followed(20310301, {}), 20310910)[1]).toBe('half upcoming 20310901–20311101 waits for first');
  expect(told(NURSE, followed(20310301, {}), 20311102)[1]).toBe('half overdue 20310901–20311101 1 late waits for first');
});

test('without records nothing is overdue and nothing is done: what has come is unrecorded, and how long ago it ended is told', () => {
  expect(told(NURSE, followed(20310301), 20310320)).toEqual(['first unrecorded 20310308–20310315 5 late', 'half upcoming 20310901–20311101']);
});

test('where no last day was read an item is due and never overdue; when a later one of its row was done it is closed', () => {
  const row = schedule(edition('2031-01-01', undefined, 'due-date', [item('a', { at: '3 m' }), item('b', { at: '6 m', after: { item: 'a' } }), item('c', { at: '12 m', after: { item: 'b' } })]));
  expect(told(row, followed(20310101, {}), 20401231)).toEqual(['a due 20310401–', 'b due 20310701–', 'c due 20320101–']);
  expect(told(row, followed(20310101, { c: [20320110] }), 20401231)).toEqual(['a closed 20310401–', 'b closed 20310701–', 'c done 20320101–']);
});

test('what recurs is due so long after the last time; before any, from the first; without records it is the time that runs', () => {
  const yearly = schedule(edition('2031-01-01', undefined, 'due-date', [item('check', { at: '0 y', every: '1 y', until: '15 m' })]));
  // 65 on 10 May 2031; looked at on 1 June 2033.
  expect(told(yearly, followed(20310510, {}), 20330601)).toEqual(['check overdue 20310510–20320810 295 late']);
  expect(told(yearly, followed(20310510, { check: [20310601, 20320701] }), 20330601)).toEqual(['check upcoming 20330701–20331001']);
  expect(told(yearly, followed(20310510, { check: [20310601, 20320701] }), 20330701)).toEqual(['check due 20330701–20331001']);
  expect(told(yearly, followed(20310510), 20330601)).toEqual(['check unrecorded 20330510–20330810']);
  // Without `at` the first is one time after the anchor.
  const quarterly = schedule(edition('2031-01-01', undefined, 'due-date', [item('visit', { every: '3 m' })]));
  expect(told(quarterly, followed(20310510, {}), 20310601)).toEqual(['visit upcoming 20310810–']);
  // The edition begins long after the anchor: nothing was promised before it, so the first that is owed is the first in it.
  expect(told(yearly, followed(20250510, {}), 20310601)).toEqual(['check due 20310510–20310810']);
});

test('an edition chosen by the anchor stays with a person; one chosen by the day that falls due changes under them', () => {
  const old = [item('dose', { at: '3 m' })];
  const [byAnchor, byDay] = (['anchor', 'due-date'] as const).map((chosenBy) => schedule(edition('2030-01-01', '2030-12-31', chosenBy, old), edition('2031-01-01', undefined, chosenBy, [item('dose', { at: '4 m' })])));
  if (!byAnchor || !byDay) throw new Error('two were made');
  // Born on 1 November 2030: by the old edition 1 February 2031, which is after it ended; by the new one 1 March.
  expect(told(byAnchor, followed(20301101, {}), 20310215)).toEqual(['dose due 20310201–']);
  expect(told(byDay, followed(20301101, {}), 20310215)).toEqual(['dose upcoming 20310301–']);
});

test('an edition that brings an item forward is due from its own first day for those who have passed the new age and not reached the old one', () => {
  const forward = schedule(edition('2030-01-01', '2030-12-31', 'due-date', [item('dose', { at: '3 m' })]), edition('2031-01-01', undefined, 'due-date', [item('dose', { at: '2 m' })]));
  // Born on 15 October 2030: at 3 months 15 January, when the old edition is over; at 2 months 15 December, before the new one.
  expect(told(forward, followed(20301015, {}), 20310101)).toEqual(['dose due 20310101–']);
  // Born on 15 September 2030: 3 months are 15 December 2030, by the old edition.
  expect(told(forward, followed(20300915, {}), 20310101)).toEqual(['dose due 20301215–']);
});

test('a day of no edition promises nothing', () => {
  const ended = schedule(edition('2030-01-01', '2030-12-31', 'due-date', [item('a', { at: '1 m' }), item('b', { at: '8 m' })]));
  const { items, unpromised } = dueList(ended, followed(20301015, {}), 20320101);
  expect([items.map(({ item: { id } }) => id), unpromised.map(({ id }) => id)]).toEqual([['a'], ['b']]);
});

test('who is not meant has no item; who may be meant has an unsettled one; a day that is not known leaves it undated', () => {
  const some = schedule(edition('2031-01-01', undefined, 'due-date', [item('ill', { at: '1 m', when: '有病' }), item('home', { at: '0 d', until: '7 d', counted: '出院日期' })]));
  const of = (holds: boolean | undefined, counted: Day): string[] => told(some, followed(20310101, {}, { holds: new Map([['有病', holds]]), counted: new Map([['出院日期', counted]]) }), 20310601);
  expect(of(false, 'none')).toEqual([]);
  expect(of(undefined, 'unknown')).toEqual(['ill unsettled 20310201–', 'home undated –']);
  expect(of(true, 20310530)).toEqual(['ill due 20310201–', 'home due 20310530–20310606']);
  // No anchor: only what counts from another day is left.
  expect(told(some, followed('none', {}, { holds: new Map([['有病', true]]), counted: new Map([['出院日期', 20310530]]) }), 20310601)).toEqual(['home due 20310530–20310606']);
});
