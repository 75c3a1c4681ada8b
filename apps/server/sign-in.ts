import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hoursAfter } from '#adapters/clock/index.ts';
import { openIdProvider, testProvider } from '#adapters/identity/index.ts';
import type { OidcSettings, TestProvider } from '#adapters/identity/index.ts';
import type { Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { Clock, Identity, IdentityProvider, Random } from '#engine/ports.ts';
import { provenAt } from './proven.ts';
import { cookieOf } from './visitor.ts';
import type { Visitors } from './visitor.ts';

/** How a city knows its residents: by the single sign-on of the city, or in a demonstration by a provider of its own. */
export type SignInWith = { readonly kind: 'oidc'; readonly settings: Omit<OidcSettings, 'returnTo'> } | { readonly kind: 'test' };

export interface SignInOptions {
  readonly with: SignInWith;
  readonly visitors: Visitors;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => City;
  /** The address at which people open the city; known once it listens. */
  readonly origin: () => string;
}

const RETURN = '/sign-in/return';
const TEST_IDP = '/test-idp';
const COOKIE = 'sign-in';
const PLACE = 'sign-in';
const MOST_MINUTES = 10;

/** What is kept, sealed, in the browser of whoever is on their way to prove who they are. */
const onItsWay = z.strictObject({ pending: z.string(), to: z.string(), until: z.string(), again: z.boolean() });
type OnTheWay = z.infer<typeof onItsWay>;

/** Signing in and out: where forms are sent to and where the provider sends people back to. The page itself is one of the pages. */
export function signIn(options: SignInOptions): (app: FastifyInstance) => Promise<void> {
  const { vault, clock, visitors, city, origin } = options;
  const known = providers(options);
  return async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4_096 }, (_, body, done) => done(null, new URLSearchParams(String(body))));
    scope.addHook('onRequest', async (request, reply) => refuseForeign(request, reply));
    scope.post('/sign-in', { schema: { hide: true } }, async (request, reply) => {
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const [to, again] = [localPath(form.get('to')), form.get('again') === '1'];
      // The provider knows one address of ours: whoever came by another begins again at that one.
      if (request.host !== new URL(origin()).host) return reply.redirect(`${origin()}/sign-in?to=${encodeURIComponent(to)}${again ? '&again=1' : ''}`, 303);
      const { url, pending } = await known().provider.start({ hint: form.get('as') ?? undefined, again });
      const kept: OnTheWay = { pending, to, until: hoursAfter(clock.now(), MOST_MINUTES / 60), again };
      const sealed = Buffer.from(vault.seal(new TextEncoder().encode(JSON.stringify(kept)), PLACE)).toString('base64url');
      return reply.header('set-cookie', cookie(sealed, MOST_MINUTES * 60, origin())).header('cache-control', 'no-store').redirect(url, 303);
    });
    scope.get(RETURN, { schema: { hide: true } }, async (request, reply) => {
      const kept = onTheWay(request, vault, clock.now());
      reply.header('set-cookie', cookie('', 0, origin())).header('cache-control', 'no-store');
      if (!kept) return reply.redirect('/sign-in?problem=too-late', 303);
      const identity = await known().provider.finish(new URL(request.url, origin()), kept.pending);
      const key = identity && residentOf(identity, city(), options.with);
      if (!identity || key === undefined) return reply.redirect(`/sign-in?problem=${identity ? 'unknown' : 'not-proved'}&to=${encodeURIComponent(kept.to)}${kept.again ? '&again=1' : ''}`, 303);
      // The session in which somebody was asked to prove themselves again goes on as a new one.
      if (kept.again) await visitors.signOut(request, reply);
      await visitors.signIn(reply, { kind: 'person', holder: key, name: identity.name }, provenAt(identity, clock.now()));
      return reply.redirect(kept.to, 303);
    });
    scope.post('/sign-out', { schema: { hide: true } }, async (request, reply) => {
      const kind = await visitors.signOut(request, reply);
      return reply.header('cache-control', 'no-store').redirect(`${kind === 'staff' ? '/staff' : ''}/sign-in?problem=signed-out`, 303);
    });
    scope.post('/act-for', { schema: { hide: true } }, async (request, reply) => {
      const other = request.body instanceof URLSearchParams ? request.body.get('other') : null;
      const on = await visitors.actFor(request, other === null || other === '' ? null : other);
      // Of whoever was helped last the screen keeps nothing.
      if (on === '/console/help') reply.header('clear-site-data', '"cache"');
      return reply.header('cache-control', 'no-store').redirect(on, 303);
    });
    if (options.with.kind === 'test') await scope.register(async (mount) => {
      mount.removeAllContentTypeParsers();
      mount.addContentTypeParser('*', (_request, _payload, done) => done(null));
      mount.all(`${TEST_IDP}/*`, { schema: { hide: true } }, async (request, reply) => {
        reply.hijack();
        await known().test?.answer(request.raw, reply.raw);
      });
    });
  };
}

/** The provider, made when somebody first signs in: only then is the address known that it sends people back to. */
function providers({ with: how, city, random, origin }: SignInOptions): () => { readonly provider: IdentityProvider; readonly test?: TestProvider } {
  let made: { readonly provider: IdentityProvider; readonly test?: TestProvider } | undefined;
  return () => {
    if (made) return made;
    const returnTo = `${origin()}${RETURN}`;
    if (how.kind === 'oidc') return (made = { provider: openIdProvider({ ...how.settings, returnTo }) });
    const accounts = (): ReturnType<Parameters<typeof testProvider>[0]['accounts']> => [...city().personas().keys()].map(({ id, name }) => ({ id, name: name.zh }));
    const test = testProvider({ issuer: `${origin()}${TEST_IDP}`, returnTo, accounts, random });
    return (made = { provider: openIdProvider(test.settings), test });
  };
}

/** The key of the resident that somebody has proved to be; undefined where nobody of the city has it. */
function residentOf({ subject }: Identity, city: City, { kind }: SignInWith): string | undefined {
  const key = kind === 'test' ? [...city.personas()].find(([{ id }]) => id === subject)?.[1] : subject;
  return key !== undefined && city.subjectsOf(key).length > 0 ? key : undefined;
}

function onTheWay(request: FastifyRequest, vault: Vault, now: string): OnTheWay | undefined {
  const sealed = cookieOf(request, COOKIE);
  if (sealed === undefined || sealed === '') return undefined;
  try {
    const kept = onItsWay.parse(JSON.parse(new TextDecoder().decode(vault.open(new Uint8Array(Buffer.from(sealed, 'base64url')), PLACE))));
    return now < kept.until ? kept : undefined;
  } catch {
    // Whatever was sent as the cookie: altered, or sealed by another city.
    return undefined;
  }
}

function cookie(value: string, seconds: number, origin: string): string {
  return `${COOKIE}=${value}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${seconds}${origin.startsWith('https:') ? '; Secure' : ''}`;
}

/** A page of this site, or where residents begin: nobody is sent elsewhere by a link. */
function localPath(to: string | null): string {
  return to !== null && /^\/(?![/\\])[^\s\\]*$/.test(to) ? to : '/my';
}

/** Refuses what another site's page sends in a visitor's name. Browsers say from where a form comes; what is no browser brings no cookie. */
export function refuseForeign(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const { origin, cookie: sent, 'sec-fetch-site': site } = request.headers;
  const isOwn = site === undefined ? (origin === undefined ? sent === undefined : URL.canParse(origin) && new URL(origin).host === request.host) : site === 'same-origin';
  return isOwn ? undefined : reply.code(403).type('text/plain; charset=utf-8').send('请从本站的页面提交。 Please send this from a page of this site.\n');
}
