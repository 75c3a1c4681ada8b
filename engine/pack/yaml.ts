import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { Diagnostic, FilePlace } from '#engine/kernel/index.ts';
import { scalarOffsets } from './scalar.ts';

/** A number as the pack spells it; kept as text so that no float ever touches it (contract 9). */
export class Numeral {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A YAML file read: plain values with numbers as numerals and keys in camelCase, and a way back to the text. */
export interface YamlFile {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the value at a path of the result stands; the nearest enclosing value where the path ends early. */
  readonly place: (path: readonly PropertyKey[]) => FilePlace;
  /** Where the key at a path stands, for a key that should not be there. */
  readonly keyPlace: (path: readonly PropertyKey[]) => FilePlace;
  /** Where a range of the text at a path stands, however YAML folds or quotes it. */
  readonly placeWithin: (path: readonly PropertyKey[], from: number, to: number) => FilePlace;
}

/** Maps whose keys are names that people choose, in the map itself (`own`) or in everything inside it too (`all`); everything else has keys of the format, in kebab-case. */
export type FreeMaps = ReadonlyMap<string, 'own' | 'all'>;

/**
 * The content of a YAML 1.2 file.
 *
 * Anchors and aliases are refused: a pack file says what it says where it says it.
 */
export function readYaml(file: string, text: string, freeMaps: FreeMaps, freeRoot = false): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, prettyErrors: false, strict: true });
  const place = (range: readonly [number, number]): FilePlace => {
    const start = lines.linePos(range[0]);
    const end = lines.linePos(Math.max(range[0], range[1]));
    return { file, line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
  };
  const diagnostics: Diagnostic[] = document.errors.map((error) => ({
    code: error.code === 'DUPLICATE_KEY' ? 'key-duplicate' : 'file-not-yaml',
    severity: 'error',
    place: place(error.pos),
    data: { problem: error.message.split('\n')[0] ?? '' },
  }));
  const reader = new Reader(freeMaps, (code, node, data) => {
    diagnostics.push({ code, severity: 'error', place: place(rangeOf(node)), data });
  });
  const root = document.contents;
  return {
    value: root && document.errors.length === 0 ? reader.value(root, freeRoot ? 'own' : 'none') : undefined,
    diagnostics,
    place: (path) => place(rangeOf(find(root, path).value)),
    keyPlace: (path) => place(rangeOf(find(root, path).key)),
    placeWithin: (path, from, to) => {
      const { value } = find(root, path);
      const [start, end] = rangeOf(value);
      if (!isScalar(value) || typeof value.value !== 'string') return place([start, end]);
      const offsets = scalarOffsets(text.slice(start, end), value.value);
      const last = offsets.length - 1;
      return place([start + (offsets[Math.min(from, last)] ?? 0), start + (offsets[Math.min(to, last)] ?? 0)]);
    },
  };
}

/** `life-stages` as a property name: `lifeStages`. */
export function camelCase(key: string): string {
  return key.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A property name as a key of a pack file: `life-stages`. */
export function kebabCase(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

type Free = 'none' | 'own' | 'all';

class Reader {
  readonly #freeMaps: FreeMaps;
  readonly #report: (code: string, node: unknown, data: Record<string, string>) => void;

  constructor(freeMaps: FreeMaps, report: (code: string, node: unknown, data: Record<string, string>) => void) {
    this.#freeMaps = freeMaps;
    this.#report = report;
  }

  value(node: unknown, free: Free): unknown {
    if (isMap(node)) return this.#map(node.items, free);
    if (isSeq(node)) return node.items.map((item) => this.value(item, free));
    if (isScalar(node)) {
      if (typeof node.value === 'number' || typeof node.value === 'bigint') return new Numeral(node.source ?? String(node.value));
      return node.value;
    }
    if (isAlias(node)) this.#report('file-not-yaml', node, { problem: 'alias' });
    return null;
  }

  #map(items: readonly Pair[], free: Free): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const pair of items) {
      const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : '';
      if (free === 'none' && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(key)) this.#report('key-not-kebab', pair.key, { key });
      const name = free === 'none' ? camelCase(key) : key;
      Object.defineProperty(result, name, { value: this.value(pair.value, free === 'all' ? 'all' : (this.#freeMaps.get(name) ?? 'none')), enumerable: true, configurable: true, writable: true });
    }
    return result;
  }
}

function find(root: unknown, path: readonly PropertyKey[]): { readonly key: unknown; readonly value: unknown } {
  let here: { key: unknown; value: unknown } = { key: root, value: root };
  for (const step of path) {
    const next = child(here.value, step);
    if (!next) return here;
    here = next;
  }
  return here;
}

function child(node: unknown, step: PropertyKey): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { key: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const name = String(step);
  const pair = node.items.find((item) => isScalar(item.key) && (String(item.key.value) === name || camelCase(String(item.key.value)) === name));
  return pair && { key: pair.key, value: pair.value ?? pair.key };
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = (node as Node | null | undefined)?.range;
  return range ? [range[0], range[1]] : [0, 0];
}
