import type { FormAst } from '../syntax/index.ts';
import { ANY, coerced, typeOf } from './type.ts';
import { is, within } from './value.ts';
import type { Arguments, FormValue, FunctionValue, Run, Scope } from './value.ts';

/** What a call gives; null where what is called is no function. */
export function called(callee: FormValue, args: Arguments, run: Run): FormValue {
  if (!is(callee, 'function')) return null;
  const value = callee.apply(args, run);
  return callee.gives ? coerced(value, callee.gives) : value;
}

/** A function written in an expression: it sees the names that stood around it. One in another language has no value. */
export function made(ast: Extract<FormAst, { kind: 'function' }>, scope: Scope, run: Run): FormValue {
  if (ast.external) return null;
  const takes = ast.takes.map(({ name, type }) => ({ name, type: type && (typeOf(type, run.world.types) ?? ANY) }));
  return functionOf(takes, (names, inner) => inner.evaluate(ast.gives, within(scope, names), inner));
}

/** A function of its parameters by name. Too few, too many or unknown arguments give null. */
export function functionOf(takes: FunctionValue['takes'], body: (names: ReadonlyMap<string, FormValue>, run: Run) => FormValue, gives?: FunctionValue['gives']): FunctionValue {
  const apply: FunctionValue['apply'] = (args, run) => {
    const names = boundTo(takes, args);
    return names && body(names, run);
  };
  return { kind: 'function', takes, gives, apply };
}

function boundTo(takes: FunctionValue['takes'], args: Arguments): ReadonlyMap<string, FormValue> | null {
  if (args.length !== takes.length) return null;
  const names = new Map<string, FormValue>();
  for (const [at, parameter] of takes.entries()) {
    const found = args[at]?.name === undefined ? args[at] : args.find((arg) => arg.name === parameter.name);
    if (!found) return null;
    const value = parameter.type ? coerced(found.value, parameter.type) : found.value;
    // A value that is none of its type is no argument at all.
    if (value === null && found.value !== null) return null;
    names.set(parameter.name, value);
  }
  return names;
}
