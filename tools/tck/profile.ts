import { loadPack } from '#engine/pack/index.ts';
import type { DecisionTable, Definition } from '#engine/pack/index.ts';
import { Checker } from '#engine/rules/check/index.ts';
import type { Bound, Frame } from '#engine/rules/check/index.ts';
import { buildProgram, compileClosure, dmn, evaluate, form } from '#engine/rules/index.ts';
import type { Constant, Expr, Schema, Situation, Value, ValueType } from '#engine/rules/index.ts';
import { parseCell, parseRule } from '#engine/rules/syntax/index.ts';
import type { Problem } from '#engine/rules/syntax/index.ts';
import { tableUsed } from '#engine/rules/table/use.ts';
import { dayText, parameterOn } from '#engine/rules/vocabulary/index.ts';
import type { Named } from '#engine/rules/vocabulary/index.ts';
import { packFiles } from '../pack-files.ts';
import type { Expectation } from './read-case.ts';

/** What the front end of services' rules and its executions say to an expectation. */
export type Typed =
  | { readonly kind: 'answer'; readonly value: form.FormValue; /** Whether the compiled closure gave the same, for it or for its equality with the value. */ readonly closure: boolean }
  | { readonly kind: 'unknown' }
  /** The checker does not take it; by the code of its first problem. */
  | { readonly kind: 'refused'; readonly code: string };

const { pack } = loadPack(packFiles('lantern-bay'));
const LAW_ON = 20310615;
const OUTPUTS = 'outputs';
const NOWHERE = { from: 0, to: 0 };

/**
 * Asks the typed profile: the literal, with inputs and required decisions as what they are, functions of the model as
 * definitions and its tables as decision tables, is parsed, checked, interpreted, and compiled where it can be.
 */
export function askProfile({ model, kind, name, inputs }: Expectation): Typed {
  const decision = model.decisions.find((one) => one.name === name);
  if (!pack || kind !== 'decision' || !decision) return { kind: 'refused', code: 'no-decision' };
  const asking = new Asking(model, inputs);
  const expr = asking.decision(decision);
  if (!expr) return { kind: 'refused', code: asking.problem ?? 'form-outside' };
  if (![decision.type, decision.logic?.type].every((type) => isDeclared(type, expr.type))) return { kind: 'refused', code: 'declared-type' };
  const value = evaluate({ schema: asking.schema, rules: [], situation: WORLD, functions: form.CALLS }, expr, 0);
  if (value.kind === 'unknown') return { kind: 'unknown' };
  return { kind: 'answer', value: asking.said(value, expr.type), closure: asking.compiles(expr, value) };
}

/** A decision that declares its type is a type error where it gives another; of types with a name of their own the profile knows nothing. */
function isDeclared(name: string | undefined, { kind }: ValueType): boolean {
  const kinds: Readonly<Record<string, readonly ValueType['kind'][]>> = { number: ['number'], string: ['text', 'code'], boolean: ['boolean'], date: ['date'] };
  return name === undefined || name === 'Any' || (kinds[name]?.includes(kind) ?? false);
}

const WORLD: Situation = new Map([['thing', [{ facts: new Map(), links: new Map() }]]]);

class Asking {
  readonly schema: Schema;
  problem: string | undefined;
  readonly #model: dmn.Model;
  readonly #inputs: ReadonlyMap<string, form.FormValue>;
  readonly #names = new Map<string, Named>();
  readonly #labels: string[] = [];
  readonly #checker: Checker;
  readonly #open = new Set<string>();

  constructor(model: dmn.Model, inputs: ReadonlyMap<string, form.FormValue>) {
    this.#model = model;
    this.#inputs = inputs;
    this.schema = { entities: new Map([['thing', { id: 'thing' }]]), links: new Map(), facts: new Map(), codeLists: new Map([[OUTPUTS, { id: OUTPUTS, codes: this.#labels, labels: this.#labels }]]) };
    if (!pack) throw new Error('the pack of the tests does not load');
    const town = pack;
    const report = (_: unknown, { code, severity }: Problem): void => { if (severity !== 'warning') this.problem ??= code; };
    this.#checker = new Checker({ pack, vocabulary: { schema: this.schema, names: this.#names, areas: new Map() }, lawOn: LAW_ON, factsOn: LAW_ON, subjects: new Map([['case', 'thing']]), circular: new Set(), overrides: new Map(), parse: parseRule, parseCell, parameterOn: (parameter) => parameterOn(town, parameter, dayText(LAW_ON)), report });
  }

  #fail(code: string): undefined {
    this.problem ??= code;
    return undefined;
  }

  #frame(vars: ReadonlyMap<string, Bound> = new Map()): Frame {
    return { entity: undefined, depth: 0, site: { file: '', path: [] }, vars, inlined: true };
  }

  decision({ id, logic, requires }: dmn.Decision): Expr | undefined {
    if (!logic || this.#open.has(id)) return this.#fail('no-logic');
    this.#open.add(id);
    const vars = new Map<string, Bound>();
    for (const href of requires) if (!this.#require(href, vars)) return this.#fail('requirement-outside');
    this.#open.delete(id);
    const frame = this.#frame(vars);
    const names = [...this.#model.inputs, ...this.#model.decisions, ...this.#model.functions].filter((one) => requires.includes(one.id)).map((one) => one.name);
    const say = (text: string): string => dmn.withPlainNames(text, names);
    switch (logic.kind) {
      case 'literal': return this.#checker.rule(say(logic.text), frame);
      case 'table': return this.#table({ ...logic, inputs: logic.inputs.map((input) => ({ ...input, text: say(input.text) })) }, frame);
      default: return this.#fail('boxed-logic');
    }
  }

  /** A required element as what a rule can name; false where it cannot. */
  #require(href: string, vars: Map<string, Bound>): boolean {
    const { inputs, decisions, functions } = this.#model;
    const input = inputs.find((one) => one.id === href);
    const decision = decisions.find((one) => one.id === href);
    const name = (input ?? decision)?.name;
    if (name !== undefined) {
      const expr = input ? this.#constant(this.#inputs.get(name) ?? null) : decision && this.decision(decision);
      const plain = dmn.plainName(name);
      if (plain !== undefined) vars.set(plain, { kind: 'expr', expr, depth: 0 });
      return expr !== undefined && plain !== undefined;
    }
    const knowledge = functions.find((one) => one.id === href);
    return knowledge !== undefined && this.#define(knowledge);
  }

  /** A function of the model as a definition; one whose types coerce what is given or found cannot be one. */
  #define({ name, type, takes, logic, requires }: dmn.Knowledge): boolean {
    const declared = [type, logic?.type, ...takes.map((one) => one.type)].some((each) => each !== undefined && each !== 'Any');
    const parameters = takes.flatMap((one) => dmn.plainName(one.name) ?? []);
    const plain = dmn.plainName(name);
    if (logic?.kind !== 'literal' || requires.length > 0 || declared || plain === undefined || parameters.length < takes.length) return false;
    const definition: Definition = { name: plain, takes: parameters, is: dmn.withPlainNames(logic.text, takes.map((one) => one.name)), law: '', label: { zh: name, en: name } };
    this.#names.set(plain, { kind: 'definition', definition, site: { file: '', path: [] } });
    return true;
  }

  #constant(value: form.FormValue): Expr | undefined {
    const make = (constant: Constant, type?: ValueType): Expr | undefined => this.#checker.make({ op: 'constant', value: constant }, NOWHERE, this.#frame(), type);
    if (typeof value === 'boolean' || typeof value === 'string') return make(value);
    if (value !== null && value.kind === 'date') return this.#checker.rule(`date("${form.printValue(value)}")`, this.#frame());
    return value !== null && value.kind === 'number' ? this.#checker.rule(form.printNumber(value), this.#frame()) : undefined;
  }

  #table(logic: dmn.Table, frame: Frame): Expr | undefined {
    const { table: found, problems } = dmn.packTable(logic);
    if (!found) return this.#fail(problems[0]?.code ?? 'dmn-table');
    const output = (given: dmn.Given): DecisionTable['rules'][number]['gives'] | undefined => {
      if (given.kind === 'boolean') return given.value;
      if (given.kind === 'text') return this.#label(given.value);
      const [whole = '', fraction = ''] = given.digits.split('.');
      return { units: Number(`${whole}${fraction}`), scale: fraction.length };
    };
    const rules = found.rules.flatMap(({ when, gives }) => {
      const value = output(gives);
      return value === undefined ? [] : [{ when: [...when], gives: value }];
    });
    const table: DecisionTable = {
      id: 'table', place: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }, name: 'table', label: { zh: 'table', en: 'table' }, law: '', hitPolicy: found.hitPolicy, inputs: [...found.inputs], rules,
      output: { type: found.gives === 'text' ? 'code' : found.gives, codesOf: OUTPUTS }, priority: found.priority.flatMap((given) => output(given) ?? []), ...(found.otherwise ? { else: output(found.otherwise) } : {}),
    };
    const args = found.inputs.map((text) => this.#checker.rule(text, frame));
    return args.every((arg) => arg !== undefined) ? tableUsed(this.#checker, table, args, NOWHERE, frame) : undefined;
  }

  #label(text: string): string {
    if (!this.#labels.includes(text)) this.#labels.push(text);
    return text;
  }

  /** A value of the profile as one of FEEL: none is null. */
  said(value: Value, type: ValueType): form.FormValue {
    if (value.kind !== 'known') return null;
    switch (type.kind) {
      case 'number': return typeof value.value === 'bigint' ? form.decimal(value.value, type.scale) : null;
      case 'date': return form.readDate(String(value.value).padStart(8, '0').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
      case 'code': return this.schema.codeLists.get(type.list)?.labels[Number(value.value)] ?? null;
      case 'boolean': case 'text': return typeof value.value === 'bigint' ? null : value.value;
      default: return type satisfies never;
    }
  }

  /** Whether the closure says of the expression what the interpreter said. */
  compiles(expr: Expr, value: Value): boolean {
    if (value.kind !== 'known') return false;
    const { type } = expr;
    const same = type.kind === 'boolean' ? expr : this.#checker.make({ op: 'compare', test: '=', left: expr, right: this.#again(value.value, type) ?? expr }, NOWHERE, this.#frame());
    if (!same) return false;
    try {
      const closure = compileClosure(buildProgram(this.schema, LAW_ON, [{ service: 'case', subject: 'thing', clauses: [{ id: 'is', when: same }] }]));
      const verdict = closure.decide(closure.frameOf(WORLD), 'case', 0);
      return verdict.kind === (type.kind !== 'boolean' || value.value === true ? 'yes' : 'no');
    } catch (error) {
      if (error instanceof RangeError) return false; // A function that the closure does not have.
      throw error;
    }
  }

  #again(value: Constant, type: ValueType): Expr | undefined {
    const declared: ValueType = type.kind === 'number' && typeof value === 'bigint' ? { ...type, min: value, max: value } : type;
    return this.#checker.make({ op: 'constant', value }, NOWHERE, this.#frame(), declared);
  }
}
