import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCity } from '#engine/city.ts';
import { linkBook, openingReform, simulate } from '#engine/entitlement/index.ts';
import { ELDERS, eldersOf } from '#engine/entitlement/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { createApp } from '../app.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const today = parseDate('2031-06-15');
if (!pack || !today) throw new Error('the pack does not load');
/** Six times the ten old fishers, so that every number of their table is six times as large. */
const snapshot = eldersOf(pack, Array.from({ length: 6 }, () => ELDERS).flat());
const residuals = [{ id: 'grade-one', name: { zh: '一级渔民', en: 'Fishers of grade one' }, kind: 'count' as const, published: 4000, wanted: 4, drawn: 5, residual: 25, year: 2030, source: 'LB-DEMO', confidence: 'demo' as const, heldOut: false }];
const city = openCity({ pack, ...linkBook(pack), findings: [], today, release: { digest: 'd', activatedAt: '2031-06-15T00:00:00.000Z' }, diagnostics: [], mode: 'demo', population: { snapshot, kind: 'synthetic', standsFor: 100, people: 60, residuals } });
const baseline = city.baseline();
if (!baseline) throw new Error('nobody is loaded');

let app: FastifyInstance;
beforeAll(async () => {
  app = await createApp({ city: () => city, ready: async () => true, quiet: true, limit: 100_000 });
});
afterAll(() => app.close());

async function ask(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const reply = await app.inject(`/api/v1/${path}`);
  return { status: reply.statusCode, body: reply.json() };
}

test('a row of the scope board says whose numbers they are, and a service that is not decided says only whom it is for', async () => {
  const { body } = await ask('scope-board/old-fisher-grant');
  expect(body).toMatchObject({ id: 'old-fisher-grant', people: { count: 60, kind: 'synthetic', standsFor: 100 }, board: { subject: 'person', cycle: 'month', leftOut: 24, leftOutFen: 600_000 } });
  expect(body).toMatchObject({ board: { groups: [{ group: 'registered', name: { en: 'Registered in Lantern Bay' }, reach: 'open', people: 30, entitled: 30, leftOut: 0 }, { group: 'insured', reach: 'closed', leftOut: 18 }, { group: 'resident' }, { group: null, name: null }] } });
  expect((await ask('scope-board/lighthouse-visit')).body).toMatchObject({ board: null, for: { en: 'Everybody' } });
});

test('opening a cell costs what the simulator says, with its error', async () => {
  const { body } = await ask('opening?service=old-fisher-grant&group=insured&area=990101');
  const found = simulate(baseline, openingReform({ service: 'old-fisher-grant', group: 'insured', area: '990101' }, today));
  expect(found.kind === 'simulated' ? found.changes.movedFen : -1).toBe(180_000);
  expect(body).toMatchObject({ movedFen: 180_000, services: [{ service: 'old-fisher-grant', counts: { new: 6 }, beforeFen: 510_000, afterFen: 690_000, error: { kind: 'band', percent: 25, worst: 'grade-one' } }] });
  for (const wrong of ['service=old-fisher&group=insured', 'service=old-fisher-grant&group=insurde', 'service=old-fisher-grant&group=insured&area=1']) expect((await ask(`opening?${wrong}`)).status, wrong).toBe(404);
});

test('another value of a parameter: nobody here has an income above the line, so nothing changes', async () => {
  expect((await ask('simulation?parameter=income-line&area=990100&value=1200')).body).toMatchObject({ movedFen: 0, services: [] });
  expect((await ask('simulation?parameter=income-lime&area=990100&value=1200')).status).toBe(404);
  expect((await ask('simulation?parameter=income-line&area=990100&value=much')).status).toBe(404);
});

test('take-up by county and place, the lists, the transfers and the residuals', async () => {
  expect((await ask('take-up?service=old-fisher-grant')).body).toMatchObject({ takeUp: { isRecorded: true, entitled: { cells: [[18, 0, 0], [0, 6, 0], [0, 0, 0], [0, 0, 6]], all: 30 }, drawn: { all: 12 }, notDrawn: { all: 12 } } });
  expect((await ask('take-up?service=meal-boat')).body).toMatchObject({ takeUp: { isRecorded: false, drawn: null } });
  expect((await ask('take-up?service=nothing')).status).toBe(404);
  expect((await ask('stacking')).body).toMatchObject({ lists: [{ list: 'boat-vouchers' }, { list: 'island-visits' }, { list: 'sea-support', rule: 'first-wins', places: [{ service: 'closed-season-grant', meet: 0 }, { service: 'old-fisher-grant', meet: 30, hold: 30, moved: 0 }] }] });
  // In this town nobody has entered who pays: nothing moves.
  expect((await ask('flows')).body).toMatchObject({ people: { count: 60 }, counties: ['990101', '990122', 'free-port'] });
  expect((await ask('residuals')).body).toMatchObject({ totals: [{ id: 'grade-one', wanted: 4, drawn: 5, residual: 25, heldOut: false }] });
});
