import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether pages can be looked at. On the build server a missing browser is a failure; by hand these tests are skipped. */
export const hasBrowser = existsSync(PATH) || process.env['CI'] === 'true';
if (!hasBrowser) console.warn(`no browser at ${PATH}: install chromium to look at the pages`);

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}
