import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openCity } from '#engine/city.ts';
import type { City, CityPopulation } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import { fishersOf } from '#engine/entitlement/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack, packDigest } from '#engine/pack/index.ts';
import { keysOf, rowNumbers, withOverlay } from '#engine/population/index.ts';
import type { Correction, Doorkeeper, Opening, Origins } from '#engine/population/index.ts';
import { parseTrace } from '#engine/rules/index.ts';
import { vaultOf } from '#adapters/store/index.ts';
import type { StaffAccount } from '#adapters/store/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { createApp } from '../app.ts';
import { testSignIn, withinAccount } from '../people.ts';
import { parseBearer, tokenOf } from '../token.ts';

const PATH = '/api/v1/people/entitlements';
const NOW = '2031-06-15T00:00:00.000Z';
let random = 0;
const vault = vaultOf([new Uint8Array(32).fill(1)], (bytes) => new Uint8Array(bytes).fill(++random));
const log: Opening[] = [];
/** Accounts of members of staff, by id. */
const accounts = new Map<string, StaffAccount>();
let app: FastifyInstance;
let city: City;
let check: z.ZodType;
let operation: { readonly security: unknown; readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }>> };

/** The eleven fishers of the harbour town; a task about the second is open, and nothing else. */
beforeAll(async () => {
  const files = packFiles('lantern-bay');
  const { pack } = loadPack(files);
  const today = parseDate('2031-06-15');
  if (!pack || !today) throw new Error('the pack does not load');
  const population = { snapshot: fishersOf(pack), kind: 'synthetic', standsFor: 1, people: 11, keys: keysOf(new Map([['person', rowNumbers(11)], ['living', rowNumbers(11)]])) } as const;
  const doorkeeper: Doorkeeper = { passage: async (_, __, { subjectKey }) => new Map(subjectKey === 'person-1' ? [['closed-season-grant', ['public', 'personal', 'sensitive']] as const] : []), write: async (openings: readonly Opening[]) => { log.push(...openings); } };
  city = openCity({ pack, ...linkBook(pack), findings: [], today, release: { digest: packDigest(files), activatedAt: NOW }, diagnostics: [], mode: 'demo', population, doorkeeper });
  app = await createApp({ city: () => city, ready: async () => true, quiet: true, limit: 100_000, signedIn: testSignIn(vault, { now: () => NOW, today: () => today }, () => city, async (id) => accounts.get(id)) });
  const document = (await app.inject('/api/v1/openapi.json')).json();
  const inline = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inline);
    if (typeof node !== 'object' || node === null) return node;
    if ('$ref' in node && typeof node.$ref === 'string') return inline(document.components.schemas[node.$ref.split('/').at(-1) ?? '']);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
  };
  operation = document.paths[PATH].post;
  check = z.fromJSONSchema(inline(operation.responses['200']?.content['application/json']?.schema) as Parameters<typeof z.fromJSONSchema>[0]);
});
afterAll(() => app.close());

const token = (as: string, until = '2031-06-15T01:00:00.000Z'): string => tokenOf(vault, parseBearer(as) ?? expect.unreachable(as), until);
const ask = (body: object, bearer?: string) => app.inject({ method: 'POST', url: `${PATH}?lang=en`, payload: body, headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } });
const own = { key: 'person-1', purpose: 'to know' };

test('the document says that it needs a token, and every way in which it answers', () => {
  expect(operation.security).toEqual([{ bearer: [] }]);
  expect(Object.keys(operation.responses)).toEqual(['200', '400', '401', '403', '503']);
});

test('the person is told what they are entitled to, as the document says it, with traces, and nobody keeps it', async () => {
  log.length = 0;
  const reply = await ask({ ...own, trace: true }, token('person:person-1'));
  expect([reply.statusCode, reply.headers['cache-control'], reply.headers['content-type']]).toEqual([200, 'no-store', 'application/json; charset=utf-8']);
  const body = reply.json();
  expect(check.safeParse(body).error).toBeUndefined();
  // 1,000.00 is at the line: 800.00 a month, of which the city pays 60 in 100 (testing.ts of the room).
  const grant = body.services.find(({ service }: { service: string }) => service === 'closed-season-grant');
  expect(grant).toMatchObject({ verdict: 'yes', amount: { minFen: 80_000, maxFen: 80_000, per: 'month' }, demo: true, change: null });
  expect(grant.payers.map(({ amountFen }: { amountFen: number }) => amountFen)).toEqual([48_000, 32_000]);
  expect(parseTrace({ ...grant.trace, steps: body.steps })).toMatchObject({ service: 'closed-season-grant', verdict: { kind: 'yes', amountFen: 80_000 } });
  expect(log).toMatchObject([{ actor: 'person-1', purpose: 'to know', through: `POST ${PATH}`, about: { subjectKey: 'person-1', householdKey: 'living-1' } }]);
  expect(log[0]?.columns).toContain('person.month-income');
});

test('without traces each is null, and so are their steps; the rest is the same', async () => {
  const [withTrace, without] = [(await ask({ ...own, trace: true }, token('person:person-1'))).json(), (await ask(own, token('person:person-1'))).json()];
  expect(check.safeParse(without).error).toBeUndefined();
  expect(without).toEqual({ ...withTrace, services: withTrace.services.map((one: object) => ({ ...one, trace: null })), steps: null });
});

test('each value says where it comes from, and one that was corrected decides and says that too', async () => {
  const before = city;
  const plain = before.population;
  if (!plain) throw new Error('nobody is loaded');
  // The harbour office told its licences on 1 June; the tax office corrects the income to one fen above the line (1,000.00).
  const origins: Origins = { feeds: [{ feed: 'licences', department: 'harbour-office', entity: 'person', observedOn: 20310601, validFrom: 20310101 }], givers: new Map([['person.fishing-licence', { feeds: [0], by: undefined }]]) };
  const corrections: readonly Correction[] = [{ entity: 'person', row: 1, fact: 'person.month-income', value: 100_001, validFrom: 20310602, observedOn: 20310603, knownAt: '2031-06-04T00:00:00.000Z', source: 'holder', by: 'tax-office' }];
  const look = { factsOn: 20310615, knownAt: NOW };
  const population: CityPopulation = { ...plain, snapshot: withOverlay(plain.snapshot, corrections, look), base: plain.snapshot, overlay: { corrections, look }, origins };
  city = openCity({ ...before, population });
  const { services, steps } = (await ask({ ...own, trace: true }, token('person:person-1'))).json();
  city = before;
  const trace = parseTrace({ ...services.find(({ service }: { service: string }) => service === 'closed-season-grant').trace, steps });
  expect(trace.verdict).toEqual({ kind: 'no', clause: 'income' });
  const from = new Map(trace.steps.flatMap(({ detail, provenance }) => (detail.fact === undefined ? [] : [[detail.fact, provenance] as const])));
  expect(from.get('person.month-income')).toEqual({ source: 'holder', holder: 'tax-office', observedOn: 20310603, validFrom: 20310602 });
  expect(from.get('person.fishing-licence')).toEqual({ source: 'licences', holder: 'harbour-office', observedOn: 20310601, validFrom: 20310101 });
});

test('staff with an open task are told, with the law of the day that they name', async () => {
  expect((await ask(own, token('staff:w-7:harbour-office'))).statusCode).toBe(200);
  // For the service of the task, and for no other.
  expect((await ask(own, token('staff:w-7:harbour-office'))).json()).toMatchObject({ services: [{ service: 'closed-season-grant', verdict: 'yes' }], beyond: [] });
  const before = (await ask({ ...own, asOf: '2030-01-01' }, token('staff:w-7:harbour-office'))).json();
  expect(before.lawOn).toBe('2030-01-01');
});

test('anybody else is refused with the attempt on record, and cannot tell who exists', async () => {
  for (const [key, as] of [['person-2', 'person:person-1'], ['person-2', 'staff:w-7:harbour-office'], ['person-99', 'staff:w-7:harbour-office'], ['person-99', 'person:person-99'], ['living-1', 'person:person-1']] as const) {
    log.length = 0;
    const reply = await ask({ ...own, key }, token(as));
    expect([key, as, reply.statusCode, reply.headers['cache-control'], reply.json().title]).toEqual([key, as, 403, 'no-store', 'Not allowed to see this']);
    expect(log).toMatchObject([{ about: { subjectKey: key }, columns: [] }]);
  }
});

test('without a token, with one that is past its time, altered or of another city, nobody is signed in', async () => {
  log.length = 0;
  const other = tokenOf(vaultOf([new Uint8Array(32).fill(2)], (bytes) => new Uint8Array(bytes)), { kind: 'person', key: 'person-1' }, '2099-01-01T00:00:00.000Z');
  const good = token('person:person-1');
  for (const bearer of [undefined, '', 'x', other, token('person:person-1', NOW), `${good.slice(0, -4)}AAAA`, good.slice(5), `mst1.${'A'.repeat(20)}`]) {
    const reply = await ask(own, bearer);
    expect([bearer, reply.statusCode, reply.headers['www-authenticate']]).toEqual([bearer, 401, 'Bearer']);
  }
  expect(log).toEqual([]);
});

test('a token of staff is worth what their account is worth now: nothing once it is closed, of another department or of fewer areas, less where a role was taken back', async () => {
  const account: StaffAccount = { id: 'w-8', name: '小梅', department: 'harbour-office', areas: ['990101'], roles: ['case-officer'], isTest: true, madeAt: NOW, enrolledAt: NOW, disabledAt: null };
  accounts.set('w-8', account);
  const asked = async (as: string): Promise<number> => (await ask(own, token(as))).statusCode;
  expect([await asked('staff:w-8:harbour-office:990101'), await asked('staff:w-8:harbour-office:990101001')]).toEqual([200, 200]);
  expect([await asked('staff:w-8:harbour-office'), await asked('staff:w-8:harbour-office:990122'), await asked('staff:w-8:tax-office:990101')]).toEqual([401, 401, 401]);
  accounts.set('w-8', { ...account, disabledAt: NOW });
  expect(await asked('staff:w-8:harbour-office:990101')).toBe(401);
  const without = withinAccount({ kind: 'staff', id: 'w-8', department: 'harbour-office', areas: ['990101'], roles: ['case-officer'] }, { ...account, roles: ['auditor'] });
  expect(without?.roles).toEqual([]);
  accounts.delete('w-8');
});

test('what the same key has sealed for something else is no token', async () => {
  const claims = new TextEncoder().encode(JSON.stringify({ bearer: { kind: 'person', key: 'person-1' }, until: '2099-01-01T00:00:00.000Z' }));
  for (const place of ['typed\n/my', 'sign-in', 'session', '']) expect((await ask(own, `mst1.${Buffer.from(vault.seal(claims, place)).toString('base64url')}`)).statusCode).toBe(401);
});

test('a purpose is asked for, and a key without control characters', async () => {
  for (const body of [{ key: 'person-1' }, { ...own, purpose: '' }, { ...own, key: 'person-1\u0000' }, { ...own, kye: 1 }]) expect((await ask(body, token('person:person-1'))).statusCode).toBe(400);
});

test('where nobody is loaded or no door is kept, that is said', async () => {
  const before = city;
  city = openCity({ ...before, population: undefined });
  expect((await ask(own, token('person:person-1'))).statusCode).toBe(503);
  city = openCity({ ...before, doorkeeper: undefined });
  expect((await ask(own, token('person:person-1'))).json().title).toBe('No residents loaded');
  city = before;
});
