import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { calledIn, entitlementsBytes, plainEntitlements, whenPersonChanges } from '#engine/entitlement/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { localeOf, sendProblem } from '../problem.ts';
import type { SignedIn } from '../people.ts';
import { entitlementsReply, language, personBody, problem } from './schemas.ts';
import type { Routes } from './typed.ts';

const PATH = '/people/entitlements';

/** Decides for a resident, for somebody who may know. The key is sent as a body, so that no address and no log of addresses holds it. */
export function addPeople(routes: Routes, city: () => City, signedIn: SignedIn): void {
  routes.post(PATH, {
    schema: { summary: 'What a resident is entitled to, for a principal who may know', security: [{ bearer: [] }], body: personBody, querystring: z.strictObject(language), response: { 200: entitlementsReply, 400: problem, 401: problem, 403: problem, 503: problem } },
  }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const principal = await signedIn(request.headers.authorization);
    if (!principal) return sendProblem(request, reply.header('www-authenticate', 'Bearer'), 401, 'not-signed-in');
    const now = city();
    const { key, purpose, asOf, trace = false, ahead = false } = request.body;
    const found = await now.decidePerson(principal, purpose, { key, ahead, through: `POST /api/v1${PATH}`, lawOn: asOf === undefined ? undefined : dayNumber(asOf) });
    switch (found.kind) {
      case 'nobody-loaded': return sendProblem(request, reply, 503, 'nobody-loaded');
      case 'denied': return sendProblem(request, reply, 403, 'not-allowed');
      case 'decided': {
        const { entitlements, world } = found;
        const locale = localeOf(request);
        const plain = plainEntitlements(now, entitlements, { locale, withTrace: trace, thing: calledIn(now.rules, world, locale), changeOf: ahead ? (one) => whenPersonChanges(now.rules, world, one) : undefined });
        // Checked like every reply; the steps, which are most of it, are written as bytes.
        const checked = entitlementsReply.parse(plain);
        return sendJson(reply, entitlementsBytes(checked, trace ? entitlements.steps : null));
      }
      default: return found satisfies never;
    }
  });
}

/** Sends JSON that is written already. */
function sendJson(reply: FastifyReply, { buffer, byteOffset, byteLength }: Uint8Array): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(Buffer.from(buffer, byteOffset, byteLength));
}
