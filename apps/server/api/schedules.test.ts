import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCity } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { createApp } from '../app.ts';

let app: FastifyInstance;

beforeAll(async () => {
  const { pack } = loadPack(packFiles('lantern-bay'));
  const today = parseDate('2031-03-20');
  if (!pack || !today) throw new Error('the pack does not load');
  const city = openCity({ pack, ...linkBook(pack), findings: [], today, release: { digest: '', activatedAt: '' }, diagnostics: [], mode: 'demo' });
  app = await createApp({ city: () => city, ready: async () => true, quiet: true });
});
afterAll(() => app.close());

const asked = async (query: string) => {
  const reply = await app.inject(`/api/v1/schedules/island-nurse${query}`);
  return { status: reply.statusCode, cache: reply.headers['cache-control'], body: reply.json<{ due: { asOf: string; items: { item: string; kind: string; from: string; until: string }[] } | null; detail?: string }>() };
};
const told = ({ body }: Awaited<ReturnType<typeof asked>>): unknown => body.due?.items.map(({ item, kind, from, until }) => [item, kind, from, until]);

test('the list says what falls due, how long after birth, and by whom', async () => {
  const { body } = await asked('');
  expect(body).toMatchObject({ id: 'island-nurse', service: 'island-care', by: { department: 'development', level: 'city' }, items: [{ item: 'first-visit', at: '1 w', until: '2 w' }, { item: 'half-year', at: '6 m', until: '8 m', after: 'first-visit' }], due: null });
});

test('born on 10 March, seen on the 20th: the first visit is due since the 17th, and the answer is kept nowhere', async () => {
  for (const query of ['?anchor=2031-03-10', `?${new URLSearchParams({ 出生日期: '2031-03-10' }).toString()}`]) {
    const answer = await asked(query);
    expect([answer.status, answer.cache, answer.body.due?.asOf]).toEqual([200, 'no-store', '2031-03-20']);
    expect(told(answer)).toEqual([['first-visit', 'unrecorded', '2031-03-17', '2031-03-24'], ['half-year', 'upcoming', '2031-09-10', '2031-11-10']]);
  }
  expect(told(await asked('?anchor=2031-03-10&asOf=2031-03-16'))).toEqual([['first-visit', 'upcoming', '2031-03-17', '2031-03-24'], ['half-year', 'upcoming', '2031-09-10', '2031-11-10']]);
});

test('a day that is none, and a fact that nobody has, are refused in words', async () => {
  expect((await asked('?anchor=2031-02-29')).status).toBe(400);
  const refused = await asked(`?${new URLSearchParams({ 生辰: '2031-03-10' }).toString()}`);
  expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining('生辰')]);
  expect((await app.inject('/api/v1/schedules/sea-nurse')).statusCode).toBe(404);
});

test('where nobody is loaded, nobody is counted', async () => {
  expect((await app.inject('/api/v1/due')).json()).toEqual({ asOf: '2031-03-20', people: null, schedules: [] });
});
