import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { correctionFault, dirtyHouseholds, overlaid } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { MONEY, TOWN } from '#engine/rules/testing/town.ts';
import { LANE } from '#engine/rules/index.ts';
import { appendOverlay, openOverlay } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'overlay-'));
afterAll(() => rmSync(root, { recursive: true }));

const told = (row: number, value: number, validFrom: number, knownAt: string, rest: Partial<Correction> = {}): Correction => ({ entity: 'person', row, fact: 'income', value, validFrom, observedOn: validFrom, knownAt: `${knownAt}T00:00:00Z`, source: 'holder', by: 'counter', ...rest });

test('what is added stays in order, and a line cut off by a crash harms no other', () => {
  const release = { id: 'v1' };
  const [first, second] = [told(1, 500, 20310101, '2031-01-05'), told(1, 700, 20310301, '2031-03-02')];
  appendOverlay(root, release, [first]);
  appendFileSync(join(root, 'overlay-v1.log'), '0123abcd {"entity":"per');
  appendOverlay(root, release, [second]);
  expect(openOverlay(root, release)).toEqual({ corrections: [first, second], damaged: 1 });
  expect(openOverlay(root, { id: 'v2' })).toEqual({ corrections: [], damaged: 0 });
});

test('one sees what held on the day, as it was known at the time', () => {
  // In January 500 from the start of the year; in March 700 from March on; in April: it had been 650 from February.
  const all = [told(1, 500, 20310101, '2031-01-05'), told(1, 700, 20310301, '2031-03-02'), told(1, 650, 20310201, '2031-04-01', { validUntil: 20310228 })];
  const seen = (factsOn: number, knownAt: string): number | undefined => overlaid(all, { factsOn, knownAt: `${knownAt}T12:00:00Z` }).get('income')?.get(1)?.value;
  expect([seen(20310115, '2031-05-01'), seen(20310215, '2031-05-01'), seen(20310315, '2031-05-01')]).toEqual([500, 650, 700]);
  expect([seen(20310215, '2031-03-15'), seen(20310315, '2031-03-01'), seen(20301231, '2031-05-01')]).toEqual([500, 500, undefined]);
});

test('a correction of a person, a household or a dwelling makes those households dirty that it can change', () => {
  // Households of people 0–1, 2 and 3–5; person 6 lives in none. Dwelling 0 holds people 1 and 6.
  const links = new Map([['living', { starts: Int32Array.of(0, 2, 3, 6) }], ['dwelling', { starts: Int32Array.of(0, 2), targets: Int32Array.of(1, 6) }]]);
  const dirty = (entity: string, row: number): unknown => dirtyHouseholds(TOWN, 'living', links, [told(row, 1, 20310101, '2031-01-01', { entity })]);
  expect(dirty('person', 5)).toEqual({ households: [2], alone: [] });
  expect(dirty('living', 1)).toEqual({ households: [1], alone: [] });
  expect(dirty('dwelling', 0)).toEqual({ households: [0], alone: [6] });
});

test('a correction of what is not there, or to what cannot be, is not taken', () => {
  const rows = new Map([['person', 3]]);
  const most = MONEY.kind === 'number' ? Number(MONEY.max) : 0;
  expect(correctionFault(TOWN, rows, told(2, LANE.int32.unknown, 20310101, '2031-01-01'))).toBeUndefined();
  expect([told(3, 1, 1, '2031-01-01'), told(0, most + 1, 1, '2031-01-01'), told(0, 1, 1, '2031-01-01', { fact: 'luck' })].map((one) => correctionFault(TOWN, rows, one))).toEqual(['row-unknown', 'out-of-range', 'fact-unknown']);
});
