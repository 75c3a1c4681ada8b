import { and, called, coerced, compared, equal, filteredBy, functionOf, is, itemsOf, list, passes, quantified, spend, totalOf, whole, within } from '../form/index.ts';
import type { FormType, FormValue, FunctionValue, Run, Scope, Truth } from '../form/index.ts';
import type { FormAst, FormCell } from '../syntax/index.ts';
import type { Logic, Parameter, Table } from './model.ts';

/** What logic asks of the model it stands in. Texts that do not parse are reported there, and are null. */
export interface Reading {
  readonly expression: (text: string) => FormAst | undefined;
  readonly cell: (text: string) => FormCell | undefined;
  readonly type: (name: string | undefined) => FormType;
}

/** The value of boxed logic, of the type it says. */
export function valueOf(logic: Logic, scope: Scope, run: Run, reading: Reading): FormValue {
  if (!spend(run) || run.depth <= 0) {
    run.steps = 0;
    return null;
  }
  run.depth -= 1;
  const value = made(logic, scope, run, reading);
  run.depth += 1;
  return coerced(value, reading.type(logic.type));
}

function made(logic: Logic, scope: Scope, run: Run, reading: Reading): FormValue {
  const of = (inner: Logic, at: Scope = scope): FormValue => valueOf(inner, at, run, reading);
  switch (logic.kind) {
    case 'literal': {
      const ast = reading.expression(logic.text);
      return ast ? run.evaluate(ast, scope, run) : null;
    }
    case 'table': return tableGives(logic, scope, run, reading);
    case 'context': return contextGives(logic.entries, scope, run, reading);
    case 'invocation': return called(of(logic.callee), logic.bindings.map(({ name, type, logic: inner }) => ({ name, value: inner ? coerced(of(inner), reading.type(type)) : null })), run);
    case 'function': return logic.external ? null : boxedFunction(logic.takes, logic.gives, scope, reading);
    case 'list': return list(logic.of.map((one) => of(one)));
    case 'relation': return list(logic.rows.map((row) => ({ kind: 'context', entries: new Map(logic.columns.map((column, at) => [column, row[at] ? of(row[at]) : null])) })));
    case 'for': case 'some': case 'every': return iterated(logic, scope, run, reading);
    case 'filter': return filteredBy(of(logic.many), scope, run, (inner) => of(logic.where, inner));
    case 'conditional': return of(logic.condition) === true ? of(logic.yes) : of(logic.no);
    default: return logic satisfies never;
  }
}

/** A function with boxed logic as its body. */
export function boxedFunction(takes: readonly Parameter[], gives: Logic, scope: Scope, reading: Reading, type?: FormType): FunctionValue {
  return functionOf(takes.map((one) => ({ name: one.name, type: reading.type(one.type) })), (names, run) => valueOf(gives, within(scope, names), run, reading), type);
}

/** Entries see those before them; one without a name is the value of the whole. */
function contextGives(entries: Extract<Logic, { kind: 'context' }>['entries'], scope: Scope, run: Run, reading: Reading): FormValue {
  const found = new Map<string, FormValue>();
  const inner = within(scope, found);
  for (const { name, type, logic } of entries) {
    const value = coerced(valueOf(logic, inner, run, reading), reading.type(type));
    if (name === undefined) return value;
    found.set(name, value);
  }
  return { kind: 'context', entries: found };
}

function iterated(logic: Extract<Logic, { kind: 'for' | 'some' | 'every' }>, scope: Scope, run: Run, reading: Reading): FormValue {
  const many = valueOf(logic.many, scope, run, reading);
  if (many === null) return null;
  const found: FormValue[] = [];
  for (const item of itemsOf(many)) {
    const names = new Map([[logic.variable, item], ...(logic.kind === 'for' ? [['partial', list([...found])] as const] : [])]);
    found.push(valueOf(logic.gives, within(scope, names), run, reading));
  }
  if (logic.kind === 'for') return list(found);
  return quantified(logic.kind, found);
}

/** What a decision table gives: by its hit policy, from the rules whose cells all pass. */
function tableGives(table: Table, scope: Scope, run: Run, reading: Reading): FormValue {
  const inputs = table.inputs.map(({ text, type, allowed }) => ({ value: inputOf(text, type, scope, run, reading), allowed }));
  if (inputs.some(({ value, allowed }) => !isAllowed(value, allowed, scope, run, reading))) return null;
  const hits = table.rules.filter(({ when }) => and(when.map((cell, at): Truth => {
    const read = reading.cell(cell.trim() === '' ? '-' : cell);
    return read ? passes(read, inputs[at]?.value ?? null, scope, run) : null;
  })) === true);
  const outputs = hits.map(({ gives }) => outputOf(table, gives, scope, run, reading));
  return outputs.length === 0 ? withoutHit(table, scope, run, reading) : chosen(table, outputs, scope, run, reading);
}

function inputOf(text: string, type: string | undefined, scope: Scope, run: Run, reading: Reading): FormValue {
  const ast = reading.expression(text);
  return ast ? coerced(run.evaluate(ast, scope, run), reading.type(type)) : null;
}

function isAllowed(value: FormValue, allowed: string | undefined, scope: Scope, run: Run, reading: Reading): boolean {
  const cell = allowed === undefined || allowed.trim() === '' ? undefined : reading.cell(allowed);
  return !cell || value === null || passes(cell, value, scope, run) === true;
}

function outputOf({ outputs }: Table, gives: readonly string[], scope: Scope, run: Run, reading: Reading): FormValue {
  const values = outputs.map(({ type }, at) => inputOf(gives[at] ?? 'null', type, scope, run, reading));
  const [only = null] = values;
  return outputs.length === 1 ? only : { kind: 'context', entries: new Map(outputs.map(({ name }, at) => [name ?? '', values[at] ?? null])) };
}

function withoutHit(table: Table, scope: Scope, run: Run, reading: Reading): FormValue {
  if (table.outputs.some(({ otherwise }) => otherwise !== undefined)) return outputOf(table, table.outputs.map(({ otherwise }) => otherwise ?? 'null'), scope, run, reading);
  return table.hitPolicy === 'COLLECT' && table.aggregation === 'COUNT' ? whole(0) : null;
}

function chosen(table: Table, outputs: readonly FormValue[], scope: Scope, run: Run, reading: Reading): FormValue {
  const [first = null] = outputs;
  switch (table.hitPolicy) {
    case 'UNIQUE': return outputs.length === 1 ? first : null;
    case 'ANY': return outputs.every((one) => equal(one, first) === true) ? first : null;
    case 'FIRST': return first;
    case 'PRIORITY': return ranked(table, outputs, scope, run, reading)[0] ?? null;
    case 'OUTPUT ORDER': return list(ranked(table, outputs, scope, run, reading));
    case 'RULE ORDER': return list(outputs);
    case 'COLLECT': return collected(table.aggregation, outputs);
    default: return table.hitPolicy satisfies never;
  }
}

function collected(aggregation: Table['aggregation'], outputs: readonly FormValue[]): FormValue {
  switch (aggregation) {
    case undefined: return list(outputs);
    case 'COUNT': return whole(outputs.length);
    case 'SUM': {
      const numbers = outputs.filter((one) => is(one, 'number'));
      return numbers.length === outputs.length ? totalOf(numbers) : null;
    }
    case 'MIN': return outputs.reduce((found, one) => (compared('<', one, found) === true ? one : found));
    case 'MAX': return outputs.reduce((found, one) => (compared('>', one, found) === true ? one : found));
    default: return aggregation satisfies never;
  }
}

/** In the order of the values that each output may have, the first output first. */
function ranked({ outputs }: Table, found: readonly FormValue[], scope: Scope, run: Run, reading: Reading): readonly FormValue[] {
  const orders = outputs.map(({ allowed }) => {
    const cell = allowed === undefined ? undefined : reading.cell(allowed);
    return cell && cell.tests !== 'any' ? cell.tests.map((test) => (test.kind === 'is' ? run.evaluate(test.value, scope, run) : null)) : [];
  });
  const ranksOf = (value: FormValue): readonly number[] => outputs.map(({ name }, at) => {
    const part = outputs.length === 1 || !is(value, 'context') ? value : (value.entries.get(name ?? '') ?? null);
    const rank = (orders[at] ?? []).findIndex((one) => equal(one, part) === true);
    return rank === -1 ? Number.MAX_SAFE_INTEGER : rank;
  });
  return found.map((value) => ({ value, ranks: ranksOf(value) })).sort((a, b) => {
    const at = a.ranks.findIndex((rank, index) => rank !== b.ranks[index]);
    return at === -1 ? 0 : (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0);
  }).map(({ value }) => value);
}

