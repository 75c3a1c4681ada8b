import { expect, test } from 'vitest';
import { linkBook } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { liveCity } from './live-city.ts';
import type { Served } from './live-city.ts';

function day(text: string): CalendarDate {
  const date = parseDate(text);
  if (!date) throw new Error(text);
  return date;
}

function served(digest: string): Served {
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('the pack does not load');
  return { pack, linked: linkBook(pack), findings: [], release: { digest, activatedAt: '2031-03-01T00:00:00.000Z' } };
}

test('the city is as of the day it is where the plan is, and a new day makes a new city', () => {
  let today = '2031-03-01';
  const zones: string[] = [];
  const { city } = liveCity(served('a'), { now: () => '', today: (zone) => (zones.push(zone), day(today)) }, 'demo');
  const first = city();
  expect([first.today, city()]).toEqual(['2031-03-01', first]);
  today = '2031-03-02';
  expect([city().today, city().release.digest]).toEqual(['2031-03-02', 'a']);
  expect(new Set(zones)).toEqual(new Set(['Asia/Shanghai']));
});

test('a faulty save keeps the last good pack and its diagnostics until a good one comes', () => {
  const { city, fault, replace } = liveCity(served('a'), { now: () => '', today: () => day('2031-03-01') }, 'demo');
  const diagnostic = { code: 'key-unknown', severity: 'error', place: { file: 'units.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }, data: {} } as const;
  fault([diagnostic]);
  expect([city().release.digest, city().diagnostics]).toEqual(['a', [diagnostic]]);
  replace(served('b'));
  expect([city().release.digest, city().diagnostics]).toEqual(['b', []]);
});
