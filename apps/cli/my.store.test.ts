import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';
import { grantedCity } from '#tools/granted-city.ts';
import { removePlaces } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';

/** What a pensioner of the made-up city is asked to confirm. */
const PENSION = 'eldercare-employee-pension';
const NOTICE = `/my/notices/${PENSION}/2`;
let city: SpawnedCity;
beforeAll(async () => { city = await grantedCity(); }, 300_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

async function signedIn(as: string): Promise<Browser> {
  const browser = browse(city.url);
  expect(await browser.post('/sign-in', { as, to: '/my' })).toMatchObject({ status: 200, path: '/my' });
  return browser;
}

// Tests come in any order: what one does about a service, no other looks at.
test('a resident sees what is asked, confirms it once, and sees it granted', async () => {
  const [first, second] = [await signedIn('pensioner'), await signedIn('pensioner')];
  const before = await first.get('/my');
  expect(before.text).toContain(`href="${NOTICE}/confirmed"`);
  expect(before.headers.get('cache-control')).toBe('no-store');
  expect((await first.get(`${NOTICE}/confirmed`)).text).toContain('请核对');
  // Two windows at once, and once more after that: all three lead to the same page.
  const answers = [...(await Promise.all([first, second].map((browser) => browser.post(`${NOTICE}/confirmed`, {})))), await first.post(`${NOTICE}/confirmed`, {})];
  expect(answers.map(({ status, path }) => [status, path])).toEqual(Array.from({ length: 3 }, () => [200, `${NOTICE}?done=confirmed`]));
  expect(answers[0]?.text).toContain('确认好了');
  // The way back shows that it is done; the other answer is refused in words.
  expect((await first.get(`${NOTICE}/confirmed`)).text).toContain('您已经确认过了');
  const other = await first.post(`${NOTICE}/refused`, {});
  expect([other.status, other.text.includes('您已经确认过了')]).toEqual([409, true]);
  const after = await first.get('/my');
  expect(after.text).not.toContain(`href="${NOTICE}/confirmed"`);
  expect((await first.get(`/my/services/${PENSION}`)).text).toMatch(/从2026年11月起给您办了.*这是按您的确认办的/);

  // What is not wanted any more ends once, and may be wanted again.
  for (let time = 0; time < 2; time++) expect(await first.post(`/my/services/${PENSION}/end`, {})).toMatchObject({ status: 200, path: `/my/services/${PENSION}?done=ended` });
  expect((await first.get(`/my/services/${PENSION}`)).text).toContain('您说过不要');
  expect((await first.get(`/my/services/${PENSION}/end`)).text).toContain('没有再发');
  expect(await first.post(`/my/services/${PENSION}/want`, {})).toMatchObject({ status: 200, path: `/my/services/${PENSION}?done=wanted` });
}, 60_000);

test('nobody else finds the notice, answers it, or ends the grant', async () => {
  const other = await signedIn('newborn-mother');
  const found = await other.get(NOTICE);
  expect([found.status, found.text.includes('没有找到这份通知')]).toEqual([404, true]);
  expect(await other.post(`${NOTICE}/confirmed`, {})).toMatchObject({ status: 404 });
  expect(await other.post(`/my/services/${PENSION}/end`, {})).toMatchObject({ status: 409 });
  expect(await browse(city.url).get('/my/notices')).toMatchObject({ path: '/sign-in?to=%2Fmy%2Fnotices' });
});

test('a notice is a letter too, for its owner alone', async () => {
  const letter = await (await signedIn('pensioner')).get(`${NOTICE}/letter.pdf`);
  expect([letter.status, letter.headers.get('content-type'), letter.headers.get('cache-control'), letter.text.slice(0, 5)]).toEqual([200, 'application/pdf', 'no-store', '%PDF-']);
  expect((await (await signedIn('newborn-mother')).get(`${NOTICE}/letter.pdf`)).status).toBe(404);
});

test('a person is asked for once, after a look at what will be sent', async () => {
  const browser = await signedIn('pensioner');
  const page = `/my/services/${PENSION}/say/person`;
  const long = await browser.post(page, { says: '长'.repeat(301) });
  expect([long.status, long.text.includes('长长长'), long.text.includes('最多 300 个字')]).toEqual([422, true, true]);
  const check = await browser.post(page, { says: '缴费月数不对' });
  expect([check.status, check.text.includes('请核对'), check.text.includes('缴费月数不对')]).toEqual([200, true, true]);
  for (let time = 0; time < 2; time++) expect(await browser.post(page, { says: '缴费月数不对', sure: 'yes' })).toMatchObject({ status: 200, path: `/my/services/${PENSION}?done=person` });
  const service = await browser.get(`/my/services/${PENSION}`);
  expect(service.text.match(/正在办（人工审核）/g)).toHaveLength(1);
  expect((await browser.get(page)).text).toContain('已经有工作人员在看了');
});

test('who is signed out while typing finds what they typed when they come back, and nobody else does', async () => {
  const browser = await signedIn('pensioner');
  const page = '/my/services/eldercare-resident-pension/say/person';
  await browser.post('/sign-out', {});
  const there = await browser.post(page, { says: '我也交过居民养老' });
  expect(there.path).toContain('/sign-in?to=');
  const to = new URL(there.path, city.url).searchParams.get('to') ?? '';
  expect(to).not.toContain('居民');
  const back = await browser.post('/sign-in', { as: 'pensioner', to });
  expect([back.status, back.text.includes('我也交过居民养老')]).toEqual([200, true]);
  expect((await browser.get(to.replace('resident-pension', 'employee-pension'))).text).not.toContain('我也交过居民养老');
});

test('the last day to answer is a calendar file, and money is told by payer', async () => {
  const browser = await signedIn('veteran');
  const asked = /\/my\/notices\/[a-z-]+\/\d+(?=\/confirmed)/.exec((await browser.get('/my')).text)?.[0] ?? '';
  const file = await browser.get(`${asked}/calendar.ics`);
  expect([file.headers.get('content-type'), file.headers.get('cache-control')]).toEqual(['text/calendar; charset=utf-8', 'no-store']);
  expect(file.text).toMatch(/DTSTART;VALUE=DATE:202612\d\d/);
  expect(await browser.post(`${asked}/refused`, {})).toMatchObject({ status: 200, path: `${asked}?done=refused` });
  const home = await browser.get('/my');
  expect(home.text).not.toContain(`${asked}/confirmed`);
  expect((await browser.get('/my/print')).text).toContain('12345');
});
