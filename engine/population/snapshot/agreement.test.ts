import { expect, test } from 'vitest';
import { buildProgram, compileKernel, kernelRefusals, NONE } from '#engine/rules/index.ts';
import type { Expr, Program, Schema, Situation, Thing, Verdict } from '#engine/rules/index.ts';
import { makeIn, situationOf, thing } from '#engine/rules/testing/make.ts';
import { randomRules, randomSituation } from '#engine/rules/testing/random.ts';
import { seeded } from '#engine/rules/testing/seed.ts';
import { MONEY, TOWN } from '#engine/rules/testing/town.ts';
import { buildSnapshot } from './index.ts';
import { decided, meant } from './testing.ts';

/** A random program of the profile of services. */
function capable(seed: number): { readonly schema: Schema; readonly program: Program } {
  const { schema, rules, lawOn } = randomRules(seed, { text: false, without: new Set(['call']), services: 6 });
  const program = buildProgram(schema, lawOn, rules);
  expect(kernelRefusals(program)).toEqual([]);
  return { schema, program };
}

test('the kernel says what the interpreter says, whichever grouping lies together', () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 60; seed++) {
    const { schema, program } = capable(seed);
    const situation = randomSituation(seed, schema, 9);
    const expected = meant(program, situation);
    for (const primary of ['living', 'dwelling', undefined]) {
      const verdicts = decided(schema, program, situation, primary);
      for (const [service, list] of expected) {
        list.forEach((verdict, place) => {
          const found = verdicts.get(service)?.[place];
          if (!same(found, verdict)) wrong.push(`seed ${seed} by ${primary} ${service} ${place}: ${JSON.stringify(verdict)} became ${JSON.stringify(found)}`);
        });
      }
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('the kernel says what the interpreter says where a block takes several calls', () => {
  // A call of a loop goes over 512 groups or rows; 1,700 people make 568 households.
  for (const seed of [3, 11]) {
    const { schema, program } = capable(seed);
    const situation = randomSituation(seed, schema, 1_700);
    const expected = meant(program, situation);
    for (const primary of ['living', 'dwelling', undefined]) {
      const verdicts = decided(schema, program, situation, primary);
      expect([...expected].flatMap(([service, list]) => list.filter((verdict, place) => !same(verdicts.get(service)?.[place], verdict)))).toEqual([]);
    }
  }
}, 60_000);

test('the order in which people come in changes no answer', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { schema, program } = capable(seed);
    const situation = randomSituation(seed, schema, 12);
    const places = seeded(seed).shuffled([...(situation.get('person') ?? []).keys()]);
    const before = decided(schema, program, situation, 'living');
    const after = decided(schema, program, reordered(situation, places), 'living');
    for (const { service, subject } of program.decisions) {
      const list = after.get(service) ?? [];
      expect(before.get(service)).toEqual(subject === 'person' ? [...places.keys()].map((place) => list[places.indexOf(place)]) : list);
    }
  }
});

test('a table of thirty rows is a chain of thirty ifs, and its code grows with its rows, not with what they may become', () => {
  // An amount that steps up with n, which may be unknown: each row asks n again, so that all thirty are unknown together.
  const make = makeIn({ schema: TOWN, subjects: new Map() });
  const chain = (rows: number): Program => {
    const amount = Array.from({ length: rows }).reduceRight<Expr>((no, _, row) => make.choose(make.is(make.fact('n'), '=', make.constant(BigInt(row))), make.constant(BigInt(100 * row), MONEY), no), make.constant(0n, MONEY));
    return buildProgram(TOWN, 20260101, [{ service: 'stepped', subject: 'person', clauses: [], amount }]);
  };
  const situation = situationOf({ person: [0n, 7n, 29n, 30n].map((n) => thing({ n })).concat(thing({}), thing({ n: NONE })), living: [], dwelling: [], insured: [] });
  expect(decided(TOWN, chain(30), situation, undefined)).toEqual(meant(chain(30), situation));
  expect(decided(TOWN, chain(30), situation, undefined).get('stepped')?.map((verdict) => (verdict.kind === 'yes' ? verdict.amountFen : verdict.kind))).toEqual([0, 700, 2900, 0, 'unknown', 0]);
  const length = (rows: number): number => compileKernel(chain(rows), buildSnapshot(TOWN, situation, undefined).layout).units.reduce((sum, { code }) => sum + code.length, 0);
  expect(length(30)).toBeLessThan(3 * length(15));
});

const same = (a: Verdict | undefined, b: Verdict): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The same world with its people in another order: the one that stood at `places[k]` stands at k. */
function reordered(situation: Situation, places: readonly number[]): Situation {
  const people = situation.get('person') ?? [];
  const moved = places.map((place): Thing => {
    const { facts, links } = people[place] ?? { facts: new Map(), links: new Map<string, readonly number[]>() };
    return { facts, links: new Map([...links].map(([id, to]) => [id, id === 'spouse' || id === 'child' ? to.map((target) => places.indexOf(target)) : to])) };
  });
  return new Map([...situation, ['person', moved]]);
}
