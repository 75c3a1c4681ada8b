import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';
import { grantedCity } from '#tools/granted-city.ts';
import { removePlaces } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';
import { inView, PORTAL } from './portal-routes.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';
import { visibleText } from './visible-text.ts';

/*
 * What every page says, word for word: `npx vitest run --project e2e e2e/golden.test.ts -u` writes what it says now, and
 * the difference is read like any other change.
 */

const LOCALES = ['zh', 'en'] as const;
/** A page is no longer than this as it is sent. */
const MOST_BYTES = 100 * 1024;
const PENSION = 'eldercare-employee-pension';

/** Every kind of page of a resident who draws a pension, on a day that is fixed. */
const OWN: readonly (readonly [path: string, status: number])[] = [
  ['/my', 200], ['/my/print', 200], ['/my/notices', 200], [`/my/notices/${PENSION}/2`, 200], [`/my/notices/${PENSION}/2/confirmed`, 200], [`/my/notices/${PENSION}/2/refused`, 200], ['/my/notices/none/1', 404],
  [`/my/services/${PENSION}`, 200], ['/my/services/social-minimum-living', 200], ['/my/services/culture-film', 200],
  [`/my/services/${PENSION}/want`, 200], [`/my/services/${PENSION}/say/person`, 200], [`/my/services/${PENSION}/say/object`, 200],
  ['/my/family', 200], ['/my/proofs', 200], ['/my/facts', 200], ['/my/facts/person.birth-date', 200], ['/my/facts/person.birth-date/dispute', 200],
  ['/my/account', 200], ['/my/account/bank', 200], ['/my/account/card', 200], ['/my/download', 200], ['/my/sessions', 200],
  ['/my/voice', 200], ['/my/voice/new', 200], ['/check', 200], ['/sign-in', 200],
];

const fileOf = (path: string, locale: string): string => join('golden', locale, `${path.replaceAll(/[/?=]+/g, '_').replace(/^_$/, '_home').slice(1) || 'home'}.txt`);

/** What a page says; that it answers as it should and is no longer than it may be is asked on the way. */
async function saysAt(path: string, locale: string, status: number, ask: (address: string) => Promise<{ readonly status: number; readonly text: string }>): Promise<string> {
  const address = inView(path, locale === 'zh' ? {} : { lang: locale });
  const found = await ask(address);
  expect([address, found.status]).toEqual([address, status]);
  expect(gzipSync(found.text).length, address).toBeLessThanOrEqual(MOST_BYTES);
  return `${visibleText(found.text)}\n`;
}

describe('what the pages for everybody say', () => {
  let running: Running;
  beforeAll(async () => { running = await run(cityOf('jinhua')); });
  afterAll(() => running.app.close());

  test.each(LOCALES)('in %s', async (locale) => {
    const ask = async (address: string) => {
      const reply = await fetch(`${running.origin}${address}`);
      return { status: reply.status, text: await reply.text() };
    };
    // oxlint-disable-next-line no-await-in-loop -- one page after the other, so that the first that differs is told
    for (const [path, status] of PORTAL) await expect(await saysAt(path, locale, status, ask)).toMatchFileSnapshot(fileOf(path, locale));
  });
});

describe('what the pages of a resident say', () => {
  let city: SpawnedCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await grantedCity('of that day');
    browser = browse(city.url);
    await browser.post('/sign-in', { as: 'pensioner', to: '/my' });
  }, 300_000);
  afterAll(async () => {
    await city.end();
    removePlaces();
  });

  test.each(LOCALES)('in %s', async (locale) => {
    // oxlint-disable-next-line no-await-in-loop -- as above
    for (const [path, status] of OWN) await expect(await saysAt(path, locale, status, (address) => browser.get(address))).toMatchFileSnapshot(fileOf(path, locale));
  });
});
