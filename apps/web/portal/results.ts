import type { City } from '#engine/city.ts';
import type { Locale, LocalText } from '#engine/kernel/index.ts';
import { fold } from '#engine/search/index.ts';
import type { Hit, HitKind } from '#engine/search/index.ts';
import { indicatorView } from './shape.ts';

/** Why a thing was found: its name holds the words, people call it so, the words mean it, it is spelt so, or its text speaks of it. */
export interface Match {
  readonly kind: 'name' | 'called' | 'meant' | 'spelt' | 'text';
  readonly said: string;
  readonly means?: string | undefined;
}

export interface Result {
  readonly path: string;
  readonly name: LocalText;
  readonly says: LocalText | undefined;
  readonly match: Match;
}

const LIMIT: Record<HitKind, number> = { service: 20, event: 8, indicator: 12, system: 8 };
const ORDER: readonly HitKind[] = ['event', 'service', 'indicator', 'system'];

/** The results of a search by kind, best first, each with the reason; groups that found nothing are left out. */
export function resultsIn(city: City, query: string, locale: Locale): { readonly kind: HitKind; readonly results: readonly Result[] }[] {
  const hits = city.search(query);
  return ORDER.map((kind) => ({ kind, results: hits.filter((hit) => hit.kind === kind).slice(0, LIMIT[kind]).flatMap((hit) => resultOf(city, hit, query, locale)) })).filter(({ results }) => results.length > 0);
}

/** The record behind a hit with the words that people know it by; a hit always has one. */
function resultOf(city: City, hit: Hit, query: string, locale: Locale): Result[] {
  const found = recordOf(city, hit, locale);
  return found ? [{ path: found.path, name: found.name, says: found.says, match: matchOf(city, found.name, found.words ?? [], query) }] : [];
}

interface Found {
  readonly path: string;
  readonly name: LocalText;
  readonly says?: LocalText | undefined;
  readonly words?: readonly string[] | undefined;
}

function recordOf(city: City, { kind, id }: Hit, locale: Locale): Found | undefined {
  const { services, events, indicators, systems } = city.pack;
  switch (kind) {
    case 'service': return found(`/services/${id}`, services.get(id), ({ name, gives, words }) => ({ name, says: gives, words }));
    case 'event': return found(`/events/${id}`, events.get(id), ({ name, says, words }) => ({ name, says, words }));
    case 'indicator': return found(`/indicators/${id}`, indicators.get(id), (one) => ({ name: one.name, says: inEither(indicatorView(city, one, locale).pairs[0]?.judgement) }));
    case 'system': return found(`/plan/systems#${id}`, systems.get(id), ({ name }) => ({ name }));
    default: return kind satisfies never;
  }
}

function found<T>(path: string, record: T | undefined, shape: (record: T) => Omit<Found, 'path'>): Found | undefined {
  return record && { path, ...shape(record) };
}

/** A sentence that is already in the reader's language. */
function inEither(sentence: string | undefined): LocalText | undefined {
  return sentence === undefined ? undefined : { zh: sentence, en: sentence };
}

function matchOf({ pack }: City, name: LocalText, words: readonly string[], query: string): Match {
  const asked = fold(query);
  const holds = (text: string | undefined, part: string): boolean => text !== undefined && fold(text).includes(part);
  if (holds(name.zh, asked) || holds(name.en, asked)) return { kind: 'name', said: query };
  const word = words.find((one) => holds(one, asked) || asked.includes(fold(one)));
  if (word !== undefined) return { kind: 'called', said: word };
  const meant = pack.synonyms.filter(({ say }) => say.some((said) => asked.includes(fold(said)))).flatMap(({ means }) => means).find((one) => holds(name.zh, fold(one)) || words.includes(one));
  if (meant !== undefined) return { kind: 'meant', said: query, means: meant };
  return { kind: /^[a-z0-9]+$/.test(asked) ? 'spelt' : 'text', said: query };
}
