import type { RouteConfigEntry } from '@react-router/dev/routes';
import { createApp } from '#apps/server/app.ts';
import { signIn } from '#apps/server/sign-in.ts';
import type { Visitors } from '#apps/server/visitor.ts';
import { vaultOf } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { NOBODY } from '#engine/ports.ts';
import pages from '#apps/web/routes.ts';

/** An address of the city with slots (`:id`, and `*` for whatever comes last), and how it may be asked. */
export interface SiteRoute {
  readonly path: string;
  readonly methods: readonly string[];
  readonly of: 'page' | 'server';
}

/** Every page, from the table of the pages themselves. */
export function pageRoutes(): readonly SiteRoute[] {
  return [...new Set((pages as readonly RouteConfigEntry[]).flatMap((entry) => pathsIn(entry, '')))].sort().map((path) => ({ path, methods: ['GET', 'POST'], of: 'page' }));
}

function pathsIn({ path, index, children }: RouteConfigEntry, above: string): readonly string[] {
  const own = path === undefined ? above : `${above}/${path}`;
  // A route that only holds others is no address of its own.
  return [...(index === true || (children === undefined && path !== undefined) ? [own === '' ? '/' : own] : []), ...(children ?? []).flatMap((child) => pathsIn(child, own))];
}

/** Every route of the server but the pages, from the application itself as it adds them. It answers nothing. */
export async function serverRoutes(): Promise<readonly SiteRoute[]> {
  const heard = new Map<string, Set<string>>();
  const unused = (): never => { throw new Error('a route is only looked at here'); };
  const visitors: Visitors = { of: async () => NOBODY, signIn: unused, open: unused, signOut: unused, actFor: unused };
  const city: () => City = unused;
  const app = await createApp({
    city, ready: async () => true, quiet: true,
    signIn: signIn({ with: { kind: 'test' }, visitors, vault: vaultOf([new Uint8Array(32)], (bytes) => new Uint8Array(bytes)), clock: { now: unused, today: unused }, random: unused, city, origin: unused }),
    heard: ({ method, url }) => { for (const one of [method].flat()) heard.set(url, (heard.get(url) ?? new Set()).add(one)); },
  });
  await app.ready();
  await app.close();
  return [...heard].map(([path, methods]) => ({ path, methods: [...methods].filter((method) => ['GET', 'POST'].includes(method)), of: 'server' as const })).filter(({ methods }) => methods.length > 0);
}
