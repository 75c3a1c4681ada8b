import type { Constant, Op } from '../op.ts';
import type { Node, NodeId } from '../program.ts';
import { addDays, addMonths, daysBetween, monthAfter, monthEnd, monthsBetween, monthStart, partOf, yearsBetween } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { Dialect } from './dialect/index.ts';
import { rounded } from './division.ts';
import { coded, isNone, joined, NONE, plain, sql, TEXT_MARK, truth } from './text.ts';
import type { Form, Term, Text } from './text.ts';

/** What an operator needs to become SQL. */
export interface Here {
  readonly dialect: Dialect;
  readonly calendar: Calendar;
  /** A child, fit to be written so many times. */
  readonly of: (child: NodeId, times: number) => Term;
  readonly node: (child: NodeId) => Node;
  /** A look-up in a table too long for a CASE. */
  readonly lookedUp: (of: Term, table: readonly (bigint | undefined)[]) => Text;
}

/** The operators whose value depends on one thing alone and on its columns. */
export type OwnOp = Exclude<Op<NodeId>, { op: 'constant' | 'fact' | 'entitled' | 'through' | 'fold' | 'covered-months' | 'longest-gap' | 'call' }>;

/** How a value of a node lies in a column. */
export function formOf({ type, nonable }: Pick<Node, 'type' | 'nonable'>): Form {
  if (type.kind === 'text') return 'text';
  return type.kind === 'boolean' && !nonable ? 'truth' : 'whole';
}

/** The SQL of an operator in the form of its node. */
export function ownText(node: OwnOp & Node, here: Here): Text {
  switch (node.op) {
    case 'not': return sql`(NOT ${truth(here.of(node.of, 1))})`;
    case 'and': case 'or': return sql`(${joined(node.of.map((child) => truth(here.of(child, 1))), node.op === 'and' ? ' AND ' : ' OR ')})`;
    case 'compare': return compared(node, here);
    case 'one-of': return oneOf(node, here);
    case 'has': return has(here.of(node.of, 1));
    case 'if': return choice(node, here);
    case 'least': case 'greatest': return extreme(node.op, node.of.map((child) => here.of(child, 2)));
    case 'lookup': return lookup(node, here);
    case 'add': case 'subtract': case 'multiply': case 'negate': case 'absolute': case 'rescale': case 'divide': return arithmetic(node, here);
    default: return dated(node, here);
  }
}

/** Operators over known values only: none first, then unknown. */
function strict(of: readonly Term[], value: Text): Text {
  const nonable = of.filter((term) => term.nonable);
  return nonable.length === 0 ? value : sql`CASE WHEN ${joined(nonable.map(isNone), ' OR ')} THEN ${NONE} ELSE ${value} END`;
}

const SIGN = { '=': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

/** False with none, even beside unknown: false AND unknown is false. */
function compared({ test, left, right }: Extract<OwnOp, { op: 'compare' }>, here: Here): Text {
  const sides = [here.of(left, 2), here.of(right, 2)];
  const alike = sides.some((side) => side.form === 'whole') ? sides.map(coded) : sides;
  const [a, b] = alike.map((side) => plain(side));
  const guards = sides.filter((side) => side.nonable).map((side) => sql`${side} <> ${side.form === 'text' ? "''" : NONE}`);
  return sql`(${joined([...guards, sql`${a ?? ''} ${SIGN[test]} ${b ?? ''}`], ' AND ')})`;
}

/** None is among no constants, so it needs no test. */
function oneOf({ of, values }: Extract<OwnOp, { op: 'one-of' }>, here: Here): Text {
  if (values.length === 0) return sql`FALSE`;
  const term = here.of(of, 1);
  return sql`(${term} IN (${values.map((value) => constantSql(value, term.form, here.dialect)).join(', ')}))`;
}

/** A constant as it is compared. */
export function constantSql(value: Constant, form: Form, dialect: Dialect): string {
  if (typeof value === 'string') return dialect.text(TEXT_MARK + value);
  if (typeof value === 'boolean') return form === 'truth' ? (value ? 'TRUE' : 'FALSE') : value ? '1' : '0';
  return value < 0n ? `(${String(value)})` : String(value);
}

function has(term: Term): Text {
  return term.form === 'truth' ? sql`CASE WHEN ${term} IS NOT NULL THEN TRUE END` : sql`(${term} <> ${term.form === 'text' ? "''" : NONE})`;
}

/** Where the condition is unknown the branches may still be the same: one known value, or none both. */
function choice(node: Extract<OwnOp, { op: 'if' }> & Node, here: Here): Text {
  const condition = here.of(node.condition, 2);
  const branches = [here.of(node.yes, 2), here.of(node.no, 2)];
  const [yes, no] = formOf(node) === 'whole' ? branches.map(coded) : branches;
  if (!yes || !no) throw new Error('a condition has two branches');
  if (!condition.unknowable) return sql`CASE WHEN ${truth(condition)} THEN ${yes} ELSE ${no} END`;
  return sql`CASE WHEN ${truth(condition)} THEN ${yes} WHEN NOT ${truth(condition)} THEN ${no} WHEN ${yes} = ${no} THEN ${yes} END`;
}

/**
 * The databases skip NULL in LEAST and GREATEST: unknown is tested before, and none is made NULL so that it is skipped.
 * `NONE` lies below every value, so GREATEST needs nothing.
 */
function extreme(op: 'least' | 'greatest', of: readonly Term[]): Text {
  const [first, ...others] = of;
  if (!first) throw new Error('nothing to compare');
  if (others.length === 0) return first;
  const value = op === 'greatest' ? sql`GREATEST(${joined(of, ', ')})` : smallest(of);
  const unknowable = of.filter((term) => term.unknowable);
  return unknowable.length === 0 ? value : sql`CASE WHEN ${joined(unknowable.map((term) => sql`${term} IS NULL`), ' OR ')} THEN NULL ELSE ${value} END`;
}

function smallest(of: readonly Term[]): Text {
  const value = sql`LEAST(${joined(of.map((term) => (term.nonable ? sql`NULLIF(${term}, ${NONE})` : term)), ', ')})`;
  return of.every((term) => term.nonable) ? sql`COALESCE(${value}, ${NONE})` : value;
}

/** As many entries as a reader takes in at a glance; a longer table becomes a table of the database. */
const LONGEST_CASE = 32;

function lookup({ of, table, type }: Extract<OwnOp, { op: 'lookup' }> & Node, here: Here): Text {
  const term = here.of(of, 2);
  const value = table.length <= LONGEST_CASE ? sql`CASE ${term} ${table.flatMap((entry, code) => (entry === undefined ? [] : [`WHEN ${String(code)} THEN ${here.dialect.big(entry)}`])).join(' ')} END` : here.lookedUp(term, table);
  const found = table.some((entry) => entry !== undefined) ? value : sql`CAST(NULL AS BIGINT)`;
  return type.kind === 'boolean' && !term.nonable ? sql`(${found} = 1)` : strict([term], found);
}

type Arithmetic = Extract<OwnOp, { op: 'add' | 'subtract' | 'multiply' | 'negate' | 'absolute' | 'rescale' | 'divide' }>;

function arithmetic(node: Arithmetic & Node, here: Here): Text {
  switch (node.op) {
    case 'add': case 'multiply': {
      const of = node.of.map((child) => here.of(child, 2));
      return strict(of, sql`(${joined(of, node.op === 'add' ? ' + ' : ' * ')})`);
    }
    case 'subtract': {
      const of = [here.of(node.left, 2), here.of(node.right, 2)];
      return strict(of, sql`(${joined(of, ' - ')})`);
    }
    case 'negate': return unary(here.of(node.of, 2), (text) => sql`(- ${text})`);
    case 'absolute': return unary(here.of(node.of, 2), (text) => sql`ABS(${text})`);
    case 'rescale': return unary(here.of(node.of, 2), (text) => raised(text, scaleOf(node) - scaleOf(here.node(node.of))));
    case 'divide': return divided(node, here);
    default: return node satisfies never;
  }
}

const unary = (of: Term, value: (of: Text) => Text): Text => strict([of], value(of));

function raised(text: Text, by: number): Text {
  return by === 0 ? text : sql`(${text} * ${10n ** BigInt(by)})`;
}

/** None first, then unknown, then a divisor of zero, which gives none. */
function divided(node: Extract<OwnOp, { op: 'divide' }> & Node, here: Here): Text {
  const [left, right] = [here.of(node.left, 6), here.of(node.right, 6)];
  const shift = scaleOf(node) + scaleOf(here.node(node.right)) - scaleOf(here.node(node.left));
  const top = { text: raised(left, Math.max(0, shift)), signed: minOf(here.node(node.left)) < 0n };
  const bottom = { text: raised(right, Math.max(0, -shift)), signed: minOf(here.node(node.right)) < 0n };
  const value = rounded(here.dialect.division, top, bottom, node.round);
  if (!mayBeZero(here.node(node.right))) return strict([left, right], value);
  const zero = left.unknowable ? sql`${plain(right)} = 0 AND ${left} IS NOT NULL` : sql`${plain(right)} = 0`;
  return strict([left, right], sql`CASE WHEN ${zero} THEN ${NONE} ELSE ${value} END`);
}

function mayBeZero({ type }: Node): boolean {
  return type.kind === 'number' && type.min <= 0n && type.max >= 0n;
}

function minOf({ type }: Node): bigint {
  return type.kind === 'number' ? type.min : 0n;
}

function scaleOf({ type }: Node): number {
  return type.kind === 'number' ? type.scale : 0;
}

type Dated = Extract<OwnOp, { op: 'years-between' | 'months-between' | 'days-between' | 'add-months' | 'add-days' | 'month-start' | 'month-end' | 'month-after' | 'part' }>;

function dated(node: Dated, here: Here): Text {
  const { calendar } = here;
  switch (node.op) {
    case 'years-between': return between(node.from, node.to, here, yearsBetween);
    case 'months-between': return between(node.from, node.to, here, monthsBetween);
    case 'days-between': return between(node.from, node.to, here, daysBetween);
    case 'add-months': return between(node.date, node.months, here, addMonths);
    case 'add-days': return between(node.date, node.days, here, addDays);
    case 'month-start': return unary(here.of(node.of, 3), monthStart);
    case 'month-end': return unary(here.of(node.of, 8), (date) => monthEnd(calendar, date));
    case 'month-after': return unary(here.of(node.of, 6), (date) => monthAfter(calendar, date));
    case 'part': return unary(here.of(node.of, 2), (date) => partOf(calendar, node.part, date));
    default: return node satisfies never;
  }
}

function between(a: NodeId, b: NodeId, here: Here, value: (calendar: Calendar, a: Text, b: Text) => Text): Text {
  const of = [here.of(a, 6), here.of(b, 6)] as const;
  return strict(of, value(here.calendar, ...of));
}
