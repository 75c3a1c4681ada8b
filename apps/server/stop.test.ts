import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { expect, test, vi } from 'vitest';
import { stopGently } from './stop.ts';

/** A server whose answer comes when it is told, or never. */
async function slow(): Promise<{ readonly app: FastifyInstance; readonly url: string; readonly asked: Promise<void>; readonly answer: () => void }> {
  const app = Fastify();
  let [asked, answer] = [(): void => undefined, (): void => undefined];
  const arrived = new Promise<void>((resolve) => (asked = resolve));
  const word = new Promise<void>((resolve) => (answer = resolve));
  app.get('/', async () => {
    asked();
    await word;
    return 'whole';
  });
  return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }), asked: arrived, answer };
}

test('a request in progress is answered whole, and nobody new is let in', async () => {
  const { app, url, asked, answer } = await slow();
  const first = fetch(url).then((reply) => reply.text());
  await asked;
  const stopping = stopGently(app, 10_000);
  await vi.waitFor(() => expect(app.server.listening).toBe(false));
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  answer();
  expect(await first).toBe('whole');
  await stopping;
});

test('a request that does not end is cut after the grace', async () => {
  const { app, url, asked } = await slow();
  const first = fetch(url).catch(() => 'cut');
  await asked;
  await stopGently(app, 20);
  expect(await first).toBe('cut');
});
