import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readModel } from '#adapters/dmn/index.ts';
import { dmn } from '#engine/rules/index.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** Writes the decision tables and literal decisions of a DMN model into a pack, and says what it left. */
export const packImportDmnCommand: Command = {
  name: 'pack import-dmn',
  takes: ['FILE', 'FOLDER'],
  options: { law: { type: 'string' }, 'codes-of': { type: 'string' }, unit: { type: 'string' } },
  run: async ({ terminal, option, given: [file = '', name = ''] }) => {
    const folder = resolve(name);
    if (!existsSync(join(folder, 'plan.yaml'))) return terminal.refuse(EXIT.usage, 'pack-missing', { folder });
    const law = option('law');
    if (law === undefined) return terminal.refuse(EXIT.usage, 'law-missing');
    const model = modelOf(resolve(file));
    if ('refusal' in model) return terminal.refuse(model.exit, model.refusal, { file: resolve(file), problem: model.problem });
    const imported = dmn.importModel(model.model, { law, codesOf: option('codes-of'), unit: option('unit') });
    const taken = [...imported.files.keys()].find((path) => existsSync(join(folder, path)));
    if (taken !== undefined) return terminal.refuse(EXIT.usage, 'file-exists', { file: join(folder, taken) });
    const problem = write(folder, imported);
    if (problem !== undefined) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: folder, problem });
    say(terminal, folder, imported);
    return EXIT.ok;
  },
};

/** Why something was left, in words. */
const LEFT = {
  cell: 'pack-import-dmn.left.cell', expression: 'pack-import-dmn.left.expression', 'hit-policy': 'pack-import-dmn.left.hit-policy', 'input-name': 'pack-import-dmn.left.input-name', logic: 'pack-import-dmn.left.logic', name: 'pack-import-dmn.left.name',
  'output-not-constant': 'pack-import-dmn.left.output-not-constant', outputs: 'pack-import-dmn.left.outputs', 'outputs-differ': 'pack-import-dmn.left.outputs-differ', requires: 'pack-import-dmn.left.requires', service: 'pack-import-dmn.left.service', 'text-output': 'pack-import-dmn.left.text-output',
} as const satisfies Record<dmn.LeftCode, string>;

type Read = { readonly model: dmn.Model } | { readonly refusal: 'file-missing' | 'dmn-unreadable'; readonly exit: Exit; readonly problem: string };

function modelOf(file: string): Read {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { refusal: 'file-missing', exit: EXIT.usage, problem: error instanceof Error ? error.message : String(error) };
  }
  try {
    return { model: readModel(text) };
  } catch (error) {
    return { refusal: 'dmn-unreadable', exit: EXIT.usage, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** New files are written, definitions stand after those that there are. */
function write(folder: string, { files, definitions }: dmn.Imported): string | undefined {
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { flag: 'wx' });
    }
    const own = join(folder, 'definitions.yaml');
    const before = existsSync(own) ? readFileSync(own, 'utf8') : '';
    if (definitions !== '') appendFileSync(own, `${before === '' || before.endsWith('\n') ? '' : '\n'}${definitions}`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function say(terminal: Terminal, folder: string, { files, definitions, left }: dmn.Imported): void {
  const count = definitions.split('\n').length - 1;
  terminal.result({ imported: { folder, files: [...files.keys()], definitions: count, left } }, () => {
    terminal.say('pack-import-dmn.done', { folder, tables: files.size, definitions: count });
    for (const { element, code, data } of left) terminal.say(LEFT[code], { element, ...data });
  });
}
