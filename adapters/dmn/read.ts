import { dmn } from '#engine/rules/index.ts';
import { childOf, childrenOf, parseXml, written } from './element.ts';
import type { Element } from './element.ts';

const { AGGREGATIONS, HIT_POLICIES } = dmn;

/** The model that a .dmn text says; what is not DMN throws a SyntaxError. */
export function readModel(text: string): dmn.Model {
  const root = parseXml(text);
  if (root.name !== 'definitions') throw new SyntaxError(`the root is <${root.name}>, not <definitions>`);
  const all = (name: string): readonly Element[] => childrenOf(root, name);
  const own = root.attributes.get('namespace') ?? '';
  return {
    name: nameOf(root), namespace: own,
    imports: all('import').map((one) => ({ name: nameOf(one), namespace: one.attributes.get('namespace') ?? '' })),
    types: all('itemDefinition').map(itemType),
    inputs: all('inputData').map(variable),
    decisions: all('decision').map((one) => ({ ...variable(one), logic: logicIn(one), requires: required(one, own) })),
    functions: all('businessKnowledgeModel').map((one) => knowledge(one, own)),
    services: all('decisionService').map((one) => ({ ...variable(one), outputs: hrefs(childrenOf(one, 'outputDecision'), own), inputDecisions: hrefs(childrenOf(one, 'inputDecision'), own), inputData: hrefs(childrenOf(one, 'inputData'), own) })),
  };
}

const nameOf = (of: Element): string => of.attributes.get('name') ?? '';
const typed = (of: Element | undefined): { readonly type?: string } => {
  const type = of?.attributes.get('typeRef');
  return type === undefined ? {} : { type };
};

function variable(of: Element): dmn.Variable {
  return { id: of.attributes.get('id') ?? `name ${nameOf(of)}`, name: nameOf(of), ...typed(childOf(of, 'variable')) };
}

function itemType(of: Element): dmn.ItemType {
  const item = childOf(of, 'functionItem');
  const type = childOf(of, 'typeRef')?.text.trim();
  const allowed = written(childOf(of, 'allowedValues') ?? childOf(of, 'typeConstraint'));
  return {
    name: nameOf(of), collection: of.attributes.get('isCollection') === 'true', components: childrenOf(of, 'itemComponent').map(itemType),
    ...(type === undefined ? {} : { type }), ...(allowed === undefined ? {} : { allowed }),
    ...(item ? { takes: childrenOf(item, 'parameters').map((one) => one.attributes.get('typeRef')), gives: item.attributes.get('outputTypeRef') } : {}),
  };
}

/** References of elements that have an `href`: without the `#` where they are of the model itself. */
function hrefs(elements: readonly Element[], own: string): readonly string[] {
  return elements.map((element) => {
    const href = element.attributes.get('href') ?? '';
    const at = href.lastIndexOf('#');
    const [namespace, id] = [href.slice(0, Math.max(0, at)), href.slice(at + 1)];
    return namespace === '' || namespace === own ? id : `${namespace}#${id}`;
  });
}

function required(of: Element, own: string): readonly string[] {
  return hrefs([...childrenOf(of, 'informationRequirement'), ...childrenOf(of, 'knowledgeRequirement')].flatMap((one) => one.children.filter((child) => child.attributes.has('href'))), own);
}

function knowledge(of: Element, own: string): dmn.Knowledge {
  const inner = childOf(of, 'encapsulatedLogic');
  const external = (inner?.attributes.get('kind') ?? 'FEEL') !== 'FEEL';
  return { ...variable(of), takes: parameters(inner), logic: external ? undefined : inner && logicIn(inner), requires: required(of, own) };
}

const parameters = (of: Element | undefined): readonly dmn.Parameter[] => childrenOf(of, 'formalParameter').map((one) => ({ name: nameOf(one), ...typed(one) }));

/** The first child that is an expression. */
function logicIn(of: Element | undefined): dmn.Logic | undefined {
  for (const child of of?.children ?? []) {
    const made = READERS[child.name]?.(child);
    if (made) return { ...made, ...typed(child) };
  }
  return undefined;
}

const EMPTY: dmn.Logic = { kind: 'literal', text: 'null' };
const part = (of: Element, name: string): dmn.Logic => logicIn(childOf(of, name)) ?? EMPTY;

const READERS: Readonly<Record<string, (of: Element) => dmn.Logic | undefined>> = {
  literalExpression: (of) => ({ kind: 'literal', text: written(of) ?? '' }),
  decisionTable: table,
  context: (of) => ({ kind: 'context', entries: childrenOf(of, 'contextEntry').map((entry) => ({ ...entryName(entry), logic: logicIn(entry) ?? EMPTY })) }),
  invocation: (of) => ({ kind: 'invocation', callee: logicIn(of) ?? EMPTY, bindings: childrenOf(of, 'binding').map((one) => ({ name: nameOf(childOf(one, 'parameter') ?? one), ...typed(childOf(one, 'parameter')), logic: logicIn(one) })) }),
  functionDefinition: (of) => ({ kind: 'function', takes: parameters(of), gives: logicIn(of) ?? EMPTY, external: (of.attributes.get('kind') ?? 'FEEL') !== 'FEEL' }),
  list: (of) => ({ kind: 'list', of: of.children.flatMap((child) => logicIn({ ...of, children: [child] }) ?? []) }),
  relation: (of) => ({ kind: 'relation', columns: childrenOf(of, 'column').map(nameOf), rows: childrenOf(of, 'row').map((row) => row.children.flatMap((child) => logicIn({ ...row, children: [child] }) ?? [])) }),
  for: (of) => ({ kind: 'for', variable: of.attributes.get('iteratorVariable') ?? '', many: part(of, 'in'), gives: part(of, 'return') }),
  some: (of) => ({ kind: 'some', variable: of.attributes.get('iteratorVariable') ?? '', many: part(of, 'in'), gives: part(of, 'satisfies') }),
  every: (of) => ({ kind: 'every', variable: of.attributes.get('iteratorVariable') ?? '', many: part(of, 'in'), gives: part(of, 'satisfies') }),
  filter: (of) => ({ kind: 'filter', many: part(of, 'in'), where: part(of, 'match') }),
  conditional: (of) => ({ kind: 'conditional', condition: part(of, 'if'), yes: part(of, 'then'), no: part(of, 'else') }),
};

function entryName(entry: Element): { readonly name?: string; readonly type?: string } {
  const named = childOf(entry, 'variable');
  return named ? { name: nameOf(named), ...typed(named) } : {};
}

function table(of: Element): dmn.Logic {
  const policy = HIT_POLICIES.find((one) => one === (of.attributes.get('hitPolicy') ?? 'UNIQUE')) ?? 'UNIQUE';
  const texts = (row: Element, name: string): readonly string[] => childrenOf(row, name).map((cell) => written(cell) ?? '');
  return {
    kind: 'table', hitPolicy: policy, aggregation: AGGREGATIONS.find((one) => one === of.attributes.get('aggregation')),
    inputs: childrenOf(of, 'input').map((input) => ({ text: written(childOf(input, 'inputExpression')) ?? '', ...typed(childOf(input, 'inputExpression')), allowed: written(childOf(input, 'inputValues')) })),
    outputs: childrenOf(of, 'output').map((output) => ({ name: output.attributes.get('name'), ...typed(output), allowed: written(childOf(output, 'outputValues')), otherwise: written(childOf(output, 'defaultOutputEntry')) })),
    rules: childrenOf(of, 'rule').map((rule) => ({ when: texts(rule, 'inputEntry'), gives: texts(rule, 'outputEntry') })),
  };
}
