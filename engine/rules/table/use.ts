import { printDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import { nearest } from '#engine/pack/index.ts';
import type { DecisionTable } from '#engine/pack/index.ts';
import { joined } from '../check/compare.ts';
import type { Check, Frame } from '../check/frame.ts';
import { digits } from '../check/names.ts';
import { aligned, all, coded, numberOf } from '../check/operand.ts';
import type { Expr, Span } from '../op.ts';
import type { Problem } from '../syntax/index.ts';
import { dimensionOf } from '../vocabulary/index.ts';
import { cellCondition, rangesOf } from './box.ts';
import type { Column } from './box.ts';
import { sweep } from './sweep.ts';
import type { Interval, Sweep } from './sweep.ts';

type Output = DecisionTable['rules'][number]['gives'];

/** What a decision table gives for its inputs, as `if` and `add`; gaps, overlaps and idle rows are reported. */
export function tableUsed(check: Check, table: DecisionTable, args: readonly Expr[], at: Span, frame: Frame): Expr | undefined {
  const columns = columnsOf(check, table, args, frame);
  const outputs = outputsOf(check, table, frame);
  if (!columns || !outputs) return undefined;
  const { gives, otherwise } = outputs;
  const conditions = table.rules.map((_, row) => rowCondition(check, columns, row, at, frame));
  if (conditions.includes(undefined)) return undefined;
  const order = ranked(table);
  if (!checked(check, table, columns, order, args, frame)) return undefined;
  if (table.hitPolicy === 'C+') return collected(check, conditions, gives, at, frame);
  const last = otherwise ?? gives[order.at(-1) ?? 0];
  const rest = otherwise ? order : order.slice(0, -1);
  return rest.reduceRight<Expr | undefined>((no, row) => {
    const [condition, yes] = [conditions[row], gives[row]];
    if (condition === 'any') return yes;
    return condition && yes && no && check.make({ op: 'if', condition, yes, no }, at, frame);
  }, last);
}

const site = (table: DecisionTable, ...path: PropertyKey[]): Frame['site'] => ({ file: table.place.file, path });

/** The cells column by column; rows with too few or too many are reported. */
function columnsOf(check: Check, table: DecisionTable, args: readonly Expr[], frame: Frame): readonly Column[] | undefined {
  const uneven = table.rules.findIndex((rule) => rule.when.length !== table.inputs.length);
  if (uneven !== -1) {
    check.env.report(site(table, 'rules', uneven, 'when'), { code: 'table-row-uneven', at: { from: 0, to: 0 }, data: { found: table.rules[uneven]?.when.length ?? 0, expected: table.inputs.length } });
    return undefined;
  }
  return all(args.map((input, column) => {
    const cells = all(table.rules.map(({ when }, row) => {
      const inner: Frame = { ...frame, site: site(table, 'rules', row, 'when', column), vars: new Map(), inlined: true };
      const { value, problems } = check.env.parseCell(when[column] ?? '-');
      for (const problem of problems) check.env.report(inner.site, problem);
      return value && { cell: value, frame: inner };
    }));
    return cells && { input, cells };
  }));
}

function rowCondition(check: Check, columns: readonly Column[], row: number, at: Span, frame: Frame): Expr | 'any' | undefined {
  const cells = columns.map((column) => cellCondition(check, column, row, at));
  if (cells.includes(undefined)) return undefined;
  const parts = cells.filter((one) => one !== undefined && one !== 'any');
  return parts.length === 0 ? 'any' : joined(check, 'and', parts, at, frame);
}

/** The outputs of the rows and of `else`, at one scale. */
function outputsOf(check: Check, table: DecisionTable, frame: Frame): { readonly gives: readonly Expr[]; readonly otherwise: Expr | undefined } | undefined {
  const list = [...table.rules.map((rule, row) => outputOf(check, table, rule.gives, { ...frame, site: site(table, 'rules', row, 'gives') })), ...(table.else === undefined ? [] : [outputOf(check, table, table.else, { ...frame, site: site(table, 'else') })])];
  const found = all(list);
  const same = found && aligned(check, found, frame);
  return same && { gives: same.slice(0, table.rules.length), otherwise: same[table.rules.length] };
}

function outputOf(check: Check, { output: { type, unit, codesOf } }: DecisionTable, value: Output, frame: Frame): Expr | undefined {
  const at = { from: 0, to: 0 };
  const expected = (): undefined => check.fail(frame, 'type-clash', at, { expected: type, found: typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'text' : 'number' });
  switch (type) {
    case 'boolean': return typeof value === 'boolean' ? check.make({ op: 'constant', value }, at, frame) : expected();
    case 'number': {
      const exact = typeof value === 'object' ? digits(printDecimal(value)) : undefined;
      return exact ? numberOf(check, exact.units, exact.scale, at, frame, dimensionOf(check.env.pack, unit)) : expected();
    }
    case 'code': {
      const list = codesOf ?? '';
      const { codeLists } = check.env.vocabulary.schema;
      if (!codeLists.has(list)) return check.fail({ ...frame, site: { ...frame.site, path: ['output'] } }, 'code-list-unknown', at, { id: list }, nearest(list, codeLists.keys()));
      if (typeof value !== 'string') return expected();
      const text = check.make({ op: 'constant', value }, at, frame);
      return text && coded(check, text, list, frame);
    }
    default: return type satisfies never;
  }
}

const sayOutput = (value: Output): string => (typeof value === 'object' ? `number ${printDecimal(value satisfies Decimal)}` : `${typeof value} ${String(value)}`);

/** The rows in the order in which they are asked: as written, or by the priority of what they give. */
function ranked(table: DecisionTable): readonly number[] {
  const rows = table.rules.map((_, row) => row);
  if (table.hitPolicy !== 'P') return rows;
  const priority = (table.priority ?? []).map(sayOutput);
  const rank = (row: number): number => {
    const rule = table.rules[row];
    const place = rule ? priority.indexOf(sayOutput(rule.gives)) : -1;
    return place === -1 ? priority.length : place;
  };
  return rows.sort((a, b) => rank(a) - rank(b) || a - b);
}

/** Whether the table answers everything it must, once. */
function checked(check: Check, table: DecisionTable, columns: readonly Column[], order: readonly number[], args: readonly Expr[], frame: Frame): boolean {
  const report = (found: Omit<Problem, 'at'>, ...path: PropertyKey[]): void => { check.env.report(site(table, ...path), { ...found, at: { from: 0, to: 0 } }); };
  const open = table.hitPolicy !== 'C+' && table.else === undefined;
  const ranges = all(columns.map((column) => rangesOf(check, column)));
  if (open && !ranges) report({ code: 'table-needs-else', data: { name: table.name } }, 'rules');
  if (!ranges) return !open;
  const swept = sweep(ranges.map((column) => column.domain), order.map((row) => ranges.map((column) => column.rows[row] ?? [])));
  const say = (where: readonly Interval[]): string => where.map((range, column) => `${table.inputs[column] ?? ''} ${ranges[column]?.say(range) ?? ''}`).join(', ');
  const [gap] = open ? swept.gaps : [];
  if (gap) report({ code: 'table-gap', data: { name: table.name, where: say(gap), count: swept.gaps.length } }, 'rules');
  if (!swept.complete) report({ code: 'table-too-large', data: { name: table.name } }, 'rules');
  const clashing = swept.overlaps.filter(({ first, second }) => table.hitPolicy === 'U' || (table.hitPolicy === 'A' && !sameOutput(table, first, second)));
  for (const { first, second, where } of clashing) report({ code: 'table-overlap', data: { first: first + 1, second: second + 1, where: say(where) } }, 'rules', second, 'when');
  if (swept.complete && !frame.inlined) idleRows(table, order, swept, args).forEach((row) => { report({ code: 'row-unreachable', data: { row: row + 1 }, severity: 'warning' }, 'rules', row, 'when'); });
  return !gap && clashing.length === 0 && swept.complete;
}

/** Rows that another always stands before. There are none where all rows count; an argument that is a constant says nothing, for other uses reach other rows. */
function idleRows({ hitPolicy }: DecisionTable, order: readonly number[], { reached }: Sweep, args: readonly Expr[]): readonly number[] {
  return hitPolicy === 'C+' || args.some((arg) => arg.entity === undefined) ? [] : order.filter((_, place) => !reached.has(place));
}

function sameOutput(table: DecisionTable, first: number, second: number): boolean {
  const [a, b] = [table.rules[first], table.rules[second]];
  return a !== undefined && b !== undefined && sayOutput(a.gives) === sayOutput(b.gives);
}

/** The sum of what every row that holds gives. */
function collected(check: Check, conditions: readonly (Expr | 'any' | undefined)[], gives: readonly Expr[], at: Span, frame: Frame): Expr | undefined {
  const terms = all(conditions.map((condition, row) => {
    const yes = gives[row];
    if (!yes || condition === undefined) return undefined;
    if (condition === 'any') return yes;
    const no = yes.type.kind === 'number' ? numberOf(check, 0n, yes.type.scale, at, frame, yes.type.unit) : undefined;
    return no ? check.make({ op: 'if', condition, yes, no }, at, frame) : check.fail(frame, 'type-clash', at, { expected: 'number', found: yes.type.kind });
  }));
  return terms && check.make({ op: 'add', of: terms }, at, frame);
}
