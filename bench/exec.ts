import { compileClosure, explain, forget, interpret, traceAll, buildProgram } from '#engine/rules/index.ts';
import type { Closure, Program, Situation, Words } from '#engine/rules/index.ts';
import { loadSnapshot } from '#adapters/columns/index.ts';
import { filled, stored } from './filled.ts';
import { figure, median, times } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { byFeelin, feelinGrants, someFacts, zenEngine, zenTracing } from './interpreters.ts';
import { mixRules, ten } from './rules-mix.ts';
import { firstHouseholds } from './situation.ts';
import { FACTS, LAW_ON, WORLD } from './world.ts';

const HOUSEHOLDS = 5_000;
const PLAIN: Words = { locale: 'zh', fact: (id) => id, link: (id) => id, service: (id) => id, origin: (_, id) => id, code: (_, code) => code, unit: (unit) => unit, holder: () => undefined, clause: () => undefined, thing: () => undefined };

/** Median CPU microseconds of one of `count` things that `run` does. */
async function microseconds(count: number, run: () => void | Promise<void>, rounds = 9): Promise<number> {
  const found: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    found.push((user + system) / count);
  }
  return median(found);
}

const often = (count: number, run: (at: number) => void): void => { for (let at = 0; at < count; at++) run(at); };

/**
 * One person at a time, with the household that stands behind: thirty rules by closure, trace and interpreter, and ten
 * beside zen-engine and feelin, which get what the household adds up to for nothing. CPU microseconds, median of nine.
 */
export async function exec(root: string, { say }: Pick<BenchOptions, 'say'>): Promise<readonly Figure[]> {
  const situation = firstHouseholds(loadSnapshot(stored(root), new Set(FACTS.map(({ id }) => id))), HOUSEHOLDS);
  return [...(await thirty(situation)), ...(await besideOthers(root, say))];
}

async function thirty(situation: Situation): Promise<readonly Figure[]> {
  const rules = mixRules(30);
  const program = buildProgram(WORLD, LAW_ON, rules);
  const compiling = await microseconds(1, () => { compileClosure(buildProgram(WORLD, LAW_ON, rules)); });
  const closure = compileClosure(program);
  const people = situation.get('person')?.length ?? 0;
  const frame = closure.frameOf(situation);
  const decide = deciding(closure, program, situation);
  often(20, decide);
  const world = { schema: WORLD, rules, situation: smallWorld(situation), lawOn: LAW_ON };
  const members = world.situation.get('person')?.length ?? 1;
  const traces = traceAll(world, 'person', 0);
  const perPerson = await microseconds(people, decide);
  return [
    figure('closure, 30 rules, one person with its share of the household', perPerson, 'us', { bar: { op: '<=', value: 0.5 } }),
    figure('closure, 30 rules, one person, verdicts as objects', await microseconds(people, () => { forget(frame); often(people, (place) => closure.decideAll(frame, 'person', place)); }), 'us'),
    figure('closure, 30 rules, one household from its facts to its verdicts', await microseconds(300, () => often(300, () => { const own = closure.frameOf(world.situation); often(members, (place) => closure.decideAll(own, 'person', place)); })), 'us'),
    figure('traces of 30 services, one person', await microseconds(100, () => often(100, (at) => traceAll(world, 'person', at % members))), 'us'),
    figure('sentences of 30 traces', await microseconds(50, () => often(50, () => traces.forEach((trace) => explain(trace, PLAIN)))), 'us'),
    figure('interpreter, 30 rules, one person', await microseconds(10, () => often(10, (at) => rules.filter(({ subject }) => subject === 'person').forEach(({ service }) => interpret(world, service, at % members)))), 'us'),
    figure('rules to closure, 30 rules', compiling / 1_000, 'ms'),
  ];
}

/** The ten rules on people without gaps, which the other engines need. */
async function besideOthers(root: string, say: BenchOptions['say']): Promise<readonly Figure[]> {
  const snapshot = filled(root);
  const situation = firstHouseholds(snapshot, HOUSEHOLDS);
  const people = situation.get('person')?.length ?? 0;
  const closure = compileClosure(ten());
  const decide = deciding(closure, ten(), situation);
  often(20, decide);
  const single = await microseconds(people, decide);
  const frame = closure.frameOf(situation);
  const traced = await microseconds(3_000, () => often(3_000, (place) => { closure.record(frame, 'person', place); }));
  const facts = someFacts(snapshot, 500);
  const different = facts.slice(0, 50).filter((one, place) => closure.decideAll(frame, 'person', place).some(({ verdict }, at) => (verdict.kind === 'yes') !== feelinGrants(one)[at]));
  if (different.length > 0) throw new Error('feelin and the closure disagree, so their times say nothing');
  const feelin = await microseconds(100, () => byFeelin(facts.slice(0, 100)), 5);
  const figures = [
    figure('closure, 10 rules, one person with its share of the household', single, 'us'),
    figure('closure, 10 rules, one person, every value recorded', traced, 'us'),
    figure('feelin, 10 rules, one person', feelin, 'us'),
    times('feelin over closure, one person', feelin, single, { op: '>=', value: 500 }),
  ];
  const [zen, tracing] = [await zenEngine(), await zenTracing()];
  if (typeof zen === 'string' || typeof tracing === 'string') {
    say(`zen-engine for one person passed over: ${typeof zen === 'string' ? zen : String(tracing)}`);
    return figures;
  }
  const zenSingle = await microseconds(facts.length, () => zen(facts), 5);
  const zenTraced = await microseconds(facts.length, () => tracing(facts), 5);
  return [
    ...figures,
    figure('zen-engine, 10 rules, one person', zenSingle, 'us'),
    times('zen-engine over closure, one person', zenSingle, single, { op: '>=', value: 500 }),
    figure('zen-engine, 10 rules, one person, its trace on', zenTraced, 'us'),
    times('zen-engine with its trace over closure with every value recorded', zenTraced, traced, { op: '>=', value: 20 }),
  ];
}

/** Decides everybody and every household anew. */
function deciding(closure: Closure, { decisions }: Program, situation: Situation): () => void {
  const frame = closure.frameOf(situation);
  const codes = new Float64Array(decisions.length);
  const loops = [...situation].map(([entity, things]) => ({ decide: closure.codesOf(entity), count: things.length }));
  return () => {
    forget(frame);
    for (const { decide, count } of loops) for (let place = 0; place < count; place++) decide(frame, place, codes);
  };
}

/** The first household with three members. */
function smallWorld(situation: Situation): Situation {
  const people = situation.get('person') ?? [];
  const homes = situation.get('household') ?? [];
  const home = homes.findIndex((_, at) => people.filter(({ links }) => links.get('living')?.[0] === at).length === 3);
  const members = people.filter(({ links }) => links.get('living')?.[0] === home).map((person) => ({ ...person, links: new Map([['living', [0]]]) }));
  return new Map([['person', members], ['household', homes.slice(home, home + 1)]]);
}
