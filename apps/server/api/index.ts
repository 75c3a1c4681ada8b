import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toCsv, toDocx, toXlsx } from '#adapters/documents/index.ts';
import type { City } from '#engine/city.ts';
import { dataSet, findingsMemo, memoLabels } from '#engine/open-data/index.ts';
import { toNumber } from '#engine/kernel/index.ts';
import type { Table } from '#engine/kernel/index.ts';
import { PACK_KINDS, packJsonSchema } from '#engine/pack/index.ts';
import { localeOf, sendProblem } from '../problem.ts';
import { COLLECTIONS, downloadParams, FORMATS, QUESTIONS } from './routes.ts';
import type { Collection, Question } from './routes.ts';
import { problemReply } from './schemas.ts';

const LARGEST_PAGE = 200;
const lang = z.enum(['zh', 'en']).optional().describe('Language of texts; otherwise what the caller accepts.');

/** The API: every question is read-only and anonymous, and every reply is checked against its schema. */
export async function api(app: FastifyInstance, { city }: { readonly city: () => City }): Promise<void> {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  for (const collection of COLLECTIONS) addCollection(routes, collection, city);
  for (const question of QUESTIONS) addQuestion(routes, question, city);

  routes.get('/data/:set.:format', {
    schema: { summary: 'Download a data set', description: 'CSV and XLSX follow the language; JSON has the same rows by column key.', params: downloadParams, querystring: z.object({ lang }), response: { 404: problemReply } },
  }, async (request, reply) => {
    const { set, format } = request.params;
    const table = dataSet(city(), set, localeOf(request));
    return download(reply, `${table.name}.${format}`, FORMATS[format]).send(await bytesOf(table, format));
  });
  routes.get('/findings/memo.docx', { schema: { summary: 'The findings as a memo to send on', querystring: z.object({ lang }), response: {} } }, async (request, reply) => {
    const locale = localeOf(request);
    const bytes = await toDocx(findingsMemo(city(), locale), memoLabels(locale));
    return download(reply, 'findings.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document').send(bytes);
  });
  routes.get('/schema/:kind', { schema: { summary: 'The JSON Schema of a kind of pack file', params: z.object({ kind: z.enum(PACK_KINDS) }), response: { 200: z.record(z.string(), z.unknown()), 404: problemReply } } }, async (request) => packJsonSchema(request.params.kind));
}

type Routes = ReturnType<typeof withZod>;
function withZod(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

function addCollection(routes: Routes, collection: Collection, city: () => City): void {
  const filters = Object.fromEntries(Object.entries(collection.filters).map(([key, filter]) => [key, z.string().max(200).optional().describe(filter.describe)]));
  const querystring = z.object({ ...filters, lang, limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50).describe(`How many, at most ${LARGEST_PAGE}.`), cursor: z.string().max(400).optional().describe('What `next` of the page before says.') });
  routes.get(`/${collection.path}`, {
    schema: { summary: collection.summary, querystring, response: { 200: z.object({ items: z.array(collection.reply), next: z.string().nullable().describe('Cursor of the next page; null on the last.') }), 400: problemReply } },
  }, async (request, reply) => {
    const query = request.query as Record<string, string | undefined> & { limit: number };
    const after = query['cursor'] === undefined ? '' : readCursor(query['cursor'], collection.path);
    if (after === undefined) return sendProblem(request, reply, 400, 'cursor');
    const now = city();
    const all = [...collection.items(now)].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([key, item]) => key > after && Object.entries(collection.filters).every(([name, filter]) => query[name] === undefined || filter.keep(item, query[name], now)));
    const page = all.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(([, item]) => collection.present(now, item, localeOf(request))), next: last && page.length < all.length ? writeCursor(last[0], collection.path) : null };
  });
  if (!collection.single) return;
  routes.get(`/${collection.path}/:id`, { schema: { summary: `One of: ${collection.summary.toLowerCase()}`, params: z.object({ id: z.string().max(200) }), querystring: z.object({ lang }), response: { 200: collection.reply, 404: problemReply } } }, async (request, reply) => {
    const now = city();
    const found = new Map(collection.items(now)).get(request.params.id);
    return found === undefined ? sendProblem(request, reply, 404, 'not-found') : collection.present(now, found, localeOf(request));
  });
}

function addQuestion(routes: Routes, { path, summary, query, reply, answer }: Question, city: () => City): void {
  routes.get(`/${path}`, { schema: { summary, querystring: query.extend({ lang }), response: { 200: reply, 404: problemReply } } }, async (request, out) => {
    const found = answer(city(), request.query as Record<string, string>);
    return found === undefined ? sendProblem(request, out, 404, 'not-found') : found;
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

function download(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'public, max-age=60');
}

async function bytesOf(table: Table, format: keyof typeof FORMATS): Promise<string | Buffer> {
  switch (format) {
    case 'csv': return toCsv(table);
    case 'xlsx': return Buffer.from(await toXlsx(table));
    case 'json': return JSON.stringify({
      title: table.title, note: table.note,
      columns: table.columns,
      rows: table.rows.map((row) => Object.fromEntries(table.columns.map(({ key }, index) => [key, jsonCell(row[index] ?? null)]))),
    });
    default: return format satisfies never;
  }
}

function jsonCell(cell: Table['rows'][number][number]): string | number | null {
  return cell === null || typeof cell === 'string' ? cell : toNumber(cell);
}

