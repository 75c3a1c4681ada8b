import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

const SERVICE = 'closed-season-grant';
const DISPUTE = '/my/facts/person.fishing-licence/dispute';
const APPLY = `/my/reconsideration/new/${SERVICE}`;

let place: Environment;
let city: Awaited<ReturnType<typeof spawnCity>>;
beforeAll(async () => {
  place = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' };
  city = await spawnCity(place);
}, 120_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

async function signedIn(as: string, at: '/sign-in' | '/staff/sign-in' = '/sign-in'): Promise<Browser> {
  const browser = browse(city.url);
  await browser.post(at, { as, to: at === '/sign-in' ? '/my' : '/console' });
  return browser;
}

/** What the page of looks says, without what stands around it: every page of it, in one language. */
async function looks(browser: Browser, lang: 'zh' | 'en'): Promise<string> {
  let said = '';
  for (let page = 1; ; page++) {
    // oxlint-disable-next-line no-await-in-loop -- one page leads to the next
    const { text } = await browser.get(`/my/access?own=1&lang=${lang}&page=${page}`);
    const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(text) ?? [];
    said += main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    if (!text.includes('rel="next"')) return said;
  }
}

const done = async (...words: readonly string[]): Promise<string> => {
  const { code, out, err } = await runCli([...words, '--json'], place);
  if (code !== 0) throw new Error(`${words.join(' ')}: ${err}${out}`);
  return out;
};

test('whoever looked at somebody’s data, for whatever and through whatever, is told in words: no id, no path, no column', { timeout: 240_000 }, async () => {
  const [mother, father] = [await signedIn('young-mother'), await signedIn('young-father')];
  const { person: { key } }: { readonly person: { readonly key: string } } = JSON.parse((await mother.get('/my/download.json')).text);
  // Her own pages, and a proof.
  for (const page of ['', '/account', '/contact', '/family', '/proofs', '/facts', '/facts/person.fishing-licence', '/download', '/reconsideration', '/sessions', '/voice', `/services/${SERVICE}`, '/notices', '/print']) {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    expect([page, (await mother.get(`/my${page}`)).status]).toEqual([page, 200]);
  }
  const [, proof = ''] = /action="\/my\/proofs\/([a-z-]+)"/.exec((await mother.get('/my/proofs')).text) ?? [];
  await mother.post(`/my/proofs/${proof}`, {});
  // The same account as another's, which is looked for.
  for (const one of [mother, father]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await one.post('/my/account/bank', { bank: '海港银行', number: '4539578763621486', own: 'yes', sure: 'yes' });
  }
  await done('pay', 'shared');
  // A fact that she says is wrong, put right by its department; a reconsideration, read by who works on it.
  await mother.post(DISPUTE, { do: 'state', v: 'true' });
  await mother.post(DISPUTE, { do: 'reason', why: 'x' });
  await mother.post(DISPUTE, { do: 'send' });
  const { cases }: { readonly cases: readonly { readonly kind: string; readonly sequence: number }[] } = JSON.parse((await mother.get('/my/download.json')).text);
  await done('dispute', 'answer', String(cases.findLast(({ kind }) => kind === 'dispute-begun')?.sequence), '--person', key, '--as', 'staff:mei:fisheries', '--accept', '--because', 'x');
  for (const form of [{ do: 'choose', what: 'page' }, { do: 'ask', asks: 'change' }, { do: 'reason', words: 'x' }, { do: 'send' }]) {
    // oxlint-disable-next-line no-await-in-loop -- one question after the other
    await mother.post(APPLY, form);
  }
  const organ = await signedIn('town-hall-officer', '/staff/sign-in');
  const [, task = ''] = /href="\/console\/tasks\/(\d+\/case\/reconsideration\/[^"?]+)/.exec((await organ.get('/console?kind=reconsideration-intake')).text) ?? [];
  expect((await organ.get(`/console/reconsideration/${task}`)).status).toBe(200);
  // She asks that a person decides, and the officer looks at her facts.
  await mother.post(`/my/services/${SERVICE}/say/person`, { says: '请人看一下', sure: 'yes' });
  const officer = await signedIn('fisheries-head', '/staff/sign-in');
  const [, review = ''] = /href="\/console\/tasks\/(\d+\/case\/[^"?]+)/.exec((await officer.get('/console?kind=review')).text) ?? [];
  expect((await officer.get(`/console/facts/${review}`)).status).toBe(200);
  // Staff by the interface and by the command line, and everybody decided, granted and paid.
  await done('decide', '--person', key, '--as', `person:${key}`, '--purpose', '看自己能享受什么');
  const { run }: { readonly run: { readonly id: string } } = JSON.parse(await done('decide', '--all', '--as-of', '2031-03-01', '--against', 'grants'));
  await done('act', run.id, '--accept', '--as', 'preparer');
  await done('pay', 'book', '--month', '2031-03');
  await done('pay', 'prepare', '--month', '2031-03');
  const { batches }: { readonly batches: readonly { readonly id: string }[] } = JSON.parse(await done('pay', 'list'));
  for (const { id } of batches) {
    // oxlint-disable-next-line no-await-in-loop -- as two people do, one batch after the other
    for (const words of [['approve', '--as', 'approver'], ['release', '--as', 'releaser'], ['export', '--as', 'approver', '--out', `${String(place['MINSHENG_DATA'])}/${id}.csv`]]) await done('pay', ...words, '--batch', id);
  }

  const zh = await looks(mother, 'zh');
  for (const said of ['全市居民一起算', '经过：每月判定', '经过：城市统计', '查有没有几个人共用一个收款账户', '办理您申请的行政复议', '经过：工作人员的办件台', '经过：数据接口', '办理您的事：人工审核', '我的一项服务', '给您开证明', '您说不对的那条更正以后', '付款']) expect(zh).toContain(said);
  expect(zh.match(/[A-Za-z/_]{2,}/g)).toBeNull();
  const en = await looks(mother, 'en');
  expect(en.match(/[a-z]+_[a-z_]+|\b[a-z]+(?:\.[a-z]+)+\b|\/[a-z]+|\b[a-z]+-\d+|minsheng|[A-Z]{3,}/g)).toBeNull();
  expect(en.match(/[\u4e00-\u9fff]{2,}/g)?.filter((word) => !['看自己能享受什么', '阿珠'].includes(word)) ?? []).toEqual([]);
});
