import { join } from 'node:path';
import { readPackFolder } from '#adapters/folder/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack, PackFiles } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { figure, median } from './figure.ts';
import type { Figure } from './figure.ts';

const JINHUA = join(import.meta.dirname, '..', 'packs', 'jinhua');
const TIMES = 9;

/** How long it takes until the rules of Jinhua are checked again after one file has changed: nine files, one after the other, the longest rules first. */
export function relink(): readonly Figure[] {
  const files = readPackFolder(JINHUA) ?? new Map<string, Uint8Array>();
  const pack = packOf(files);
  const cold = milliseconds(() => linkRules(pack));
  const { parsed } = linkRules(pack);
  const changed = changes(files);
  const loads: number[] = [];
  const links: number[] = [];
  for (const change of changed) {
    let next = pack;
    loads.push(milliseconds(() => { next = packOf(new Map([...files, change])); }));
    links.push(milliseconds(() => linkRules(next, parsed)));
  }
  return [
    figure('relink of the rules of Jinhua after one changed file, the parsed texts kept', median(links), 'ms', { bar: { op: '<=', value: 100 }, against: { name: 'all of them for the first time', value: cold } }),
    figure('reading and linking the whole pack before that', median(loads), 'ms'),
  ];
}

/** The files of services with the most conditions, each with its rules written otherwise and meaning the same. */
function changes(files: PackFiles): readonly (readonly [string, Uint8Array])[] {
  const texts = [...files].filter(([path]) => path.startsWith('services/')).map(([path, bytes]) => ({ path, parts: new TextDecoder().decode(bytes).split(' and ') }));
  const longest = texts.toSorted((a, b) => b.parts.length - a.parts.length).slice(0, TIMES);
  return longest.map(({ path, parts }) => [path, new TextEncoder().encode(parts.join('  and '))]);
}

function packOf(files: PackFiles): Pack {
  const { pack } = loadPack(files);
  if (!pack) throw new Error('the pack of Jinhua cannot be read');
  return pack;
}

function milliseconds(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}
