import { expect, test } from 'vitest';
import { aboutMissing, foldGrant, monthsLater, NO_GRANT_YET, NOT_IN_REGISTER, rightIn } from './index.ts';
import type { Grant, Whereabouts } from './index.ts';

const [MONTH, NEXT] = [203106, 203107];
const paid = foldGrant([{ kind: 'set', run: 'first', ground: 'facts', from: 203101, right: { amountFen: 80_000, areas: {} } }]);
const seen = (grant: Grant, isThere: boolean, found: Whereabouts) => aboutMissing(grant, { isThere, found, run: 'june', month: MONTH });
const after = (grant: Grant, isThere: boolean, found: Whereabouts): Grant => foldGrant(seen(grant, isThere, found)?.events ?? [], grant);
const held = after(paid, false, undefined);

test('whoever is missed keeps what they have, the money waits, and somebody is asked once', () => {
  expect(seen(paid, false, undefined)?.kind).toBe('ask');
  expect([held.held, rightIn(held.steps, NEXT)?.amountFen]).toEqual([NOT_IN_REGISTER, 80_000]);
  expect(seen(held, false, 'asked')).toBeUndefined();
});

test('it ends only once somebody has found that they left, after the month of the run, and what was due before is paid', () => {
  expect(seen(held, false, 'left')).toMatchObject({ kind: 'end', from: NEXT });
  const ended = after(held, false, 'left');
  expect([ended.held, rightIn(ended.steps, MONTH)?.amountFen, rightIn(ended.steps, NEXT)]).toEqual([undefined, 80_000, undefined]);
  // The month after that nothing is left to do.
  expect(aboutMissing(ended, { isThere: false, found: 'left', run: 'july', month: monthsLater(MONTH, 1) })).toBeUndefined();
});

test('whoever is found, or stands in a register again, is paid', () => {
  for (const [isThere, found] of [[false, 'still-here'], [true, 'asked'], [true, undefined]] as const) expect([seen(held, isThere, found)?.kind, after(held, isThere, found).held]).toEqual(['free', undefined]);
  expect(seen(paid, true, undefined)).toBeUndefined();
});

test('money that waits for an account goes on waiting for it, and the subject is looked for all the same', () => {
  const account = foldGrant([{ kind: 'held', because: 'account' }], paid);
  expect([seen(account, false, undefined)?.kind, after(account, false, undefined).held, seen(account, true, undefined)]).toEqual(['ask', 'account', undefined]);
});

test('who has nothing is not looked for', () => {
  expect(seen(NO_GRANT_YET, false, undefined)).toBeUndefined();
});
