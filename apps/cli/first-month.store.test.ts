import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { batchesOnRecord } from '#tools/on-record.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

/** It makes its own embedded store, or none: on a PostgreSQL it would say the same once more. */
const isEmbedded = process.env['DATABASE_URL'] === undefined;
const LIVE = ['--first-month', '--lang', 'en'];
const soon = { timeout: 90_000, interval: 250 };

afterAll(removePlaces);

/** How many entries the log has in all. */
function entriesIn({ out }: { readonly out: string }): number {
  const told: { readonly verification: { readonly entries: number } } = JSON.parse(out);
  return told.verification.entries;
}

interface Runs {
  readonly items: readonly { readonly id: string; readonly acted: string; readonly against: { readonly kind: string } }[];
}

interface Books {
  readonly holds: boolean;
  readonly books: readonly { readonly payer: string; readonly bookedFen: number; readonly paidFen: number; readonly owedFen: number }[];
}

test.runIf(isEmbedded)('a demonstration lives through its first month while it answers, once; cut off, it goes on at the next start', { timeout: 300_000 }, async () => {
  const place: Environment = { ...(await newPlace()), MINSHENG_PACK: join(import.meta.dirname, '../../packs/jinhua'), MINSHENG_TODAY: '2026-11-25' };
  // A small Jinhua, drawn before the city is opened: a release that is there stays.
  expect(await runCli(['demo', '--residents', '4000', '--on', '2026-11-25'], place)).toMatchObject({ code: 0 });
  // Killed while it acts: what had been granted stays.
  const cut = await spawnCity(place, LIVE);
  await vi.waitFor(async () => expect(await (await fetch(`${cut.url}/api/v1/runs`)).json()).toMatchObject({ items: [{ asOf: '2026-11-01' }] }), soon);
  await cut.end('SIGKILL');
  const city = await spawnCity(place, LIVE);
  await vi.waitFor(() => expect(city.printed()).toMatch(/lived through its first month: [\d,]+ grants/), soon);
  const told = await runCli(['pay', 'reconcile', '--month', '2026-11', '--json'], place);
  const { holds, books }: Books = JSON.parse(told.out);
  expect(holds).toBe(true);
  expect(books.some(({ paidFen }) => paidFen > 0)).toBe(true);
  // The month decided again with nothing new changes nothing and says nothing to anybody; that everybody's facts were read is noted.
  const before = entriesIn(await runCli(['audit', 'verify', '--json'], place));
  expect(JSON.parse((await runCli(['redecide', '2026-11', '--as-of', '2026-11-25', '--json'], place)).out)).toMatchObject({ settled: 0, left: 0 });
  expect(entriesIn(await runCli(['audit', 'verify', '--json'], place))).toBe(before + 1);
  // What was done is not said to wait for anybody.
  const { items }: Runs = JSON.parse(await (await fetch(`${city.url}/api/v1/runs`)).text());
  const [run] = items.filter(({ against }) => against.kind === 'grants');
  expect(run?.acted).toBe('whole');
  expect(JSON.parse((await runCli(['act', run?.id ?? '', '--json'], place)).out)).toMatchObject({ run: run?.id, before: true });
  expect((await city.end()).code).toBe(0);
  const again = await spawnCity(place, LIVE);
  await again.end();
  expect(again.printed()).not.toContain('first month');
  expect((await batchesOnRecord(place['MINSHENG_DATA'] ?? '')).filter((batch) => !batch.startsWith('serve/')).length).toBeGreaterThan(0);
});
