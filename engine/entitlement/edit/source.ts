import { addItems, quoted, sourcesIn } from '#engine/pack/index.ts';
import type { Source } from '#engine/pack/index.ts';

/** The list of sources with one more, under the next number after its letter; one that says the same is taken as it is. */
export function withSource(text: string, letter: string, { kind, title, date, seen }: Pick<Source, 'kind' | 'title' | 'date' | 'seen'>): { readonly text: string; readonly id: string } {
  const sources = sourcesIn(text);
  const own = sources.filter(({ id }) => id.startsWith(`${letter}-`));
  const found = own.find((one) => one.kind === kind && one.title === title && one.date === date && one.seen === seen);
  if (found) return { text, id: found.id };
  const number = Math.max(0, ...own.map(({ id }) => Number(/-(\d+)$/.exec(id)?.[1] ?? 0))) + 1;
  const id = `${letter}-${number}`;
  const rest = [['title', quoted(title)], ...(date === undefined ? [] : [['date', `"${date}"`]]), ...(seen === undefined ? [] : [['seen', quoted(seen)]])];
  return { id, text: addItems(text, [], [`{id: ${id}, kind: ${kind}, ${rest.map(([key = '', value = '']) => `${key}: ${value}`).join(', ')}}`]) };
}
