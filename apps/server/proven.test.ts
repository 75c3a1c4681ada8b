import { expect, test } from 'vitest';
import { epochSeconds } from '#adapters/clock/index.ts';
import { provenAt } from './proven.ts';

const NOW = '2031-06-15T08:00:00.000Z';

test.each([
  ['just now', '2031-06-15T08:00:00.000Z', NOW],
  // The clock of the provider is ahead of ours.
  ['a minute from now', '2031-06-15T08:01:00.000Z', NOW],
  ['an hour ago, whatever has been signed out and in since', '2031-06-15T07:00:00.000Z', '2031-06-15T07:00:00.000Z'],
  ['the day before yesterday', '2031-06-13T08:00:00.000Z', '2031-06-14T20:00:00.000Z'],
])('who proved who they are %s, did so then', (_, said, found) => {
  expect(provenAt({ provenAtSeconds: epochSeconds(said) }, NOW)).toBe(found);
});

test('who comes from a provider that does not say when, proved it too long ago', () => {
  expect(provenAt({ provenAtSeconds: undefined }, NOW)).toBe('2031-06-14T20:00:00.000Z');
});
