import { evaluate, FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange, toFeel } from 'feelin';
import { dmn, form } from '#engine/rules/index.ts';
import { parseFormCell } from '#engine/rules/syntax/index.ts';
import type { Expectation } from './read-case.ts';

/** What feelin answers: undefined where it cannot be asked, an error where it throws. */
export type Beside = { readonly kind: 'answer'; readonly value: form.FormValue } | { readonly kind: 'error' } | undefined;

/**
 * The answer of feelin to the same expectation, where it is a single expression over inputs and decisions.
 *
 * It is an interpreter of expressions only, so inputs, the values of required decisions and the type of the result
 * are given to it as our model evaluator has them; boxed logic, tables and functions of the model it is not asked.
 */
export function askFeelin({ model, name, kind, inputs }: Expectation, engine: dmn.Engine): Beside {
  const decision = model.decisions.find((one) => one.name === name);
  if (kind !== 'decision' || decision?.logic?.kind !== 'literal') return undefined;
  const context: Record<string, unknown> = {};
  for (const id of decision.requires) {
    const input = model.inputs.find((one) => one.id === id);
    const other = model.decisions.find((one) => one.id === id);
    if (input) context[input.name] = toJs(inputs.get(input.name) ?? null);
    else if (other) context[other.name] = toJs(engine.decide(other.name, inputs)?.value ?? null);
    else return undefined;
  }
  const types = dmn.typesOf(model.types, new Map(), (text) => parseFormCell(text).value);
  const type = decision.type === undefined ? undefined : form.typeOf({ kind: 'named', name: decision.type }, types);
  try {
    const value = fromJs(evaluate(decision.logic.text, context).value);
    return { kind: 'answer', value: type ? form.coerced(value, type) : value };
  } catch {
    return { kind: 'error' }; // Whatever it throws, it is no answer.
  }
}

function toJs(value: form.FormValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  switch (value.kind) {
    case 'number': return Number(form.printNumber(value));
    case 'list': return value.items.map(toJs);
    case 'context': return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toJs(entry)]));
    case 'date': case 'time': case 'date and time': case 'duration': case 'months': return toFeel(evaluate(`@"${form.printValue(value)}"`).value);
    default: return null;
  }
}

function fromJs(value: unknown): form.FormValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? form.decimalOf(String(value)) : null;
  if (value instanceof FeelDate || value instanceof FeelDateTime || value instanceof FeelTime || value instanceof FeelDuration) return form.readTemporal(value.toString());
  if (Array.isArray(value)) return form.list(value.map(fromJs));
  // A function or a range is never expected; it equals nothing.
  if (isFunction(value) || isRange(value) || typeof value !== 'object') return form.context([['?', null]]);
  return form.context(Object.entries(value).map(([key, entry]) => [key, fromJs(entry)]));
}
