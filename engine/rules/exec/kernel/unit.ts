import { childrenOf } from '../../op.ts';
import type { NodeId } from '../../program.ts';
import { Block, columnLane, held } from './block.ts';
import { decisionOf, farChildren, farLink, lost, nodeOf, rootsOf } from './context.ts';
import type { Context } from './context.ts';
import { emitDecision } from './decision.ts';
import { Emitter } from './emitter.ts';
import type { Slots } from './slots.ts';
import { foldResult, foldRow, startFold } from './fold.ts';
import type { Running } from './fold.ts';
import { isFar } from './layout.ts';
import type { Plan } from './plan.ts';

/** What one loop works out: decisions by their number, nodes that are put down, folds that are handed on. */
export interface Task {
  readonly decisions: readonly number[];
  readonly spills: readonly NodeId[];
  readonly folds: readonly NodeId[];
}

/** The text of one loop and the numbers of the arrays it names. */
export interface Written {
  readonly code: string;
  readonly used: readonly number[];
}

/** The entities of a loop: rows, and for a loop in a loop the groups whose members the rows are. */
export interface Over {
  readonly entity: string;
  readonly group: string | undefined;
  /** The primary grouping that makes the groups. */
  readonly link: string | undefined;
}

/** The text of one loop. Everything in it is a number, an operator or a name of our own. */
export function writeUnit(context: Context, plan: Plan, slots: Slots, over: Over, task: Task): Written {
  const to = new Emitter(context, plan, slots, over.entity, over.group);
  to.count(rootsIn(context, task));
  const perRow = new Block(to.perRow);
  const perGroup = new Block(to.perGroup);
  const home = (entity: string | undefined): Block => (entity === over.group && entity !== undefined ? perGroup : perRow);
  const running: Running[] = [];
  for (const id of task.folds) {
    const node = nodeOf(context, id);
    if (node.op !== 'fold') continue;
    const fold = startFold(to, node, perGroup);
    running.push(fold);
    foldRow(to, fold, perRow, (child, inner) => to.emit(child, inner));
  }
  for (const number of task.decisions) emitDecision(to, number, home(context.program.decisions[number]?.subject));
  for (const id of task.spills) spill(to, id, home(nodeOf(context, id).entity));
  const rows = [...to.perRow.lines, ...perRow.lines];
  const handed = running.map((fold) => `${to.cell({ kind: 'fold', node: fold.node.id, lane: columnLane(to.shape(fold.node.id).lane) }, 'g')} = ${foldResult(to, fold)};`);
  const loop = over.link === undefined ? plainLoop(to, perGroup, rows) : nestedLoop(to, over.link, perGroup, rows, handed);
  return { code: frame(to, slots, task, loop), used: [...to.used] };
}

function spill(to: Emitter, id: NodeId, block: Block): void {
  const { entity } = to.node(id);
  const { lane } = to.anywhere(id);
  const value = to.emit(id, block);
  block.add(`${to.cell({ kind: 'spill', node: id, entity: entity ?? lost(id), lane }, `${to.row(entity)} + ${entity === to.group ? 'firstGroup' : 'first'}`)} = ${held(value, lane)};`);
}

function plainLoop(to: Emitter, perGroup: Block, rows: readonly string[]): readonly string[] {
  return [...to.perGroup.lines, ...perGroup.lines, 'for (let i = from; i < to; i++) {', ...rows, '}'];
}

function nestedLoop(to: Emitter, link: string, perGroup: Block, rows: readonly string[], handed: readonly string[]): readonly string[] {
  const starts = (at: string): string => to.cell({ kind: 'starts', link }, at);
  const inner = rows.length === 0 ? [] : ['let i = end;', `end = ${starts('g + 1')} - base;`, 'for (; i < end; i++) {', ...rows, '}'];
  return [`const base = ${starts('0')};`, `let end = ${starts('from')} - base;`, 'for (let g = from; g < to; g++) {', ...to.perGroup.lines, ...perGroup.lines, ...inner, ...handed, '}'];
}

/** The loop between what stands before it and after it: arrays by name, and how far each list of amounts has come. */
function frame(to: Emitter, slots: Slots, task: Task, loop: readonly string[]): string {
  const counts = task.decisions.filter((number) => to.context.program.decisions[number]?.amount !== undefined);
  const counter = (number: number): string => to.cell({ kind: 'counts', length: to.context.program.decisions.length }, String(number));
  const begun = counts.map((number) => `let n${number} = ${counter(number)};`);
  const far = [...to.used].filter((number) => isFar(slots.list[number] ?? lost(number)));
  return [
    ...far.map((number) => `const c${number} = arrays[${number}];`),
    ...begun,
    ...to.all.lines,
    ...loop,
    ...counts.map((number) => `${counter(number)} = n${number};`),
  ].join('\n');
}

function rootsIn(context: Context, { decisions, spills, folds }: Task): readonly NodeId[] {
  const folded = folds.flatMap((id) => childrenOf<NodeId>(nodeOf(context, id)));
  return [...decisions.flatMap((number) => rootsOf(context.program.decisions[number] ?? lost(number))), ...spills, ...folded];
}

/** The folds over the primary grouping that some of these nodes need in this pass, whatever level they stand on. */
export function foldsUnder(context: Context, roots: readonly NodeId[]): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const seen = new Set<NodeId>();
  const visit = (id: NodeId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const node = nodeOf(context, id);
    const isFar = farLink(context, node) !== undefined;
    if (node.op === 'fold' && !isFar) found.add(id);
    if (node.op === 'entitled') rootsOf(decisionOf(context.program, node.service)).forEach(visit);
    const far = isFar ? farChildren(node) : [];
    childrenOf<NodeId>(node).filter((child) => !far.includes(child)).forEach(visit);
  };
  roots.forEach(visit);
  return found;
}
