import { statSync } from 'node:fs';
import { join } from 'node:path';
import { data } from 'react-router';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';
import { inView, PORTAL } from './portal-routes.ts';

let jinhua: Running;
beforeAll(async () => {
  jinhua = await run(cityOf('jinhua'));
});
afterAll(() => jinhua.app.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(jinhua.origin + path, { headers, redirect: 'manual' });

/** The addresses that a page links to, without those of other sites and telephones. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&')).filter((href) => href.startsWith('/') || href.startsWith('#'));
}

describe('every page in both languages and both sizes', () => {
  const views = [{}, { lang: 'en' }, { size: 'large' }, { lang: 'en', size: 'large' }] as const;
  test.each(PORTAL)('%s answers %i and shows no broken word', async (path, status) => {
    for (const view of views) {
      const response = await get(inView(path, view));
      expect(response.status, inView(path, view)).toBe(status);
      const html = await response.text();
      expect(html).toContain(`<html lang="${'lang' in view ? 'en' : 'zh-CN'}" data-size="${'size' in view ? 'large' : 'normal'}"`);
      const text = html.replaceAll(/<(?:style|script)[^>]*>[\s\S]*?<\/(?:style|script)>|<[^>]+>/g, ' ');
      expect(text.match(/\bunfilled\b|\bundefined\b|\bNaN\b|\[object|\[[a-z-]+(?:\.[a-z0-9-]+)+\]|\{[a-zA-Z]+\}/g), inView(path, view)).toBeNull();
      expect(html).toMatch(/<title>[^<]+<\/title>/);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain('12345');
    }
  });
});

test('every link of the portal leads somewhere, and every anchor exists', async () => {
  const pages = new Map<string, Promise<{ readonly status: number; readonly html: string }>>();
  const load = (path: string): Promise<{ readonly status: number; readonly html: string }> => {
    const page = pages.get(path) ?? get(path).then(async (response) => ({ status: response.status, html: await response.text() }));
    pages.set(path, page);
    return page;
  };
  const broken: string[] = [];
  const queue = ['/', '/internal/components'];
  const seen = new Set(queue);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const { html } = await load(path);
    for (const href of new Set(linksOf(html))) {
      const [page = '', anchor] = href.startsWith('#') ? [path, href.slice(1)] : href.split('#');
      const target = await load(page);
      if (target.status >= 400) broken.push(`${path} → ${href} (${target.status})`);
      if (anchor !== undefined && !target.html.includes(`id="${anchor}"`)) broken.push(`${path} → ${href} (no such anchor)`);
      // The same pages in another view are the same links; one walk is enough.
      if (!seen.has(page) && !/^\/(?:api|desk)|[?&](?:lang|size|place)=/.test(page)) queue.push(page);
      seen.add(page);
    }
  }
  expect(broken).toEqual([]);
  // Every service, indicator, life event and life stage has a page of its own, and the walk came to each.
  const { services, indicators, events, plan } = cityOf('jinhua').pack;
  expect([...pages.keys()].filter((path) => /^\/(?:services|indicators|events|life)\/[^?]+$/.test(path))).toHaveLength(services.size + indicators.size + events.size + plan.domains.filter(({ life }) => life !== undefined).length);
});

test('language, size and place stay on every step', async () => {
  for (const [path, status] of PORTAL) {
    if (status !== 200) continue;
    const html = await (await get(inView(path, { lang: 'en', size: 'large', place: '330702001' }))).text();
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    const lost = linksOf(main).filter((href) => href.startsWith('/') && !href.startsWith('/api/') && !(href.includes('lang=en') && href.includes('size=large') && (href.includes('place=') || href.startsWith('/near?'))));
    expect(lost, path).toEqual([]);
  }
});

describe('what a page weighs and runs', () => {
  test.each(['/', '/services/social-disabled-living-subsidy', '/?size=large'])('%s is at most 100 KB in all, unpacked, and runs none of the framework', async (path) => {
    const html = await (await get(path)).text();
    const parts = [...html.matchAll(/<(?:link|script|img)[^>]+(?:href|src)="(\/[^"]+)"/g)].map(([tag, url = '']) => ({ tag, url })).filter(({ tag }) => !/rel="(?:canonical|alternate)"/.test(tag));
    const sizes = await Promise.all(parts.map(async ({ url }) => (await (await get(url)).arrayBuffer()).byteLength));
    expect(sizes.reduce((sum, size) => sum + size, Buffer.byteLength(html))).toBeLessThanOrEqual(100_000);
    expect(parts.filter(({ tag }) => tag.startsWith('<script')).map(({ url }) => url)).toEqual(['/enhance.js']);
    expect(html).not.toMatch(/modulepreload|<script(?![^>]*src=)|__reactRouter|nonce=/);
  });

  test('our own script with its service worker is at most 10 KB', () => {
    const size = (name: string): number => statSync(join(import.meta.dirname, '../apps/web/public', name)).size;
    expect(size('enhance.js') + size('offline.js')).toBeLessThanOrEqual(10_000);
  });
});

describe('who may keep a page', () => {
  test('a public page is kept for a minute, has no nonce, and is not sent again while release, day and build are the same', async () => {
    const first = await get('/services');
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    expect(first.headers.get('vary')).toBe('accept-encoding');
    expect(first.headers.get('content-security-policy')).toContain(`script-src 'self';`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"c0ffee.*-2026-11-24-/);
    const again = await get('/services', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('an error and a page with scripts are kept by nobody', async () => {
    for (const path of ['/no-such-page', '/desk']) {
      const response = await get(path);
      expect(response.headers.get('cache-control'), path).toBe('no-store');
      expect(response.headers.get('etag'), path).toBeNull();
    }
    const desk = await get('/desk');
    const nonce = /'nonce-([^']+)'/.exec(desk.headers.get('content-security-policy') ?? '')?.[1];
    const scripts = [...(await desk.text()).matchAll(/<script([^>]*)>/g)].map(([, attributes = '']) => attributes);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((attributes) => !attributes.includes(`nonce="${nonce ?? ''}"`) && !attributes.includes('src="/'))).toEqual([]);
  });

  test('what is named by its content is kept for a year', async () => {
    const css = /href="(\/assets\/[^"]+\.css)"/.exec(await (await get('/')).text())?.[1] ?? '';
    expect((await get(css)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });
});

describe('another city', () => {
  test('has the same pages with its own words', async () => {
    const bay = await run(cityOf('lantern-bay'));
    try {
      for (const path of ['/', '/services', '/life/harbour', '/services/closed-season-grant', '/events/a-child-is-born', '/near', '/help', '/plan', '/plan/indicators', '/indicators/second-03-fishers-insured', '/plan/targets', '/plan/systems', '/plan/source', '/about']) {
        const response = await fetch(bay.origin + path);
        const html = await response.text();
        expect([path, response.status]).toEqual([path, 200]);
        expect(html.match(/金华|12345|Jinhua/g), path).toBeNull();
        expect(html).toContain('灯湾公共服务');
      }
    } finally {
      await bay.app.close();
    }
  });

  test('shows what its rules set for a demonstration as a demonstration', async () => {
    const bay = await run(cityOf('lantern-bay'));
    try {
      const html = await (await fetch(`${bay.origin}/services/closed-season-grant`)).text();
      // 6,000 and 4,000 basis points are 60% and 40%.
      expect(html).toMatch(/市级财政 60%（户籍地） <span class="tag demo">/);
      expect(html).toMatch(/县级财政 40%（户籍地） <span class="tag demo">/);
    } finally {
      await bay.app.close();
    }
  });
});

test('a fault gives the page that says so, with the telephone number, and no detail', async () => {
  const errors: unknown[] = [];
  const log = console.error;
  console.error = (...what: unknown[]) => errors.push(...what);
  const broken = await run(cityOf('jinhua', { search: () => { throw new Error('the index fell over'); } }));
  try {
    const response = await fetch(`${broken.origin}/search?q=x`);
    const html = await response.text();
    expect(response.status).toBe(500);
    expect(html).toContain('这一页没有打开');
    expect(html).toContain('tel:12345');
    expect(html).not.toContain('fell over');
    expect(errors.some((one) => one instanceof Error && one.message === 'the index fell over')).toBe(true);
  } finally {
    console.error = log;
    await broken.app.close();
  }
});

test('what one may not see says so without showing it', async () => {
  const closed = await run(cityOf('jinhua', { search: () => { throw data(null, { status: 403 }); } }));
  try {
    const response = await fetch(`${closed.origin}/search?q=x`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([403, 'no-store']);
    expect(await response.text()).toContain('这一页不对外');
  } finally {
    await closed.app.close();
  }
});

test('a body that is no form is refused before a page reads it; a form goes to its page, which says whether it takes one', async () => {
  const send = async (type: string, body: string): Promise<number> => (await fetch(`${jinhua.origin}/search`, { method: 'POST', headers: { 'content-type': type }, body })).status;
  // 405: the page has no action.
  expect([await send('application/x-odd', 'abc'), await send('application/x-www-form-urlencoded', 'q=1')]).toEqual([415, 405]);
});

test('in development the pages come from their sources and show what is wrong with the pack', async () => {
  const place = { file: 'events/birth.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
  const working = await run(cityOf('jinhua', { diagnostics: [{ code: 'file-missing', severity: 'error', place, data: { file: 'x.yaml' } }] }), { dev: true });
  try {
    const response = await fetch(working.origin);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('events/birth.yaml:3');
  } finally {
    await working.app.close();
  }
});
