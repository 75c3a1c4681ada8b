import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#adapters/store/index.ts';
import { openBooks } from '#apps/server/books.ts';
import { runsFolder } from '#apps/server/run/folder.ts';
import { askStore } from '#apps/server/store-command.ts';
import { removePlaces, runCli, temporaryFolder } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

const PACK = join(import.meta.dirname, '../packs/jinhua');
const INDICATOR = 'i145-35-two-disability-subsidies';
const PAGES = ['/desk/runs', '/desk/money', '/desk/loop'] as const;

interface Done {
  readonly run: string;
  readonly counts: { readonly new: number };
  readonly set: number;
  readonly bookedFen: number;
  readonly observed: { readonly numerator: number; readonly denominator: number };
}

/** A small city in a data folder: decided and acted on, booked, its batches prepared and all but the first paid, one indicator observed. */
async function goHalfAround(data: string): Promise<Done> {
  const ask = async <T>(...words: readonly string[]): Promise<T> => {
    const { code, out, err } = await runCli([...words, '--json'], { MINSHENG_DATA: data, MINSHENG_PACK: PACK });
    if (code !== 0) throw new Error(`${words.join(' ')}: ${err}`);
    const answer: T = JSON.parse(out);
    return answer;
  };
  const feeds = join(temporaryFolder(), 'feeds');
  await ask('demo', '--residents', '1500', '--on', '2026-11-28', '--out', feeds);
  await ask('feed', 'load', feeds, '--on', '2026-11-28');
  const { run: { id }, changes } = await ask<{ readonly run: { readonly id: string }; readonly changes: { readonly counts: Done['counts'] } }>('decide', '--all', '--as-of', '2026-12-01', '--against', 'grants');
  const { acts } = await ask<{ readonly acts: { readonly set: { readonly count: number } } }>('act', id, '--accept', '--as', 'payments-preparer');
  const { booked } = await ask<{ readonly booked: { readonly addedFen: number } }>('pay', 'book', '--month', '2026-12');
  const { batches } = await ask<{ readonly batches: readonly { readonly id: string }[] }>('pay', 'prepare', '--month', '2026-12');
  const order = (order: unknown) => askStore({ folder: data, databaseUrl: undefined, keys: undefined, mode: 'demo' }, 'grants', order);
  for (const { id: batch } of batches.slice(1)) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as people do
    await order({ do: 'approve', pack: PACK, batch, as: 'payments-approver' });
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as people do
    await order({ do: 'release', pack: PACK, batch, as: 'payments-releaser' });
  }
  const answer = await order({ do: 'observe', folder: data, pack: PACK, indicator: INDICATOR, month: 202612, run: id });
  if (answer.kind !== 'json') throw new Error(answer.kind);
  // The other end is this code.
  const { observation } = answer.value as { readonly observation: Done['observed'] };
  return { run: id, counts: changes.counts, set: acts.set.count, bookedFen: booked.addedFen, observed: observation };
}

const yuan = (fen: number): string => (fen / 100).toLocaleString('en', { minimumFractionDigits: 2 });
const grouped = (count: number): string => count.toLocaleString('en');

describe.skipIf(!hasBrowser)('runs, money and the loop on the desk', () => {
  let [town, empty]: (Running | undefined)[] = [];
  let done: Done;
  let browser: Browser;
  const ends: (() => Promise<void>)[] = [];
  /** The city of a data folder with what its store and its runs hold. */
  async function open(folder: string): Promise<Running> {
    const opening = await openStore({ folder }, '2026-12-01T00:00:00.000Z');
    if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
    const city = cityOf('jinhua', {}, { books: openBooks({ database: opening.database, runs: runsFolder(folder), pack: () => city.pack }) });
    const running = await run(city);
    ends.push(async () => {
      await running.app.close();
      await opening.database.close();
    });
    return running;
  }
  beforeAll(async () => {
    const data = join(temporaryFolder(), 'data');
    done = await goHalfAround(data);
    town = await open(data);
    empty = await open(join(temporaryFolder(), 'data'));
    browser = await openBrowser();
    // A dozen programs of the command line, each of which starts anew.
  }, 600_000);
  afterAll(async () => {
    await browser.close();
    for (const end of ends) await end();
    removePlaces();
  });

  async function look(running: Running | undefined, path: string, width = 1280): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, baseURL: running?.origin ?? '' })).newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }
  const textOf = async (running: Running | undefined, path: string): Promise<string> => {
    const page = await look(running, path);
    const text = await page.locator('main').innerText();
    await page.context().close();
    return text;
  };

  test('with nothing done yet each page says what it would show, and by which command', async () => {
    expect(await textOf(empty, '/desk/runs')).toMatch(/还没有运行过.*每次运行的日子.*minsheng decide --all --against grants/s);
    expect(await textOf(empty, '/desk/money')).toMatch(/还没有记过账.*minsheng pay book --month.*没有多付待追的钱.*还没有测过指标/s);
    const loop = await textOf(empty, '/desk/loop');
    expect(loop).toContain('12 步里做过 0 步');
    for (const command of ['minsheng feed load', 'minsheng decide --all --as-of 2026-11-24 --against grants', 'minsheng act RUN', 'minsheng pay book --month 2026-11', 'minsheng pay prepare', 'minsheng reform schedule', 'minsheng observe', 'npm run loop']) expect(loop).toContain(command);
    expect((await fetch(`${empty?.origin}/desk/runs/2026-12-01-c0ffee000000`)).status).toBe(404);
  });

  test('the run stands in the list with its counts and what was done, and opens to its services, payers and clauses', async () => {
    const page = await look(town, '/desk/runs');
    const row = await page.locator('#runs tbody tr').innerText();
    for (const said of ['2026-12-01', 'v1', grouped(done.counts.new), '已全部照办', `定下 ${grouped(done.set)}`]) expect(row).toContain(said);
    expect(await page.locator('.desk-note').innerText()).toMatch(/^合成居民 共 1,500 人/);
    await page.locator('#runs a').click();
    await page.waitForURL(`**/desk/runs/${done.run}`);
    await page.locator('#acts').waitFor();
    expect(await page.locator('main').innerText()).toContain('minsheng pay book --month 2026-12');
    // All grants are new, so every service has as many new ones as it decides.
    const cells = await page.locator('#services tbody tr').evaluateAll((rows) => rows.map((one) => [...(one as unknown as { readonly cells: Iterable<{ readonly innerText: string }> }).cells].map(({ innerText }) => innerText.trim())));
    expect(cells.length).toBeGreaterThan(10);
    // But for what people have on the spot, which nobody is granted.
    expect(cells.filter(([, , before, after, made]) => before !== '0' || after !== made).map(([name]) => name)).toEqual(['参观文化遗产', '观看电视', '疾病应急救助']);
    // What is hidden is few each, and not few altogether.
    const hidden = done.counts.new - cells.reduce((sum, [, , , , made = '']) => sum + (made === '不显示' ? 0 : Number(made.replaceAll(',', ''))), 0);
    expect(hidden).toBeGreaterThanOrEqual(5);
    await page.locator('#services a', { hasText: '困难残疾人生活补贴' }).click();
    await page.locator('.desk-open[open] [data-of=clauses] td', { hasText: '以前没有这项待遇' }).waitFor({ state: 'visible' });
    await page.context().close();
  });

  test('the books agree to the fen, and the batch that waits says who may sign next', async () => {
    const text = await textOf(town, '/desk/money');
    expect(text).toMatch(/\d+ 个出资方的账都对得上，一分不差/);
    expect(text).toContain(`记账 ${yuan(done.bookedFen)} 元`);
    expect(text).toMatch(/下一步，审核（不能是编批的人）：\s*minsheng pay approve --batch 202612-\S+-1 --as NAME/);
    expect(text).toMatch(/已放款\s+system\s+payments-approver\s+payments-releaser/);
    expect(text).toContain(`领到 ${done.observed.numerator} ÷ 应领 ${done.observed.denominator}`);
  });

  test('the loop shows what has happened, equal where it is equal, and names the command of each step that has not', async () => {
    const page = await look(town, '/desk/loop');
    const step = (id: string): Promise<string> => page.locator(`#${id}`).innerText();
    expect(await step('book-before')).toMatch(new RegExp(`= 记账 ${yuan(done.bookedFen)} 元`));
    expect(await step('book-before')).toContain('一分不差');
    // One batch has not left: paid is not what was prepared.
    expect(await step('pay-before')).toMatch(/ ≠ 付出 .*minsheng pay approve\|release/s);
    expect(await step('observe-before')).toContain(`领到 ${done.observed.numerator}，应领 ${done.observed.denominator}`);
    expect(await step('reform')).toMatch(/还没有做.*minsheng reform schedule/s);
    expect(await page.locator('.desk-loop > li').count()).toBe(12);
    // Each step leads to the next, and the last to the first.
    for (let at = 0; at < 12; at++) expect(await page.locator('.desk-loop > li').nth(at).locator('.desk-next a').last().getAttribute('href')).toBe(`#${await page.locator('.desk-loop > li').nth((at + 1) % 12).getAttribute('id')}`);
    await page.context().close();
  });

  test('the indicator shows what was observed beside its base and target, and that the people were made up', async () => {
    const text = await textOf(town, `/indicators/${INDICATOR}`);
    expect(text).toMatch(new RegExp(`本系统测得\\s+2026-12：[\\d.]+%。应领 ${done.observed.denominator} 份，领到 ${done.observed.numerator} 份.*合成居民（1,500 人，不是真人）`, 's'));
    const page = await look(town, '/desk/indicators');
    expect(await page.locator('tr', { hasText: '合成居民 1,500 人' }).count()).toBe(1);
    await page.context().close();
    expect(await textOf(empty, `/indicators/${INDICATOR}`)).not.toContain('本系统测得');
  });

  test('every page is accessible, wide in English and narrow in Chinese', { timeout: 300_000 }, async () => {
    for (const path of [...PAGES, `/desk/runs/${done.run}`]) {
      for (const [at, width] of [[path, 390], [`${path}?lang=en`, 1280]] as const) {
        const page = await look(town, at, width);
        for (const summary of await page.locator('.desk-open summary').all()) await summary.click();
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
        expect(violations.map(({ id, nodes }) => `${at} ${width} ${id} ${nodes.slice(0, 2).map(({ html }) => html).join(' ')}`)).toEqual([]);
        // Tables scroll by themselves; the page does not.
        expect(await page.locator('main').evaluate((main) => (main as unknown as { readonly scrollWidth: number }).scrollWidth), at).toBeLessThanOrEqual(width);
        expect(await page.locator('body').innerText()).not.toMatch(/undefined|\[object|\bNaN\b/);
        await page.context().close();
      }
    }
  });
});
