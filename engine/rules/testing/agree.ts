import { buildProgram } from '../build.ts';
import { interpret, interpretProgram } from '../exec/interp.ts';
import type { Program } from '../program.ts';
import type { Schema } from '../schema.ts';
import type { Situation, Thing, Verdict } from '../value.ts';
import type { RandomRules } from './random.ts';

/** Rules and people that all executions are asked about. */
export interface Sample extends RandomRules {
  /** Of a pack the program is all there is: `rules` is empty then, and the meaning is the interpreter's over the program. */
  readonly built?: Program | undefined;
  /** Small worlds that know nothing of one another; the slow interpreter takes them one by one. */
  readonly blocks: readonly Situation[];
}

/** A sample made ready once for all executions: the rules as a program, the blocks as one world. */
export interface Prepared extends Sample {
  readonly program: Program;
  readonly situation: Situation;
}

/** For each service the verdict of every thing of its subject, by place. */
export type Verdicts = ReadonlyMap<string, readonly Verdict[]>;

/** One of the executions of the rules. */
export interface Executor {
  readonly name: string;
  /** Whether it can decide such rules; all where not said. */
  readonly takes?: ((sample: Prepared) => boolean) | undefined;
  readonly decide: (sample: Prepared) => Verdicts | Promise<Verdicts>;
  /** Sees all samples before the first is asked about, where starting is what costs. */
  readonly before?: ((samples: readonly Prepared[]) => Promise<void>) | undefined;
  readonly close?: (() => Promise<void>) | undefined;
}

export interface Difference {
  readonly service: string;
  readonly place: number;
  readonly meant: Verdict;
  /** Undefined where the execution has no answer at all. */
  readonly found: Verdict | undefined;
}

export function prepared(sample: Sample): Prepared {
  return { ...sample, program: sample.built ?? buildProgram(sample.schema, sample.lawOn, sample.rules), situation: oneWorld(sample.schema, sample.blocks) };
}

/** What the rules mean, thing after thing, by the interpreter over the checked expressions. */
export function meaningOf({ schema, rules, built, blocks }: Sample): Verdicts {
  if (built) return programMeaning(built, blocks);
  return new Map(rules.map(({ service, subject }) => [service, blocks.flatMap((situation) => (situation.get(subject) ?? []).map((_, place) => interpret({ schema, rules, situation }, service, place)))]));
}

/** The same by the interpreter over a program: what the builder simplified. */
export function programMeaning(program: Program, blocks: readonly Situation[]): Verdicts {
  return new Map(program.decisions.map(({ service, subject }) => [service, blocks.flatMap((situation) => (situation.get(subject) ?? []).map((_, place) => interpretProgram(program, situation, service, place)))]));
}

/** Where an execution says something else than was meant: in kind, in clause, or in amount. */
export function differences(meant: Verdicts, found: Verdicts): readonly Difference[] {
  return [...meant].flatMap(([service, verdicts]) => verdicts.flatMap((verdict, place) => {
    const other = found.get(service)?.[place];
    return other !== undefined && sameVerdict(verdict, other) ? [] : [{ service, place, meant: verdict, found: other }];
  }));
}

/** How many verdicts there are. */
export function countOf(verdicts: Verdicts): number {
  return [...verdicts.values()].reduce((sum, one) => sum + one.length, 0);
}

function sameVerdict(a: Verdict, b: Verdict): boolean {
  if (a.kind === 'yes' || b.kind === 'yes') return a.kind === b.kind && a.kind === 'yes' && b.kind === 'yes' && a.amountFen === b.amountFen;
  return a.kind === b.kind && a.clause === b.clause;
}

/** Worlds side by side in one: the things of each entity one after the other, their links moved along. */
export function oneWorld(schema: Schema, blocks: readonly Situation[]): Situation {
  const counts = new Map<string, number>();
  const all = new Map<string, Thing[]>([...schema.entities.keys()].map((entity) => [entity, []]));
  for (const block of blocks) {
    const before = new Map(counts);
    for (const [entity, things] of block) {
      const moved = things.map((thing): Thing => ({ ...thing, links: new Map([...thing.links].map(([link, places]) => [link, places.map((place) => place + (before.get(schema.links.get(link)?.to ?? '') ?? 0))])) }));
      const list = all.get(entity) ?? [];
      for (const thing of moved) list.push(thing);
      all.set(entity, list);
      counts.set(entity, (counts.get(entity) ?? 0) + things.length);
    }
  }
  return all;
}
