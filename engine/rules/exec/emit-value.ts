import type { Constant, Op } from '../op.ts';
import type { Node, NodeId } from '../program.ts';
import type { Type } from '../type.ts';
import { callOf } from './call.ts';
import type { Writer } from './emit.ts';
import type { Body } from './emit-body.ts';
import type { Layout } from './layout.ts';

/*
 * Each operator as a JavaScript expression over the names of its operands. A test for none or unknown is written
 * only where the type says that it may be met; arithmetic needs none for unknown, because NaN stays NaN.
 */

type Kinds<K> = Extract<Node, { op: K }>;

/** How unknown and none of a type are written. */
export function stateOf({ kind }: Type): { readonly unknown: string; readonly none: string } {
  return kind === 'boolean' ? { unknown: '2', none: '3' } : { unknown: 'NaN', none: 'Infinity' };
}

export function isNone({ type }: Node, name: string): string {
  return `${name} === ${stateOf(type).none}`;
}

export function isUnknown({ type }: Node, name: string): string {
  return type.kind === 'boolean' ? `${name} === 2` : `${name} !== ${name}`;
}

/** A truth value that is false; none is too. */
export function falseTest(node: Node, value: string): string {
  return node.nonable ? `${value} === 0 || ${value} === 3` : `${value} === 0`;
}

export function literal(value: Constant, { texts }: Layout): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  const units = typeof value === 'bigint' ? value : BigInt(texts.get(value) ?? -1);
  return units < 0n ? `(${String(units)})` : String(units);
}

/** Writes the lines of a node that has no name yet; gives its name. */
export function emitValue(writer: Writer, body: Body, node: Node): string {
  switch (node.op) {
    case 'and': case 'or': return logic(writer, body, node);
    case 'if': return choice(writer, body, node);
    default: return body.declare(node.id, expression(writer, body, node));
  }
}

function expression(writer: Writer, body: Body, node: Exclude<Node, { op: 'and' | 'or' } | { op: 'if' }>): string {
  const of = (id: NodeId): string => writer.emit(body, id);
  switch (node.op) {
    case 'constant': return literal(node.value, writer.layout);
    case 'fact': return writer.cell(body.place, node.fact);
    case 'entitled': return writer.asked(body, node.service);
    case 'through': return through(writer, body, node);
    case 'call': return `C[${String(called(writer, node))}](${['F', ...node.of.map(of)].join(', ')})`;
    case 'fold': case 'covered-months': case 'longest-gap': throw new RangeError('what is kept has a function');
    case 'not': return guarded(writer, node, [of(node.of)], '1', '2', `1 - ${of(node.of)}`);
    case 'has': return guarded(writer, node, [of(node.of)], '0', '2', '1');
    case 'compare': return guarded(writer, node, [of(node.left), of(node.right)], '0', '2', `${of(node.left)} ${TESTS[node.test]} ${of(node.right)} ? 1 : 0`);
    case 'one-of': return node.values.length === 0 ? '0' : guarded(writer, node, [of(node.of)], '0', '2', `${node.values.map((value) => `${of(node.of)} === ${literal(value, writer.layout)}`).join(' || ')} ? 1 : 0`);
    case 'lookup': return lookup(writer, node, of(node.of));
    case 'least': case 'greatest': return extreme(writer, node, node.of.map(of));
    case 'add': case 'multiply': return numeric(writer, node, node.of.map(of), node.of.map(of).join(node.op === 'add' ? ' + ' : ' * '));
    case 'subtract': return numeric(writer, node, [of(node.left), of(node.right)], `${of(node.left)} - ${of(node.right)}`);
    case 'negate': return numeric(writer, node, [of(node.of)], `0 - ${of(node.of)}`);
    case 'absolute': return numeric(writer, node, [of(node.of)], `Math.abs(${of(node.of)})`);
    case 'rescale': return numeric(writer, node, [of(node.of)], `${of(node.of)} * ${String(10 ** (scaleOf(node) - scaleOf(writer.node(node.of))))}`);
    case 'divide': return quotient(writer, node, of(node.left), of(node.right));
    default: return dated(writer, node, of);
  }
}

const TESTS = { '=': '===', '!=': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

/** None first, then unknown, then the value; each test only where it may be met. `names` go with the node's children in order. */
function guarded(writer: Writer, node: Node, names: readonly string[], whenNone: string, whenUnknown: string, value: string): string {
  const operands = operandsOf(node).map((id, at) => ({ node: writer.node(id), name: names[at] ?? '' }));
  const none = operands.filter((one) => one.node.nonable).map((one) => isNone(one.node, one.name));
  const unknown = operands.filter((one) => one.node.unknowable).map((one) => isUnknown(one.node, one.name));
  return `${none.length > 0 ? `${none.join(' || ')} ? ${whenNone} : ` : ''}${unknown.length > 0 ? `${unknown.join(' || ')} ? ${whenUnknown} : ` : ''}${value}`;
}

function operandsOf(node: Op<NodeId>): readonly NodeId[] {
  if ('left' in node) return [node.left, node.right];
  if ('from' in node) return [node.from, node.to];
  if (node.op === 'add-months') return [node.date, node.months];
  if (node.op === 'add-days') return [node.date, node.days];
  return 'of' in node ? (typeof node.of === 'number' ? [node.of] : node.of) : [];
}

/** None of any operand is none; unknown needs no test. */
function numeric(writer: Writer, node: Node, names: readonly string[], value: string): string {
  const none = operandsOf(node).flatMap((id, at) => (writer.node(id).nonable ? [isNone(writer.node(id), names[at] ?? '')] : []));
  return none.length > 0 ? `${none.join(' || ')} ? Infinity : ${value}` : value;
}

function scaleOf({ type }: Node): number {
  return type.kind === 'number' ? type.scale : 0;
}

function quotient(writer: Writer, node: Kinds<'divide'>, left: string, right: string): string {
  const [top, bottom] = [writer.node(node.left), writer.node(node.right)];
  const shift = scaleOf(node) + scaleOf(bottom) - scaleOf(top);
  const numerator = shift > 0 ? `${left} * ${String(10 ** shift)}` : left;
  const divisor = shift < 0 ? `${right} * ${String(10 ** -shift)}` : right;
  const zero = bottom.type.kind === 'number' && bottom.type.min <= 0n && bottom.type.max >= 0n;
  // An unknown numerator over zero is unknown still: none is known to be none.
  return numeric(writer, node, [left, right], `${zero ? `${right} === 0 && ${left} === ${left} ? Infinity : ` : ''}${divided(node, top, bottom, numerator, divisor)}`);
}

/** The commonest divisions of what is proved not negative in one line; all others by the rounding's own function. */
function divided({ round }: Kinds<'divide'>, top: Node, bottom: Node, numerator: string, divisor: string): string {
  const natural = [top, bottom].every(({ type }) => type.kind === 'number' && type.min >= 0n);
  if (natural && (round === 'floor' || round === 'down')) return `Math.floor(${numerator} / (${divisor}))`;
  if (natural && round === 'half-up') return `Math.floor((2 * (${numerator}) + ${divisor}) / (2 * (${divisor})))`;
  return `D[${JSON.stringify(round)}](${numerator}, ${divisor})`;
}

/** Math.min and Math.max keep NaN; infinity as none is left out by the one as it is, by the other turned round. */
function extreme(writer: Writer, node: Extract<Node, { op: 'least' | 'greatest' }>, names: readonly string[]): string {
  if (node.op === 'least') return `Math.min(${names.join(', ')})`;
  const turned = node.of.map((id, at) => (writer.node(id).nonable ? `(${names[at] ?? ''} === Infinity ? -Infinity : ${names[at] ?? ''})` : (names[at] ?? '')));
  return node.nonable ? `H.noneIfLowest(Math.max(${turned.join(', ')}))` : `Math.max(${turned.join(', ')})`;
}

/** The number of the call in the table of calls; the names that are written into it stay there. */
function called(writer: Writer, node: Kinds<'call'>): number {
  return writer.calls.push(callOf({ name: node.name, with: node.with ?? [], of: node.of.map((id) => writer.node(id).type), type: node.type })) - 1;
}

function lookup(writer: Writer, node: Kinds<'lookup'>, code: string): string {
  const table = writer.tables.push(Float64Array.from(node.table, (value) => (value === undefined ? Number.NaN : Number(value)))) - 1;
  return numeric(writer, node, [code], `${code} < ${String(node.table.length)} ? T[${String(table)}][${code}] : NaN`);
}

function through(writer: Writer, body: Body, node: Kinds<'through'>): string {
  const link = writer.layout.program.schema.links.get(node.link);
  const inner = writer.node(node.of);
  const place = `g${String(node.id)}`;
  const states = stateOf(node.type);
  body.lines.push(`const ${place} = ${writer.single(body.place, node.link)};`);
  const value = inner.op === 'constant' ? literal(inner.value, writer.layout) : inner.op === 'fact' ? writer.cell(place, inner.fact) : inner.entity === undefined ? writer.emit(body, inner.id) : `n${String(inner.id)}(F, ${place})`;
  return `${link?.kind === 'grouping' ? '' : `${place} !== ${place} ? ${states.unknown} : `}${place} < 0 ? ${states.none} : ${value}`;
}

type Dated = Extract<Node, { op: 'years-between' | 'months-between' | 'days-between' | 'add-months' | 'add-days' | 'month-start' | 'month-end' | 'month-after' | 'part' }>;
const DATED = { 'years-between': 'years', 'months-between': 'months', 'days-between': 'days', 'add-months': 'addMonths', 'add-days': 'addDays', 'month-start': 'monthStart', 'month-end': 'monthEnd', 'month-after': 'monthAfter' } as const;
const PARTS = { year: (date: string) => `Math.floor(${date} / 10000)`, month: (date: string) => `Math.floor(${date} / 100) % 100`, day: (date: string) => `${date} % 100` } as const;

function dated(writer: Writer, node: Dated, of: (id: NodeId) => string): string {
  const names = operandsOf(node).map(of);
  return numeric(writer, node, names, node.op === 'part' ? PARTS[node.part](names[0] ?? '') : `H.${DATED[node.op]}(${names.join(', ')})`);
}

/** Operand after operand until one settles it. What operands share is said before, so that each is said once. */
function logic(writer: Writer, body: Body, node: Extract<Node, { op: 'and' | 'or' }>): string {
  const [start, settled] = node.op === 'and' ? ['1', '0'] : ['0', '1'];
  for (const id of node.of) writer.hoist(body, id);
  const name = body.open(node.id, start);
  body.block(`b${String(node.id)}:`, () => {
    for (const id of node.of) {
      const operand = writer.node(id);
      const value = writer.emit(body, id);
      const settles = `${value} === ${settled}${node.op === 'and' && operand.nonable ? ` || ${value} === 3` : ''}`;
      body.lines.push(`if (${settles}) { ${name} = ${settled}; break b${String(node.id)}; }`);
      if (operand.unknowable) body.lines.push(`if (${value} === 2) ${name} = 2;`);
    }
  });
  return name;
}

/** One branch alone where the condition is never unknown; both where they may have to agree. */
function choice(writer: Writer, body: Body, node: Kinds<'if'>): string {
  const condition = writer.emit(body, node.condition);
  const states = stateOf(node.type);
  if (writer.node(node.condition).unknowable) {
    const [yes, no] = [writer.emit(body, node.yes), writer.emit(body, node.no)];
    return body.declare(node.id, `${condition} === 1 ? ${yes} : ${condition} !== 2 ? ${no} : ${yes} === ${no} ? ${yes} : ${states.unknown}`);
  }
  for (const id of [node.yes, node.no]) writer.hoist(body, id);
  const name = body.open(node.id, states.none);
  body.block(`if (${condition} === 1)`, () => body.lines.push(`${name} = ${writer.emit(body, node.yes)};`));
  body.block('else', () => body.lines.push(`${name} = ${writer.emit(body, node.no)};`));
  return name;
}
