import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { describeRefused, plainEntitlements, readDescribed, whenItChanges } from '#engine/entitlement/index.ts';
import { localeOf, sendProblem } from '../problem.ts';
import { entitlementsReply, language, problem, situationBody } from './schemas.ts';
import type { Routes } from './typed.ts';

/** Decides for a described person. It is sent as a body so that no address and no log of addresses holds it; nothing of it is kept. */
export function addEntitlements(routes: Routes, city: () => City): void {
  routes.post('/entitlements', {
    schema: { summary: 'What a described person is entitled to', body: situationBody, querystring: z.strictObject(language), response: { 200: entitlementsReply, 400: problem } },
  }, async (request, reply) => {
    const now = city();
    const locale = localeOf(request);
    const { asOf, trace = false, ...described } = request.body;
    const read = readDescribed(now.rules, described);
    if (read.kind === 'refused') return sendProblem(request, reply, 400, 'situation', { detail: read.refused.map((one) => describeRefused(one, locale)).join(' ') });
    const found = now.decideOne(read.told, asOf === undefined ? undefined : Number(asOf.replaceAll('-', '')));
    return reply.header('cache-control', 'no-store').send(plainEntitlements(now, found, { locale, withTrace: trace, changeOf: (one) => whenItChanges(now.rules, read.told, one) }));
  });
}
