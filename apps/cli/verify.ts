import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printAny } from '#engine/delivery/index.ts';
import { readForm, toForm } from '#adapters/documents/index.ts';
import { departmentWords, errorsIn, itemsToVerify, presentWords, verifyForm, verifyRows, verifyWord } from '#engine/entitlement/index.ts';
import type { ItemToVerify } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import { textOf } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { packOf, refuseFaulty, writeChanged } from './pack-files.ts';

/** What nobody has read in a document, by the department that decides it; as a workbook to fill in where a file is named. */
export const verifyListCommand: Command = {
  name: 'verify list',
  takes: [],
  options: { department: { type: 'string' }, out: { type: 'string' }, pack: { type: 'string' } },
  run: async (call) => {
    const { terminal, option } = call;
    const reading = packOf(call);
    if (typeof reading === 'number') return reading;
    const { pack, linked } = reading;
    const department = option('department');
    if (department !== undefined && department !== NOBODY && !pack.departments.has(department)) return terminal.refuse(EXIT.usage, 'department-unknown', { department, known: [NOBODY, ...pack.departments.keys()].join(' ') });
    const items = itemsToVerify(linked.rules).filter((item) => department === undefined || (item.department ?? NOBODY) === department);
    const out = option('out');
    if (out !== undefined) {
      const problem = await written(resolve(out), await toForm(verifyForm(pack, items, terminal.locale)));
      if (problem !== undefined) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: resolve(out), problem });
    }
    const groups = [...Map.groupBy(items, (item) => item.department)].toSorted(([, a], [, b]) => b.length - a.length);
    terminal.result({ items: items.map((item) => ({ id: item.id, kind: item.kind, department: item.department ?? null, what: item.what, services: item.services, demo: item.demo, present: presentWords(pack, item, terminal.locale) })), file: out === undefined ? null : resolve(out) }, () => {
      for (const [id, group] of groups) terminal.print(terminal.word('verify-list.group', { department: departmentWords(pack, id, terminal.locale), id: id ?? NOBODY, ...countsOf(group) }));
      if (department !== undefined) for (const item of items) terminal.print(`  ${item.id}  ${say(item.what, terminal.locale)}  ${presentWords(pack, item, terminal.locale).split('\n').join(' / ')}`);
      terminal.say(out === undefined ? 'verify-list.all' : 'verify-list.file', { count: items.length, file: out === undefined ? '' : resolve(out) });
    });
    return EXIT.ok;
  },
};

/** How the list calls what no department is named for. */
const NOBODY = 'none';

function countsOf(items: readonly ItemToVerify[]): Readonly<Record<string, number>> {
  const count = (kind: ItemToVerify['kind']): number => items.filter((item) => item.kind === kind).length;
  return { values: count('value'), payers: count('payers'), texts: count('text') };
}

async function written(file: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    writeFileSync(file, bytes);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Puts into the pack what a list that came back confirms. Nothing is written while a row is wrong, unless the good ones alone are asked for. */
export const verifyApplyCommand: Command = {
  name: 'verify apply',
  takes: ['FILE'],
  options: { partial: { type: 'boolean' }, pack: { type: 'string' } },
  run: async (call) => {
    const { terminal, flag, given: [name = ''] } = call;
    const reading = packOf(call);
    if (typeof reading === 'number') return reading;
    const bytes = bytesOf(resolve(name));
    if (!bytes) return terminal.refuse(EXIT.usage, 'file-missing', { file: resolve(name) });
    const rows = await readForm(bytes);
    if (!rows) return terminal.refuse(EXIT.usage, 'form-unreadable', { file: resolve(name) });
    const { pack, linked, files } = reading;
    const { files: next, confirmed, faults } = verifyRows(pack, files, itemsToVerify(linked.rules), rows, reading.today);
    const stopped = faults.length > 0 && !flag('partial');
    const errors = stopped || confirmed.length === 0 ? [] : errorsIn(next);
    if (errors.length > 0) return refuseFaulty(call, errors, (one) => printAny(one, textsOf(next), terminal.locale));
    const result = stopped ? { written: [] } : writeChanged(reading, next);
    if ('problem' in result) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: reading.folder, problem: result.problem });
    return tell(call, stopped, confirmed, faults.map(({ at, code, data }) => ({ at, code, says: verifyWord(terminal.locale, `fault.${code}`, data) })), result.written);
  },
};

function tell({ terminal }: Call, stopped: boolean, confirmed: readonly string[], faults: readonly { readonly at: string; readonly code: string; readonly says: string }[], written: readonly string[]): Exit {
  terminal.result({ confirmed: stopped ? [] : confirmed, faults, written }, () => {
    for (const { at, says } of faults) terminal.print(`${at}  ${says}`);
    if (stopped) terminal.say('verify-apply.stopped', { faults: faults.length, good: confirmed.length });
    else terminal.say('verify-apply.done', { confirmed: confirmed.length, files: written.join(' ') || '-' });
  });
  return faults.length > 0 ? EXIT.failed : EXIT.ok;
}

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The texts of a pack by path. */
export function textsOf(files: PackFiles): ReadonlyMap<string, string> {
  return new Map([...files].flatMap(([path, bytes]) => {
    const text = textOf(bytes);
    return text === undefined ? [] : [[path, text] as const];
  }));
}
