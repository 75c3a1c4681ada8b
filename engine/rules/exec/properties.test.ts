import { expect, test } from 'vitest';
import { buildProgram } from '../build.ts';
import type { Rule } from '../build.ts';
import { mapChildren } from '../op.ts';
import type { Expr } from '../op.ts';
import { randomRules, randomSituation, randomValue } from '../testing/random.ts';
import type { RandomRules } from '../testing/random.ts';
import { seeded } from '../testing/seed.ts';
import type { Situation, Thing } from '../value.ts';
import { NONE } from '../value.ts';
import { compileClosure } from './closure.ts';
import { forget } from './frame.ts';

/** Every verdict of every thing, one line each. */
function verdicts({ schema, rules, lawOn }: RandomRules, situation: Situation): readonly string[] {
  const closure = compileClosure(buildProgram(schema, lawOn, rules));
  const frame = closure.frameOf(situation);
  return rules.flatMap(({ service, subject }) => (situation.get(subject) ?? []).map((_, place) => `${service} ${String(place)} ${JSON.stringify(closure.decide(frame, service, place))}`)).toSorted();
}

/** The situation with one unknown fact of one thing learnt, for each of some of them. */
function* learnt(seed: number, { schema }: RandomRules, situation: Situation): Generator<Situation> {
  const random = seeded(seed);
  for (const [entity, things] of situation) {
    for (const [place, thing] of things.entries()) {
      const open = [...schema.facts.values()].filter((column) => column.entity === entity && (thing.facts.get(column.id)?.kind ?? 'unknown') === 'unknown');
      for (const column of open) {
        const value = column.nonable && random.percent(30) ? NONE : randomValue(random, schema, column);
        const knows: Thing = { ...thing, facts: new Map([...thing.facts, [column.id, value]]) };
        yield new Map([...situation, [entity, things.with(place, knows)]]);
      }
      const lost = [...schema.links.values()].filter((link) => link.from === entity && link.kind === 'relation' && !thing.links.has(link.id));
      for (const link of lost) {
        const knows: Thing = { ...thing, links: new Map([...thing.links, [link.id, random.percent(30) ? [] : [random.below(things.length)]]]) };
        yield new Map([...situation, [entity, things.with(place, knows)]]);
      }
    }
  }
}

test('learning a fact or a relative never turns yes into no, no into yes, or one amount into another', { timeout: 60_000 }, () => {
  const flipped: string[] = [];
  let settled = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const world = randomRules(seed);
    const closure = compileClosure(buildProgram(world.schema, world.lawOn, world.rules));
    const situation = randomSituation(seed + 4, world.schema, 3);
    const all = (known: Situation) => {
      const frame = closure.frameOf(known);
      return world.rules.flatMap(({ service, subject }) => (known.get(subject) ?? []).map((_, place) => closure.decide(frame, service, place)));
    };
    const before = all(situation);
    for (const after of learnt(seed, world, situation)) {
      all(after).forEach((verdict, at) => {
        const was = before[at];
        if (!was || was.kind === 'unknown') return;
        settled++;
        const same = was.kind === 'yes' ? JSON.stringify(was) === JSON.stringify(verdict) : verdict.kind === 'no';
        if (!same) flipped.push(`seed ${String(seed)}: ${JSON.stringify(was)} became ${JSON.stringify(verdict)}`);
      });
    }
  }
  expect(flipped).toEqual([]);
  expect(settled).toBeGreaterThan(10_000);
});

const turned = (expr: Expr): Expr => {
  const node = mapChildren<Expr, Expr>(expr.node, turned);
  return { ...expr, node: node.op === 'and' || node.op === 'or' ? { ...node, of: node.of.toReversed() } : node };
};

test('the order of rules, conjuncts and alternatives changes nothing', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 100; seed++) {
    const world = randomRules(seed);
    const situation = randomSituation(seed + 5, world.schema, 4);
    const rules = world.rules.toReversed().map((rule): Rule => ({ ...rule, clauses: rule.clauses.map(({ id, when }) => ({ id, when: turned(when) })), amount: rule.amount && turned(rule.amount) }));
    expect(verdicts({ ...world, rules }, situation), `seed ${String(seed)}`).toEqual(verdicts(world, situation));
  }
});

test('the order of people changes nothing but their places', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 100; seed++) {
    const world = randomRules(seed);
    const situation = randomSituation(seed + 6, world.schema, 5);
    const people = situation.get('person') ?? [];
    const order = seeded(seed).shuffled(people.map((_, at) => at));
    const moved = (place: number): number => order.indexOf(place);
    const persons = order.map((was): Thing => {
      const thing = people[was] ?? { facts: new Map(), links: new Map() };
      return { ...thing, links: new Map([...thing.links].map(([id, places]) => [id, world.schema.links.get(id)?.to === 'person' ? places.map(moved) : places])) };
    });
    const before = verdicts(world, situation).map((line) => {
      const [service = '', place = '', ...rest] = line.split(' ');
      const subject = world.rules.find((rule) => rule.service === service)?.subject;
      return [service, subject === 'person' ? String(moved(Number(place))) : place, ...rest].join(' ');
    });
    expect(verdicts(world, new Map([...situation, ['person', persons]])), `seed ${String(seed)}`).toEqual(before.toSorted());
  }
});

test('a null change changes nothing: the same rules give the same code to the byte, and a frame that forgets finds the same again', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { schema, rules, lawOn } = randomRules(seed);
    const again = randomRules(seed);
    const closure = compileClosure(buildProgram(schema, lawOn, rules));
    expect(compileClosure(buildProgram(again.schema, again.lawOn, again.rules)).code).toBe(closure.code);
    const frame = closure.frameOf(randomSituation(seed, schema, 4));
    const all = () => [0, 1, 2, 3].map((place) => closure.decideAll(frame, 'person', place));
    const first = all();
    forget(frame);
    expect(all()).toEqual(first);
  }
});
