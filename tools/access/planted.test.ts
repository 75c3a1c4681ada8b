import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { DECIDES } from './ask.ts';
import type { SiteRoute } from './routes.ts';
import { fuzz } from './run.ts';
import type { FuzzedWorld } from './run.ts';
import { wordOf } from './world.ts';

const ROUTES: readonly SiteRoute[] = [{ path: '/my/notices/:service/:number', methods: ['GET', 'POST'], of: 'page' }, { path: '/services', methods: ['GET'], of: 'page' }, { path: DECIDES, methods: ['POST'], of: 'server' }];

/** What a city of its own that answers so is found to have leaked. */
async function foundIn(answer: (request: IncomingMessage, reply: ServerResponse) => void): Promise<{ readonly leaks: number; readonly shown: readonly string[]; readonly sent: Readonly<Record<string, number>> }> {
  const server = createServer((request, reply) => { request.resume().on('end', () => answer(request, reply)); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  const world: FuzzedWorld = {
    city: { url: `http://127.0.0.1:${address.port}` }, ids: ['nets'], people: ['person-1', 'person-2', 'person-3'],
    callers: [{ id: 'nobody', kind: 'nobody', cookie: '', staff: undefined, mayName: new Set() }, { id: 'mia', kind: 'resident', cookie: 'session=mia', staff: undefined, mayName: new Set(['person-1']) }],
    bearers: [{ id: 'token own', kind: 'nobody', cookie: '', token: 'mia', staff: undefined, mayName: new Set(['person-1']) }],
  };
  const found = await fuzz(world, ROUTES, { requests: 400, seed: 7 });
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
  return found;
}

test('a city that tells everybody only what is theirs leaks nothing, and all sorts of requests were sent', async () => {
  const { leaks, shown, sent } = await foundIn(({ url, headers: { cookie } }, reply) => void reply.writeHead(url === DECIDES ? 403 : 200).end(cookie === 'session=mia' ? wordOf('person-1') : 'nothing'));
  expect([leaks, shown]).toEqual([0, []]);
  for (const part of ['GET', 'POST', 'by nobody', 'by resident', 'by token', 'with the id of another', 'with a form', 'with JSON', 'with odd headers', 'of a notice']) expect([part, (sent[part] ?? 0) > 0]).toEqual([part, true]);
});

test('the word of another is found wherever it stands', async () => {
  const { leaks, shown } = await foundIn(({ url, headers: { cookie } }, reply) => void reply.writeHead(url === DECIDES ? 403 : 200).end(cookie === 'session=mia' ? `<p>${wordOf('person-2')}</p>` : 'nothing'));
  expect(leaks).toBeGreaterThan(0);
  expect(shown.every((one) => one.startsWith('mia: ') && one.includes('the word of person-2'))).toBe(true);
});

test('so is the key of another in the address to which somebody is led', async () => {
  const { leaks, shown } = await foundIn((_, reply) => void reply.writeHead(303, { location: '/my?of=person-1234' }).end());
  expect([leaks > 0, shown.every((one) => one.includes('person-1234'))]).toEqual([true, true]);
});

test('so is a decision for another, which names nobody', async () => {
  const { leaks, shown } = await foundIn(({ url }, reply) => void reply.writeHead(url === DECIDES ? 200 : 404).end('{"services":[{"verdict":"yes"}]}'));
  expect([leaks > 0, shown.every((one) => one.includes('the answers of person-'))]).toEqual([true, true]);
});
