import { expect, test } from 'vitest';
import { meaningOf } from '../testing/agree.ts';
import { HOSTILE, named, WORLDS } from './testing/index.ts';

test.each([...Object.entries(WORLDS), ...HOSTILE.map((name) => [`called ${JSON.stringify(name)}`, named(name)] as const)])('the interpreter gives what was worked out by hand: %s', (_, { sample, expected }) => {
  const meant = meaningOf(sample);
  expect(expected.map(({ name, service, place }) => ({ name, verdict: meant.get(service)?.[place] }))).toEqual(expected.map(({ name, verdict }) => ({ name, verdict })));
});
