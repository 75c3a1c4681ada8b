import { expect, test } from 'vitest';
import type { City } from '#engine/city.ts';
import { keptAnswer } from './kept.ts';

/** Answers are kept by the city itself, so that any object stands for one. */
const aCity = (): City => ({}) as City;

test('a question is worked out once for a city, and again for another', () => {
  const [first, second] = [aCity(), aCity()];
  let made = 0;
  const ask = (city: City): string => keptAnswer(city, 'services', () => String(++made));
  expect([ask(first), ask(first), ask(second), ask(first)]).toEqual(['1', '1', '2', '1']);
});

test('of a hundred and twenty-nine questions the one that nobody asked for longest is forgotten', () => {
  const city = aCity();
  let made = 0;
  const ask = (key: number): string => keptAnswer(city, String(key), () => String(++made));
  for (let key = 1; key <= 128; key++) ask(key);
  ask(1);
  ask(129);
  expect([ask(1), ask(3), ask(129), ask(2)]).toEqual(['1', '3', '129', '130']);
});
