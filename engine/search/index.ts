import type { LocalText } from '#engine/kernel/index.ts';
import type { Pack, Synonym } from '#engine/pack/index.ts';
import { bigrams, fold, isLatin, readingOf } from './fold.ts';
import type { Reading } from './fold.ts';

export { fold } from './fold.ts';

/** What a search can find. */
export type HitKind = 'service' | 'event' | 'indicator' | 'system';

export interface Hit {
  readonly kind: HitKind;
  readonly id: string;
  readonly score: number;
}

interface Document {
  readonly kind: HitKind;
  readonly id: string;
  readonly names: readonly string[];
  readonly readings: readonly Reading[];
  readonly words: readonly string[];
  readonly body: ReadonlySet<string>;
}

/** How much a kind counts where two things match a query as well as each other: people look for services first. */
const WEIGHT: Record<HitKind, number> = { service: 1, event: 1.05, indicator: 0.55, system: 0.5 };

/**
 * A search over a pack's services, life events, indicators and systems.
 *
 * Chinese, English, pinyin and initials; the pack's synonyms widen a query. Order is by score, then kind and id,
 * so the same query always gives the same list. An empty query finds nothing.
 */
export function searchIndex(pack: Pack): (query: string) => readonly Hit[] {
  const documents = documentsOf(pack);
  return (query) => {
    const queries = widen(query, pack.synonyms);
    return documents
      .flatMap((document): Hit[] => {
        const score = Math.max(0, ...queries.map(({ text, weight }) => weight * scoreOf(document, text))) * WEIGHT[document.kind];
        return score > 0 ? [{ kind: document.kind, id: document.id, score }] : [];
      })
      .sort((a, b) => b.score - a.score || order(a.kind, b.kind) || order(a.id, b.id));
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The query itself, its words, and what the pack says that people mean by them, each with how sure we are. */
function widen(query: string, synonyms: readonly Synonym[]): { readonly text: string; readonly weight: number }[] {
  const whole = fold(query);
  if (whole === '') return [];
  const parts = query.split(/[\s,，、;；]+/).map(fold).filter((part) => part !== '' && part !== whole);
  const meant = synonyms.flatMap(({ say, means }) => (say.some((said) => meets(whole, fold(said))) ? means.map(fold) : []));
  return [{ text: whole, weight: 1 }, ...parts.map((text) => ({ text, weight: 0.8 })), ...meant.map((text) => ({ text, weight: 0.7 }))];
}

/** A said word meets a query that is it, or that contains it where it is long enough to be no accident. */
function meets(query: string, said: string): boolean {
  return said === query || (said.length >= 2 && !isLatin(said) && query.includes(said)) || (said.length >= 4 && query.includes(said));
}

function documentsOf(pack: Pack): Document[] {
  return [
    ...[...pack.services.values()].map((one) => document('service', one.id, one.name, one.words, [one.for, one.gives, one.how === 'unfilled' ? undefined : one.how], one.audience.groups)),
    ...[...pack.events.values()].map((one) => document('event', one.id, one.name, one.words, [one.says], [])),
    ...[...pack.indicators.values()].map((one) => document('indicator', one.id, one.name, [], [one.means], [])),
    ...[...pack.systems.values()].map((one) => document('system', one.id, one.name, [], [], one.does)),
  ];
}

function document(kind: HitKind, id: string, name: LocalText, words: readonly string[] = [], texts: readonly (LocalText | undefined)[], more: readonly string[]): Document {
  const body = [...texts.flatMap((text) => [text?.zh, text?.en]), ...more].filter((text) => text !== undefined);
  return {
    kind, id,
    names: [name.zh, name.en].filter((text) => text !== undefined).map(fold),
    readings: [name.zh, ...words].map(readingOf),
    words: words.map(fold),
    body: new Set(body.flatMap((text) => bigrams(fold(text)))),
  };
}

/** From 0 (nothing in common) to 100 (the name itself). */
function scoreOf(document: Document, query: string): number {
  const byName = Math.max(...document.names.map((name) => nameScore(name, query)));
  const byWord = Math.max(0, ...document.words.map((word) => nameScore(word, query) * 0.95));
  const byReading = isLatin(query) && query.length >= 2 ? Math.max(...document.readings.map((reading) => readingScore(reading, query))) : 0;
  return Math.max(byName, byWord, byReading, isLatin(query) ? 0 : bodyScore(document, query));
}

function nameScore(name: string, query: string): number {
  if (name === query) return 100;
  if (name.startsWith(query)) return 80 + (10 * query.length) / name.length;
  if (name.includes(query)) return 60 + (15 * query.length) / name.length;
  return name.length >= 2 && query.includes(name) ? 55 : 0;
}

function readingScore(reading: Reading, query: string): number {
  if (reading.full === query || reading.initials === query) return 90;
  if (reading.full.startsWith(query) || reading.initials.startsWith(query)) return 70;
  return query.length >= 3 && (reading.full.includes(query) || reading.initials.includes(query)) ? 50 : 0;
}

/** Of the character pairs of the query, the share that the name or the body holds; below half says nothing. */
function bodyScore(document: Document, query: string): number {
  const pairs = bigrams(query);
  const share = pairs.filter((pair) => document.body.has(pair) || document.names.some((name) => name.includes(pair)) || document.words.some((word) => word.includes(pair))).length / pairs.length;
  return share >= 0.5 ? 45 * share : 0;
}
