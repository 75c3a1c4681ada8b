import { childrenOf } from '../../op.ts';
import type { NodeId, Program } from '../../program.ts';
import * as calendar from './calendar.ts';
import { contextOf, lost, nodeOf, rootsOf } from './context.ts';
import type { Context } from './context.ts';
import { MOST_CLAUSES } from './decision.ts';
import type { Bound, Layout, Slot } from './layout.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { Slots } from './slots.ts';
import * as rounding from './rounding.ts';
import { spellMonths } from './spell.ts';
import { foldsUnder, writeUnit } from './unit.ts';
import type { Over, Task } from './unit.ts';

/**
 * Which rows a loop goes over: the groups of the primary grouping with their members, the members of no group, or
 * the rows of another entity.
 */
export type Span =
  | { readonly kind: 'groups' }
  | { readonly kind: 'alone' }
  | { readonly kind: 'rows'; readonly entity: string };

/** One loop of generated code over a block of rows. */
export interface Unit {
  readonly pass: number;
  readonly over: Span;
  /** The slots it names, by their number. */
  readonly used: readonly number[];
  /** Over the near arrays of the kernel and the far ones by slot: the groups or rows of the block `from` one `to` another; `first` and `firstGroup` are the places of the block's first row and group among all of their entity. */
  readonly run: (arrays: readonly (Bound | undefined)[], from: number, to: number, first: number, firstGroup: number) => void;
  readonly code: string;
}

/** A program as loops over columns, with the memory they work in: one thread runs it, one block after another. */
export interface Kernel {
  readonly program: Program;
  readonly layout: Layout;
  readonly slots: readonly Slot[];
  /** By slot, the array that its loops read and write for the block at hand; far ones are handed over for a run. */
  readonly near: readonly (Bound | undefined)[];
  /** In the order in which they run on a block; a pass must be over for everybody before the next begins. */
  readonly units: readonly Unit[];
  readonly passes: number;
}

/** Why a program has no kernel: what it calls, facts that are texts, or more clauses than a reason can tell. */
export type KernelRefusal =
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'text'; readonly fact: string }
  | { readonly kind: 'too-many-clauses'; readonly service: string };

/** What of a program only closures and the interpreter can run; services must have none of it. */
export function kernelRefusals(program: Program): readonly KernelRefusal[] {
  const nodes = program.nodes.flatMap((node): readonly KernelRefusal[] => (node.op === 'call' ? [{ kind: 'call', name: node.name }] : node.op === 'fact' && node.type.kind === 'text' ? [{ kind: 'text', fact: node.fact }] : []));
  const long = program.decisions.filter((decision) => decision.clauses.length > MOST_CLAUSES);
  return [...nodes, ...long.map(({ service }) => ({ kind: 'too-many-clauses', service }) as const)];
}

/** So many nodes make one loop; the optimising compiler of JavaScript gives up on functions that are much longer. */
const LONGEST_UNIT = 400;

/**
 * The loops that decide a program over a population of this layout.
 *
 * What stands in the code are our names, operators and numbers: no name of a pack gets there. A program with
 * `kernelRefusals` is a fault here.
 */
export function compileKernel(program: Program, layout: Layout): Kernel {
  const refusal = kernelRefusals(program)[0];
  if (refusal) throw new Error(`a program that the kernel cannot run: ${refusal.kind}`);
  const slots = new Slots();
  const plan = planOf(program, layout);
  const grouped = contextOf(program, layout, true);
  const alone = contextOf(program, layout, false);
  const units: Omit<Unit, 'run'>[] = [];
  const write = (context: Context, pass: number, span: Span, over: Over, task: Task): void => {
    for (const part of parts(context, task)) {
      const { code, used } = writeUnit(context, plan, slots, over, part);
      units.push({ pass, over: span, used, code });
    }
  };
  for (let pass = 0; pass < plan.passes; pass++) {
    for (const entity of program.schema.entities.keys()) {
      const primary = layout.primary === undefined ? undefined : program.schema.links.get(layout.primary);
      const task = taskOf(program, plan, pass, entity);
      if (entity === primary?.to) continue;
      if (entity !== primary?.from) {
        write(grouped, pass, { kind: 'rows', entity }, { entity, group: undefined, link: undefined }, task);
        continue;
      }
      const ofGroups = taskOf(program, plan, pass, primary.to);
      const both = { decisions: [...task.decisions, ...ofGroups.decisions].sort((a, b) => a - b), spills: [...task.spills, ...ofGroups.spills] };
      for (const level of levelsOf(grouped, plan, both)) write(grouped, pass, { kind: 'groups' }, { entity, group: primary.to, link: primary.id }, level);
      write(alone, pass, { kind: 'alone' }, { entity, group: undefined, link: undefined }, task);
    }
  }
  const near = slots.near();
  return { program, layout, slots: slots.list, near, units: units.map((unit) => ({ ...unit, run: link(unit, near) })), passes: plan.passes };
}

type Roots = Omit<Task, 'folds'>;

function taskOf(program: Program, plan: Plan, pass: number, entity: string): Task {
  return {
    decisions: program.decisions.flatMap((decision, number) => (decision.subject === entity && plan.decisionPass(decision) === pass ? [number] : [])),
    spills: [...plan.spilled].filter((id) => nodeOf({ program }, id).entity === entity && plan.passOf(id) === pass),
    folds: [],
  };
}

/** The work of one pass over households, level after level: folds are handed up to the level that reads them. */
function levelsOf(context: Context, plan: Plan, { decisions, spills }: Roots): readonly Task[] {
  const decision = (number: number) => context.program.decisions[number] ?? lost(number);
  const folds = [...foldsUnder(context, [...decisions.flatMap((number) => rootsOf(decision(number))), ...spills])];
  const top = Math.max(0, ...folds.map((id) => plan.levelOf(id)));
  return Array.from({ length: top + 1 }, (_, level) => ({
    decisions: decisions.filter((number) => plan.decisionLevel(decision(number)) === level),
    spills: spills.filter((id) => plan.levelOf(id) === level),
    folds: folds.filter((id) => plan.levelOf(id) === level + 1),
  }));
}

/** A task cut into loops that are short enough; an empty task is no loop at all. */
function parts(context: Context, task: Task): readonly Task[] {
  const cut: Task[] = [];
  let current: number[] = [];
  let size = new Set<NodeId>();
  for (const number of task.decisions) {
    const nodes = reach(context, rootsOf(context.program.decisions[number] ?? lost(number)));
    if (current.length > 0 && new Set([...size, ...nodes]).size > LONGEST_UNIT) {
      cut.push({ decisions: current, spills: [], folds: [] });
      current = [];
      size = new Set();
    }
    current.push(number);
    nodes.forEach((id) => size.add(id));
  }
  const rest = { decisions: current, spills: task.spills, folds: task.folds };
  return rest.decisions.length + rest.spills.length + rest.folds.length === 0 ? cut : [...cut, rest];
}

function reach(context: Context, roots: readonly NodeId[]): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>();
  const visit = (id: NodeId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    childrenIds(context, id).forEach(visit);
  };
  roots.forEach(visit);
  return seen;
}

function childrenIds(context: Context, id: NodeId): readonly NodeId[] {
  const node = nodeOf(context, id);
  return node.op === 'fold' ? [] : childrenOf<NodeId>(node);
}

const HELPERS = { ...calendar, ...rounding, spellMonths };

/**
 * Turns the text of a loop into a function that knows its near arrays as constants.
 *
 * V8 then writes their addresses and lengths into the machine code, and tests an index once for all arrays of one
 * length. It sees a constant inside a loop only where a local name outside the loop holds it, and only while the text
 * has one function, so that each kernel has a text of its own.
 */
function link({ code, used }: Omit<Unit, 'run'>, near: Kernel['near']): Unit['run'] {
  const names = Object.keys(HELPERS);
  const own = used.filter((number) => near[number]);
  const outside = own.map((number) => `const k${number} = near[${number}];`);
  const inside = own.map((number) => `const c${number} = k${number};`);
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is ours: names, operators and numbers only.
  const make = new Function('helpers', 'near', `'use strict'; const { ${names.join(', ')} } = helpers; ${outside.join(' ')} return function (arrays, from, to, first, firstGroup) {\n${[...inside, code].join('\n')}\n};`) as (helpers: typeof HELPERS, near: Kernel['near']) => Unit['run'];
  return make(HELPERS, near);
}
