import { ANY, coerced, context, functionOf, is, NOTHING, runIn, spend, typeOf, within } from '../form/index.ts';
import type { FormType, FormValue, Run, Scope, World } from '../form/index.ts';
import { parseForm, parseFormCell } from '../syntax/index.ts';
import type { FormAst, FormCell, NamesInside, Parsed, Problem } from '../syntax/index.ts';
import { boxedFunction, valueOf } from './logic.ts';
import type { Reading } from './logic.ts';
import type { ItemType, Logic, Model, Service, Variable } from './model.ts';
import { typesOf } from './types.ts';

export interface Decided {
  readonly value: FormValue;
  /** What in the texts that were looked at is no FEEL. */
  readonly problems: readonly Problem[];
  /** The budget ran out. */
  readonly stopped: boolean;
}

/** A model that can be asked. */
export interface Engine {
  /** The value of a decision, for inputs by name. Undefined where there is no decision of that name. */
  readonly decide: (decision: string, inputs: ReadonlyMap<string, FormValue>) => Decided | undefined;
  /** The value of a decision service, for inputs and decisions given by name. */
  readonly serve: (service: string, inputs: ReadonlyMap<string, FormValue>) => Decided | undefined;
}

/** Makes a model ready to be asked, with the models that it imports, by namespace. */
export function engineOf(model: Model, imported: ReadonlyMap<string, Model> = new Map(), now?: World['now']): Engine {
  const parts = new Map<string, Part>();
  const main = partOf(model, imported, parts);
  const ask = (inputs: ReadonlyMap<string, FormValue>, answer: (asking: Asking, run: Run) => FormValue): Decided => {
    const problems: Problem[] = [];
    const run = runIn({ types: main.types, now });
    const value = answer(new Asking(parts, inputs, problems), run);
    return { value: run.steps > 0 ? value : null, problems, stopped: run.steps === 0 };
  };
  return {
    decide: (name, inputs) => {
      const decision = model.decisions.find((one) => one.name === name);
      return decision && ask(inputs, (asking, run) => asking.value(main, decision.id, run));
    },
    serve: (name, inputs) => {
      const service = model.services.find((one) => one.name === name);
      return service && ask(inputs, (asking, run) => asking.served(main, service, inputs, run));
    },
  };
}

/** One model with its types and names. */
interface Part {
  readonly model: Model;
  readonly types: ReadonlyMap<string, FormType>;
  readonly names: NamesInside;
  /** What its texts were read as, kept from one question to the next. */
  readonly expressions: Map<string, Parsed<FormAst>>;
  readonly cells: Map<string, Parsed<FormCell>>;
}

/** What a text was read as before, or is now. */
function once<T>(kept: Map<string, Parsed<T>>, text: string, read: () => Parsed<T>): Parsed<T> {
  const parsed = kept.get(text) ?? read();
  kept.set(text, parsed);
  return parsed;
}

function partOf(model: Model, imported: ReadonlyMap<string, Model>, parts: Map<string, Part>): Part {
  const known = parts.get(model.namespace);
  if (known) return known;
  const outside = new Map<string, FormType>();
  const names: string[] = namesOf(model);
  const kept = { expressions: new Map<string, Parsed<FormAst>>(), cells: new Map<string, Parsed<FormCell>>() };
  parts.set(model.namespace, { model, types: outside, names: {}, ...kept });
  for (const { name, namespace } of model.imports) {
    const other = imported.get(namespace);
    if (!other) continue;
    const part = partOf(other, imported, parts);
    names.push(name, ...namesOf(other));
    for (const [type, of] of part.types) outside.set(name === '' ? type : `${name}.${type}`, of);
  }
  const part: Part = { model, types: typesOf(model.types, outside, (text) => parseFormCell(text).value), names: nested([...new Set(names)]), ...kept };
  parts.set(model.namespace, part);
  return part;
}

/** Every name of a model, wherever in it. */
function namesOf({ inputs, decisions, functions, services, types }: Model): string[] {
  const ofType = (item: ItemType): readonly string[] => item.components.flatMap((part) => [part.name, ...ofType(part)]);
  const found = [...inputs, ...decisions, ...functions, ...services].map((one) => one.name);
  return [...found, ...types.flatMap(ofType), ...functions.flatMap((one) => one.takes.map((parameter) => parameter.name)), ...[...decisions, ...functions].flatMap((one) => (one.logic ? logicNames(one.logic) : []))];
}

function logicNames(logic: Logic): readonly string[] {
  switch (logic.kind) {
    case 'context': return logic.entries.flatMap((entry) => [...(entry.name === undefined ? [] : [entry.name]), ...logicNames(entry.logic)]);
    case 'table': return logic.outputs.flatMap((output) => output.name ?? []);
    case 'function': return [...logic.takes.map((one) => one.name), ...logicNames(logic.gives)];
    case 'relation': return logic.columns;
    case 'for': case 'some': case 'every': return [logic.variable, ...logicNames(logic.many), ...logicNames(logic.gives)];
    case 'filter': return [...logicNames(logic.many), ...logicNames(logic.where)];
    case 'invocation': return logic.bindings.flatMap((binding) => (binding.logic ? logicNames(binding.logic) : []));
    case 'list': return logic.of.flatMap(logicNames);
    case 'literal': case 'conditional': return [];
    default: return logic satisfies never;
  }
}

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;
/** How many dots deep a name with spaces is told from others. */
const DEEPEST = 4;

/** The names for the grammar: it needs help only where one is more than a word. */
function nested(names: readonly string[]): NamesInside {
  if (names.every((name) => PLAIN.test(name))) return {};
  let level: NamesInside | 1 = 1;
  for (let depth = 0; depth < DEEPEST; depth++) level = Object.fromEntries(names.map((name) => [name, level]));
  return level === 1 ? {} : level;
}

/** One question to a model: what was found out is kept until it is answered. */
class Asking {
  readonly #parts: ReadonlyMap<string, Part>;
  readonly #inputs: ReadonlyMap<string, FormValue>;
  readonly #problems: Problem[];
  readonly #found = new Map<string, FormValue>();
  readonly #open = new Set<string>();

  constructor(parts: ReadonlyMap<string, Part>, inputs: ReadonlyMap<string, FormValue>, problems: Problem[], found: ReadonlyMap<string, FormValue> = new Map()) {
    this.#parts = parts;
    this.#inputs = inputs;
    this.#problems = problems;
    for (const [id, value] of found) this.#found.set(id, value);
  }

  #reading(part: Part): Reading {
    const told = <T>(parsed: Parsed<T>): T | undefined => {
      this.#problems.push(...parsed.problems);
      return parsed.value;
    };
    return { expression: (text) => told(once(part.expressions, text, () => parseForm(text, part.names))), cell: (text) => told(once(part.cells, text, () => parseFormCell(text, part.names))), type: (name) => (name === undefined ? ANY : (part.types.get(name) ?? typeOf({ kind: 'named', name }, part.types) ?? ANY)) };
  }

  /** The value of an element of a model by its id; one that asks itself is null. */
  value(part: Part, id: string, run: Run): FormValue {
    const key = `${part.model.namespace}#${id}`;
    const known = this.#found.get(key);
    if (known !== undefined || this.#open.has(key)) return known ?? null;
    if (!spend(run) || run.depth <= 0) {
      run.steps = 0;
      return null;
    }
    this.#open.add(key);
    run.depth -= 4; // A decision stands on the stack with all that it needs to be asked.
    const value = this.#made(part, id, run);
    run.depth += 4;
    this.#open.delete(key);
    this.#found.set(key, value);
    return value;
  }

  #made(part: Part, id: string, run: Run): FormValue {
    const { inputs, decisions, functions, services } = part.model;
    const reading = this.#reading(part);
    const input = inputs.find((one) => one.id === id);
    if (input) return coerced(this.#given(part, input), reading.type(input.type));
    const decision = decisions.find((one) => one.id === id);
    if (decision) return decision.logic ? coerced(valueOf(decision.logic, this.#scope(part, decision.requires, run), run, reading), reading.type(decision.type)) : null;
    const knowledge = functions.find((one) => one.id === id);
    if (knowledge) return knowledge.logic ? boxedFunction(knowledge.takes, knowledge.logic, this.#scope(part, knowledge.requires, run), reading, reading.type(knowledge.type)) : null;
    const service = services.find((one) => one.id === id);
    return service ? this.#function(part, service, reading) : null;
  }

  /** Inputs of an imported model are given inside a context by its name, or plainly. */
  #given(part: Part, { name }: Variable): FormValue {
    const own = this.#inputs.get(name);
    if (own !== undefined) return own;
    for (const { model } of this.#parts.values()) {
      const prefix = model.imports.find((one) => one.namespace === part.model.namespace)?.name;
      const inside = prefix === undefined ? undefined : this.#inputs.get(prefix);
      if (inside !== undefined && is(inside, 'context') && inside.entries.has(name)) return inside.entries.get(name) ?? null;
    }
    return null;
  }

  /** What the logic of an element may name: what it requires, by name; what is imported inside the import's name. */
  #scope(part: Part, requires: readonly string[], run: Run): Scope {
    const names = new Map<string, FormValue>();
    const inside = new Map<string, [string, FormValue][]>();
    for (const href of requires) {
      const at = href.lastIndexOf('#');
      const other = at === -1 ? part : this.#parts.get(href.slice(0, at));
      const id = href.slice(at + 1);
      const name = other && nameOf(other.model, id);
      if (!other || name === undefined) continue;
      const value = this.value(other, id, run);
      const prefix = other === part ? '' : (part.model.imports.find((one) => one.namespace === other.model.namespace)?.name ?? '');
      if (prefix === '') names.set(name, value);
      else inside.set(prefix, [...(inside.get(prefix) ?? []), [name, value]]);
    }
    return within(NOTHING, new Map([...names, ...[...inside].map(([prefix, entries]) => [prefix, context(entries)] as const)]));
  }

  #function(part: Part, service: Service, reading: Reading): FormValue {
    const takes = [...service.inputData, ...service.inputDecisions].flatMap((id) => [...part.model.inputs, ...part.model.decisions].filter((one) => one.id === id));
    return functionOf(takes.map((one) => ({ name: one.name, type: reading.type(one.type) })), (names, run) => this.served(part, service, names, run));
  }

  /** The outputs of a service for what it is given: one output is its value, several are a context. */
  served(part: Part, service: Service, given: ReadonlyMap<string, FormValue>, run: Run): FormValue {
    const reading = this.#reading(part);
    const fixed = new Map(service.inputDecisions.flatMap((id) => {
      const decision = part.model.decisions.find((one) => one.id === id);
      return decision ? [[`${part.model.namespace}#${id}`, coerced(given.get(decision.name) ?? null, reading.type(decision.type))] as const] : [];
    }));
    const inner = new Asking(this.#parts, given, this.#problems, fixed);
    const outputs = service.outputs.map((id) => [nameOf(part.model, id) ?? '', inner.value(part, id, run)] as const);
    const [only] = outputs;
    return coerced(outputs.length === 1 && only ? only[1] : context(outputs), reading.type(service.type));
  }
}

function nameOf({ inputs, decisions, functions, services }: Model, id: string): string | undefined {
  return [...inputs, ...decisions, ...functions, ...services].find((one) => one.id === id)?.name;
}
