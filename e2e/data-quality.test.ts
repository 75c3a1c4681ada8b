import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listReleases, writeSyntheticRelease } from '#adapters/columns/index.ts';
import { openPopulation } from '#apps/server/demo-release.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { syntheticModel } from '#engine/population/index.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

const root = mkdtempSync(join(tmpdir(), 'quality-'));

describe.skipIf(!hasBrowser)('the data page of the desk', () => {
  let [town, empty]: (Running | undefined)[] = [];
  let browser: Browser;
  beforeAll(async () => {
    const today = parseDate('2031-06-15');
    const { pack, rules } = cityOf('lantern-bay');
    const model = syntheticModel(pack);
    if (!today || !model) throw new Error('Lantern Bay draws no city');
    writeSyntheticRelease(root, { model, schema: rules.vocabulary.schema, people: 400, seed: 1, on: 20310615, createdAt: '2031-06-15T00:00:00Z' });
    const population = listReleases(root).map((release) => openPopulation(root, release, rules, { factsOn: 20310615, knownAt: '2031-06-15T00:00:00Z' })).at(-1);
    town = await run(cityOf('lantern-bay', {}, { today, population }));
    empty = await run(cityOf('lantern-bay', {}, { today }));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    for (const one of [town, empty]) await one?.app.close();
    rmSync(root, { recursive: true });
  });

  async function open(running: Running | undefined, path: string, width = 1280): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, baseURL: running?.origin ?? '' })).newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  test('without people it says that there are none', async () => {
    const page = await open(empty, '/desk/data');
    expect(await page.locator('[role=status]').innerText()).toContain('还没有载入居民数据');
    expect(await page.locator('#holders').count()).toBe(0);
    await page.context().close();
  });

  test('shows whose numbers they are, each department, and opens to its facts', async () => {
    const page = await open(town, '/desk/data');
    expect(await page.locator('.desk-note').innerText()).toMatch(/^合成居民 共 400 人.*没有部门真的送过文件/s);
    const fisheries = page.locator('#holders tbody tr', { hasText: '渔' }).first();
    // The grade is told of everybody, or told to be none; nobody draws the licence and the boats, and two are held that nobody sends.
    expect(await fisheries.locator('td').first().innerText()).toMatch(/^\d+\.\d\d%$/);
    await fisheries.locator('a').click();
    await page.locator('[data-of=facts] th', { hasText: 'Grade' }).or(page.locator('[data-of=facts] th', { hasText: '渔民证等级' })).first().waitFor({ state: 'visible' });
    await page.context().close();
  });

  test.each(['/desk/data', '/desk/data?lang=en'])('%s is accessible on a wide and a narrow screen, open and closed', async (path) => {
    for (const width of [1280, 390]) {
      const page = await open(town, path, width);
      await page.locator('.desk-open summary').first().click();
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      await page.context().close();
    }
  });
});
