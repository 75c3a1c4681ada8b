import { placeLetters } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { areaOf } from '../area.ts';

/** Finds for each new letter the window that prints it, and for what a household is told the addresses of its people. Before there is a release nobody is known anywhere, and letters wait. */
export function letterPlacing(database: Database, city: () => City): () => Promise<void> {
  return async () => {
    const now = city();
    if (now.population?.keys) await placeLetters(database, (subject) => ({ area: areaOf(now, subject), people: now.peopleOf(subject) }));
  };
}
