import { buildProgram, childrenOf, compileClosure, evaluate, isWide, sameValue } from '#engine/rules/index.ts';
import type { dmn, Expr, form, Found } from '#engine/rules/index.ts';
import type { Expectation } from './read-case.ts';
import { LAW_ON, TypedModel } from './typed-model.ts';
import { WORLD } from './world.ts';

/** What the typed profile of forms and questions and its executions say to an expectation. */
export type Typed =
  /** The interpreter and the compiled closure gave the same. */
  | { readonly kind: 'answer'; readonly value: form.FormValue; readonly closure: boolean; /** Whether rules of services may say it too. */ readonly services: boolean }
  | { readonly kind: 'unknown' }
  /** The checker does not take it; by the code of its first problem. */
  | { readonly kind: 'refused'; readonly code: string };

/**
 * Asks the typed profile: the logic of a decision, with inputs and required decisions as what they are and functions of
 * the model in their places, is parsed, checked, interpreted, and compiled.
 */
export function askProfile({ model, kind, name, inputs }: Expectation): Typed {
  const decision = model.decisions.find((one) => one.name === name);
  if (kind !== 'decision' || !decision) return { kind: 'refused', code: 'no-decision' };
  const typed = new TypedModel(model, inputs);
  const expr = typed.decision(decision);
  if (!expr) return { kind: 'refused', code: typed.problem ?? 'form-outside' };
  const world = { schema: typed.schema, rules: [], situation: WORLD };
  const found = evaluate(world, expr, 0);
  const value = typed.values.said(found, expr.type);
  return value === undefined ? { kind: 'unknown' } : { kind: 'answer', value, closure: sameValue(found, compiled(typed, expr)), services: inServices(model, decision, inputs) };
}

/** Whether nothing in it is beyond what can be decided for millions. */
function inServices(model: dmn.Model, decision: dmn.Decision, inputs: Expectation['inputs']): boolean {
  const expr = new TypedModel(model, inputs, false).decision(decision);
  const beyond = (part: Expr): boolean => part.node.op === 'call' || isWide(part.type) || childrenOf<Expr>(part.node).some(beyond);
  return expr !== undefined && !beyond(expr);
}

function compiled({ schema }: TypedModel, expr: Expr): Found {
  const closure = compileClosure(buildProgram(schema, LAW_ON, [], [expr]));
  return closure.valueOf(closure.frameOf(WORLD), 0, 0);
}
