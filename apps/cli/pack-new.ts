import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { readPackFolder } from '#adapters/folder/index.ts';
import { partsOf } from '#engine/kernel/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Names go into YAML flow maps as they are: no marks that YAML reads. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ·’.-]*$/u;
const PLAN_YEARS = 5;

/** Writes the skeleton of another city: a small plan that checks without errors and can be served as it is. */
export const packNewCommand: Command = {
  name: 'pack new',
  takes: ['FOLDER'],
  options: { id: { type: 'string' }, 'name-zh': { type: 'string' }, 'name-en': { type: 'string' }, from: { type: 'string' } },
  run: async (call) => {
    const { terminal, given: [name = ''] } = call;
    const folder = resolve(name);
    if (existsSync(folder) && readdirSync(folder).length > 0) return terminal.refuse(EXIT.usage, 'folder-not-empty', { folder });
    const words = readWords(call, basename(folder));
    if ('code' in words) return terminal.refuse(EXIT.usage, words.code, { value: words.value });
    const files = fillTemplate(words.words);
    const problem = writeAll(folder, files);
    if (problem !== undefined) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: folder, problem });
    terminal.result({ pack: { folder, id: words.words['id'], files: [...files.keys()] } }, () => terminal.say('pack-new.done', { folder, count: files.size }));
    return EXIT.ok satisfies Exit;
  },
};

type Words = Readonly<Record<string, string>>;

/** What stands for each `{{word}}` of the template. The id is the folder's name where that will do. */
function readWords({ option }: Call, folderName: string): { readonly words: Words } | { readonly code: string; readonly value: string } {
  const id = option('id') ?? (ID.test(folderName) ? folderName : 'new-city');
  if (!ID.test(id)) return { code: 'id-invalid', value: id };
  const nameZh = option('name-zh') ?? '新城市';
  const nameEn = option('name-en') ?? 'New City';
  const wrong = [nameZh, nameEn].find((name) => !NAME.test(name));
  if (wrong !== undefined) return { code: 'name-invalid', value: wrong };
  const from = option('from') ?? String(partsOf(systemClock().today('Asia/Shanghai')).year);
  if (!/^(?:19|20|21)\d\d$/.test(from)) return { code: 'year-invalid', value: from };
  const first = Number(from);
  const years = { from: first, to: first + PLAN_YEARS - 1, base: first - 1, before: first - 1 - PLAN_YEARS };
  return { words: { id, 'name-zh': nameZh, 'name-en': nameEn, ...Object.fromEntries(Object.entries(years).map(([key, year]) => [key, String(year)])) } };
}

/** The files of the template with its words filled in. */
function fillTemplate(words: Words): ReadonlyMap<string, string> {
  const template = readPackFolder(join(import.meta.dirname, 'template'));
  if (!template) throw new Error('the template is missing');
  return new Map([...template].map(([path, bytes]) => [path, new TextDecoder().decode(bytes).replaceAll(/\{\{([a-z-]+)\}\}/g, (slot, word: string) => words[word] ?? slot)]));
}

function writeAll(folder: string, files: ReadonlyMap<string, string>): string | undefined {
  try {
    for (const [path, text] of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
