// @ts-check
/*
 * The service worker: keeps public pages that were seen, so that they open without a network, and the page that
 * says so for all others. What must not be kept (no-store) is not. The network always comes first.
 */
/* global self, caches */

const KEPT = 'minsheng-1';
const OFFLINE = '/offline';
const LIMIT = 60;

self.addEventListener('install', (event) => event.waitUntil(keepOffline().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || /^\/(?:api|desk|console)(?:\/|$)/.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/') || pathname === '/enhance.js') event.respondWith(asset(request));
});

/** The offline page with the style sheet it names. */
async function keepOffline() {
  const cache = await caches.open(KEPT);
  const answer = await fetch(OFFLINE);
  const html = await answer.clone().text();
  await cache.put(OFFLINE, answer);
  await cache.addAll([...html.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map((match) => match[1]));
}

async function page(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && (answer.headers.get('cache-control') ?? '').includes('public')) await keep(cache, request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request)) ?? (await cache.match(OFFLINE)) ?? Response.error();
  }
}

async function asset(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(cache, request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request)) ?? Response.error();
  }
}

/** Keeps the last few; the oldest goes first, the offline page never. */
async function keep(cache, request, answer) {
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const old of keys.filter(({ url }) => !url.endsWith(OFFLINE) && !url.endsWith('.css')).slice(0, Math.max(0, keys.length - LIMIT))) await cache.delete(old);
}
