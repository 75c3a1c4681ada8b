import { describe, expect, test } from 'vitest';
import { caseStream, fold } from '#engine/casework/index.ts';
import { tell } from '#engine/casework/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { MANDATES, revoke, scopeFor, take } from './mandate.ts';
import type { Mandate, MandateEvent } from './mandate.ts';

const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const STREAM = caseStream('mandate', 'grandma');
const offered = (scope: 'look' | 'act' = 'act'): MandateEvent => ({ kind: 'mandate-offered', payload: { codeHash: 'ab', scope, until: on('2031-06-30'), offerEnds: '2031-03-04T01:00:00.000Z', giver: '桂婆婆' } });
const daughter = { by: 'daughter', taker: '阿珠', now: '2031-03-03T02:00:00.000Z', today: on('2031-03-03') };

/** The mandate after what happened, each told by who did it. */
function after(...events: readonly (readonly [string, MandateEvent])[]): Mandate {
  const [mandate] = fold(MANDATES, tell(STREAM, 'grandma', events)).values();
  if (!mandate) throw new Error('no mandate');
  return mandate;
}
function taken(mandate: Mandate, by = daughter): MandateEvent {
  const answer = take(mandate, by);
  if ('kind' in answer || !answer[0]) throw new Error('not taken');
  return answer[0];
}

describe('a mandate', () => {
  test('gives nobody anything until somebody takes it, then them alone, until its last day', () => {
    const open = after(['grandma', offered()]);
    expect(scopeFor(open, 'daughter', on('2031-03-03'))).toBeUndefined();
    const held = after(['grandma', offered()], ['daughter', taken(open)]);
    expect(held).toMatchObject({ number: 1, sequence: 2, giver: '桂婆婆', state: { kind: 'taken', by: 'daughter', taker: '阿珠' } });
    expect([scopeFor(held, 'daughter', on('2031-06-30')), scopeFor(held, 'daughter', on('2031-07-01')), scopeFor(held, 'neighbour', on('2031-06-30'))]).toEqual(['act', undefined, undefined]);
  });

  test('goes as far as it says', () => {
    const open = after(['grandma', offered('look')]);
    expect(scopeFor(after(['grandma', offered('look')], ['daughter', taken(open)]), 'daughter', on('2031-03-03'))).toBe('look');
  });

  test('is taken once, in time, and by nobody for themselves', () => {
    const open = after(['grandma', offered()]);
    const held = after(['grandma', offered()], ['daughter', taken(open)]);
    expect(take(held, { ...daughter, by: 'neighbour' })).toEqual({ kind: 'code-unknown' });
    // Two who had it at the same moment: the entry that stands first counts.
    expect(scopeFor(after(['grandma', offered()], ['daughter', taken(open)], ['neighbour', taken(open, { ...daughter, by: 'neighbour' })]), 'neighbour', on('2031-03-03'))).toBeUndefined();
    expect(take(open, { ...daughter, now: '2031-03-04T01:00:00.000Z' })).toEqual({ kind: 'code-unknown' });
    expect(take(open, { ...daughter, today: on('2031-07-01') })).toEqual({ kind: 'code-unknown' });
    expect(take(open, { ...daughter, by: 'grandma' })).toEqual({ kind: 'mandate-own' });
  });

  test('ends when it is revoked, taken or not, and revoking again changes nothing', () => {
    const open = after(['grandma', offered()]);
    const [end] = revoke(open);
    if (!end) throw new Error('not revoked');
    const ended = after(['grandma', offered()], ['grandma', end]);
    expect(take(ended, daughter)).toEqual({ kind: 'code-unknown' });
    expect(revoke(ended)).toEqual([]);
    const held = after(['grandma', offered()], ['daughter', taken(open)], ['grandma', end]);
    expect(scopeFor(held, 'daughter', on('2031-03-03'))).toBeUndefined();
  });
});
