import { expect, test } from 'vitest';
import { parseDecimal } from '#engine/kernel/index.ts';
import { actedState, againstOf, NO_ACTS, NO_MONEY } from './books.ts';
import type { KeptObservation } from './books.ts';
import { printMonth, shownMoney, shownObservation, shownRun, shownRunDetail } from './shown.ts';
import { detailOf, runOf } from './testing.ts';

const counts = { new: 3, raised: 20, lowered: 0, ended: 9, 'now-unknown': 0 };
const real = { release: 'v1', count: 100, synthetic: false };

test('a number of few is hidden, and the next smallest, so that the sum does not give it away; of made-up people too, whom other pages count as well', () => {
  expect(shownRun(runOf('2031-06-01', { counts })).counts.new).toBeNull();
  // 3 is below 5; of 20 and 9 the smaller goes with it. Nobody is nobody.
  expect(shownRun(runOf('2031-06-01', { people: real, counts })).counts).toEqual({ new: null, raised: 20, lowered: 0, ended: null, 'now-unknown': 0 });
  const acts = { ...NO_ACTS, set: { count: 4, fen: 320_000 }, ask: { count: 30, fen: 10 }, leave: { count: 2, fen: 0 } };
  expect(shownRun(runOf('2031-06-01', { people: real, acts })).acts).toMatchObject({ set: { count: null, fen: null }, ask: { count: 30, fen: 10 }, leave: { count: null } });
});

test('a service of few shows no money either, and a service that does nothing is left out', () => {
  const detail = detailOf(runOf('2031-06-01', { people: real, counts: { ...counts, new: 4, raised: 0, ended: 0 }, grants: 4, beforeFen: 320_000 }));
  const idle = { ...detail.services[0], service: 'idle', subject: 'person', beforeFen: 0, movedFen: 0, counts: { ...counts, new: 0, raised: 0, ended: 0 }, grants: 0, decided: undefined, clauses: [] };
  const { services } = shownRunDetail({ ...detail, services: [...detail.services, idle] });
  expect(services).toMatchObject([{ service: 'closed-season-grant', counts: { new: null }, before: { grants: null, fen: null }, after: { grants: 8, fen: 640_000 }, movedFen: null }]);
});

test('a batch of few and a debt of few are hidden where people exist', () => {
  const batch = { id: 'b', payer: 'city', month: 203106, items: 2, totalFen: 160_000, stage: 'prepared', preparedBy: 'system', approvedBy: null, releasedBy: null } as const;
  const money = { ...NO_MONEY, batches: [batch], recoveries: { count: 3, openFen: 100, objections: 1 } };
  expect(shownMoney(money, true)).toMatchObject({ batches: [{ items: null, totalFen: null, stage: 'prepared' }], recoveries: { count: null, openFen: null, objections: null } });
  expect(shownMoney(money, false)).toMatchObject({ batches: [{ items: 2 }], recoveries: { count: 3 } });
});

test('an observation of which few are left out is not shown of people who exist, nor where the run is gone', () => {
  const value = parseDecimal('98');
  const kept: KeptObservation = { indicator: 'reach', month: 203106, numerator: 98, denominator: 100, value, formula: 'f', of: [{ service: 'nets', entitled: 100, receiving: 98 }], run: 'r', observedAt: '2031-06-30T00:00:00Z', people: { ...real, synthetic: true } };
  expect(shownObservation(kept)).toMatchObject({ value: '98', numerator: 98, denominator: 100, services: ['nets'] });
  for (const people of [real, undefined]) expect(shownObservation({ ...kept, people })).toMatchObject({ value: null, numerator: null, denominator: 100 });
});

test('how far a run was acted on follows from its changes, and with what it was compared from its summary', () => {
  const none = { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 };
  const acts = (count: number) => ({ ...NO_ACTS, set: { count, fen: 0 } });
  expect([actedState(none, NO_ACTS), actedState(counts, NO_ACTS), actedState(counts, acts(31)), actedState(counts, acts(32))]).toEqual(['nothing', 'not', 'part', 'whole']);
  expect([againstOf('nothing'), againstOf('grants 0123'), againstOf('run 2031-06-01-c0ffee000000')]).toEqual([{ kind: 'nothing' }, { kind: 'grants' }, { kind: 'run', id: '2031-06-01-c0ffee000000' }]);
  expect(printMonth(203106)).toBe('2031-06');
});
