import { nearest } from '#engine/pack/index.ts';
import type { Service } from '#engine/pack/index.ts';
import type { Expr, Fold, Op } from '../op.ts';
import type { Rounding, ValueType } from '../type.ts';
import type { FormAst, FunctionName } from '../syntax/index.ts';
import { ENTITLED, FUNCTIONS, RECEIVES, swallowed } from '../syntax/index.ts';
import { receivesFact } from '../schema.ts';
import { AREAS } from '../vocabulary/index.ts';
import { foldedList, formCall } from './form-functions.ts';
import type { Check, Frame } from './frame.ts';
import { intervalCall } from './interval.ts';
import { folded } from './many.ts';
import { inlined, lift, throughAll } from './names.ts';
import { aligned, all, codeOf, numberOf, raised } from './operand.ts';
import { tableUsed } from '../table/use.ts';
import type { Named } from '../vocabulary/index.ts';
import { isWide } from '../type.ts';
import { asList, isList, listed } from './wide.ts';

type Call = Extract<FormAst, { kind: 'call' }>;
type Builtin = (check: Check, call: Call, frame: Frame) => Expr | undefined;

/** The largest number of decimals that a rounding may keep. */
const MOST_DECIMALS = 9;

/** Arguments as values, where there are as many as there must be. */
function given(check: Check, call: Call, frame: Frame, least: number, most: number = least): readonly Expr[] | undefined {
  if (call.of.length < least || call.of.length > most) return check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: least === most ? String(least) : `${least}–${most}`, found: call.of.length });
  return all(call.of.map((one) => check.expr(one, frame)));
}

function unary(node: (of: Expr) => Op<Expr>): Builtin {
  return (check, call, frame) => {
    const [of] = given(check, call, frame, 1) ?? [];
    return of && check.make(node(of), call.at, frame);
  };
}

function binary(node: (a: Expr, b: Expr) => Op<Expr>): Builtin {
  return (check, call, frame) => {
    const [a, b] = given(check, call, frame, 2) ?? [];
    return a && b && check.make(node(a, b), call.at, frame);
  };
}

/** How many decimals a rounding keeps: digits as written, so that the type is known. */
function decimals(check: Check, call: Call, frame: Frame): number | undefined {
  const [, second] = call.of;
  if (!second) return call.name === 'floor' || call.name === 'ceiling' ? 0 : check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '2', found: call.of.length });
  if (call.of.length > 2) return check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '2', found: call.of.length });
  const scale = second.kind === 'number' && /^\d$/.test(second.digits) ? Number(second.digits) : -1;
  return scale >= 0 && scale <= MOST_DECIMALS ? scale : check.fail(frame, 'decimals-not-written', second.at, { most: MOST_DECIMALS });
}

/** The one place of division: a quotient, or a number with too many decimals, becomes a whole number of units. */
function rounding(round: Rounding): Builtin {
  return (check, call, frame) => {
    const scale = decimals(check, call, frame);
    const [first] = call.of;
    if (scale === undefined || !first) return scale === undefined ? undefined : given(check, call, frame, 2)?.[0];
    const type = { kind: 'number', scale, min: 0n, max: 0n } as const;
    if (first.kind === 'arithmetic' && first.sign === '/') {
      const [left, right] = all([check.expr(first.left, frame), check.expr(first.right, frame)]) ?? [];
      return left && right && check.make({ op: 'divide', left, right, round }, call.at, frame, type);
    }
    return rounded(check, first, call, frame, round, type);
  };
}

/** A mean, or a number with too many decimals, at a scale. */
function rounded(check: Check, first: FormAst, call: Call, frame: Frame, round: Rounding, type: Extract<ValueType, { kind: 'number' }>): Expr | undefined {
  const mean = first.kind === 'call' && first.name === 'mean' && check.env.forms ? meanOf(check, first, frame) : undefined;
  if (mean) return check.make({ op: 'divide', ...mean, round }, call.at, frame, type);
  const of = check.expr(first, frame);
  if (!of) return undefined;
  if (of.type.kind !== 'number') return check.fail(frame, 'type-clash', first.at, { expected: 'number', found: of.type.kind });
  if (of.type.scale <= type.scale) return raised(check, of, type.scale, frame);
  const one = numberOf(check, 1n, 0, call.at, frame);
  return one && check.make({ op: 'divide', left: of, right: one, round }, call.at, frame, { ...type, unit: of.type.unit });
}

/** Over many, or over the values written out. */
function aggregate(fold: Fold, scalar: Scalar): Builtin {
  return (check, call, frame) => {
    const [only, ...more] = call.of;
    if (!only) return check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '1+', found: 0 });
    if (more.length === 0 && only.kind !== 'list') return ofOne(check, only, fold, scalar, call, frame);
    const items = only.kind === 'list' && more.length === 0 ? only.of : call.of;
    if (check.env.forms && (items.length === 0 || !items.every((item) => item.kind !== 'null' && isCounted(check, item, frame)))) {
      const list = listed(check, items, call.at, frame);
      return list && foldedList(check, call.name, list, call, frame);
    }
    const values = all(items.map((item) => check.expr(item, frame)));
    const ready = values && aligned(check, values, frame);
    return ready && scalar(check, ready, call, frame);
  };
}

/** The mean of a list is a quotient, which only a rounding makes a number. */
function meanOf(check: Check, call: Call, frame: Frame): { readonly left: Expr; readonly right: Expr } | undefined {
  const [only, ...more] = call.of;
  const value = more.length > 0 || !only ? listed(check, call.of, call.at, frame) : check.expr(only, frame);
  const list = value && asList(check, value, call.at, frame);
  const [left, right] = [list && foldedList(check, 'sum', list, call, frame), list && foldedList(check, 'count', list, call, frame)];
  return left && right && { left, right };
}

type Scalar = (check: Check, of: readonly Expr[], call: Call, frame: Frame) => Expr | undefined;

/** A fold over the one argument: over the many that it stands for, over the list that it is, or over it alone. */
function ofOne(check: Check, only: FormAst, fold: Fold, scalar: Scalar, call: Call, frame: Frame): Expr | undefined {
  const found = check.resolve(only, frame);
  if (!found) return undefined;
  if (found.kind === 'many') return fold !== 'count' && !found.value ? check.fail(frame, 'value-of-each-missing', only.at, { name: call.name }) : folded(check, found, fold, call.at, frame);
  if (found.kind === 'thing') return check.fail(frame, 'many-expected', only.at);
  return isList(found.expr) ? foldedList(check, call.name, found.expr, call, frame) : scalar(check, [found.expr], call, frame);
}

/** Whether a value is a number or a date, which rules of services fold too. */
function isCounted(check: Check, item: FormAst, frame: Frame): boolean {
  const kind = check.expr(item, frame)?.type.kind;
  return kind === undefined || kind === 'number' || kind === 'date';
}

const extreme = (op: 'least' | 'greatest') => (check: Check, of: readonly Expr[], call: Call, frame: Frame) => (of.length === 0 ? check.fail(frame, 'many-expected', call.at) : check.make({ op, of }, call.at, frame));

function spells(op: 'covered-months' | 'longest-gap'): Builtin {
  return (check, call, frame) => {
    const [first, second, third] = call.of;
    if (!first || !second || !third || call.of.length > 3) return check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '3', found: call.of.length });
    const many = check.resolve(first, frame);
    const [from, to] = all([check.expr(second, frame), check.expr(third, frame)]) ?? [];
    if (!many || !from || !to) return undefined;
    if (many.kind !== 'many' || many.link.kind !== 'spells' || many.value) return check.fail(frame, 'spells-expected', first.at, { name: call.name });
    if (many.via.length > 0 && (from.entity !== undefined || to.entity !== undefined)) return check.fail(frame, 'outer-value-in-fold', second.at, { name: call.name });
    const made = check.make({ op, link: many.link.id, where: many.where, from, to }, call.at, frame);
    return made && throughAll(check, many.via, made, frame);
  };
}

/** Whether there is a value, or whether a relation leads to anybody. */
const has: Builtin = (check, call, frame) => {
  const [only] = call.of;
  if (!only || call.of.length > 1) return check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '1', found: call.of.length });
  const found = check.resolve(only, frame);
  if (!found) return undefined;
  if (found.kind === 'many') return check.fail(frame, 'has-of-many', only.at);
  if (found.kind === 'expr') return check.make({ op: 'has', of: found.expr }, call.at, frame);
  const last = found.via.at(-1);
  const there = check.make({ op: 'constant', value: true }, only.at, frame);
  if (!last || !there) return check.fail(frame, 'has-of-many', only.at);
  const reached = check.make({ op: 'through', link: last.id, of: there }, only.at, frame);
  const seen = reached && throughAll(check, found.via.slice(0, -1), reached, frame);
  return seen && check.make({ op: 'has', of: seen }, call.at, frame);
};

/** A function that only forms may use; where millions are decided `rules` refuses it. */
function beyond(takes: number): Builtin {
  return (check, call, frame) => {
    const of = given(check, call, frame, takes);
    const wrong = of?.find((one) => one.type.kind !== 'text');
    if (wrong) return check.fail(frame, 'type-clash', wrong.at, { expected: 'text', found: wrong.type.kind });
    return of && check.make({ op: 'call', name: call.name, of }, call.at, frame);
  };
}

/** Whether an area is another one or lies inside it. */
const within: Builtin = (check, call, frame) => {
  const [first, second] = call.of;
  const area = first && check.expr(first, frame);
  if (!area || second?.kind !== 'text' || call.of.length > 2) return area && check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '2', found: call.of.length });
  if (area.type.kind !== 'code' || area.type.list !== AREAS) return check.fail(frame, 'type-clash', area.at, { expected: 'area', found: area.type.kind });
  const list = check.env.vocabulary.schema.codeLists.get(AREAS);
  const whole = codeOf(list, second.value);
  if (whole === 'ambiguous') return check.fail(frame, 'label-ambiguous', second.at, { label: second.value });
  if (whole === undefined || !list) return check.fail(frame, 'label-unknown', second.at, { label: second.value, labels: (list?.labels ?? []).slice(0, 12).join('、') }, nearest(second.value, list?.labels ?? []));
  const { divisions } = check.env.pack;
  const inside = (code: string | undefined): boolean => code !== undefined && (code === list.codes[whole] || inside(divisions.get(code)?.parent));
  return check.make({ op: 'one-of', of: area, values: list.codes.flatMap((code, index) => (inside(code) ? [BigInt(index)] : [])) }, call.at, frame);
};

const BUILTINS: Record<FunctionName, Builtin> = {
  not: unary((of) => ({ op: 'not', of })),
  has,
  count: aggregate('count', (check, of, call, frame) => numberOf(check, BigInt(of.length), 0, call.at, frame)),
  sum: aggregate('sum', (check, of, call, frame) => check.make({ op: 'add', of }, call.at, frame)),
  min: aggregate('least', extreme('least')),
  max: aggregate('greatest', extreme('greatest')),
  abs: unary((of) => (isWide(of.type) ? { op: 'call', name: 'size', of: [of] } : { op: 'absolute', of })),
  floor: rounding('floor'), ceiling: rounding('ceiling'), decimal: rounding('half-even'),
  'round half up': rounding('half-up'), 'round half down': rounding('half-down'), 'round half even': rounding('half-even'), 'round up': rounding('up'), 'round down': rounding('down'),
  'age on': binary((from, to) => ({ op: 'years-between', from, to })),
  'full years between': binary((from, to) => ({ op: 'years-between', from, to })),
  'full months between': binary((from, to) => ({ op: 'months-between', from, to })),
  'days between': binary((from, to) => ({ op: 'days-between', from, to })),
  'add months': binary((date, months) => ({ op: 'add-months', date, months })),
  'add days': binary((date, days) => ({ op: 'add-days', date, days })),
  'month start': unary((of) => ({ op: 'month-start', of })),
  'month end': unary((of) => ({ op: 'month-end', of })),
  'month after': unary((of) => ({ op: 'month-after', of })),
  'covered months': spells('covered-months'),
  'longest gap': spells('longest-gap'),
  within,
  contains: beyond(2), 'starts with': beyond(2), 'ends with': beyond(2), 'string length': beyond(1),
};

/** A call: a function of the language, 应领 and 领取, a definition with its arguments, a decision table. */
export function called(check: Check, call: Call, frame: Frame): Expr | undefined {
  if (call.name === ENTITLED || call.name === RECEIVES) return serviceAsked(check, call, frame);
  if (isBuiltin(call.name)) return BUILTINS[call.name](check, call, frame);
  const named = check.env.vocabulary.names.get(call.name);
  return named ? ofPack(check, named, call, frame) : ofForms(check, call, frame);
}

/** A definition with its arguments, or a decision table. */
function ofPack(check: Check, named: Named, call: Call, frame: Frame): Expr | undefined {
  if (named.kind === 'definition') {
    const takes = named.definition.takes ?? [];
    const args = given(check, call, frame, takes.length);
    if (!args || check.env.circular.has(call.name)) return undefined;
    return inlined(check, { definition: named.definition, args: new Map(takes.map((name, index) => [name, args[index]])), entity: frame.entity, at: call.at, frame });
  }
  if (named.kind === 'table') {
    const args = given(check, call, frame, named.table.inputs.length);
    const made = args && tableUsed(check, named.table, args, call.at, frame);
    return made && { ...made, origin: { kind: 'table', id: named.table.id, source: named.table.law } };
  }
  return check.fail(frame, 'not-a-function', call.nameAt, { name: call.name });
}

/** A function of an imported model, or one that only forms and questions have. */
function ofForms(check: Check, call: Call, frame: Frame): Expr | undefined {
  const own = check.env.functions?.get(call.name);
  const args = own && given(check, call, frame, own.takes.length);
  if (own) return args && own.make(args, call.at);
  if (call.name === 'mean' && check.env.forms) return check.fail(frame, 'rounding-missing', call.at);
  const wide = formCall(check, call, frame) ?? intervalCall(check, call, frame);
  return wide ? wide.expr : functionUnknown(check, call, frame);
}

function functionUnknown(check: Check, call: Call, frame: Frame): undefined {
  const inside = swallowed(call.name);
  if (inside) return check.fail(frame, 'name-holds-word', call.nameAt, { name: call.name, ...inside });
  const callable = [...check.env.vocabulary.names].flatMap(([name, one]) => (one.kind === 'definition' || one.kind === 'table' ? [name] : []));
  return check.fail(frame, 'function-unknown', call.nameAt, { name: call.name }, nearest(call.name, [...FUNCTIONS, ...callable]));
}

function isBuiltin(name: string): name is FunctionName {
  return Object.hasOwn(BUILTINS, name);
}

/** 应领("id") and 领取("id"). */
function serviceAsked(check: Check, call: Call, frame: Frame): Expr | undefined {
  const { vocabulary, subjects, circular, entitled } = check.env;
  const service = serviceNamed(check, call, frame);
  if (!service || circular.has(service.id)) return undefined;
  const subject = vocabulary.schema.facts.get(receivesFact(service.id))?.entity ?? '';
  const way = lift(check, frame.entity ?? '', subject);
  if (!way) return check.fail(frame, 'entity-clash', call.at, { name: service.id, of: subject, here: frame.entity ?? '' });
  const fixed = call.name === ENTITLED ? (entitled?.has(service.id) ?? (subjects.has(service.id) ? undefined : false)) : undefined;
  // A service that nothing in force decides on this day entitles nobody.
  if (fixed !== undefined) return check.make({ op: 'constant', value: fixed }, call.at, frame);
  const made = check.make(call.name === ENTITLED ? { op: 'entitled', service: service.id } : { op: 'fact', fact: receivesFact(service.id) }, call.at, frame);
  return made && throughAll(check, way, made, frame);
}

/** The service whose id stands in the brackets, where a rule may ask about it here. */
function serviceNamed(check: Check, call: Call, frame: Frame): Service | undefined {
  const { services } = check.env.pack;
  const [only] = call.of;
  if (only?.kind !== 'text' || call.of.length !== 1) return check.fail(frame, 'service-id-expected', call.at, { name: call.name });
  const service = services.get(only.value);
  if (!service) return check.fail(frame, 'service-unknown', only.at, { id: only.value }, nearest(only.value, services.keys()));
  if (frame.variable !== undefined) return check.fail(frame, 'name-needs-variable', call.at, { name: call.name, variable: frame.variable });
  return call.name === ENTITLED && !service.standard ? check.fail(frame, 'service-without-rule', only.at, { id: only.value }) : service;
}
