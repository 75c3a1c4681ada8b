import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, YAMLMap, YAMLSeq } from 'yaml';

/**
 * Changes of the text of a pack file that leave every other character as it was: comments, order, quotes, line ends.
 *
 * Each takes a text and gives the changed one. A path leads by keys as they are written and by places in lists; one
 * that leads nowhere is a fault, for what is changed was read from the same text. Values are given as YAML source.
 */

type Path = readonly (string | number)[];
type Range = readonly [from: number, to: number];

/** The text of the value at a path, as written. */
export function sourceAt(text: string, path: Path): string {
  const [from, to] = rangeOf(nodeAt(text, path), text);
  return text.slice(from, to);
}

/** The value of a key set to other source: replaced where the key is there, added at the end of the map where it is not. */
export function setKey(text: string, path: Path, key: string, source: string): string {
  const map = mapAt(text, path);
  const pair = pairOf(map, key);
  if (pair) return splice(text, rangeOf(pair.value, text), source);
  const last = map.items.at(-1);
  const end = last ? rangeOf(last.value ?? last.key, text)[1] : 0;
  return splice(text, [end, end], isFlow(map, text) ? `, ${key}: ${source}` : `\n${indentAt(text, rangeOf(map, text)[0])}${key}: ${source}`);
}

/** The map without a key; the same text where it has none. */
export function dropKey(text: string, path: Path, key: string): string {
  const map = mapAt(text, path);
  const at = map.items.findIndex((pair) => keyOf(pair) === key);
  const pair = map.items[at];
  if (!pair) return text;
  const [from, to] = [rangeOf(pair.key, text)[0], rangeOf(pair.value ?? pair.key, text)[1]];
  const before = map.items[at - 1];
  if (before) return splice(text, [rangeOf(before.value ?? before.key, text)[1], to], '');
  const next = map.items[at + 1];
  return splice(text, [from, next ? rangeOf(next.key, text)[0] : to], '');
}

/** Items added to a list behind the item at a place; behind the last where none is said. */
export function addItems(text: string, path: Path, sources: readonly string[], after?: number): string {
  if (sources.length === 0) return text;
  const list = listAt(text, path);
  if (list.items.length === 0) throw new RangeError(`nothing stands in ${path.join('.')}`);
  const [from, end] = rangeOf(list.items[after ?? list.items.length - 1], text);
  if (isFlow(list, text)) return splice(text, [end, end], sources.map((source) => `, ${source}`).join(''));
  const dash = `\n${' '.repeat(dashAt(text, from))}- `;
  const gap = isSpaced(list, text) ? '\n' : '';
  const line = lineEnd(text, end);
  return splice(text, [line, line], sources.map((source) => `${gap}${dash}${source}`).join(''));
}

/** The list without the item at a place, with its line where it has lines of its own. */
export function dropItem(text: string, path: Path, at: number): string {
  const list = listAt(text, path);
  const [from, to] = rangeOf(list.items[at], text);
  if (!isFlow(list, text)) return splice(text, [text.lastIndexOf('\n', from) + 1, Math.min(text.length, lineEnd(text, to) + 1)], '');
  const [before, next] = [list.items[at - 1], list.items[at + 1]];
  if (before) return splice(text, [rangeOf(before, text)[1], to], '');
  return splice(text, [from, next ? rangeOf(next, text)[0] : to], '');
}

/**
 * The value at a path in place of which other source stands. What is a list of lines moves below its key, and what is
 * not comes back beside it.
 */
export function setValue(text: string, path: Path, source: string): string {
  const [from, to] = rangeOf(nodeAt(text, path), text);
  const start = text.slice(0, from).trimEnd().length;
  const isBeside = !text.slice(start, from).includes('\n');
  const isLines = source.startsWith('- ');
  const under = isBeside && isLines && path.length > 0;
  const beside = !isBeside && !isLines && path.length > 0 && text.charAt(start - 1) === ':';
  return splice(text, under || beside ? [start, to] : [from, to], under ? `\n${source}` : beside ? ` ${source}` : source);
}

/** A text as YAML that means nothing but the text, in flow collections too. */
export function quoted(text: string): string {
  return /[\n\r\t]/.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

function splice(text: string, [from, to]: Range, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function nodeAt(text: string, path: Path): unknown {
  let node: unknown = parseDocument(text, { version: '1.2' }).contents;
  for (const step of path) {
    node = isSeq(node) ? node.items[Number(step)] : isMap(node) ? pairOf(node, String(step))?.value : undefined;
    if (node === undefined) throw new RangeError(`nothing stands at ${path.join('.')}`);
  }
  return node;
}

function mapAt(text: string, path: Path): YAMLMap {
  const node = nodeAt(text, path);
  if (!isMap(node)) throw new RangeError(`no map stands at ${path.join('.')}`);
  return node;
}

function listAt(text: string, path: Path): YAMLSeq {
  const node = nodeAt(text, path);
  if (!isSeq(node)) throw new RangeError(`no list stands at ${path.join('.')}`);
  return node;
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');
const pairOf = (map: YAMLMap, key: string): Pair | undefined => map.items.find((pair) => keyOf(pair) === key);

/** Where a node stands, without the space behind it: a collection of lines ends where its last value does. */
function rangeOf(node: unknown, text: string): Range {
  if ((isMap(node) || isSeq(node)) && !isFlow(node, text)) {
    const last = node.items.at(-1);
    const inner = isMap(node) ? ((last as Pair | undefined)?.value ?? (last as Pair | undefined)?.key) : last;
    if (inner !== undefined && inner !== null) return [node.range?.[0] ?? 0, rangeOf(inner, text)[1]];
  }
  const [from, to] = (node as { readonly range?: readonly number[] } | null)?.range ?? [];
  if (from === undefined || to === undefined) throw new RangeError('a value without a place');
  return [from, from + text.slice(from, to).trimEnd().length];
}

function isFlow(node: YAMLMap | YAMLSeq, text: string): boolean {
  return '{['.includes(text.charAt(node.range?.[0] ?? 0));
}

/** The column of the dash before an item. */
function dashAt(text: string, item: number): number {
  const dash = text.lastIndexOf('-', item);
  return dash - (text.lastIndexOf('\n', dash) + 1);
}

/** The space that brings a key under the first one of its map, which may stand behind a dash. */
function indentAt(text: string, at: number): string {
  return ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
}

/** Whether the items of a list of lines stand apart by empty lines. */
function isSpaced(list: YAMLSeq, text: string): boolean {
  const [last, before] = [list.items.at(-1), list.items.at(-2)];
  return last !== undefined && before !== undefined && /\n[ \t]*\n/.test(text.slice(rangeOf(before, text)[1], rangeOf(last, text)[0]));
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
