import { loadPack } from '#engine/pack/index.ts';
import type { DecisionTable } from '#engine/pack/index.ts';
import { Checker, inCell } from '#engine/rules/check/index.ts';
import type { Bound, Environment, Frame } from '#engine/rules/check/index.ts';
import { dmn } from '#engine/rules/index.ts';
import type { Expr, form, Schema } from '#engine/rules/index.ts';
import { parseCell, parseRule, parseTyped, parseTypedCell } from '#engine/rules/syntax/index.ts';
import type { NamesInside, Parsed, Problem } from '#engine/rules/syntax/index.ts';
import { tableUsed } from '#engine/rules/table/use.ts';
import { dayText, parameterOn } from '#engine/rules/vocabulary/index.ts';
import { packFiles } from '../pack-files.ts';
import { astOf } from './boxed.ts';
import { Values } from './typed-value.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
export const LAW_ON = 20310615;
const OUTPUTS = 'outputs';
const NOWHERE = { from: 0, to: 0 };

/** A model with inputs as expressions of the typed profile: what it takes is checked and has a type, what it does not take has a problem. */
export class TypedModel {
  readonly schema: Schema;
  problem: string | undefined;
  readonly values: Values;
  readonly #model: dmn.Model;
  readonly #inputs: ReadonlyMap<string, form.FormValue>;
  readonly #labels: string[] = [];
  readonly #checker: Checker;
  readonly #functions = new Map<string, NonNullable<ReturnType<NonNullable<Environment['functions']>['get']>>>();
  readonly #open = new Set<string>();

  /** `forms`: whether it may say what forms may, or only what rules of services may. */
  constructor(model: dmn.Model, inputs: ReadonlyMap<string, form.FormValue>, forms = true) {
    this.#model = model;
    this.#inputs = inputs;
    this.schema = { entities: new Map([['thing', { id: 'thing' }]]), links: new Map(), facts: new Map(), codeLists: new Map([[OUTPUTS, { id: OUTPUTS, codes: this.#labels, labels: this.#labels }]]) };
    if (!pack) throw new Error('the pack of the tests does not load');
    const town = pack;
    const names = namesIn(model);
    const report = (_: unknown, { code, severity }: Problem): void => { if (severity !== 'warning') this.problem ??= code; };
    this.#checker = new Checker({
      pack, vocabulary: { schema: this.schema, names: new Map(), areas: new Map() }, lawOn: LAW_ON, factsOn: LAW_ON, subjects: new Map([['case', 'thing']]), circular: new Set(), overrides: new Map(), forms, functions: this.#functions,
      // Rules are read as rules are; only names with spaces, which models have and packs have not, need the wider reading.
      parse: (text) => (forms ? undefined : read(parseRule(text))) ?? parseTyped(text, names), parseCell: (text) => (forms ? undefined : read(parseCell(text))) ?? parseTypedCell(text, names), parameterOn: (parameter) => parameterOn(town, parameter, dayText(LAW_ON)), report,
    });
    this.values = new Values(this.#checker, this.schema, model);
  }

  #fail(code: string): undefined {
    this.problem ??= code;
    return undefined;
  }

  #frame(vars: ReadonlyMap<string, Bound> = new Map()): Frame {
    return { entity: undefined, depth: 0, site: { file: '', path: [] }, vars, inlined: true };
  }

  /** The expression of a decision, where its value passes the type that it declares as it is. */
  decision({ id, name, type, logic, requires }: dmn.Decision): Expr | undefined {
    if (!logic || this.#open.has(id)) return this.#fail('no-logic');
    this.#open.add(id);
    const vars = this.#required(requires);
    this.#open.delete(id);
    const expr = vars && this.#logic(logic, this.#frame(vars));
    return expr && (this.values.passes(expr, [type, logic.type]) ? expr : this.#fail(`declared-type ${name}`));
  }

  /** What stands under the names of what is required; undefined where something cannot. */
  #required(requires: readonly string[]): ReadonlyMap<string, Bound> | undefined {
    const { inputs, decisions, functions } = this.#model;
    const vars = new Map<string, Bound>();
    for (const href of requires) {
      const input = inputs.find((one) => one.id === href);
      const decision = decisions.find((one) => one.id === href);
      const knowledge = functions.find((one) => one.id === href);
      const named = input ?? decision;
      if (knowledge) this.#define(knowledge);
      else if (!named) return this.#fail('requirement-outside');
      else {
        const expr = input ? this.values.given(this.#inputs.get(input.name) ?? null, input.type) : decision && this.decision(decision);
        if (!expr) return this.#fail('requirement-outside');
        vars.set(spaced(named.name), { kind: 'expr', expr, depth: 0 });
      }
    }
    return vars;
  }

  /** A function of the model: its logic over what it is given, wherever it is called. */
  #define({ id, name, type, takes, logic, requires }: dmn.Knowledge): void {
    const make = (args: readonly Expr[]): Expr | undefined => {
      if (!logic || this.#open.has(id) || !takes.every((one, at) => args[at] && this.values.passes(args[at], [one.type]))) return this.#fail('declared-type');
      this.#open.add(id);
      const vars = this.#required(requires);
      const expr = vars && this.#logic(logic, this.#frame(new Map([...vars, ...takes.map((one, at) => [spaced(one.name), { kind: 'expr', expr: args[at], depth: 0 }] as const)])));
      this.#open.delete(id);
      return expr && (this.values.passes(expr, [type, logic.type]) ? expr : this.#fail('declared-type'));
    };
    this.#functions.set(spaced(name), { takes: takes.map((one) => spaced(one.name)), make });
  }

  #logic(logic: dmn.Logic, frame: Frame): Expr | undefined {
    if (logic.kind === 'literal') return this.#checker.rule(logic.text, frame);
    if (logic.kind === 'table') return this.#table(logic, frame);
    const ast = astOf(logic, (text) => this.#checker.env.parse(text).value);
    return ast ? this.#checker.expr(ast, frame) : this.#fail('boxed-logic');
  }

  /** A table that packs have too as they have it, any other by what its rows give. */
  #table(logic: dmn.Table, frame: Frame): Expr | undefined {
    const inputs = logic.inputs.map((input) => this.#checker.rule(input.text, frame));
    const args = inputs.filter((arg) => arg !== undefined);
    if (args.length < inputs.length) return undefined;
    const { table: found } = dmn.packTable(logic);
    const before = this.problem;
    const made = found && this.#packTable(found, args, frame);
    if (made) return made;
    this.problem = before;
    return this.#rows(logic, args, frame);
  }

  #packTable(found: dmn.PackTable, args: readonly Expr[], frame: Frame): Expr | undefined {
    const output = (given: dmn.Given): DecisionTable['rules'][number]['gives'] => {
      if (given.kind === 'boolean') return given.value;
      if (given.kind === 'text') return this.#label(given.value);
      const [whole = '', fraction = ''] = given.digits.split('.');
      return { units: Number(`${whole}${fraction}`), scale: fraction.length };
    };
    const rules = found.rules.map(({ when, gives }) => ({ when: [...when], gives: output(gives) }));
    const table: DecisionTable = {
      id: 'table', place: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }, name: 'table', label: { zh: 'table', en: 'table' }, law: '', hitPolicy: found.hitPolicy, inputs: [...found.inputs], rules,
      output: { type: found.gives === 'text' ? 'code' : found.gives, codesOf: OUTPUTS }, priority: found.priority.map(output), ...(found.otherwise ? { else: output(found.otherwise) } : {}),
    };
    return tableUsed(this.#checker, table, args, NOWHERE, frame);
  }

  #label(text: string): string {
    if (!this.#labels.includes(text)) this.#labels.push(text);
    return text;
  }

  /** The outputs of the rows that hold, and of them what the hit policy takes. */
  #rows(logic: dmn.Table, args: readonly Expr[], frame: Frame): Expr | undefined {
    const { values } = this;
    const conditions = logic.rules.map(({ when }) => values.all(when.map((cell, column) => this.#cell(args[column], cell, frame))));
    const outputs = logic.rules.map(({ gives }) => this.#output(logic, gives, frame));
    const allowed = values.all(logic.inputs.map(({ allowed: cell = '-' }, column) => this.#cell(args[column], cell, frame)));
    const typed = args.every((arg, column) => values.passes(arg, [logic.inputs[column]?.type]));
    if (!allowed || !typed || !values.holds(allowed)) return this.#fail('table-outside');
    const order = this.#ranked(logic);
    if (!order || conditions.includes(undefined) || outputs.includes(undefined)) return this.#fail('table-outside');
    const otherwise = logic.outputs.every((one) => one.otherwise !== undefined) ? this.#output(logic, logic.outputs.map((one) => one.otherwise ?? ''), frame) : undefined;
    return values.collected(logic, { conditions: order.map((row) => conditions[row]), outputs: order.map((row) => outputs[row]), otherwise });
  }

  #cell(input: Expr | undefined, text: string, frame: Frame): Expr | undefined {
    const { value: cell } = this.#checker.env.parseCell(text.trim() === '' ? '-' : text.trim());
    const found = cell && input && inCell(this.#checker, input, cell, NOWHERE, frame);
    return found === 'any' ? this.#checker.make({ op: 'constant', value: true }, NOWHERE, frame) : found;
  }

  #output({ outputs }: dmn.Table, gives: readonly string[], frame: Frame): Expr | undefined {
    const found = gives.map((text) => this.#checker.rule(text, frame));
    const ready = found.filter((one) => one !== undefined);
    if (ready.length < found.length || ready.length === 0) return undefined;
    return outputs.length === 1 ? ready[0] : this.#checker.make({ op: 'call', name: 'context', of: ready, with: outputs.map((output) => output.name ?? '') }, NOWHERE, frame);
  }

  /** The rows in the order in which they count; undefined where priorities are not written out. */
  #ranked({ hitPolicy, outputs, rules }: dmn.Table): readonly number[] | undefined {
    const rows = rules.map((_, row) => row);
    if (hitPolicy !== 'PRIORITY' && hitPolicy !== 'OUTPUT ORDER') return rows;
    const ranks = outputs.map(({ allowed }) => (allowed ?? '').split(',').map((text) => text.trim()));
    const rank = (row: number): readonly number[] => ranks.map((order, column) => order.indexOf(rules[row]?.gives[column]?.trim() ?? ''));
    if (rows.some((row) => rank(row).includes(-1))) return undefined;
    return rows.sort((a, b) => rank(a).map((place, at) => place - (rank(b)[at] ?? 0)).find((apart) => apart !== 0) ?? a - b);
  }
}

const read = <T>(parsed: Parsed<T>): Parsed<T> | undefined => (parsed.value === undefined ? undefined : parsed);
const spaced = (name: string): string => name.replaceAll(/\s+/g, ' ').trim();

/** Every name of a model that is more than a word, for the grammar. */
function namesIn({ inputs, decisions, functions, types }: dmn.Model): NamesInside {
  const parts = (item: dmn.ItemType): readonly string[] => item.components.flatMap((part) => [part.name, ...parts(part)]);
  const inside = (logic: dmn.Logic | undefined): readonly string[] => (logic?.kind === 'context' ? logic.entries.flatMap((entry) => [...(entry.name === undefined ? [] : [entry.name]), ...inside(entry.logic)]) : logic?.kind === 'relation' ? logic.columns : logic?.kind === 'table' ? logic.outputs.flatMap((output) => output.name ?? []) : []);
  const names = [...inputs, ...decisions, ...functions].map((one) => one.name);
  const all = [...names, ...types.flatMap(parts), ...functions.flatMap((one) => [...one.takes.map((taken) => taken.name), ...inside(one.logic)]), ...decisions.flatMap((one) => inside(one.logic))].map(spaced).filter((name) => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name));
  const level = (depth: number): NamesInside | 1 => (depth === 0 ? 1 : Object.fromEntries(all.map((name) => [name, level(depth - 1)])));
  const found = all.length === 0 ? 1 : level(3);
  return found === 1 ? {} : found;
}
