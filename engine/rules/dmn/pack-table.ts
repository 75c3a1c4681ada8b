import { parseCell, parseRule } from '../syntax/index.ts';
import type { Table } from './model.ts';

/** What a row gives: a number as its digits, a truth value, or a text. */
export type Given = { readonly kind: 'number'; readonly digits: string } | { readonly kind: 'boolean'; readonly value: boolean } | { readonly kind: 'text'; readonly value: string };

/** A decision table as packs have them: one output of constants, cells of the profile of rules. */
export interface PackTable {
  readonly hitPolicy: 'U' | 'A' | 'F' | 'P' | 'C+';
  /** The expression of each input, as the model writes it. */
  readonly inputs: readonly string[];
  readonly gives: Given['kind'];
  readonly rules: readonly { readonly when: readonly string[]; readonly gives: Given }[];
  readonly priority: readonly Given[];
  readonly otherwise?: Given | undefined;
}

const POLICIES = { UNIQUE: 'U', ANY: 'A', FIRST: 'F', PRIORITY: 'P' } as const;

/** Why packs cannot have a table. */
export interface TableProblem {
  readonly code: 'cell' | 'hit-policy' | 'output-not-constant' | 'outputs' | 'outputs-differ';
  readonly data: Readonly<Record<string, string | number>>;
}

/** The table, or why packs cannot have it. */
export function packTable(table: Table): { readonly table: PackTable; readonly problems?: undefined } | { readonly table?: undefined; readonly problems: readonly TableProblem[] } {
  const problems: TableProblem[] = [];
  const report = (code: TableProblem['code'], data: TableProblem['data']): undefined => {
    problems.push({ code, data });
    return undefined;
  };
  const hitPolicy = policyOf(table) ?? report('hit-policy', { policy: [table.hitPolicy, table.aggregation].filter((part) => part !== undefined).join(' ') });
  const [output, ...more] = table.outputs;
  if (!output || more.length > 0) report('outputs', { count: table.outputs.length });
  const rules = table.rules.map((rule, row) => {
    for (const [column, cell] of rule.when.entries()) for (const problem of parseCell(cellOf(cell)).problems) report('cell', { row: row + 1, column: column + 1, found: cell.trim(), why: problem.code });
    return { when: rule.when.map(cellOf), gives: givenOf(rule.gives[0]) ?? report('output-not-constant', { row: row + 1, found: rule.gives[0]?.trim() ?? '' }) };
  });
  const otherwise = output?.otherwise === undefined ? undefined : (givenOf(output.otherwise) ?? report('output-not-constant', { row: 0, found: output.otherwise.trim() }));
  const ready = rules.flatMap(({ when, gives }) => (gives ? [{ when, gives }] : []));
  const kinds = new Set([...ready.map((rule) => rule.gives.kind), ...(otherwise ? [otherwise.kind] : [])]);
  const [gives] = kinds;
  if (kinds.size > 1) report('outputs-differ', { kinds: [...kinds].join(', ') });
  if (!hitPolicy || !gives || problems.length > 0) return { problems };
  return { table: { hitPolicy, inputs: table.inputs.map((input) => input.text.trim()), gives, rules: ready, priority: hitPolicy === 'P' ? prioritiesOf(output?.allowed) : [], otherwise } };
}

function policyOf({ hitPolicy, aggregation }: Table): PackTable['hitPolicy'] | undefined {
  if (hitPolicy === 'COLLECT') return aggregation === 'SUM' ? 'C+' : undefined;
  return hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER' ? undefined : POLICIES[hitPolicy];
}

const cellOf = (cell: string): string => (cell.trim() === '' ? '-' : cell.trim());

/** The constant that an output entry is; undefined where it is something else. */
function givenOf(text: string | undefined): Given | undefined {
  const { value } = parseRule(text ?? '');
  switch (value?.kind) {
    case 'number': return { kind: 'number', digits: value.digits };
    case 'boolean': return { kind: 'boolean', value: value.value };
    case 'text': return { kind: 'text', value: value.value };
    default: return undefined;
  }
}

/** The values of an output in the order in which they win. */
function prioritiesOf(allowed: string | undefined): readonly Given[] {
  const { value } = parseCell(allowed ?? '-');
  if (!value || value.tests === 'any') return [];
  return value.tests.flatMap((test) => (test.kind === 'is' && (test.value.kind === 'text' || test.value.kind === 'boolean' || test.value.kind === 'number') ? [test.value] : []));
}
