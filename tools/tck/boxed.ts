import type { dmn } from '#engine/rules/index.ts';
import type { FormAst } from '#engine/rules/syntax/index.ts';

const NOWHERE = { from: 0, to: 0 };
const RESULT = ' result';

/** Boxed logic as the expression that it stands for; undefined where it is none (a table, another language). */
export function astOf(logic: dmn.Logic, parse: (text: string) => FormAst | undefined): FormAst | undefined {
  const of = (inner: dmn.Logic | undefined): FormAst | undefined => inner && astOf(inner, parse);
  switch (logic.kind) {
    case 'literal': return parse(logic.text);
    case 'context': return contextAst(logic, of);
    case 'list': return listAst(logic.of.map(of));
    case 'relation': return listAst(logic.rows.map((row) => {
      const values = row.map(of);
      return all(values, (cells) => ({ kind: 'context', entries: cells.map((value, column) => ({ key: logic.columns[column] ?? '', value })), at: NOWHERE }));
    }));
    case 'conditional': return all([of(logic.condition), of(logic.yes), of(logic.no)], ([condition, yes, no]) => condition && yes && no && { kind: 'if', condition, yes, no, at: NOWHERE });
    case 'filter': return all([of(logic.many), of(logic.where)], ([many, where]) => many && where && { kind: 'filter', of: many, where, at: NOWHERE });
    case 'for': return all([of(logic.many), of(logic.gives)], ([many, gives]) => many && gives && { kind: 'for', variable: logic.variable, many, gives, at: NOWHERE });
    case 'some': case 'every': return all([of(logic.many), of(logic.gives)], ([many, satisfies]) => many && satisfies && { kind: logic.kind === 'some' ? 'some' : 'every', variable: logic.variable, many, satisfies, at: NOWHERE });
    case 'invocation': {
      const callee = of(logic.callee);
      return callee && all(logic.bindings.map((binding) => of(binding.logic)), (values) => ({ kind: 'invoke', callee, of: values.map((value, at) => ({ name: logic.bindings[at]?.name.replaceAll(/\s+/g, ' ') ?? '', value })), at: NOWHERE }));
    }
    case 'table': case 'function': return undefined;
    default: return logic satisfies never;
  }
}

function all(of: readonly (FormAst | undefined)[], make: (found: readonly FormAst[]) => FormAst | undefined): FormAst | undefined {
  const found = of.filter((one) => one !== undefined);
  return found.length === of.length ? make(found) : undefined;
}

const listAst = (of: readonly (FormAst | undefined)[]): FormAst | undefined => all(of, (items) => ({ kind: 'list', of: items, at: NOWHERE }));

/** A context; one with an entry without a name gives that entry, which may name the others. */
function contextAst({ entries }: Extract<dmn.Logic, { kind: 'context' }>, of: (logic: dmn.Logic) => FormAst | undefined): FormAst | undefined {
  return all(entries.map((entry) => of(entry.logic)), (values) => {
    const context: FormAst = { kind: 'context', entries: values.map((value, at) => ({ key: entries[at]?.name?.replaceAll(/\s+/g, ' ') ?? RESULT, value })), at: NOWHERE };
    return entries.some((entry) => entry.name === undefined) ? { kind: 'path', of: context, name: RESULT, nameAt: NOWHERE, at: NOWHERE } : context;
  });
}
