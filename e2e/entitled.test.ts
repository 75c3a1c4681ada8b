import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanned } from '#tools/scan-code.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

/** What somebody answers by the id of the question: options, a date, a number, yes or no. What is not here is no, none or not known. */
type Life = Readonly<Record<string, readonly string[] | { readonly y: string; readonly m: string; readonly d?: string } | { readonly n: string } | 'y' | 'n'>>;


/** A man of 40 with a certificate of the first grade, who lives alone in his county on 1,170 yuan a month and needs care. */
const DISABLED: Life = { hukou: ['ocounty'], birth: { y: '1986', m: '3', d: '10' }, sex: ['oman'], situations: ['disabled'], 'family-size': { n: '1' }, 'family-income': { n: '1170' }, property: 'y', needs: ['care'], 'disability-grade': ['o1'], 'disability-category': ['o4'] };
/** A woman of 70 who draws the resident pension after twenty years of contributions and has paid her medical insurance for this year in time. */
const OLD: Life = { hukou: ['ocounty'], birth: { y: '1956', m: '3', d: '10' }, sex: ['owoman'], situations: ['insured'], 'medical-kind': ['oresident'], 'medical-year': { n: '2026' }, 'medical-paid': { y: '2025', m: '11' }, receives: ['eldercare-resident-pension'], 'resident-years': { n: '20' }, 'pension-kind': ['oresident'], 'family-size': { n: '2' }, 'family-income': { n: '6000' } };
/** An employee of 31 whose first child was born on 1 October, insured for two years, at an employer whose average wage is 7,500. */
const MOTHER: Life = { hukou: ['ocounty'], birth: { y: '1995', m: '6', d: '1' }, sex: ['owoman'], situations: ['insured', 'birth-now'], 'medical-kind': ['oemployee'], 'medical-state': ['oactive'], 'medical-since': { y: '2018', m: '3' }, 'maternity-insured': 'y', 'maternity-months': { n: '24' }, 'birth-on': { y: '2026', m: '10', d: '1' }, 'birth-event': ['odelivery'], 'birth-order': { n: '1' }, babies: { n: '1' }, 'employer-wage': { n: '7500' }, 'family-size': { n: '3' }, 'family-income': { n: '15000' } };

describe.skipIf(!hasBrowser)('what am I entitled to, without scripts', () => {
  let jinhua: Running;
  let browser: Browser;
  beforeAll(async () => {
    jinhua = await run(cityOf('jinhua'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await jinhua.app.close();
  });

  async function open(): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: jinhua.origin, javaScriptEnabled: false });
    return { page: await context.newPage(), context };
  }

  async function answer(page: Page, life: Life): Promise<string> {
    const id = await page.locator('input[name=q]').inputValue();
    const given = life[id];
    const has = async (value: string): Promise<boolean> => (await page.locator(`input[name=v][value="${value}"]`).count()) > 0;
    if (Array.isArray(given)) for (const one of given as readonly string[]) await page.check(`input[value="${one}"]`);
    else if (given === 'y' || given === 'n') await page.check(`input[value="${given}"]`);
    else if (typeof given === 'object') for (const [name, value] of Object.entries(given)) await page.fill(`input[name=${name}]`, String(value));
    else if (await has('n')) await page.check('input[value="n"]');
    else if (await has('0')) await page.check('input[value="0"]');
    else if ((await page.locator('input[type=checkbox]').count()) === 0) await page.check('input[value="-"]');
    await page.click('button[type=submit]');
    return id;
  }

  /** From the start to the result; the questions that were asked. */
  async function walk(page: Page, life: Life): Promise<readonly string[]> {
    await page.goto('/entitled');
    await page.click('.answer a.button');
    const asked: string[] = [];
    while (new URL(page.url()).pathname === '/entitled/question') {
      asked.push(await answer(page, life));
      expect(page.url().length).toBeLessThan(2048);
      expect(asked.length).toBeLessThan(45);
    }
    expect(new Set(asked).size).toBe(asked.length);
    return asked;
  }

  const group = async (page: Page, name: string): Promise<readonly (readonly [string, string])[]> => {
    const found: (readonly [string, string])[] = [];
    for (const line of await page.locator(`.group-${name} .results > li`).all()) {
      const sum = line.locator('.sum');
      found.push([await line.locator('a').first().innerText(), (await sum.count()) > 0 ? (await sum.innerText()).replace(/\s*演示参数$/, '') : '']);
    }
    return found;
  };

  test('a disabled man on a low income learns of two subsidies, of care, and of the fifty yuan that minimum living adds', async () => {
    const { page, context } = await open();
    const asked = await walk(page, DISABLED);
    // The standard of 2026 is 1,220: three tenths are 366; 1,220 less 1,170 are 50; the first grade of nursing is 550.
    expect(new Map(await group(page, 'yours'))).toEqual(new Map([['最低生活保障', '50 元/月'], ['参观文化遗产', ''], ['困难残疾人生活补贴', '366 元/月'], ['残疾人托养庇护服务', ''], ['重度残疾人护理补贴', '550 元/月']]));
    // Who adapts his home knows what it costs; he does not.
    expect((await group(page, 'near')).map(([name]) => name)).toEqual(['残疾人家庭无障碍改造补贴']);
    expect(await page.locator('.group-near').innerText()).toContain('由金华市残疾人联合会掌握');
    // 30 % of 366.00 are 109.80, 10 % are 36.60, the county pays the rest.
    expect(await page.locator('.group-yours').innerText()).toContain('省级财政 109.80 元、市级财政 36.60 元、县级财政 219.60 元');
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  test('a woman of seventy has her medical insurance; of her pension only the balance of her account is missing', async () => {
    const { page, context } = await open();
    await walk(page, OLD);
    expect((await group(page, 'yours')).map(([name]) => name).toSorted()).toEqual(['参观文化遗产', '城乡居民基本医疗保险'].toSorted());
    expect((await group(page, 'near')).map(([name]) => name)).toEqual(['城乡居民基本养老保险']);
    expect(await page.locator('.group-near').innerText()).toContain('人力资源和社会保障局掌握');
    await context.close();
  });

  test('the mother of a newborn learns what maternity insurance pays her', async () => {
    const { page, context } = await open();
    await walk(page, MOTHER);
    // 98 days and 60 more for a first child are 158; 7,500 × 158 ÷ 30 = 39,500.
    expect(new Map(await group(page, 'yours'))).toEqual(new Map([['生育保险', '39,500 元（一次）'], ['职工基本医疗保险', '']]));
    await context.close();
  });

  test.each([['a disabled man', DISABLED, 1], ['a woman of seventy', OLD, 1], ['a mother', MOTHER, 1]])('what %s takes along is one sheet, and its code opens the same answers at the counter', async (_, life, sheets) => {
    const { page, context } = await open();
    await walk(page, life);
    const told = await page.locator('dl.told').innerText();
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(sheets);
    const code = page.locator('.counter svg.qr');
    const address = scanned({ size: Number((await code.getAttribute('viewBox'))?.split(' ')[2]), path: (await code.locator('path').getAttribute('d')) ?? '' });
    expect(address).toBe(page.url());
    // Staff scan the code, or type the text below it with the breaks of its lines.
    for (const read of [address ?? '', (await page.locator('.counter .code').innerText()).replace('*', '*\n ')]) {
      await page.goto('/entitled');
      await page.fill('#code', read);
      await page.click('#counter button');
      expect(await page.locator('dl.told').innerText()).toBe(told);
    }
    await context.close();
  });

  test('what is missing leads to the question that tells it, and back to the result', async () => {
    const { page, context } = await open();
    await page.goto('/entitled/result');
    const first = page.locator('.group-near .plain li, .group-undecided .plain li').filter({ hasText: '出生日期' }).first();
    await first.locator('a').click();
    expect(await page.locator('h1').innerText()).toBe('您是哪一天出生的？');
    for (const [name, value] of [['y', '1956'], ['m', '3'], ['d', '10']] as const) await page.fill(`input[name=${name}]`, value);
    await page.click('button[type=submit]');
    expect(new URL(page.url()).pathname).toBe('/entitled/result');
    expect(await page.locator('dl.told').innerText()).toContain('1956年3月10日');
    // The year to which she has paid is a year, not two thousand and twenty-six of something.
    await walk(page, OLD);
    expect(await page.locator('dl.told').innerText()).toMatch(/交到了哪一年？\s*2026/);
    await context.close();
  });

  test('the way back, a change, a mistake and a cut address lose nothing', async () => {
    const { page, context } = await open();
    await page.goto('/entitled/question');
    await answer(page, OLD);
    expect(await page.locator('h1').innerText()).toBe('您是哪一天出生的？');
    await page.fill('input[name=y]', '1956');
    await page.click('button[type=submit]');
    expect(await page.locator('#mistake').innerText()).toContain('年、月、日');
    await answer(page, OLD);
    const here = page.url();
    await page.click('text=上一题');
    expect(await page.locator('h1').innerText()).toBe('您是哪一天出生的？');
    await page.goto(here);
    await page.click('text=不问了，看结果');
    await page.locator('dl.told >> text=改').nth(1).click();
    expect(await page.locator('input[name=y]').inputValue()).toBe('1956');
    await page.fill('input[name=y]', '1930');
    await page.click('button[type=submit]');
    expect(await page.locator('dl.told').innerText()).toContain('1930年3月10日');
    const cut = await page.goto(page.url().replace(/\*.*$/, ''));
    expect(await page.locator('h1').innerText()).toContain('读不出来');
    expect(cut?.headers()['cache-control']).toBe('no-store');
    await context.close();
  });

  test('answers given under another pack are kept, and the page says so', async () => {
    const { page, context } = await open();
    await page.goto('/entitled/question');
    await answer(page, OLD);
    await page.goto(page.url().replace('1.c0ffee00.', '1.deadbeef.'));
    expect(await page.locator('.note').innerText()).toContain('规则更新过了');
    expect(await page.locator('input[name=q]').inputValue()).toBe('birth');
    await context.close();
  });

  test('every kind of page fits a phone and a desk in both sizes and languages, and is accessible', async () => {
    const { page: first, context: walked } = await open();
    await walk(first, DISABLED);
    const result = new URL(first.url());
    await walked.close();
    const code = result.searchParams.get('a') ?? '';
    const context = await browser.newContext({ baseURL: jinhua.origin, serviceWorkers: 'block' });
    const page = await context.newPage();
    const pages = ['/entitled/question', '/entitled/result?a=x', '/entitled/question?q=birth&y=1', '/entitled/question?a=x', `/entitled/result?a=${code}`, '/entitled/result', ...['situations', 'family-income', 'assistance', 'property'].map((id) => `/entitled/question?a=${code}&edit=${id}`)];
    for (const path of pages) {
      for (const view of ['', 'size=large', 'lang=en', 'lang=en&size=large']) {
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const address = `${path}${view === '' ? '' : `${path.includes('?') ? '&' : '?'}${view}`}`;
          const reply = await page.goto(address);
          expect([address, reply?.status(), reply?.headers()['cache-control']]).toEqual([address, 200, 'no-store']);
          expect(await page.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(width);
          if (width === 1280 && view.includes('lang')) continue;
          const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
        }
      }
    }
    await context.close();
  }, 240_000);
});
