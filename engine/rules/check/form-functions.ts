import { merged, written } from '../builtin/index.ts';
import type { Expr } from '../op.ts';
import type { FormAst, FormFunctionName, IntervalName } from '../syntax/index.ts';
import type { Check, Frame } from './frame.ts';
import { digits } from './names.ts';
import { aligned, all, numberOf } from './operand.ts';
import { asList, call as made, elementsOf, entryOf, fitted, inForms, listed } from './wide.ts';

export type Call = Extract<FormAst, { kind: 'call' }>;

/** One call being checked: its arguments as written. */
interface Calling {
  readonly check: Check;
  readonly call: Call;
  readonly frame: Frame;
}

interface FormFunction {
  /** The names of its parameters in order; one with `?` may be left out, one with `…` takes all that follow. */
  readonly takes: readonly string[];
  readonly make: (calling: Calling, args: readonly FormAst[]) => Expr | undefined;
}

/** The call of a `builtin/` over the values of the arguments. */
function over({ check, call, frame }: Calling, name: string, of: readonly (Expr | undefined)[], withText?: readonly string[]): Expr | undefined {
  const ready = all(of);
  return ready && made(check, name, ready, call.at, frame, withText);
}

const valuesOf = ({ check, frame }: Calling, args: readonly FormAst[]): readonly (Expr | undefined)[] => args.map((arg) => check.expr(arg, frame));

/** A function of its arguments as they are. */
const plain = (name: string, ...takes: readonly string[]): FormFunction => ({ takes, make: (calling, args) => over(calling, name, valuesOf(calling, args)) });

/** A list, or one value as the list of it. */
function listArg({ check, call, frame }: Calling, arg: FormAst | undefined): Expr | undefined {
  const value = arg && check.expr(arg, frame);
  return value && asList(check, value, call.at, frame);
}

/** All arguments as one list; one argument that is a list is that list. */
function severalArg(calling: Calling, args: readonly FormAst[]): Expr | undefined {
  const { check, call, frame } = calling;
  const [only, ...more] = args;
  if (only && more.length === 0) return listArg(calling, only);
  return listed(check, args, call.at, frame);
}

const folded = (name: string): FormFunction => ({ takes: ['list…'], make: (calling, args) => over(calling, name, [severalArg(calling, args)]) });
const ofList = (name: string, ...rest: readonly string[]): FormFunction => ({ takes: ['list', ...rest], make: (calling, [first, ...more]) => over(calling, name, [listArg(calling, first), ...valuesOf(calling, more)]) });

/** A list and a thing beside it that must be of the type of those in it. */
function withItem(name: string, itemName: string, ...before: readonly string[]): FormFunction {
  return {
    takes: ['list', ...before, itemName],
    make: (calling, args) => {
      const { check, call, frame } = calling;
      const list = listArg(calling, args[0]);
      const item = args.at(-1);
      const value = item && check.expr(item, frame);
      const ready = list && value && besides(check, list, value, frame, call);
      return ready && over(calling, name, [ready.list, ...valuesOf(calling, args.slice(1, -1)), ready.item]);
    },
  };
}

/** A list and a thing at one type; the scales of both are raised to the larger. */
function besides(check: Check, list: Expr, item: Expr, frame: Frame, call: Call): { readonly list: Expr; readonly item: Expr } | undefined {
  if (list.type.kind !== 'list' || !list.type.of) return { list, item };
  const alone = made(check, 'list', [item], call.at, frame);
  const [one, other] = alone ? (fitted(check, [list, alone], call.at, frame) ?? []) : [];
  const [only] = other ? elementsOf(check, other, call.at, frame) : [];
  return one && only && { list: one, item: only };
}

/** Lists of one type, one behind the other. */
function joined(calling: Calling, lists: readonly (Expr | undefined)[]): Expr | undefined {
  const { check, call, frame } = calling;
  const found = all(lists);
  const ready = found && fitted(check, found, call.at, frame);
  return ready && over(calling, 'concatenate', ready);
}

/** One thing of a list as a list without lists inside. */
function flat(calling: Calling, item: FormAst | undefined): Expr | undefined {
  const list = listArg(calling, item);
  return list?.type.kind === 'list' && list.type.of?.kind === 'list' ? over(calling, 'flatten', [list]) : list;
}

/** Pattern and flags are written out, so that what a search may cost is known. */
function searching(name: string, ...takes: readonly string[]): FormFunction {
  return {
    takes,
    make: (calling, args) => {
      const place = takes.findIndex((one) => one === 'pattern' || one === 'delimiter');
      const flags = takes.indexOf('flags?');
      const pattern = args[place];
      const flag = flags === -1 ? undefined : args[flags];
      if (pattern?.kind !== 'text' || (flag && flag.kind !== 'text' && flag.kind !== 'null')) return calling.check.fail(calling.frame, 'pattern-not-written', pattern?.at ?? calling.call.at, { name });
      const values = args.filter((_, at) => at !== place && at !== flags);
      return over(calling, name, valuesOf(calling, values), [pattern.value, flag?.kind === 'text' ? flag.value : '']);
    },
  };
}

/** A function whose first argument may be of several kinds: the one of the first kind that fits. */
function byKind(takes: readonly string[], ways: Readonly<Record<string, string>>): FormFunction {
  return {
    takes,
    make: (calling, args) => {
      const values = all(valuesOf(calling, args));
      const [first] = values ?? [];
      const name = first && ways[first.type.kind];
      if (values && name === undefined) return calling.check.fail(calling.frame, 'type-clash', first?.at ?? calling.call.at, { expected: Object.keys(ways)[0] ?? '', found: first?.type.kind ?? 'none' });
      return values && name !== undefined ? (name === 'self' ? first : over(calling, name, values)) : undefined;
    },
  };
}

/** `date and time`: of a text, of a day and a clock, of a day in a place, or of six numbers and how far from UTC. */
const moment: FormFunction = {
  takes: ['from', 'time?', '…'],
  make: (calling, args) => {
    const [first, second] = args;
    if (first?.kind === 'text' && args.length === 1) return literal(calling, first.value, 'moment');
    if (args.length === 2 && second?.kind === 'text' && first) return over(calling, 'in place', [calling.check.expr(first, calling.frame)], [second.value]);
    // No way to say how far from UTC is not to say it.
    return momentOf(calling, args.at(-1)?.kind === 'null' ? args.slice(0, -1) : args);
  },
};

const BY_COUNT: Readonly<Record<number, string>> = { 1: 'moment in', 2: 'moment at', 6: 'moment of', 7: 'moment of' };

function momentOf(calling: Calling, args: readonly FormAst[]): Expr | undefined {
  const { check, call, frame } = calling;
  const name = BY_COUNT[args.length];
  if (name === undefined) return check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: '1, 2, 6, 7', found: args.length });
  const values = all(valuesOf(calling, args));
  return values && over(calling, values.length === 1 && values[0]?.type.kind === 'text' ? 'moment from' : name, values);
}

/** A text that is written out and spells a value of the kind; one that spells none is a mistake. */
function literal({ check, call, frame }: Calling, text: string, kind: 'moment' | 'time' | 'duration'): Expr | undefined {
  const found = written(kind === 'moment' && !text.includes('T') ? `${text}T00:00:00` : text);
  const fits = found && (kind === 'duration' ? found.type.kind === 'months' || found.type.kind === 'duration' : found.type.kind === kind);
  return fits ? made(check, 'literal', [], call.at, frame, [kind === 'moment' && !text.includes('T') ? `${text}T00:00:00` : text]) : check.fail(frame, 'date-malformed', call.at, { found: text });
}

/** A text that is known before anything is computed. */
function constantText({ check, frame }: Calling, ast: FormAst | undefined): string | undefined {
  if (ast?.kind === 'text') return ast.value;
  const found = ast?.kind === 'name' ? check.expr(ast, frame) : undefined;
  return found?.node.op === 'constant' && typeof found.node.value === 'string' ? found.node.value : undefined;
}

const temporal = (kind: 'time' | 'duration', takes: readonly string[], ways: Readonly<Record<string, string>>): FormFunction => ({
  takes,
  make: (calling, args) => {
    const [first, ...more] = args;
    const spelled = more.length === 0 ? constantText(calling, first) : undefined;
    if (spelled !== undefined) return literal(calling, spelled, kind);
    // No way to say how far from UTC is not to say it.
    return byKind(takes, ways).make(calling, args.at(-1)?.kind === 'null' ? args.slice(0, -1) : args);
  },
});

/** `number("1,000.5", ",", ".")`: of a text that is written out, so that its decimals are known. */
const number: FormFunction = {
  takes: ['from', 'grouping separator?', 'decimal separator?'],
  make: (calling, [from, grouping, point]) => {
    const { check, call, frame } = calling;
    if (!from) return undefined;
    if (from.kind !== 'text') {
      const value = check.expr(from, frame);
      return value && (value.type.kind !== 'number' || grouping || point) ? check.fail(frame, 'number-not-written', from.at) : value;
    }
    const sign = (ast: FormAst | undefined): string | undefined => (ast?.kind === 'text' ? ast.value : ast === undefined || ast.kind === 'null' ? '' : undefined);
    const exact = numberIn(from.value, sign(grouping), sign(point));
    return exact ? numberOf(check, exact.units, exact.scale, call.at, frame) : check.fail(frame, 'number-malformed', from.at, { found: from.value });
  },
};

function numberIn(text: string, grouping: string | undefined, point: string | undefined): ReturnType<typeof digits> {
  if (grouping === undefined || point === undefined || !['', ' ', ',', '.'].includes(grouping) || !['', ',', '.'].includes(point) || (grouping !== '' && grouping === point)) return undefined;
  const ungrouped = grouping === '' ? text : text.replaceAll(grouping, '');
  if (point === ',' && ungrouped.includes('.')) return undefined;
  return digits((point === '' ? ungrouped : ungrouped.replace(point, '.')).replace(/\.$/, ''));
}

const key = (ast: FormAst | undefined): string | undefined => (ast?.kind === 'text' ? ast.value : undefined);

const CONTEXTS = {
  'get value': {
    takes: ['m', 'key'],
    make: ({ check, call, frame }, [m, name]) => {
      const of = m && check.expr(m, frame);
      const written = key(name);
      if (!of) return undefined;
      return written === undefined ? check.fail(frame, 'name-not-written', call.at, { name: call.name }) : entryOf(check, of, written, call.at, frame);
    },
  },
  'get entries': { takes: ['m'], make: (calling, [m]) => over(calling, 'get entries', [m && evened(calling, m)]) },
  /** `context([{key: "a", value: 1}])`, with each key written out. */
  context: {
    takes: ['entries'],
    make: (calling, [entries]) => {
      const { check, call, frame } = calling;
      const items = entries?.kind === 'list' ? entries.of : entries ? [entries] : [];
      const pairs = items.map((item) => (item.kind === 'context' ? { key: key(item.entries.find((one) => one.key === 'key')?.value), value: item.entries.find((one) => one.key === 'value')?.value } : undefined));
      const keys = pairs.flatMap((pair) => pair?.key ?? []);
      if (keys.length < items.length || new Set(keys).size < keys.length) return check.fail(frame, 'name-not-written', call.at, { name: call.name });
      return over(calling, 'context', pairs.map((pair) => pair?.value && check.expr(pair.value, frame)), keys);
    },
  },
  'context put': {
    takes: ['context', 'key', 'value'],
    make: (calling, [of, path, value]) => {
      const { check, call, frame } = calling;
      const keys = path?.kind === 'list' ? path.of.map(key) : [key(path)];
      const [context, entry] = [of && check.expr(of, frame), value && check.expr(value, frame)];
      const names = keys.flatMap((name) => name ?? []);
      if (!context || !entry) return undefined;
      return names.length < keys.length || names.length === 0 ? check.fail(frame, 'name-not-written', call.at, { name: call.name }) : put(calling, context, names, entry);
    },
  },
  'context merge': {
    takes: ['contexts'],
    make: (calling, [contexts]) => {
      const items = contexts?.kind === 'list' ? contexts.of : contexts ? [contexts] : [];
      return over(calling, 'context merge', valuesOf(calling, items));
    },
  },
} satisfies Readonly<Record<string, FormFunction>>;

/** A context whose values stand at one scale, where it is written out: its entries become one list. */
function evened({ check, call, frame }: Calling, ast: FormAst): Expr | undefined {
  const of = check.expr(ast, frame);
  if (of?.node.op !== 'call' || of.node.name !== 'context') return of;
  const values = fitted(check, of.node.of, call.at, frame);
  return values && made(check, 'context', values, of.at, frame, of.node.with);
}

/** The context with a value at the end of a path of names. */
function put(calling: Calling, of: Expr, [first = '', ...rest]: readonly string[], value: Expr): Expr | undefined {
  const { check, call, frame } = calling;
  if (of.type.kind !== 'context') return check.fail(frame, 'type-clash', of.at, { expected: 'context', found: of.type.kind });
  const inner = rest.length === 0 ? value : of.type.entries.some((entry) => entry.key === first) ? put(calling, entryOf(check, of, first, call.at, frame) ?? of, rest, value) : check.fail(frame, 'part-unknown', call.at, { name: first });
  const kept = of.type.entries.map((entry) => ({ key: entry.key, expr: entryOf(check, of, entry.key, call.at, frame) }));
  const entries = merged(kept, [{ key: first, expr: inner }]);
  return over(calling, 'context', entries.map((entry) => entry.expr), entries.map((entry) => entry.key));
}

/** Two values at one type where they have one; of two kinds the answer is known. */
const same: FormFunction = {
  takes: ['value1', 'value2'],
  make: (calling, args) => {
    const { check, call, frame } = calling;
    const values = all(valuesOf(calling, args));
    const [a, b] = values ?? [];
    if (!values || !a || !b) return undefined;
    if (a.type.kind !== b.type.kind) return check.make({ op: 'constant', value: false }, call.at, frame);
    const sides = fitted(check, values, call.at, frame);
    return sides && over(calling, 'is', sides);
  },
};

const FORM_FUNCTIONS: Readonly<Record<Exclude<FormFunctionName, IntervalName>, FormFunction>> = {
  string: plain('string', 'from'), 'upper case': plain('upper case', 'string'), 'lower case': plain('lower case', 'string'), trim: plain('trim', 'string'),
  substring: plain('substring', 'string', 'start position', 'length?'), 'substring before': plain('substring before', 'string', 'match'), 'substring after': plain('substring after', 'string', 'match'),
  'string join': { takes: ['list', 'delimiter?'], make: (calling, [list, delimiter]) => over(calling, 'string join', [listArg(calling, list), ...valuesOf(calling, delimiter && delimiter.kind !== 'null' ? [delimiter] : [])]) },
  matches: searching('matches', 'input', 'pattern', 'flags?'), replace: searching('replace', 'input', 'pattern', 'replacement', 'flags?'), split: searching('split', 'string', 'delimiter'),
  number, odd: plain('odd', 'number'), even: plain('even', 'number'),
  modulo: { takes: ['dividend', 'divisor'], make: (calling, args) => over(calling, 'modulo', aligned(calling.check, all(valuesOf(calling, args)) ?? [], calling.frame) ?? [undefined]) },
  product: folded('product'), median: folded('median'), any: folded('any'), all: folded('all'),
  date: byKind(['from', 'month?', 'day?'], { text: 'date from', date: 'self', moment: 'date in', number: 'date of' }),
  time: temporal('time', ['from', 'minute?', 'second?', 'offset?'], { text: 'time from', time: 'self', moment: 'time in', date: 'time in', number: 'time of' }),
  'date and time': moment,
  duration: temporal('duration', ['from'], { duration: 'self', months: 'self' }),
  'years and months duration': plain('years and months duration', 'from', 'to'),
  'day of year': plain('day of year', 'date'), 'day of week': plain('day of week', 'date'), 'month of year': plain('month of year', 'date'), 'week of year': plain('week of year', 'date'),
  'list contains': withItem('list contains', 'element'), 'index of': withItem('index of', 'match'), 'insert before': withItem('insert before', 'newItem', 'position'), 'list replace': withItem('list replace', 'newItem', 'position'),
  append: { takes: ['list', 'item…'], make: (calling, [first, ...items]) => joined(calling, [listArg(calling, first), listed(calling.check, items, calling.call.at, calling.frame)]) },
  concatenate: { takes: ['list…'], make: (calling, args) => joined(calling, args.map((arg) => listArg(calling, arg))) },
  union: { takes: ['list…'], make: (calling, args) => over(calling, 'distinct values', [joined(calling, args.map((arg) => listArg(calling, arg)))]) },
  'distinct values': ofList('distinct values'), reverse: ofList('reverse'),
  flatten: { takes: ['list'], make: (calling, [list]) => (list?.kind === 'list' ? joined(calling, list.of.map((item) => flat(calling, item))) : flat(calling, list)) }, sublist: ofList('sublist', 'start position', 'length?'), remove: ofList('remove', 'position'),
  ...CONTEXTS,
  is: same,
  'is defined': { takes: ['value'], make: ({ check, call, frame }, [value]) => { const of = value && check.expr(value, frame); return of && check.make({ op: 'has', of }, call.at, frame); } },
};

/** Names of parameters of functions that services have too, for forms that name them. */
const SERVICE_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  not: ['negand'], abs: ['n'], floor: ['n', 'scale?'], ceiling: ['n', 'scale?'], decimal: ['n', 'scale'],
  'round up': ['n', 'scale'], 'round down': ['n', 'scale'], 'round half up': ['n', 'scale'], 'round half down': ['n', 'scale'], 'round half even': ['n', 'scale'],
  count: ['list'], sum: ['list'], min: ['list'], max: ['list'], contains: ['string', 'match'], 'starts with': ['string', 'match'], 'ends with': ['string', 'match'], 'string length': ['string'],
};
const NUMBERED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  date: [['year', 'month', 'day']], time: [['hour', 'minute', 'second', 'offset?']],
  'context put': [['context', 'keys', 'value']],
  'date and time': [['date', 'time'], ['date', 'timezone'], ['year', 'month', 'day', 'hour', 'minute', 'second', 'offset?']],
};

function isFormFunction(name: string): name is keyof typeof FORM_FUNCTIONS {
  return Object.hasOwn(FORM_FUNCTIONS, name);
}

/** A function that only forms and questions have; undefined where it is none of these, null where it is wrong. */
export function formCall(check: Check, call: Call, frame: Frame): { readonly expr: Expr | undefined } | undefined {
  if (!isFormFunction(call.name)) return undefined;
  if (!inForms(check, frame, call.at, call.name)) return { expr: undefined };
  const { takes, make } = FORM_FUNCTIONS[call.name];
  const least = takes.filter((name) => !/[?…]$/.test(name)).length + (takes.at(-1)?.endsWith('…') && takes.length === 1 ? 1 : 0);
  const most = takes.at(-1)?.endsWith('…') ? Number.POSITIVE_INFINITY : takes.length;
  if (call.of.length < least || call.of.length > most) return { expr: check.fail(frame, 'arguments-count', call.at, { name: call.name, expected: least === most ? String(least) : `${String(least)}–${String(most)}`, found: call.of.length }) };
  return { expr: make({ check, call, frame }, call.of) };
}

/** The ways in which the arguments of a function may be named. */
function waysOf(check: Check, name: string): readonly (readonly string[])[] {
  const named = check.env.vocabulary.names.get(name);
  const own = isFormFunction(name) ? FORM_FUNCTIONS[name].takes.map((one) => one.replace('…', '?')) : undefined;
  const takes = [own, SERVICE_PARAMETERS[name], ...(NUMBERED[name] ?? []), named?.kind === 'definition' ? named.definition.takes : undefined, check.env.functions?.get(name)?.takes];
  return takes.filter((way) => way !== undefined);
}

/** A call with named arguments as one with arguments in their places. */
export function placed(check: Check, ast: Extract<FormAst, { kind: 'invoke' }>, frame: Frame): Call | undefined {
  const { callee } = ast;
  if (callee.kind !== 'name') return check.fail(frame, 'rule-form-outside', ast.at, { found: '(…)(…)' });
  if (!inForms(check, frame, ast.at, callee.name)) return undefined;
  const ways = waysOf(check, callee.name);
  for (const names of ways) {
    const args = inPlaces(names, ast.of);
    // One name is put under `key`, a path of them under `keys`.
    if (args && !(names.includes('key') && args[names.indexOf('key')]?.kind === 'list')) return { kind: 'call', name: callee.name, nameAt: callee.at, of: args, at: ast.at };
  }
  return check.fail(frame, 'arguments-named', ast.at, { name: callee.name, takes: (ways[0] ?? []).join(', ').replaceAll(/[?…]/g, '') });
}

/** Each argument at the place of its name; undefined where a name is unknown, twice there, or one in front is missing. */
function inPlaces(names: readonly string[], args: Extract<FormAst, { kind: 'invoke' }>['of']): readonly FormAst[] | undefined {
  const found = names.map((name) => args.find((arg) => arg.name === name.replace('?', ''))?.value);
  const there = found.filter((arg) => arg !== undefined);
  const least = names.filter((name) => !name.endsWith('?')).length;
  return there.length === args.length && there.length >= least && !found.slice(0, there.length).includes(undefined) ? there : undefined;
}

/** A fold over a list that is a value: `count`, `sum`, `min` and `max` of forms. */
export function foldedList(check: Check, name: string, of: Expr, call: Call, frame: Frame): Expr | undefined {
  return inForms(check, frame, call.at, name) ? made(check, name, [of], call.at, frame) : undefined;
}
