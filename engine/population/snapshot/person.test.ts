import { expect, test } from 'vitest';
import { buildProgram, compileClosure, interpretProgram, known } from '#engine/rules/index.ts';
import type { Expr, Program, Schema, Situation } from '#engine/rules/index.ts';
import { makeIn, situationOf, thing } from '#engine/rules/testing/make.ts';
import { randomPopulation } from '#engine/rules/testing/population.ts';
import { randomRules, randomSituation } from '#engine/rules/testing/random.ts';
import { MONEY, TOWN } from '#engine/rules/testing/town.ts';
import { buildSnapshot, factsIn, NO_SIGHT, personWorld, sightsOf } from './index.ts';
import type { PersonWorld, Sight, Snapshot } from './index.ts';
import { decided } from './testing.ts';

const sightsIn = (schema: Schema, { nodes, decisions }: Program): ReadonlyMap<string, Sight> =>
  sightsOf(schema, decisions.map(({ service, subject, clauses, amount }) => ({ service, subject, parts: [...clauses.map(({ node }) => node), ...(amount === undefined ? [] : [amount])] })), (id) => nodes[id] ?? expect.unreachable('a node that is not there'));

/** What must not be there for the property to mean something: worlds as large as the town itself. */
const sizeOf = (situation: Situation): number => [...situation.values()].reduce((sum, things) => sum + things.length, 0);

/** Compares the verdicts of the small world of each person with those of the kernel over everybody; gives the size of all small worlds. */
function compare(schema: Schema, program: Program, situation: Situation, primary: string | undefined, wrong: string[]): { worlds: number; whole: number; compared: number } {
  const snapshot = buildSnapshot(schema, situation, primary);
  const kernel = decided(schema, program, situation, primary);
  const closure = compileClosure(program);
  const sights = sightsIn(schema, program);
  const order = (entity: string): Int32Array => snapshot.order.get(entity) ?? new Int32Array();
  const counted = { worlds: 0, whole: 0, compared: 0 };
  order('person').forEach((_, row) => {
    const world = personWorld(snapshot, { entity: 'person', row, sights });
    const frame = closure.frameOf(world.situation);
    counted.worlds += sizeOf(world.situation);
    counted.whole += sizeOf(situation);
    for (const { service, subject } of program.decisions) {
      const place = subject === 'person' ? world.place : world.groups.get(subject);
      if (place === undefined) continue;
      const found = closure.decide(frame, service, place);
      const meant = kernel.get(service)?.[order(subject)[world.rows.get(subject)?.[place] ?? -1] ?? -1];
      counted.compared++;
      if (JSON.stringify(found) !== JSON.stringify(meant)) wrong.push(`${service} of person ${row} by ${primary}: ${JSON.stringify(found)}, the kernel says ${JSON.stringify(meant)}`);
      if (row % 7 === 0 && JSON.stringify(interpretProgram(program, world.situation, service, place)) !== JSON.stringify(found)) wrong.push(`${service} of person ${row}: the interpreter differs`);
    }
  });
  return counted;
}

test('the small world of a person has the verdicts that the kernel gives the row, for the person and the person’s groups', { timeout: 120_000 }, () => {
  const wrong: string[] = [];
  let [worlds, whole, compared] = [0, 0, 0];
  for (let seed = 1; seed <= 24; seed++) {
    const { schema, rules, lawOn } = randomRules(seed, { text: false, without: new Set(['call']), services: 6, depth: 5 });
    const program = buildProgram(schema, lawOn, rules);
    for (const situation of [randomPopulation(seed, program, 30), randomSituation(seed, schema, 9)]) {
      for (const primary of ['living', 'dwelling', undefined]) {
        const counted = compare(schema, program, situation, primary, wrong);
        worlds += counted.worlds;
        whole += counted.whole;
        compared += counted.compared;
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(compared).toBeGreaterThan(8_000);
  expect(worlds).toBeLessThan(whole / 2);
});

const make = makeIn({ schema: TOWN, subjects: new Map() });
const programOf = (subject: string, when: Expr): Program => buildProgram(TOWN, 20310615, [{ service: 'grant', subject, clauses: [{ id: 'only', when }] }]);

/** Six people: a grandmother alone; her child, with spouse and two children of their own, in one household; a neighbour in none. */
function family(): Snapshot {
  const income = (amount: bigint, links: Readonly<Record<string, readonly number[]>>) => thing({ income: known(amount), p: true, n: 1n }, links);
  return buildSnapshot(TOWN, situationOf({
    living: [thing({}), thing({})],
    person: [
      income(100n, { living: [0], child: [1], spouse: [] }),
      income(200n, { living: [1], child: [3, 4], spouse: [2] }),
      income(400n, { living: [1], child: [3, 4], spouse: [1] }),
      income(800n, { living: [1], child: [], spouse: [] }),
      income(1600n, { living: [1], child: [], spouse: [] }),
      income(3200n, { child: [], spouse: [] }),
    ],
  }), 'living');
}

const worldOf = (program: Program, row: number): PersonWorld => personWorld(family(), { entity: 'person', row, sights: sightsIn(TOWN, program) });
const total = (by: Expr): Expr => make.through('living', make.fold('living', 'sum', { value: by }));
const over = (by: Expr): Expr => make.is(by, '>', make.constant(0n, MONEY));

test('a rule that looks at nobody else opens nobody else', () => {
  const { situation, groups } = worldOf(programOf('person', over(make.fact('income'))), 1);
  expect(situation.get('person')?.map(({ facts, links }) => [[...facts.keys()], [...links]])).toEqual([[['income'], [['living', [0]], ['dwelling', []]]]]);
  expect([...groups]).toEqual([['living', 0]]);
});

test('a rule about the household of one’s children opens them, and of them one fact', () => {
  // From the grandmother (row 0) to her child in row 1, from there to the household, from there to its four members.
  const program = programOf('person', over(make.fold('child', 'sum', { value: total(make.fact('income')) })));
  const { situation, rows } = worldOf(program, 0);
  expect(rows.get('person')?.toSorted()).toEqual([0, 1, 2, 3, 4]);
  expect(rows.get('living')?.toSorted()).toEqual([0, 1]);
  const facts = situation.get('person')?.map((one) => [...one.facts.keys()]);
  expect(facts).toEqual([[], ['income'], ['income'], ['income'], ['income']]);
  expect(factsIn(sightsIn(TOWN, program).get('person') ?? NO_SIGHT)).toEqual(new Set(['income']));
});

test('a person in no household is in no group, and a row that is not there is a fault', () => {
  const program = programOf('living', over(make.fold('living', 'sum', { value: make.fact('income') })));
  expect([...worldOf(program, 5).groups]).toEqual([]);
  expect([...worldOf(program, 3).groups]).toEqual([['living', 0]]);
  expect(worldOf(program, 3).rows.get('person')?.toSorted()).toEqual([1, 2, 3, 4]);
  expect(() => worldOf(program, 6)).toThrow('row 6');
  expect(() => worldOf(program, -1)).toThrow('row -1');
});

test('a relation that is not known stays unknown, a spouse that is known to be none is none', () => {
  const when = make.is(make.through('spouse', make.fact('income')), '>', make.constant(0n, MONEY));
  const snapshot = buildSnapshot(TOWN, situationOf({ person: [thing({ income: 1n }), thing({ income: 1n }, { spouse: [] })] }), 'living');
  const sights = sightsIn(TOWN, programOf('person', when));
  const links = (row: number) => personWorld(snapshot, { entity: 'person', row, sights }).situation.get('person')?.[0]?.links.get('spouse');
  expect([links(0), links(1)]).toEqual([undefined, []]);
});
