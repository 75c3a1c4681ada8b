import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pathToFileURL } from 'node:url';
import statics from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerBuild } from 'react-router';
import type { City } from '#engine/city.ts';
import type { StaffSignIn } from '#engine/console/index.ts';
import { isStoreUnreachable, NOBODY } from '#engine/ports.ts';
import type { Visitor } from '#engine/ports.ts';
import { pagePolicy } from './app.ts';
import { refuseForeign } from './sign-in.ts';

export interface PagesOptions {
  /** The city now in force; asked at each request, because a new release makes a new city. */
  readonly city: () => City;
  /** Who looks; left out: nobody is ever signed in. */
  readonly visitor?: (request: FastifyRequest) => Promise<Visitor>;
  /** How staff sign in; left out: nobody of them can. */
  readonly staff?: (request: FastifyRequest) => StaffSignIn;
  /** Who comes to the pages of figures; left out: anybody. */
  readonly desk?: 'open' | 'staff';
  /** Pages come from their sources through Vite and change with them; otherwise from `build/`. */
  readonly dev?: boolean;
}

const ROOT = join(import.meta.dirname, '../..');

/**
 * The pages, as a plugin with a scope of its own: request bodies reach the page routes as untouched streams.
 *
 * Outside development a missing build is a fault at start, not at the first request.
 */
export function pages({ city, visitor = async () => NOBODY, staff, desk = 'open', dev = false }: PagesOptions): (app: FastifyInstance) => Promise<void> {
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const open = dev ? await fromSources(scope) : await fromBuild(scope);
    scope.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/*',
      handler: async (request, reply) => {
        const foreign = refuseForeign(request, reply);
        if (foreign) return foreign;
        if (!ANSWERED.has(request.method)) return reply.code(405).header('allow', [...ANSWERED].join(', ')).send();
        const [respond, form] = await Promise.all([open(), formIn(request)]);
        if (form === 'no-form') return reply.code(415).send();
        const shown = { city: city(), staff: staff?.(request), nonce: request.nonce, desk, dev };
        let isOut = false;
        const response = await visitor(request)
          .then((who) => respond(toRequest(request, reply, form), { ...shown, visitor: who, unreachable: () => { isOut = true; } }))
          .catch((error: unknown) => { if (isStoreUnreachable(error)) return undefined; throw error; });
        if (response && !isOut) return answer(request, reply, response, dev);
        request.log.error('the store does not answer');
        const again = new URL(UNREACHABLE, `${request.protocol}://${request.host}`);
        again.search = request.url.split('?')[1] ?? '';
        return answer(request, reply, await respond(new Request(again), { ...shown, visitor: NOBODY, unreachable: () => undefined, retry: retryOf(request, form?.text) }), dev);
      },
    });
  };
}

/** The page that says that the store does not answer. */
const UNREACHABLE = '/unreachable';

/** What was sent while the store did not answer, so that it can be sent again. */
interface Retry {
  readonly to: string;
  /** What was typed; `lost` where it cannot be kept: files, and what is secret. Undefined where nothing was sent. */
  readonly typed: readonly (readonly [name: string, value: string])[] | 'lost' | undefined;
}

type Respond = (request: Request, input: { readonly city: City; readonly visitor: Visitor; readonly staff: StaffSignIn | undefined; readonly nonce: string; readonly desk: 'open' | 'staff'; readonly dev: boolean; readonly unreachable: () => void; readonly retry?: Retry }) => Promise<Response>;
type Open = () => Promise<Respond>;

/** The pages of a build by `openPages` of apps/web/entry.server.tsx, whose type is asserted here, once. */
function respondFrom(build: ServerBuild, mode: 'production' | 'development'): Respond {
  const entry = build.entry.module as ServerBuild['entry']['module'] & { readonly openPages: (build: ServerBuild, mode: string) => Respond };
  return entry.openPages(build, mode);
}

async function fromBuild(scope: FastifyInstance): Promise<Open> {
  const [client, server] = [join(ROOT, 'build/client'), join(ROOT, 'build/server/index.js')];
  if (!existsSync(server)) throw new Error(`${server} is missing: run npm run build`);
  await scope.register(statics, {
    root: client, wildcard: false, cacheControl: false,
    setHeaders: (reply, path) => {
      // What Vite names by its content never changes; the few files of ours with fixed names are asked for again each hour.
      reply.header('cache-control', path.startsWith(join(client, 'assets')) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
    },
  });
  // React decides at its first import whether it checks itself for developers; a built city does not need that.
  process.env['NODE_ENV'] ??= 'production';
  const respond = respondFrom((await import(pathToFileURL(server).href)) as ServerBuild, 'production');
  return async () => respond;
}

async function fromSources(scope: FastifyInstance): Promise<Open> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root: ROOT, appType: 'custom', server: { middlewareMode: true, hmr: { server: scope.server } } });
  scope.addHook('onRequest', (request, reply, done) => vite.middlewares(request.raw, reply.raw, done));
  scope.addHook('onClose', () => vite.close());
  return async () => respondFrom((await vite.ssrLoadModule('virtual:react-router/server-build')) as ServerBuild, 'development');
}

const LONGEST_FORM = 64 * 1024;
/** Fields that never stand in a page again. */
const SECRET = new Set(['again', 'code', 'password']);

/** What links and forms of pages send; nothing else is asked of one. */
const ANSWERED = new Set(['GET', 'HEAD', 'POST']);

/**
 * The body of a form, read before anybody asks for it; `no-form` where what was sent is none, whatever it says it is. Undefined where
 * nothing was sent, and for files, which their own pages read.
 */
async function formIn(request: FastifyRequest): Promise<SentForm | 'no-form' | undefined> {
  const { 'content-type': type = '', 'content-length': length } = request.headers;
  if (request.method !== 'POST') return undefined;
  const hasFiles = type.startsWith('multipart/form-data');
  if (!hasFiles && !type.startsWith('application/x-www-form-urlencoded')) return 'no-form';
  if (!(Number(length) <= LONGEST_FORM)) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of request.raw) pieces.push(Buffer.from(piece as Uint8Array));
  const body = new Uint8Array(Buffer.concat(pieces));
  if (!hasFiles) return { body, text: new TextDecoder().decode(body) };
  return new Response(body, { headers: { 'content-type': type } }).formData().then(() => ({ body, text: undefined }), () => 'no-form' as const);
}

/** What a form sent; its text where it holds no files. */
interface SentForm {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly text: string | undefined;
}

function retryOf(request: FastifyRequest, form: string | undefined): Retry {
  const fields = form === undefined ? undefined : [...new URLSearchParams(form)];
  if (request.method === 'GET' || request.method === 'HEAD') return { to: request.url, typed: undefined };
  return { to: request.url, typed: !fields || fields.some(([name]) => SECRET.has(name)) ? 'lost' : fields };
}

/** The request as the page routes see it; its signal ends when the reader goes away. */
function toRequest(request: FastifyRequest, reply: FastifyReply, form: SentForm | undefined): Request {
  const gone = new AbortController();
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one);
  }
  const init = { method: request.method, headers, signal: gone.signal };
  const url = `${request.protocol}://${request.host}${request.url}`;
  if (request.method === 'GET' || request.method === 'HEAD') return new Request(url, init);
  if (form !== undefined) return new Request(url, { ...init, body: form.body });
  return new Request(url, { ...init, body: Readable.toWeb(request.raw) as ReadableStream<Uint8Array>, duplex: 'half' });
}

/** A page that anybody may keep has no nonce, so its policy allows none; an unchanged one is not sent again. */
async function answer(request: FastifyRequest, reply: FastifyReply, response: Response, dev: boolean): Promise<FastifyReply> {
  for (const [name, value] of response.headers) reply.header(name, value);
  if (dev) {
    // Vite puts styles into the page as it goes; only in development.
    const policy = pagePolicy(request.nonce).replace(/style-src-elem [^;]+/, `style-src-elem 'self' 'unsafe-inline'`);
    return reply.code(response.status).header('cache-control', 'no-store').header('content-security-policy', policy).removeHeader('etag').send(response.body);
  }
  if (!response.headers.get('cache-control')?.includes('public')) return reply.code(response.status).send(response.body);
  reply.header('content-security-policy', pagePolicy()).header('vary', 'accept-encoding');
  const etag = response.headers.get('etag');
  if (etag !== null && request.headers['if-none-match'] === etag) return reply.code(304).send();
  // Only what everybody may read is packed: packing a secret beside a reader's own words would tell its length.
  if (response.body === null || !/\bgzip\b/.test(String(request.headers['accept-encoding']))) return reply.code(response.status).send(response.body);
  return reply.code(response.status).header('content-encoding', 'gzip').send(response.body.pipeThrough(new CompressionStream('gzip')));
}
