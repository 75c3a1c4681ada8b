import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether pages can be looked at. On the build server a missing browser is a failure; by hand these tests are skipped. */
export const hasBrowser = existsSync(PATH) || process.env['CI'] === 'true';
if (!hasBrowser) console.warn(`no browser at ${PATH}: install chromium to look at the pages`);

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** The rules that every page keeps: WCAG 2.2, levels A and AA, with those before it. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A phone on which a resident of a demonstration has signed in; with or without scripts. */
export async function phoneOf(browser: Browser, baseURL: string, as: string, scripts = false): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL, javaScriptEnabled: scripts, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/my');
  await page.click(`form:has(input[value="${as}"]) button`);
  await page.waitForURL((url) => url.pathname === '/my');
  return { page, context };
}
