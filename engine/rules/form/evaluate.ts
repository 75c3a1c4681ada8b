import type { Ast, FormAst, FormCell, UnaryTest } from '../syntax/index.ts';
import { normalName } from '../syntax/index.ts';
import { calculated, opposite } from './arithmetic.ts';
import { BUILTINS } from './builtins/index.ts';
import { and, compared, contains, equal, or } from './compare.ts';
import type { Truth } from './compare.ts';
import { decimalOf } from './decimal.ts';
import { called, made } from './function.ts';
import { filtered, iterated } from './many.ts';
import { property } from './property.ts';
import { readDate, readTemporal } from './read-temporal.ts';
import { sizeOf } from './size.ts';
import { isOf, typeOf } from './type.ts';
import { is, kindOf, list, NOTHING, spend, within } from './value.ts';
import type { FormValue, Run, Scope, SetValue, World } from './value.ts';

/** How many steps an evaluation may take, and how deep it may go into itself, unless it is told otherwise. */
const STEPS = 200_000;
const DEPTH = 800;
/** How many values a list or context may hold in all, and how many of them are looked through in a step. */
const LARGEST_VALUE = 100_000;
const VALUES_A_STEP = 50;

export interface Answer {
  readonly value: FormValue;
  /** The budget ran out; the value is then null. */
  readonly stopped: boolean;
}

/**
 * The value of an expression, as DMN says.
 *
 * Total: what does not fit is null, what goes on for ever is stopped. The names are those of the scope, then the
 * functions of FEEL.
 */
export function evaluateForm(ast: FormAst | Ast, { scope = NOTHING, world = { types: new Map() }, steps = STEPS }: { readonly scope?: Scope; readonly world?: World; readonly steps?: number } = {}): Answer {
  const run: Run = { steps, depth: DEPTH, world, evaluate };
  const value = evaluate(ast, scope, run);
  return run.steps > 0 ? { value, stopped: false } : { value: null, stopped: true };
}

/** Whether a value passes a cell of a table. */
export function passes(cell: FormCell, tested: FormValue, scope: Scope, run: Run): Truth {
  if (cell.tests === 'any') return true;
  const passed = or(cell.tests.map((test) => inTest(test, tested, within(scope, new Map([['?', tested]])), run)));
  return cell.negated ? (passed === null ? null : !passed) : passed;
}

/** A new run, for those who evaluate many expressions of one model. */
export const runIn = (world: World, steps: number = STEPS): Run => ({ steps, depth: DEPTH, world, evaluate });

function evaluate(ast: FormAst, scope: Scope, run: Run): FormValue {
  if (!spend(run) || run.depth <= 0) {
    run.steps = 0;
    return null;
  }
  run.depth -= 1;
  const value = valueOf(ast, scope, run);
  run.depth += 1;
  return paid(value, run);
}

/** A value that may be used: whoever uses it walks through it, so a large one costs steps, and too large a one ends the evaluation. */
function paid(value: FormValue, run: Run): FormValue {
  const size = sizeOf(value);
  if (size > LARGEST_VALUE || !spend(run, Math.floor(size / VALUES_A_STEP))) {
    run.steps = 0;
    return null;
  }
  return value;
}

const truth = (value: FormValue): Truth => (typeof value === 'boolean' ? value : null);

function valueOf(ast: FormAst, scope: Scope, run: Run): FormValue {
  const of = (inner: FormAst): FormValue => evaluate(inner, scope, run);
  switch (ast.kind) {
    case 'number': return decimalOf(ast.digits);
    case 'text': case 'boolean': return ast.value;
    case 'null': return null;
    case 'date': return readDate(ast.day);
    case 'temporal': return readTemporal(ast.text);
    case 'tested': return scope.get('?') ?? null;
    case 'name': return named(ast.name, scope);
    case 'path': return property(of(ast.of), ast.name);
    case 'list': return list(ast.of.map(of));
    case 'negate': return opposite(of(ast.of));
    case 'arithmetic': return calculated(ast.sign, of(ast.left), of(ast.right));
    case 'compare': return compared(ast.test, of(ast.left), of(ast.right));
    case 'and': return and(ast.of.map((part) => truth(of(part))));
    case 'or': return or(ast.of.map((part) => truth(of(part))));
    case 'if': return of(ast.condition) === true ? of(ast.yes) : of(ast.no);
    default: return structured(ast, scope, run);
  }
}

type Structured = Exclude<FormAst, { kind: 'number' | 'text' | 'boolean' | 'null' | 'date' | 'temporal' | 'tested' | 'name' | 'path' | 'list' | 'negate' | 'arithmetic' | 'compare' | 'and' | 'or' | 'if' }>;

function structured(ast: Structured, scope: Scope, run: Run): FormValue {
  const of = (inner: FormAst): FormValue => evaluate(inner, scope, run);
  switch (ast.kind) {
    case 'between': {
      const value = of(ast.of);
      return and([compared('>=', value, of(ast.low)), compared('<=', value, of(ast.high))]);
    }
    case 'in': {
      const value = of(ast.of);
      return or(ast.tests.map((test) => inTest(test, value, within(scope, new Map([['?', value]])), run)));
    }
    case 'filter': return filtered(of(ast.of), ast.where, scope, run);
    case 'some': case 'every': return iterated(ast.kind, [{ name: ast.variable, from: ast.many }], ast.satisfies, scope, run);
    case 'for': return iterated(ast.kind, [{ name: ast.variable, from: ast.many }], ast.gives, scope, run);
    case 'over': return iterated(ast.what, ast.variables, ast.gives, scope, run);
    case 'call': return called(named(ast.name, scope), ast.of.map((value) => ({ value: of(value) })), run);
    case 'invoke': return called(of(ast.callee), ast.of.map(({ name, value }) => ({ name, value: of(value) })), run);
    case 'context': return contextOf(ast.entries, scope, run);
    case 'function': return made(ast, scope, run);
    case 'set': return setOf(ast.test, scope, run);
    case 'instance': {
      const type = typeOf(ast.type, run.world.types);
      return type === undefined ? null : isOf(of(ast.of), type);
    }
    default: return ast satisfies never;
  }
}

/** A name of the scope, or a function of FEEL. */
function named(name: string, scope: Scope): FormValue {
  return scope.get(name) ?? scope.get(normalName(name)) ?? BUILTINS.get(name) ?? null;
}

/** Later entries see the earlier ones. A key said twice makes it no context. */
function contextOf(entries: readonly { readonly key: string; readonly value: FormAst }[], scope: Scope, run: Run): FormValue {
  const found = new Map<string, FormValue>();
  const inner = within(scope, found);
  for (const { key, value } of entries) {
    if (found.has(key)) return null;
    found.set(key, evaluate(value, inner, run));
  }
  return { kind: 'context', entries: found };
}

function setOf(test: Exclude<UnaryTest<'form'>, { kind: 'is' }>, scope: Scope, run: Run): SetValue | null {
  if (test.kind === 'range') return between(evaluate(test.low, scope, run), evaluate(test.high, scope, run), test);
  const end = evaluate(test.value, scope, run);
  switch (test.test) {
    case '<': case '<=': return { kind: 'range', low: null, lowIn: false, high: end, highIn: test.test === '<=', test: test.test };
    case '>': case '>=': return { kind: 'range', low: end, lowIn: test.test === '>=', high: null, highIn: false, test: test.test };
    case '=': return { kind: 'range', low: end, lowIn: true, high: end, highIn: true, test: test.test };
    case '!=': return { kind: 'range', low: null, lowIn: false, high: null, highIn: false, test: test.test, except: end };
    default: return test.test satisfies never;
  }
}

/** A range from one end to another of its kind, which must not come first; without an end it is no range. */
function between(low: FormValue, high: FormValue, { lowIn, highIn }: { readonly lowIn: boolean; readonly highIn: boolean }): SetValue | null {
  if (compared('<=', low, high) !== true) return null;
  return { kind: 'range', low, lowIn, high, highIn };
}

function inTest(test: UnaryTest<'form'>, tested: FormValue, scope: Scope, run: Run): Truth {
  if (test.kind !== 'is') {
    if (test.kind === 'than' && (test.test === '=' || test.test === '!=')) return compared(test.test, tested, evaluate(test.value, scope, run));
    const set = setOf(test, scope, run);
    return set && contains(set, tested);
  }
  const value = evaluate(test.value, scope, run);
  return mentionsTested(test.value) ? truth(value) : inValue(value, tested);
}

/** Whether a value is another, or inside it where that is a range or a list. */
function inValue(value: FormValue, tested: FormValue): Truth {
  if (is(value, 'range') && kindOf(tested) !== 'range') return contains(value, tested);
  if (!is(value, 'list')) return equal(tested, value);
  const inside = value.items.map((item) => (is(item, 'range') && kindOf(tested) !== 'range' ? contains(item, tested) : equal(tested, item) === true));
  return or([...(kindOf(tested) === 'list' ? [equal(tested, value)] : []), ...inside]);
}

/** Whether an expression speaks of the value that it tests; it is then a condition and no value. */
function mentionsTested(ast: unknown): boolean {
  if (typeof ast !== 'object' || ast === null) return false;
  return ('kind' in ast && ast.kind === 'tested') || Object.values(ast).some(mentionsTested);
}
