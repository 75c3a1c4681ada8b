import type { City } from '#engine/city.ts';
import type { LocalText } from '#engine/kernel/index.ts';
import { fold } from '#engine/search/index.ts';
import type { Hit, HitKind } from '#engine/search/index.ts';

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
export function resultsIn(city: City, query: string): { readonly kind: HitKind; readonly results: readonly Result[] }[] {
  const hits = city.search(query);
  return ORDER.map((kind) => ({ kind, results: hits.filter((hit) => hit.kind === kind).slice(0, LIMIT[kind]).flatMap((hit) => resultOf(city, hit, query)) })).filter(({ results }) => results.length > 0);
}

function resultOf(city: City, { kind, id }: Hit, query: string): Result[] {
  const { pack } = city;
  switch (kind) {
    case 'service': {
      const found = pack.services.get(id);
      return found ? [{ path: `/services/${id}`, name: found.name, says: found.gives, match: matchOf(city, found.name, found.words ?? [], query) }] : [];
    }
    case 'event': {
      const found = pack.events.get(id);
      return found ? [{ path: `/events/${id}`, name: found.name, says: found.says, match: matchOf(city, found.name, found.words ?? [], query) }] : [];
    }
    case 'indicator': {
      const found = pack.indicators.get(id);
      return found ? [{ path: `/indicators/${id}`, name: found.name, says: found.means, match: matchOf(city, found.name, [], query) }] : [];
    }
    case 'system': {
      const found = pack.systems.get(id);
      return found ? [{ path: `/plan/systems#${id}`, name: found.name, says: undefined, match: matchOf(city, found.name, [], query) }] : [];
    }
    default: return kind satisfies never;
  }
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
