import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { childOf, childrenOf, parseXml, readModel } from '#adapters/dmn/index.ts';
import type { Element } from '#adapters/dmn/index.ts';
import { form } from '#engine/rules/index.ts';
import type { dmn } from '#engine/rules/index.ts';

/** One thing that a test case expects: the value of a decision or of a service. */
export interface Expectation {
  /** `<folder>/<file>#<case>/<name>`, unique in a kit. */
  readonly id: string;
  /** The folder that holds it, such as `compliance-level-3/0068-feel-equality`. */
  readonly suite: string;
  /** The test case it belongs to; it passes where all its expectations do. */
  readonly testCase: string;
  readonly kind: 'decision' | 'service';
  readonly name: string;
  /** The result that is looked at: the name itself, or one output of a service. */
  readonly output: string;
  readonly inputs: ReadonlyMap<string, form.FormValue>;
  readonly expected: form.FormValue;
  readonly model: dmn.Model;
  readonly imported: ReadonlyMap<string, dmn.Model>;
}

/** Every expectation of a folder of test cases with their models beside them, in the order of files and cases. */
export function readKit(folder: string): readonly Expectation[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort((a, b) => (a < b ? -1 : 1));
  const models = new Map(files.filter((file) => file.endsWith('.dmn')).map((file) => [file, readModel(readFileSync(join(folder, file), 'utf8'))]));
  return files.filter((file) => /-test-\d+\.xml$/.test(file)).flatMap((file) => {
    const suite = dirname(file);
    const root = parseXml(readFileSync(join(folder, file), 'utf8'));
    const name = childOf(root, 'modelName')?.text.trim() ?? '';
    const model = models.get(join(suite, name));
    if (!model) throw new Error(`${relative('.', join(folder, file))} names the model ${name}, which is not beside it`);
    const imported = new Map([...models].filter(([path]) => dirname(path) === suite).map(([, one]) => [one.namespace, one]));
    return childrenOf(root, 'testCase').flatMap((one, at) => expectations(one, { suite, testCase: `${file.replace(/\.xml$/, '')}#${one.attributes.get('id') ?? String(at + 1)}`, model, imported }));
  });
}

function expectations(testCase: Element, of: Pick<Expectation, 'suite' | 'testCase' | 'model' | 'imported'>): readonly Expectation[] {
  const inputs = new Map(childrenOf(testCase, 'inputNode').map((input) => [input.attributes.get('name') ?? '', valueIn(input)]));
  return childrenOf(testCase, 'resultNode').map((node) => {
    const service = (node.attributes.get('type') ?? testCase.attributes.get('type')) === 'decisionService';
    const output = node.attributes.get('name') ?? '';
    const name = service && testCase.attributes.has('invocableName') ? (testCase.attributes.get('invocableName') ?? '') : output;
    return { ...of, id: `${of.testCase}/${output}`, kind: service ? 'service' : 'decision', name, output, inputs, expected: valueIn(childOf(node, 'expected')) } as const;
  });
}

/** The value inside an element: a list, the components of a context, or one value with its type. */
function valueIn(of: Element | undefined): form.FormValue {
  const inner = childOf(of, 'list');
  if (inner) return form.list(childrenOf(inner, 'item').map(valueIn));
  const components = childrenOf(of, 'component');
  if (components.length > 0) return form.context(components.map((one) => [one.attributes.get('name') ?? '', valueIn(one)] as const));
  const value = childOf(of, 'value');
  return value ? scalar(value) : null;
}

function scalar(value: Element): form.FormValue {
  if (value.attributes.get('nil') === 'true' || value.attributes.get('xsi:nil') === 'true') return null;
  const text = value.text;
  const type = (value.attributes.get('xsi:type') ?? '').replace(/^.*:/, '');
  switch (type) {
    case 'boolean': return text.trim() === 'true';
    case 'decimal': case 'double': case 'integer': case 'int': case 'long': case 'float': return form.decimalOf(text.trim());
    case 'date': return form.readDate(text.trim());
    case 'time': return form.readTime(text.trim());
    case 'dateTime': return form.readMoment(text.trim());
    case 'duration': case 'dayTimeDuration': case 'yearMonthDuration': return form.readDuration(text.trim());
    default: return text;
  }
}
