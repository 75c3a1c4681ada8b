import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { toDocx, toForm } from '#adapters/documents/index.ts';
import type { City } from '#engine/city.ts';
import { verifyForm } from '#engine/entitlement/index.ts';
import { findingsMemo, memoLabels } from '#engine/open-data/index.ts';
import { PACK_KINDS, packJsonSchema } from '#engine/pack/index.ts';
import type { SignedIn } from '../people.ts';
import { localeOf, sendProblem } from '../problem.ts';
import { addBooks } from './books.ts';
import { addCollection } from './collection.ts';
import { addEntitlements } from './entitlements.ts';
import { keptAnswer } from './kept.ts';
import { addDataSets } from './data-set.ts';
import { addPeople } from './people.ts';
import { COLLECTIONS, QUESTIONS } from './routes.ts';
import type { Question } from './routes.ts';
import { addSaid } from './said.ts';
import { addSchedules } from './schedules.ts';
import { language, problem } from './schemas.ts';
import { download, json, typed } from './typed.ts';
import type { Routes } from './typed.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The API: every question changes nothing, those about a resident apart every one is anonymous, and every reply is checked against its schema. */
export async function api(app: FastifyInstance, { city, signedIn }: { readonly city: () => City; readonly signedIn: SignedIn }): Promise<void> {
  const routes = typed(app);
  for (const collection of COLLECTIONS) addCollection(routes, collection, city);
  for (const question of QUESTIONS) addQuestion(routes, question, city);
  addBooks(routes, city);
  addDataSets(routes, city);
  addEntitlements(routes, city);
  addPeople(routes, city, signedIn);
  addSaid(routes, city);
  addSchedules(routes, city);

  routes.get('/findings/memo.docx', {
    schema: { summary: 'The findings as a memo to send on', querystring: z.strictObject(language), response: { 200: { description: 'The memo.', content: { [DOCX]: { schema: z.string() } } }, 400: problem } },
  }, async (request, reply) => {
    const locale = localeOf(request);
    return download(reply, 'findings.docx', DOCX).send(Buffer.from(await toDocx(findingsMemo(city(), locale), memoLabels(locale))));
  });
  routes.get('/to-verify.xlsx', {
    schema: { summary: 'The list to verify as a sheet to fill in', querystring: z.strictObject({ ...language, department: z.string().max(100).optional().describe('Only of this department; none: where the pack names no department.') }), response: { 200: { description: 'The workbook.', content: { [XLSX]: { schema: z.string() } } }, 400: problem } },
  }, async (request, reply) => {
    const now = city();
    const { department } = request.query;
    const items = now.toVerify().filter((item) => department === undefined || (item.department ?? 'none') === department);
    return download(reply, `to-verify${department === undefined ? '' : `-${/^[a-z0-9-]+$/.test(department) ? department : 'none'}`}.xlsx`, XLSX).send(Buffer.from(await toForm(verifyForm(now.pack, items, localeOf(request)))));
  });
  routes.get('/schema/:kind', {
    schema: { summary: 'The JSON Schema of a kind of pack file', params: z.object({ kind: z.enum(PACK_KINDS) }), querystring: z.strictObject(language), response: { 200: z.record(z.string(), z.unknown()), 400: problem, 404: problem } },
  }, async (request) => packJsonSchema(request.params.kind));
}

function addQuestion(routes: Routes, { path, summary, query, reply, answer }: Question, city: () => City): void {
  routes.get(`/${path}`, { schema: { summary, querystring: z.strictObject({ ...query.shape, ...language }), response: { 200: reply, 400: problem, 404: problem } } }, async (request, out) => {
    const now = city();
    const { lang: _, ...asked } = request.query as Record<string, string>;
    // Empty: there is no such thing.
    const body = keptAnswer(now, JSON.stringify([path, asked]), () => {
      const found = answer(now, asked);
      return found === undefined ? '' : JSON.stringify(reply.parse(found));
    });
    return body === '' ? sendProblem(request, out, 404, 'not-found') : json(out).send(body);
  });
}
