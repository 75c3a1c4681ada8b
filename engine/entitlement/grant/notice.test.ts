import { expect, test } from 'vitest';
import { dayOfMonth, foldGrant, noticesOfSettling, settleMonths, stretchesBetween } from './index.ts';
import type { Grant, GrantEvent, MonthVerdict, Right } from './index.ts';

const SERVICE = 'closed-season-grant';
const BY = dayOfMonth(203107);
const right = (amountFen: number, registered = '990101'): Right => ({ amountFen, areas: { registered } });
const set = (from: number, fen: number | undefined, until?: number): GrantEvent => ({ kind: 'set', run: 'r', ground: 'facts', from, until, right: fen === undefined ? undefined : right(fen) });
const granted = (...events: readonly GrantEvent[]): Grant => foldGrant(events);
/** What a grant is told once March to June have been decided again: fen of each month, undefined: no. */
function told(grant: Grant, ...fen: readonly (number | undefined)[]): readonly unknown[] {
  const months = fen.map((one, at): MonthVerdict => (one === undefined ? { month: 203103 + at, kind: 'no', clause: 'income' } : { month: 203103 + at, kind: 'yes', right: right(one) }));
  return noticesOfSettling(grant, SERVICE, settleMonths(grant, months, { run: 'again', ground: 'facts' }), BY).map(({ kind, template, values: { from, until }, respondBy }) => [kind, template, from, until, respondBy]);
}
const on = (day: string): unknown => ({ day });

test('who loses, gets less, gets more or has it again is told from which month on, and may object', () => {
  const had = granted(set(203101, 80_000));
  expect(told(had, 80_000, 80_000, 80_000, undefined)).toEqual([['ended', 'notice.ended', on('2031-06-01'), undefined, BY]]);
  expect(told(had, 80_000, 60_000, 60_000, 60_000)).toEqual([['changed', 'notice.lowered', on('2031-04-01'), undefined, BY]]);
  expect(told(had, 80_000, 80_000, 90_000, 90_000)).toEqual([['changed', 'notice.raised', on('2031-05-01'), undefined, BY]]);
  expect(told(granted(set(203101, 80_000), set(203103, undefined)), undefined, undefined, 80_000, 80_000)).toEqual([['granted', 'notice.granted', on('2031-05-01'), undefined, BY]]);
  expect(told(granted(set(203101, 0), set(203103, undefined)), undefined, undefined, undefined, 0)).toEqual([['granted', 'notice.granted-in-kind', on('2031-06-01'), undefined, BY]]);
});

test('months that are past and stay by themselves are told with their last day, each stretch once', () => {
  const had = granted(set(203101, 80_000));
  expect(told(had, 80_000, undefined, undefined, 80_000)).toEqual([['ended', 'notice.ended-for', on('2031-04-01'), on('2031-05-31'), BY]]);
  expect(told(had, 60_000, 80_000, 90_000, 80_000)).toEqual([['changed', 'notice.lowered-for', on('2031-03-01'), on('2031-03-31'), BY], ['changed', 'notice.raised-for', on('2031-05-01'), on('2031-05-31'), BY]]);
  // Arrears are no new grant: they cannot be refused.
  expect(told(granted(set(203101, 80_000), set(203103, undefined)), 80_000, undefined, undefined, undefined)).toEqual([['changed', 'notice.granted-for', on('2031-03-01'), on('2031-03-31'), BY]]);
});

test('who gets the same is told nothing, also where another county pays it', () => {
  const had = granted(set(203101, 80_000));
  expect(told(had, 80_000, 80_000, 80_000, 80_000)).toEqual([]);
  expect(stretchesBetween(had.steps, foldGrant([{ kind: 'set', run: 'r', ground: 'facts', from: 203105, right: right(80_000, '990122') }], had).steps)).toEqual([]);
});
