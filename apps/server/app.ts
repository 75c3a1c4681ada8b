import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { City } from '#engine/city.ts';
import { isStoreUnreachable } from '#engine/ports.ts';
import { api } from './api/index.ts';
import { answerOther } from './api/other.ts';
import { withoutInputs } from './api/openapi.ts';
import type { SignedIn } from './people.ts';
import { describeIssue, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Allows the scripts and styles of this one page (contract 14). */
    nonce: string;
  }
}

export interface AppOptions {
  /** The city now in force; asked at each request, because a new release makes a new city. */
  readonly city: () => City;
  /** Whether the store answers. */
  readonly ready: () => Promise<boolean>;
  /** Adds signing in and out; left out where nobody can. */
  readonly signIn?: (app: FastifyInstance) => Promise<void>;
  /** Adds the pages; left out where only the API is tested. */
  readonly pages?: (app: FastifyInstance) => Promise<void>;
  /** On whose behalf a request is made; left out: nobody is ever signed in. */
  readonly signedIn?: SignedIn;
  /** Is told of every route as it is added: whoever tests who is let in must not forget one. */
  readonly heard?: (route: { readonly method: string | readonly string[]; readonly url: string }) => void;
  readonly quiet?: boolean;
  /** Requests a minute that one address may send to the API; counted in this process alone. */
  readonly limit?: number;
}

/** The HTTP application: health, API with its documentation, and the pages. It does not listen yet. */
export async function createApp({ city, ready, signIn, pages, signedIn = async () => undefined, heard, quiet = false, limit = 600 }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({ logger: quiet ? false : { level: 'warn', redact: ['req.headers.cookie', 'req.headers.authorization'] }, trustProxy: false, genReqId: () => randomBytes(6).toString('hex') });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(onError);
  if (heard) app.addHook('onRoute', ({ method, url }) => heard({ method, url }));
  app.decorateRequest('nonce', '');
  app.addHook('onRequest', async (request) => {
    request.nonce = randomBytes(16).toString('base64');
  });
  // No other site is told an address. Were our own not told either, a browser would say `Origin: null` with each form, and nobody could tell whose page it was on.
  await app.register(helmet, { contentSecurityPolicy: false, crossOriginEmbedderPolicy: false, hsts: false, referrerPolicy: { policy: 'same-origin' } });
  app.addHook('onSend', async (request, reply) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', pagePolicy(request.nonce));
  });

  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 404, 'not-found'));
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true } }, async (_, reply) => ((await ready()) ? { status: 'ready', release: city().release.digest } : reply.code(503).send({ status: 'not ready' })));

  await app.register(async (scope) => {
    await scope.register(rateLimit, { max: limit, timeWindow: 60_000, errorResponseBuilder: (_, { ttl }) => Object.assign(new Error('too many'), { statusCode: 429, seconds: Math.ceil(ttl / 1000) }) });
    await scope.register(swagger, {
      openapi: { openapi: '3.1.0', info: { title: 'Minsheng 民生', version: '1', description: 'A published plan of public services as data: read-only, anonymous but for what is asked about a resident, in Chinese and English.' }, servers: [{ url: '/' }], components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } },
      transform: jsonSchemaTransform,
      transformObject: withoutInputs,
    });
    await scope.register(api, { prefix: '/api/v1', city, signedIn });
    scope.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => scope.swagger());
    await scope.register(scalar, { routePrefix: '/api/docs', configuration: { url: '/api/v1/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true, agent: { disabled: true }, mcp: { disabled: true } } });
    scope.addHook('onSend', async (request, reply) => {
      // Anybody's page may read what everybody may read; the language of the reply follows the caller.
      reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin').header('vary', 'accept-language');
      if (request.url.startsWith('/api/docs')) reply.header('content-security-policy', DOCS_POLICY);
    });
    scope.all('/api/*', { schema: { hide: true } }, answerOther);
  });
  if (signIn) await app.register(signIn);
  if (pages) await app.register(pages);
  return app;
}

/** What a page may load: our own files, and scripts and styles that carry the nonce of this one answer, where it has one. */
export function pagePolicy(nonce?: string): string {
  const own = nonce === undefined ? `'self'` : `'self' 'nonce-${nonce}'`;
  return [`default-src 'self'`, `script-src ${own}`, `style-src-elem ${own}`, `style-src-attr 'unsafe-inline'`, `img-src 'self' data:`, `worker-src 'self' blob:`, `object-src 'none'`, `base-uri 'none'`, `form-action 'self'`, `frame-ancestors 'none'`].join('; ');
}

/** The documentation page brings its own inline script and styles; it shows no data of anybody. */
const DOCS_POLICY = `default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;

/** The one edge where faults are caught: logged with the id of the request, answered without their words. */
async function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const inPath = error.validationContext === 'params';
    return inPath || !first ? sendProblem(request, reply, 404, 'not-found') : sendProblem(request, reply, 400, 'query', { detail: describeIssue(request, first) });
  }
  if (isStoreUnreachable(error)) {
    request.log.error('the store does not answer');
    return request.url.startsWith('/api/') ? sendProblem(request, reply.header('retry-after', '30'), 503, 'unreachable') : reply.redirect('/sign-in?problem=unreachable', 303);
  }
  const status = error.statusCode ?? 500;
  if (status === 429) return sendProblem(request, reply, 429, 'too-many', { seconds: (error as FastifyError & { seconds?: number }).seconds ?? 60 });
  if (status >= 400 && status < 500) return sendProblem(request, reply, status, status === 404 ? 'not-found' : 'query', { detail: error.code });
  request.log.error({ err: error }, 'fault');
  return sendProblem(request, reply, 500, 'fault', { id: request.id });
}
