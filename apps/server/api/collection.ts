import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { localeOf, sendProblem } from '../problem.ts';
import { keptAnswer } from './kept.ts';
import type { Collection } from './routes.ts';
import { language, problem } from './schemas.ts';
import { json } from './typed.ts';
import type { Routes } from './typed.ts';

const LARGEST_PAGE = 200;

/** A list in pages, in the order of its keys, and where its things have ids one of them. */
export function addCollection(routes: Routes, collection: Collection, city: () => City): void {
  const filters = Object.fromEntries(Object.entries(collection.filters).map(([key, filter]) => [key, z.string().max(200).optional().describe(filter.describe)]));
  const querystring = z.strictObject({
    ...filters, ...language,
    limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50).describe(`How many, at most ${LARGEST_PAGE}.`),
    cursor: z.string().max(400).optional().describe('What `next` of the page before says.'),
  });
  const page = z.object({ items: z.array(collection.reply), next: z.string().nullable().describe('Cursor of the next page; null on the last.') });
  routes.get(`/${collection.path}`, { schema: { summary: collection.summary, querystring, response: { 200: page, 400: problem } } }, async (request, reply) => {
    const query = request.query as Record<string, string | undefined> & { limit: number };
    const after = query['cursor'] === undefined ? '' : readCursor(query['cursor'], collection.path);
    if (after === undefined) return sendProblem(request, reply, 400, 'cursor');
    const now = city();
    const locale = localeOf(request);
    const { lang: _, ...asked } = query;
    const body = keptAnswer(now, JSON.stringify([collection.path, locale, Object.entries(asked).toSorted(([a], [b]) => (a < b ? -1 : 1))]), () => {
      const all = [...collection.items(now)].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([key, item]) => key > after && Object.entries(collection.filters).every(([name, filter]) => query[name] === undefined || filter.keep(item, query[name], now)));
      const shown = all.slice(0, query.limit);
      const last = shown.at(-1);
      return JSON.stringify(page.parse({ items: shown.map(([, item]) => collection.present(now, item, locale)), next: last && shown.length < all.length ? writeCursor(last[0], collection.path) : null }));
    });
    return json(reply).send(body);
  });
  if (!collection.single) return;
  routes.get(`/${collection.path}/:id`, {
    schema: { summary: `One of: ${collection.summary.toLowerCase()}`, params: z.object({ id: z.string().max(200) }), querystring: z.strictObject(language), response: { 200: collection.reply, 400: problem, 404: problem } },
  }, async (request, reply) => {
    const now = city();
    const found = new Map(collection.items(now)).get(request.params.id);
    return found === undefined ? sendProblem(request, reply, 404, 'not-found') : collection.present(now, found, localeOf(request));
  });
}

/** A cursor names the last thing of a page; it is opaque, so that what it holds may change. */
function writeCursor(key: string, path: string): string {
  return Buffer.from(JSON.stringify([path, key])).toString('base64url');
}

function readCursor(cursor: string, path: string): string | undefined {
  try {
    const [of, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown];
    return of === path && typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}
