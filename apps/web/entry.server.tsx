import { renderToReadableStream, renderToStaticMarkup } from 'react-dom/server';
import { createRequestHandler, isRouteErrorResponse, RouterContextProvider, ServerRouter } from 'react-router';
import type { EntryContext, ServerBuild } from 'react-router';
import { isStoreUnreachable } from '#engine/ports.ts';
import { pageInput } from './context.ts';
import type { PageInput } from './context.ts';

/**
 * The pages of a build, ready to answer. The server that hosts them calls this (apps/server/pages.ts): the key of
 * the load context and the router live in the build, so only the build can bring the two together.
 */
export function openPages(build: ServerBuild, mode: 'production' | 'development'): (request: Request, input: PageInput) => Promise<Response> {
  const handle = createRequestHandler(build, mode);
  return (request, input) => {
    const context = new RouterContextProvider();
    context.set(pageInput, input);
    return handle(request, context);
  };
}

/** Faults are logged once, without what the reader sent; an answer such as "not found" is no fault. */
export function handleError(error: unknown, { request, context }: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): void {
  if (isStoreUnreachable(error)) return context.get(pageInput).unreachable();
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  console.error(error);
}

/**
 * A page as HTML.
 *
 * A page without scripts is whole when it leaves and holds no marks of a framework. A page with scripts is
 * streamed, its inline scripts carry the nonce, and nobody may keep it.
 */
export default async function handleRequest(request: Request, status: number, headers: Headers, entry: EntryContext, context: Readonly<RouterContextProvider>): Promise<Response> {
  headers.set('content-type', 'text/html; charset=utf-8');
  if (status >= 400) keepNothing(headers);
  if (!handleSays(entry, 'scripts')) {
    if (handleSays(entry, 'own')) keepNothing(headers);
    else if (status === 200) keepBriefly(headers, context, entry);
    return new Response(`<!doctype html>${renderToStaticMarkup(<ServerRouter context={entry} url={request.url} />)}`, { status, headers });
  }
  keepNothing(headers);
  const { nonce } = context.get(pageInput);
  const body = await renderToReadableStream(<ServerRouter context={entry} url={request.url} nonce={nonce} />, { nonce, signal: request.signal });
  return new Response(body, { status, headers });
}

/** Anybody may keep a page without scripts for a minute, unless its route says otherwise; it changes with the release of the pack, the day and the build. */
function keepBriefly(headers: Headers, context: Readonly<RouterContextProvider>, { manifest }: EntryContext): void {
  if (headers.has('cache-control')) return;
  const { city } = context.get(pageInput);
  headers.set('cache-control', 'public, max-age=60');
  headers.set('etag', `W/"${city.release.digest.slice(0, 16)}-${city.today}-${manifest.version}"`);
}

function keepNothing(headers: Headers): void {
  headers.set('cache-control', 'no-store');
  headers.delete('etag');
}

/** Whether the `handle` of a route says something of its pages: `scripts` that they run some, `own` that they show what is one person's. */
function handleSays({ staticHandlerContext, routeModules }: EntryContext, what: 'scripts' | 'own'): boolean {
  return staticHandlerContext.matches.some(({ route }) => {
    const handle: unknown = routeModules[route.id]?.handle;
    return typeof handle === 'object' && handle !== null && what in handle && (handle as Readonly<Record<string, unknown>>)[what] === true;
  });
}
