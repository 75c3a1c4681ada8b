import type { FastifyInstance } from 'fastify';
import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openCity } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import type { City } from '#engine/city.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { lintPlan, loadPack, packDigest } from '#engine/pack/index.ts';
import { DATA_SETS } from '#engine/open-data/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { createApp } from '../app.ts';

const files = packFiles('lantern-bay');

/** Lantern Bay, with the finding that its plan would have if box 2 counted 1, 3. */
function lanternBay(): City {
  const { pack } = loadPack(files);
  const text = new TextDecoder().decode(files.get('source/plan.txt')).replace('\n2.灯塔参观', '\n3.灯塔参观');
  const { pack: skipping } = loadPack(new Map([...files, ['source/plan.txt', new TextEncoder().encode(text)]]));
  const today = parseDate('2031-03-01');
  if (!pack || !skipping || !today) throw new Error('the pack does not load');
  const findings = lintPlan(skipping).filter(({ code }) => code === 'missing-item-number');
  return openCity({ pack, ...linkBook(pack), findings, today, release: { digest: packDigest(files), activatedAt: '2031-03-01T00:00:00.000Z' }, diagnostics: [], mode: 'demo' });
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly required: boolean; readonly example?: string; readonly schema: { readonly enum?: readonly string[] } }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
}
type Json = Readonly<Record<string, unknown>>;
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** Jinhua as it is published, with what the linter finds in it. */
function jinhua(): City {
  const own = packFiles('jinhua');
  const { pack } = loadPack(own);
  const today = parseDate('2026-01-01');
  if (!pack || !today) throw new Error('the pack does not load');
  return openCity({ pack, ...linkBook(pack), findings: lintPlan(pack), today, release: { digest: packDigest(own), activatedAt: '2026-01-01T00:00:00.000Z' }, diagnostics: [], mode: 'demo' });
}

const lantern = lanternBay();
let city = lantern;
let app: FastifyInstance;
let document: Document;

beforeAll(async () => {
  app = await createApp({ city: () => city, ready: async () => true, quiet: true, limit: 100_000 });
  document = (await app.inject('/api/v1/openapi.json')).json();
});
afterEach(() => {
  city = lantern;
});
afterAll(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

/** The zod schema of a schema of the document, its references put in place. */
function checkOf(schema: Json): z.ZodType {
  const inline = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inline);
    if (typeof node !== 'object' || node === null) return node;
    if ('$ref' in node && typeof node.$ref === 'string') return inline(document.components.schemas[node.$ref.split('/').at(-1) ?? '']);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
  };
  return z.fromJSONSchema(inline(schema) as Parameters<typeof z.fromJSONSchema>[0]);
}

/** Every address of a path: each value of an enumeration, each id of the collection, the example of what must be given. */
async function addresses(path: string, operation: Operation): Promise<string[]> {
  const parameters = operation.parameters ?? [];
  const query = parameters.filter((one) => one.in === 'query' && one.required).map(({ name, example }) => {
    expect(example, `${path} gives an example of ${name}`).toBeDefined();
    return `${name}=${encodeURIComponent(example ?? '')}`;
  });
  let all = [path];
  for (const { name, schema } of parameters.filter((one) => one.in === 'path')) {
    const values = schema.enum ?? (await get(`${path.replace('/{id}', '')}?limit=200`)).json<{ items: { id?: string; key?: string }[] }>().items.map((item) => item.id ?? item.key ?? '');
    expect(values.length, `${path} has something for ${name}`).toBeGreaterThan(0);
    all = all.flatMap((address) => values.map((value) => address.replace(`{${name}}`, encodeURIComponent(value))));
  }
  return all.map((address) => (query.length > 0 ? `${address}?${query.join('&')}` : address));
}

const collections = (): string[] => Object.keys(document.paths).filter((path) => document.paths[path]?.['get']?.parameters?.some(({ name }) => name === 'cursor'));

describe('the API and its document', () => {
  // Lantern Bay has four services, five indicators …; Jinhua a hundred, eighty-three …; both have 13 data sets in three forms beside their schemas.
  test.each([['Lantern Bay', lanternBay, 90], ['Jinhua', jinhua, 900]] as const)('say the same of %s: every path, with every id, answers with a body of its schema', async (_, open, least) => {
    city = open();
    expect(document.openapi).toBe('3.1.0');
    let answered = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      expect(Object.keys(methods), path).toEqual([path.endsWith('/entitlements') ? 'post' : 'get']);
      const operation = methods['get'];
      if (!operation) continue;
      const content = operation.responses['200']?.content ?? {};
      const checks = new Map(Object.entries(content).map(([type, { schema }]) => [type, checkOf(schema)]));
      expect(Object.keys(content), path).toHaveLength(1);
      for (const address of await addresses(path, operation)) {
        const reply = await get(address);
        expect([address, reply.statusCode]).toEqual([address, 200]);
        const type = String(reply.headers['content-type']).split(';')[0] ?? '';
        expect(Object.keys(content), address).toContain(type);
        const body = type.endsWith('json') ? reply.json<unknown>() : reply.body;
        expect(checks.get(type)?.safeParse(body).error, address).toBeUndefined();
        answered++;
      }
    }
    expect(answered).toBeGreaterThan(least);
  });

  test('would not agree on a body that lacks a field or has one too many', async () => {
    const schema = document.paths['/api/v1/services/{id}']?.['get']?.responses['200']?.content?.['application/json']?.schema ?? {};
    const { name, ...nameless } = (await get('/api/v1/services/island-care')).json();
    expect(checkOf(schema).safeParse(nameless).success).toBe(false);
    expect(checkOf(schema).safeParse({ ...nameless, name, secret: 1 }).success).toBe(false);
  });
});

describe('a collection', () => {
  test('is walked by its cursors without a gap or a repetition, whatever the size of a page', async () => {
    expect(collections()).toHaveLength(16);
    for (const path of collections()) {
      const whole = (await get(`${path}?limit=200`)).json<{ items: unknown[]; next: null }>();
      expect(whole.next, path).toBeNull();
      for (const limit of [1, 2, 3]) {
        const walked: unknown[] = [];
        for (let next: string | null = ''; next !== null; ) {
          const page: { items: unknown[]; next: string | null } = (await get(`${path}?limit=${limit}${next === '' ? '' : `&cursor=${next}`}`)).json();
          expect(page.items.length, path).toBeLessThanOrEqual(limit);
          walked.push(...page.items);
          next = page.next;
        }
        expect(walked, `${path} by ${limit}`).toEqual(whole.items);
      }
    }
  });

  test('is in one order: by id, which no two share', async () => {
    for (const path of collections().filter((one) => !/(?:findings|review)$/.test(one))) {
      const ids = (await get(`${path}?limit=200`)).json<{ items: { id?: string; key?: string }[] }>().items.map((item) => item.id ?? item.key ?? '');
      expect(ids, path).toEqual([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)));
    }
  });

  test('keeps what its filters name, and all of it', async () => {
    // The files in the folder of the harbour are its services; the two areas of that parent are its townships' counties.
    const harbour = [...packFiles('lantern-bay').keys()].flatMap((path) => /^services\/harbour\/(.+)\.yaml$/.exec(path)?.[1] ?? []).sort();
    expect((await get('/api/v1/services?domain=harbour')).json().items.map(({ id }: { id: string }) => id)).toEqual(harbour);
    expect((await get('/api/v1/divisions?parent=990100')).json().items.map(({ key }: { key: string }) => key)).toEqual(['990101', '990122']);
    expect((await get('/api/v1/findings?severity=info')).json().items).toEqual([]);
  });

  test('refuses a cursor that is damaged or was given by another list', async () => {
    const { next } = (await get('/api/v1/services?limit=1')).json<{ next: string }>();
    for (const cursor of ['x', next.slice(1), `${next}A`, encodeURIComponent('["services",1]'), Buffer.from('["services",1]').toString('base64url')]) {
      const reply = await get(`/api/v1/services?lang=en&cursor=${cursor}`);
      expect([cursor, reply.statusCode, reply.json().title]).toEqual([cursor, 400, 'Page mark not valid']);
    }
    expect((await get(`/api/v1/targets?cursor=${next}`)).statusCode).toBe(400);
  });
});

describe('a problem', () => {
  const isProblem = (body: unknown): boolean => checkOf(document.components.schemas['Problem'] ?? {}).safeParse(body).success;

  test('is told in the language of the caller: the address first, then what the browser asks for, then Chinese', async () => {
    const title = async (url: string, headers: Record<string, string> = {}): Promise<unknown> => (await get(url, headers)).json().title;
    expect(await title('/api/v1/services/moon')).toBe('没有找到');
    expect(await title('/api/v1/services/moon', { 'accept-language': 'fr, en-GB;q=0.8, zh;q=0.2' })).toBe('Not found');
    expect(await title('/api/v1/services/moon?lang=zh', { 'accept-language': 'en' })).toBe('没有找到');
  });

  test('answers every unknown thing: an id, a data set, a form, an address', async () => {
    for (const path of [...collections().filter((one) => !/(?:findings|review)$/.test(one)).map((one) => `${one}/moon`), '/api/v1/data/moon.csv', '/api/v1/data/services.pdf', '/api/v1/schema/moon', '/api/v1/cited?cite=moon', '/api/v1/moon', '/api/v2', '/moon']) {
      const reply = await get(path);
      expect([path, reply.statusCode, reply.headers['content-type'], isProblem(reply.json())]).toEqual([path, 404, 'application/problem+json', true]);
    }
  });

  test('names the parameter that is wrong and what it may be', async () => {
    const detail = async (query: string): Promise<[number, string]> => {
      const reply = await get(`/api/v1/services?lang=en&${query}`);
      return [reply.statusCode, reply.json().detail.split(': ')[1] + (reply.json().detail.split(': ')[2] ?? '')];
    };
    expect(await detail('domian=harbour')).toEqual([400, 'there is no parameter domian here.']);
    expect(await detail('limit=201')).toEqual([400, 'limit is at most 200.']);
    expect(await detail('limit=0')).toEqual([400, 'limit is at least 1.']);
    expect(await detail('limit=ten')).toEqual([400, 'limit is missing, or is not this kind of value.']);
    expect((await get('/api/v1/services?lang=fr')).json().detail).toContain('lang 只能是：zh, en。');
    expect((await get('/api/v1/search')).json().detail).toContain('q 没有给');
    expect((await get('/api/v1/search?q=a&q=b')).statusCode).toBe(400);
  });

  test('of one who asks too often says when to come back', async () => {
    const small = await createApp({ city: () => city, ready: async () => true, quiet: true, limit: 2 });
    const replies = [];
    for (let time = 0; time < 3; time++) replies.push(await small.inject({ url: '/api/v1/plan?lang=en' }));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(replies[2]?.json()).toMatchObject({ status: 429, title: 'Please wait' });
    expect(Number(replies[2]?.headers['retry-after'])).toBeGreaterThan(0);
    await small.close();
  });

  test('of ours says nothing of the fault', async () => {
    const broken = await createApp({ city: () => { throw new Error('secret of the house'); }, ready: async () => false, quiet: true });
    const reply = await broken.inject({ url: '/api/v1/plan' });
    expect(reply.statusCode).toBe(500);
    expect(isProblem(reply.json())).toBe(true);
    expect(reply.body).not.toContain('secret');
    expect((await broken.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await broken.inject('/readyz')).statusCode).toBe(503);
    await broken.close();
  });
});

describe('methods', () => {
  test('read: HEAD is GET without its body, OPTIONS says what is allowed, nothing else is', async () => {
    const full = await get('/api/v1/plan');
    const head = await app.inject({ method: 'HEAD', url: '/api/v1/plan' });
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, full.headers['content-length'], '']);
    const options = await app.inject({ method: 'OPTIONS', url: '/api/v1/plan' });
    expect([options.statusCode, options.headers['allow'], options.headers['access-control-allow-origin']]).toEqual([204, 'GET, HEAD, OPTIONS', '*']);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const reply = await app.inject({ method, url: '/api/v1/plan' });
      expect([method, reply.statusCode, reply.headers['allow']]).toEqual([method, 405, 'GET, HEAD, OPTIONS']);
    }
  });
});

describe('open data', () => {
  test('lists every set with its size and where it is', async () => {
    const sets = (await get('/api/v1/data')).json<{ set: string; rows: number; csv: string; schema: string }[]>();
    expect(sets.map((one) => one.set)).toEqual([...DATA_SETS]);
    for (const { set, rows, csv, schema } of sets) {
      expect(rows, set).toBeGreaterThan(0);
      expect([(await get(csv)).statusCode, (await get(schema)).statusCode]).toEqual([200, 200]);
    }
  });

  test('is the same rows in three forms, and follows the schema that each names', async () => {
    for (const set of DATA_SETS) {
      const json = await get(`/api/v1/data/${set}.json`);
      const link = /<([^>]+)>; rel="describedby"/.exec(String(json.headers['link']))?.[1] ?? '';
      const schema = (await get(link)).json<Json>();
      expect(z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(json.json()).error, set).toBeUndefined();
      const { rows } = json.json<{ rows: Record<string, unknown>[] }>();
      const keys = Object.keys(rows[0] ?? {});
      expect(keys.length, set).toBeGreaterThan(0);

      const csv = await get(`/api/v1/data/${set}.csv`);
      expect(csv.body.split('\r\n')[0]?.replace('\uFEFF', ''), set).toBe(keys.join(','));
      expect(csv.headers['link'], set).toBe(json.headers['link']);
      expect(csv.headers['content-disposition']).toBe(`attachment; filename="${set}.csv"`);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(new Uint8Array((await get(`/api/v1/data/${set}.xlsx`)).rawPayload).buffer);
      const sheet = workbook.worksheets[0];
      expect(sheet?.getRow(rows.length + 1).getCell(1).value, set).toEqual(rows.at(-1)?.[keys[0] ?? '']);
    }
  });
});
