import { Document, isScalar, visit } from 'yaml';
import type { HistoryEntry } from '#engine/pack/index.ts';

/** An entry before it stands in the file. */
export type NewEntry = Omit<HistoryEntry, 'id' | 'place'>;

/** The pack’s history with entries added behind those it has: `<day>-<number of the day>`. What stands there stays as it stands. */
export function withHistory(text: string, known: Iterable<string>, entries: readonly NewEntry[]): { readonly text: string; readonly ids: readonly string[] } {
  const taken = new Set(known);
  const ids: string[] = [];
  const added = entries.map((entry) => {
    let number = 1;
    while (taken.has(`${entry.at}-${number}`)) number += 1;
    const id = `${entry.at}-${number}`;
    taken.add(id);
    ids.push(id);
    return written({ id, ...entry });
  });
  const before = text === '' ? '' : `${text.trimEnd()}\n`;
  return { text: before + added.join(''), ids };
}

/** An entry as YAML with keys in kebab-case, days and codes quoted, texts of several lines as blocks. */
function written(entry: Omit<HistoryEntry, 'place'>): string {
  const document = new Document([kebab(entry)]);
  visit(document, {
    Scalar: (key, node) => {
      if (key === 'key' || typeof node.value !== 'string') return;
      if (/^\d{4}-\d{2}-\d{2}$/.test(node.value)) node.type = 'QUOTE_DOUBLE';
      else if (isScalar(node) && node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
    },
  });
  return document.toString({ lineWidth: 0 });
}

function kebab(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kebab);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => [key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), kebab(inner)]));
}
