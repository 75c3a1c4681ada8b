import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPack, packYaml } from '#engine/pack/index.ts';
import { evaluate, isWide, linkRules, printed, worldOf } from '#engine/rules/index.ts';
import type { Expr, Found, RuleBook } from '#engine/rules/index.ts';
import { packFiles } from './pack-files.ts';

const LAW_ON = 20310615;

/** The examples of the reference: in each `feel` block a world and, line by line, a rule and what comes of it. */
function examples(): readonly { readonly given: string; readonly rule: string; readonly result: string; readonly line: number; readonly form: boolean }[] {
  const lines = readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8').split('\n');
  let inside: 'rule' | 'form' | undefined;
  let given = '{}';
  return lines.flatMap((line, index) => {
    if (line.startsWith('```')) {
      inside = line === '```feel' ? 'rule' : line === '```feel-form' ? 'form' : undefined;
      given = '{}';
      return [];
    }
    const world = /^\/\* given (.*) \*\/$/.exec(line);
    if (world) given = world[1] ?? '{}';
    const [, rule, result] = /^(.*?)\s*\/\/ (.*)$/.exec(line) ?? [];
    return inside && !world && rule !== undefined && result !== undefined ? [{ given, rule, result, line: index + 1, form: inside === 'form' }] : [];
  });
}

function say(book: RuleBook, expr: Expr, value: Found): string {
  if (value.kind !== 'known') return value.kind;
  const { type } = expr;
  if (typeof value.value === 'object' || isWide(type)) return printed(value.value, type);
  switch (type.kind) {
    case 'date': return String(value.value).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    case 'code': return book.vocabulary.schema.codeLists.get(type.list)?.labels[Number(value.value)] ?? '';
    case 'number': return String(Number(value.value) / 10 ** type.scale);
    case 'boolean': case 'text': return String(value.value);
    default: return type satisfies never;
  }
}

test('every example of the language reference comes out as it says', () => {
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('no pack');
  const { book } = linkRules(pack);
  const all = examples();
  expect(all.length).toBeGreaterThan(90);
  const about = { entity: 'person', lawOn: LAW_ON };
  const wrong = all.flatMap(({ given, rule, result, line, form }) => {
    const faults: string[] = [];
    const facts = (packYaml('x.yaml', `given: ${given}`).value as { given: Record<string, unknown> }).given;
    const world = worldOf(book, 'person', facts, { file: '', path: [] }, (_, problem) => { faults.push(problem.code); });
    const { expr, problems } = (form ? book.checkForm(rule, about) : book.check(rule, about));
    const [problem] = problems;
    const got = problem ? `! ${problem.code}` : expr ? say(book, expr, evaluate({ schema: book.vocabulary.schema, rules: [], situation: world.situation }, expr, 0)) : 'nothing';
    return got === result && faults.length === 0 ? [] : [`docs/rules.md:${line} ${rule} should be ${result}, is ${got} ${faults.join(' ')}`];
  });
  expect(wrong).toEqual([]);
});
