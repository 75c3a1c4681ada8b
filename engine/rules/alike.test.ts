import { expect, test } from 'vitest';
import { Alike } from './alike.ts';
import type { Rule } from './build.ts';
import { childrenOf } from './op.ts';
import type { Expr } from './op.ts';
import { makeIn } from './testing/make.ts';
import { randomRules } from './testing/random.ts';
import { TOWN } from './testing/town.ts';

const make = makeIn({ schema: TOWN, subjects: new Map([['grant', 'person'], ['card', 'person']]) });
const rule = (service: string, when: Expr): Rule => ({ service, subject: 'person', clauses: [{ id: 'only', when }] });

test('a condition that two services write alike is one object; one that says something else, or stands elsewhere, is not', () => {
  const alike = new Alike();
  const asks = (): Expr => make.not(make.fact('p'));
  const of = (when: Expr, service = 'grant'): Expr | undefined => alike.rule(rule(service, when)).clauses[0]?.when;
  const first = of(asks());
  expect(of(asks(), 'card')).toBe(first);
  expect(of(make.not(make.fact('q')))).not.toBe(first);
  expect(of({ ...asks(), at: { from: 3, to: 9 } })).not.toBe(first);
  expect(of({ ...asks(), origin: { kind: 'definition', id: 'without' } })).not.toBe(first);
  // What is alike inside is one all the same.
  const inside = (expr: Expr | undefined): Expr | undefined => expr && childrenOf<Expr>(expr.node)[0];
  expect(inside(of({ ...asks(), at: { from: 3, to: 9 } }))).toBe(inside(first));
});

test('a rule made alike says what it said, and is made so once', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const alike = new Alike();
    for (const one of randomRules(seed).rules) {
      expect(alike.rule(one)).toEqual(one);
      expect(alike.rule(one)).toBe(alike.rule(one));
    }
  }
});
