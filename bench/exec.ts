import { evaluate as evaluateFeel } from 'feelin';
import { buildProgram } from '../engine/rules/build.ts';
import type { Rule } from '../engine/rules/build.ts';
import { compileClosure, explain, forget, interpret, traceAll } from '../engine/rules/exec/index.ts';
import type { Words } from '../engine/rules/exec/index.ts';
import type { FactColumn, Schema } from '../engine/rules/schema.ts';
import { makeIn, situationOf, thing } from '../engine/rules/testing/make.ts';
import type { ValueType } from '../engine/rules/type.ts';
import { LAW_ON, MIX_RULES, MIX_SCHEMA, mixSituation } from './mix.ts';

/** One measured figure; `value` in `unit`, the median of several runs of process CPU time. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: string;
  readonly holds?: boolean;
}

/** Median CPU microseconds of one of `count` things that `run` does. */
function microseconds(count: number, run: () => void, times = 9): number {
  const found: number[] = [];
  for (let time = 0; time < times; time++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    found.push((user + system) / count);
  }
  return found.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

const PLAIN: Words = { locale: 'zh', fact: (id) => id, link: (id) => id, service: (id) => id, origin: (_, id) => id, code: (_, code) => code, unit: (unit) => unit, holder: () => undefined, clause: () => undefined, thing: () => undefined };

/** One person at a time: thirty rules by closure, trace, interpreter; one rule by closure and by feelin, which parses each time. */
export function benchExec(): readonly Figure[] {
  const households = 5_000;
  const situation = mixSituation(households, 1);
  const program = buildProgram(MIX_SCHEMA, LAW_ON, MIX_RULES);
  const compileMilliseconds = microseconds(1, () => { compileClosure(buildProgram(MIX_SCHEMA, LAW_ON, MIX_RULES)); }) / 1_000;
  const closure = compileClosure(program);
  const frame = closure.frameOf(situation);
  const codes = new Float64Array(MIX_RULES.length);
  const decide = closure.codesOf('person');
  const all = (): void => {
    forget(frame);
    for (let place = 0; place < households * 3; place++) decide(frame, place, codes);
  };
  for (let warm = 0; warm < 20; warm++) all();
  const perPerson = microseconds(households * 3, all);
  const verdicts = microseconds(households * 3, () => {
    forget(frame);
    for (let place = 0; place < households * 3; place++) closure.decideAll(frame, 'person', place);
  });
  const recorded = microseconds(3_000, () => { for (let place = 0; place < 3_000; place++) closure.record(frame, 'person', place); });
  const small = mixSituation(1, 7);
  const household = microseconds(300, () => {
    for (let time = 0; time < 300; time++) {
      const own = closure.frameOf(small);
      for (let place = 0; place < 3; place++) closure.decideAll(own, 'person', place);
    }
  });
  const traced = microseconds(100, () => { for (let time = 0; time < 100; time++) traceAll({ schema: MIX_SCHEMA, rules: MIX_RULES, situation: small, lawOn: LAW_ON }, 'person', time % 3); });
  const traces = traceAll({ schema: MIX_SCHEMA, rules: MIX_RULES, situation: small, lawOn: LAW_ON }, 'person', 0);
  const told = microseconds(50, () => { for (let time = 0; time < 50; time++) for (const trace of traces) explain(trace, PLAIN); });
  const interpreted = microseconds(10, () => { for (let time = 0; time < 10; time++) for (const { service } of MIX_RULES) interpret({ schema: MIX_SCHEMA, rules: MIX_RULES, situation: small }, service, time % 3); });
  const one = oneRule();
  return [
    { name: 'closure, 30 rules, one person with its share of the household', value: perPerson, unit: 'us', bar: '<= 0.5', holds: perPerson <= 0.5 },
    { name: 'closure, 30 rules, one person, verdicts as objects', value: verdicts, unit: 'us' },
    { name: 'closure, a household of three from its facts to its verdicts', value: household, unit: 'us' },
    { name: 'closure, every value of a person recorded as pairs', value: recorded, unit: 'us' },
    { name: 'traces of 30 services, one person', value: traced, unit: 'us' },
    { name: 'sentences of 30 traces', value: told, unit: 'us' },
    { name: 'interpreter, 30 rules, one person', value: interpreted, unit: 'us' },
    { name: 'closure, one rule', value: one.closure, unit: 'us' },
    { name: 'feelin, the same rule', value: one.feelin, unit: 'us' },
    { name: 'feelin against closure, one rule', value: one.feelin / one.closure, unit: 'x', bar: '>= 500', holds: one.feelin / one.closure >= 500 },
    { name: 'program to closure, 30 rules', value: compileMilliseconds, unit: 'ms' },
    { name: 'nodes of the program', value: program.nodes.length, unit: 'nodes' },
  ];
}

/** A certificate, and income within one and a half standards: of the household, or of oneself at working age. */
function oneRule(): { readonly closure: number; readonly feelin: number } {
  const money: ValueType = { kind: 'number', scale: 2, min: 0n, max: 10_000_000n, unit: 'money' };
  const fact = (id: string, type: ValueType): readonly [string, FactColumn] => [id, { id, name: id, entity: 'person', type, unknowable: true, nonable: false }];
  const schema: Schema = { entities: new Map([['person', { id: 'person' }]]), links: new Map(), codeLists: new Map(), facts: new Map([fact('certificate', { kind: 'boolean' }), fact('household', money), fact('own', money), fact('standard', money), fact('age', { kind: 'number', scale: 0, min: 0n, max: 150n })]) };
  const make = makeIn({ schema, subjects: new Map() });
  const limit = make.multiply(make.fact('standard'), make.constant(15n, { kind: 'number', scale: 1, min: 15n, max: 15n }));
  const within = (id: string) => make.is(make.op({ op: 'rescale', of: make.fact(id) }, { ...money, scale: 3 }), '<=', limit);
  const aged = (test: '>=' | '<', years: bigint) => make.is(make.fact('age'), test, make.constant(years));
  const rule: Rule = { service: 'grant', subject: 'person', clauses: [{ id: 'only', when: make.and(make.fact('certificate'), make.or(within('household'), make.and(aged('>=', 16n), aged('<', 60n), within('own')))) }] };
  const closure = compileClosure(buildProgram(schema, LAW_ON, [rule]));
  const people = Array.from({ length: 1_000 }, (_, at) => thing({ certificate: at % 2 === 0, household: BigInt(at * 300), own: BigInt(at * 200), standard: 117_000n, age: BigInt(at % 100) }));
  const frame = closure.frameOf(situationOf({ person: people }));
  const codes = new Float64Array(1);
  const decide = closure.codesOf('person');
  const text = 'certificate and (household <= standard * 1.5 or (age >= 16 and age < 60 and own <= standard * 1.5))';
  const contexts = people.map((_, at) => ({ certificate: at % 2 === 0, household: at * 3, own: at * 2, standard: 1170, age: at % 100 }));
  let different = 0;
  for (let at = 0; at < 50; at++) {
    decide(frame, at, codes);
    if ((codes[0] === 0) !== (evaluateFeel(text, contexts[at]).value === true)) different++;
  }
  if (different > 0) throw new Error('feelin and the closure disagree, so their times say nothing');
  const rounds = 200;
  return {
    closure: microseconds(1_000 * rounds, () => { for (let round = 0; round < rounds; round++) for (let at = 0; at < 1_000; at++) decide(frame, at, codes); }),
    feelin: microseconds(200, () => { for (let at = 0; at < 200; at++) evaluateFeel(text, contexts[at]); }, 5),
  };
}

if (import.meta.main) console.log(JSON.stringify(benchExec(), undefined, 1));
