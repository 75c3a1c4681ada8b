import { parseRule } from '../syntax/index.ts';
import type { Decision, Knowledge, Model, Table } from './model.ts';
import { packTable } from './pack-table.ts';
import type { Given, PackTable } from './pack-table.ts';
import { plainName, withPlainNames } from './rename.ts';

/** What a pack needs to know of a model that its file does not say. */
export interface Importing {
  /** The id of the source in the pack that the rules rest on. */
  readonly law: string;
  /** The fact whose codes the tables give, where they give texts. */
  readonly codesOf?: string | undefined;
  /** The unit of the numbers that the tables give; without it they are bare numbers. */
  readonly unit?: string | undefined;
}

export const LEFT_CODES = ['cell', 'expression', 'hit-policy', 'input-name', 'logic', 'name', 'output-not-constant', 'outputs', 'outputs-differ', 'requires', 'service', 'text-output'] as const;
export type LeftCode = (typeof LEFT_CODES)[number];

/** Something of the model that packs cannot have, or not without a person. */
export interface Left {
  readonly element: string;
  /** Why; its words are in the messages of whoever imports. */
  readonly code: LeftCode;
  readonly data: Readonly<Record<string, string | number>>;
}

export interface Imported {
  /** New files of the pack by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Records for `definitions.yaml`, as they stand there; empty where there are none. */
  readonly definitions: string;
  readonly left: readonly Left[];
}

/**
 * The decision tables and literal decisions of a model as parts of a pack.
 *
 * A table becomes a file of `tables/`, a literal over inputs, and a literal function, a definition that takes them. Names
 * lose their spaces. Everything else is left, and said.
 */
export function importModel(model: Model, how: Importing): Imported {
  const files = new Map<string, string>();
  const definitions: string[] = [];
  const left: Left[] = [];
  const elements: readonly { readonly of: Decision | Knowledge; readonly takes: readonly string[] | undefined }[] = [
    ...model.decisions.map((of) => ({ of, takes: inputsOf(model, of) })), ...model.functions.map((of) => ({ of, takes: of.requires.length > 0 ? undefined : of.takes.map((one) => one.name) })),
  ];
  for (const { of, takes } of elements) {
    const note: Note = (code, data = {}) => {
      left.push({ element: of.name, code, data });
      return undefined;
    };
    const name = plainName(of.name);
    if (name === undefined) note('name');
    else if (of.logic?.kind === 'table') {
      const text = tableText(name, of.name, of.logic, how, note);
      if (text !== undefined) files.set(fileOf(of.name, files), text);
    } else if (of.logic?.kind === 'literal') {
      const record = definitionText(name, of.name, takes, of.logic.text, how, note);
      if (record !== undefined) definitions.push(record);
    } else note('logic', { kind: of.logic?.kind ?? 'none' });
  }
  for (const service of model.services) left.push({ element: service.name, code: 'service', data: {} });
  return { files, definitions: definitions.join(''), left };
}

type Note = (code: LeftCode, data?: Left['data']) => undefined;

/** The names of the inputs that a decision stands on; undefined where it stands on decisions or functions too. */
function inputsOf({ inputs }: Model, { requires }: Decision): readonly string[] | undefined {
  const found = requires.map((href) => inputs.find((one) => one.id === href)?.name);
  return found.every((name) => name !== undefined) ? found : undefined;
}

function definitionText(name: string, label: string, takes: readonly string[] | undefined, text: string, { law }: Importing, note: Note): string | undefined {
  if (takes === undefined) return note('requires');
  const names = takes.map(plainName);
  if (names.includes(undefined) || new Set(names).size < names.length) return note('input-name', { name: takes.join(', ') });
  const rule = withPlainNames(text, takes).trim();
  const [problem] = parseRule(rule).problems;
  if (problem) return note('expression', { why: problem.code, from: problem.at.from });
  return `- { name: ${name}, takes: [${names.join(', ')}], is: ${quoted(rule)}, law: ${quoted(law)}, label: { zh: ${quoted(label)}, en: ${quoted(label)} } }\n`;
}

function tableText(name: string, label: string, logic: Table, { law, codesOf, unit }: Importing, note: Note): string | undefined {
  const { table, problems } = packTable(logic);
  if (!table) {
    for (const { code, data } of problems) note(code, data);
    return undefined;
  }
  if (table.gives === 'text' && codesOf === undefined) return note('text-output');
  const inputs = table.inputs.map((input) => plainName(input.split('.').at(-1) ?? ''));
  if (inputs.includes(undefined) || new Set(inputs).size < inputs.length) return note('input-name', { name: table.inputs.join(', ') });
  return [
    `name: ${name}`, `label: { zh: ${quoted(label)}, en: ${quoted(label)} }`, `hit-policy: ${table.hitPolicy}`, `inputs: [${inputs.join(', ')}]`,
    `output: { type: ${outputType(table.gives, codesOf, unit)} }`,
    ...(table.priority.length > 0 ? [`priority: [${table.priority.map(given).join(', ')}]`] : []),
    'rules:', ...table.rules.map(rowText), ...(table.otherwise ? [`else: ${given(table.otherwise)}`] : []), `law: ${quoted(law)}`, '',
  ].join('\n');
}

function outputType(gives: Given['kind'], codesOf: string | undefined, unit: string | undefined): string {
  if (gives === 'text') return `code, codes-of: ${quoted(codesOf ?? '')}`;
  return gives === 'number' && unit !== undefined ? `number, unit: ${quoted(unit)}` : gives;
}

const rowText = ({ when, gives }: PackTable['rules'][number]): string => `  - { when: [${when.map(quoted).join(', ')}], gives: ${given(gives)} }`;
const given = (value: Given): string => (value.kind === 'number' ? value.digits : value.kind === 'boolean' ? String(value.value) : quoted(value.value));
/** A text in YAML's double quotes, which JSON's are. */
const quoted = (text: string): string => JSON.stringify(text);

/** A path for a table: its name in lower-case words, numbered where that leaves nothing or is taken. */
function fileOf(name: string, files: ReadonlyMap<string, string>): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  for (let count = 1; ; count++) {
    const id = [words === '' || /^\d/.test(words) ? `table-${words}`.replace(/-$/, '') : words, ...(count > 1 || words === '' ? [String(count)] : [])].join('-');
    if (!files.has(`tables/${id}.yaml`)) return `tables/${id}.yaml`;
  }
}

