import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What has the focus, as somebody meets it who cannot use a mouse. */
interface Focused {
  readonly tag: string;
  readonly id: string;
  readonly text: string;
  /** Whether anything of it or around it differs from how it stands without the focus. */
  readonly seen: boolean;
  /** Whether all of its middle is within the window. */
  readonly inWindow: boolean;
  /** Its place in the document, and from the top of the page. */
  readonly order: number;
  readonly top: number;
  readonly left: number;
}

/** Read in the page: these files know no document. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const around = [one, one.closest('label'), one.closest('summary')].filter(Boolean);
  const look = () => around.map((each) => { const s = getComputedStyle(each); return [s.outlineStyle, s.outlineWidth, s.backgroundColor, s.boxShadow, s.color].join(' '); }).join('|');
  const box = one.getBoundingClientRect();
  const has = look();
  const outlined = around.some((each) => { const s = getComputedStyle(each); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; });
  one.blur();
  const without = look();
  one.focus({ focusVisible: true, preventScroll: true });
  const named = one.labels?.length ? [...one.labels].map((label) => label.innerText).join(' ') : '';
  return {
    tag: one.tagName.toLowerCase(), id: one.id, text: ((one.getAttribute('aria-label') ?? '') + ' ' + (one.innerText ?? '') + ' ' + named + ' ' + (one.value ?? '')).replace(/\\s+/g, ' ').trim(),
    seen: outlined || has !== without, inWindow: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    order: [...document.querySelectorAll('*')].indexOf(one), top: Math.round(box.top + scrollY), left: Math.round(box.left),
  };
})()`;

const MOST_STEPS = 120;

/** What has the focus now; that it can be seen is a condition of every step. */
export async function focusOf(page: Page): Promise<Focused | undefined> {
  const found = await page.evaluate<Focused | null>(FOCUSED);
  if (found === null) return undefined;
  expect([page.url(), found.tag, found.text, found.seen, found.inWindow]).toEqual([page.url(), found.tag, found.text, true, true]);
  return found;
}

/** Goes on with Tab until what has the focus says something; on the way the focus goes down the page as one reads it, never back. */
export async function tabTo(page: Page, says: RegExp, tag?: string): Promise<Focused> {
  let before: Focused | undefined;
  for (let step = 0; step < MOST_STEPS; step++) {
    // oxlint-disable-next-line no-await-in-loop -- one key after the other
    await page.keyboard.press('Tab');
    // oxlint-disable-next-line no-await-in-loop -- as above
    const now = await focusOf(page);
    if (!now) continue;
    if (before) expect([page.url(), before.text, now.text, now.order > before.order]).toEqual([page.url(), before.text, now.text, true]);
    if (says.test(now.text) && (tag === undefined || now.tag === tag)) return now;
    before = now;
  }
  throw new Error(`nothing on ${page.url()} that says ${String(says)} can be reached with Tab`);
}

/** Goes to a link or a button and presses Enter; waits for the page it leads to. */
export async function enter(page: Page, says: RegExp, tag?: string): Promise<void> {
  await tabTo(page, says, tag);
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState('load');
}

/** Leaps over what stands on every page, as its first link offers. */
export async function skip(page: Page): Promise<void> {
  const first = await tabTo(page, /./);
  expect([page.url(), first.tag, first.text]).toEqual([page.url(), 'a', expect.stringMatching(/正文|content/)]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect([page.url(), await page.evaluate<boolean>('document.querySelector("main").contains(document.activeElement)')]).toEqual([page.url(), true]);
  // Back before the first of the page, so that what comes next is looked for from the beginning of it.
  await page.keyboard.press('Shift+Tab');
}
