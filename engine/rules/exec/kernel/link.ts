import type { Node, NodeId } from '../../program.ts';
import { any, choose, held, isNone, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Val } from './block.ts';
import { lost } from './context.ts';
import type { Emitter } from './emitter.ts';
import { foldResult, foldRow, startFold } from './fold.ts';
import { read } from './strict.ts';

type Far = Extract<Node, { op: 'through' | 'fold' }>;
type Spells = Extract<Node, { op: 'covered-months' | 'longest-gap' }>;

/** The value of a node at the row a link leads to: its column, or what an earlier pass has put down. */
function farValue(to: Emitter, id: NodeId, row: string, block: Block): Val {
  const node = to.node(id);
  if (node.entity === undefined) return to.emit(id, block);
  if (node.op !== 'fact') {
    const known = to.anywhere(id);
    return read(to, node, block, to.cell({ kind: 'spill', node: id, entity: node.entity, lane: known.lane }, row), known.lane, known);
  }
  const column = to.context.layout.columns.get(node.fact);
  if (!column) return to.constant(-128, 'int8');
  return read(to, node, block, to.cell({ kind: 'fact', fact: node.fact, entity: node.entity, lane: column.lane, access: 'all' }, row), column.lane);
}

/** Follows a link to any row: the one it leads to, or all of them in a loop. */
export function emitFar(to: Emitter, node: Far, block: Block): Val {
  const shape = to.shape(node.id);
  const name = to.fresh('f');
  block.add(`let ${name} = ${shape.none ? noneMark(shape.lane) : '0'};`);
  const link = to.context.program.schema.links.get(node.link) ?? lost(node.link);
  const row = to.row(link.kind === 'grouping' && node.op === 'fold' ? link.to : link.from);
  const follow = (inner: Block): void => {
    if (node.op === 'fold') foldFar(to, node, row, name, inner);
    else throughFar(to, node, row, name, inner);
  };
  if (link.kind !== 'grouping' && to.context.layout.unknownLinks.has(node.link)) {
    const gone = `${to.cell({ kind: 'lost', link: node.link }, row)} === 1`;
    block.branch(gone, (inner) => inner.add(`${name} = ${unknownMark(shape.lane)};`), follow);
  } else {
    follow(block);
  }
  return { code: name, ...shape };
}

function throughFar(to: Emitter, node: Extract<Far, { op: 'through' }>, row: string, name: string, block: Block): void {
  const link = to.context.program.schema.links.get(node.link) ?? lost(node.link);
  const { lane } = to.shape(node.id);
  const put = (target: string) => (inner: Block): void => inner.add(`${name} = ${held(farValue(to, node.of, target, inner), lane)};`);
  if (link.kind === 'grouping') {
    const target = to.fresh('r');
    block.add(`const ${target} = ${to.cell({ kind: 'group', link: node.link }, row)};`);
    block.branch(`${target} >= 0`, put(target));
    return;
  }
  const starts = (at: string): string => to.cell({ kind: 'starts', link: node.link }, at);
  const first = to.fresh('k');
  block.add(`const ${first} = ${starts(row)};`);
  block.branch(`${first} < ${starts(`${row} + 1`)}`, put(targetOf(to, node.link, first)));
}

/** Spells lie in the order of their owners and need no list of targets. */
function targetOf(to: Emitter, link: string, at: string): string {
  if (to.context.program.schema.links.get(link)?.kind === 'spells') return at;
  return to.cell({ kind: 'targets', link }, at);
}

function foldFar(to: Emitter, node: Extract<Far, { op: 'fold' }>, row: string, name: string, block: Block): void {
  const starts = (at: string): string => to.cell({ kind: 'starts', link: node.link }, at);
  const running = startFold(to, node, block);
  const at = to.fresh('k');
  const end = to.fresh('e');
  block.loop(`let ${at} = ${starts(row)}, ${end} = ${starts(`${row} + 1`)}; ${at} < ${end}; ${at}++`, (inner) => {
    const target = to.fresh('r');
    inner.add(`const ${target} = ${targetOf(to, node.link, at)};`);
    foldRow(to, running, inner, (id, deeper) => farValue(to, id, target, deeper));
  });
  block.add(`${name} = ${foldResult(to, running)};`);
}

/** Months with a spell, or the longest run without: worked out by a function over the owner's stretch of spells. */
export function emitSpells(to: Emitter, node: Spells, block: Block): Val {
  const [from, until] = [to.emit(node.from, block), to.emit(node.to, block)];
  const link = to.context.program.schema.links.get(node.link) ?? lost(node.link);
  const lane = to.lane(node.id);
  const row = to.row(link.from);
  const starts = (at: string): string => to.cell({ kind: 'starts', link: node.link }, at);
  const dates = ['from', 'until'].map((end) => dateColumn(to, `${node.link}.${end}`, link.to));
  const filter = node.where === undefined ? { column: 'undefined', fixed: '1' } : filterOf(to, node.where, block);
  const core = `spellMonths(${node.op === 'covered-months' ? 0 : 1}, ${starts(row)}, ${starts(`${row} + 1`)}, ${dates.join(', ')}, ${filter.column}, ${filter.fixed}, ${from.code}, ${until.code})`;
  const gone = to.context.layout.unknownLinks.has(node.link) ? `${to.cell({ kind: 'lost', link: node.link }, row)} === 1` : false;
  const code = choose(any([from, until].map(isNone)), noneMark(lane), choose(any([...[from, until].map(isUnknown), gone]), unknownMark(lane), core));
  return to.bind(block, code, to.shape(node.id));
}

function dateColumn(to: Emitter, fact: string, entity: string): string {
  const column = to.context.layout.columns.get(fact);
  return column ? to.far({ kind: 'fact', fact, entity, lane: column.lane, access: 'all' }) : 'undefined';
}

/** A filter of spells: a column of truth values, or one truth value for all. */
function filterOf(to: Emitter, id: NodeId, block: Block): { readonly column: string; readonly fixed: string } {
  const node = to.node(id);
  if (node.entity === undefined || (node.op === 'fact' && !to.context.layout.columns.has(node.fact))) return { column: 'undefined', fixed: held(farValue(to, id, '0', block), 'int8') };
  const slot = node.op === 'fact' ? { kind: 'fact', fact: node.fact, entity: node.entity, lane: 'int8', access: 'all' } as const : { kind: 'spill', node: id, entity: node.entity, lane: 'int8' } as const;
  return { column: to.far(slot), fixed: '1' };
}

