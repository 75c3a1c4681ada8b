import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';

type City = Awaited<ReturnType<typeof spawnCity>>;
let city: City;
beforeAll(async () => { city = await spawnCity({ ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' }, []); }, 60_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

const signedIn = async (as: string) => {
  const browser = browse(city.url);
  expect(await browser.post('/sign-in', { as, to: '/my' })).toMatchObject({ status: 200, path: '/my' });
  return browser;
};
const codeIn = (text: string): string => /<p class="code">([A-Z0-9-]{11})<\/p>/.exec(text)?.[1] ?? '';
const othersIn = (text: string): readonly string[] => [...text.matchAll(/name="other" value="([^"]+)"/g)].map(([, key]) => key ?? '');

test('a father looks after his children without a mandate, and after nobody else', async () => {
  const father = await signedIn('young-father');
  const children = othersIn((await father.get('/my/family')).text);
  // Every family of the town has two children, and both are under 18.
  expect(children).toHaveLength(2);
  const forChild = await father.post('/act-for', { other: children[0] ?? '' });
  expect(forChild).toMatchObject({ status: 200, path: '/my' });
  expect(forChild.text).toContain('您正在替孩子看和办');
  expect((await father.post('/act-for', {})).text).not.toContain('您正在替');
  const [stranger] = othersIn((await (await signedIn('other-father')).get('/my/family')).text);
  expect(await father.post('/act-for', { other: stranger ?? '' })).toMatchObject({ path: '/my/family?problem=not-yours' });
});

test('a mandate is offered by a code, taken once, bounded by what it says, and ends when it is taken back', async () => {
  const [mother, father, other] = [await signedIn('young-mother'), await signedIn('young-father'), await signedIn('other-father')];
  const offer = await mother.post('/my/family', { do: 'offer', scope: 'look', months: '1' });
  const code = codeIn(offer.text);
  expect(code).toHaveLength(11);
  expect(await mother.post('/my/family', { do: 'take', code })).toMatchObject({ status: 422, text: expect.stringContaining('这是您自己给出的委托码') as string });
  expect((await father.post('/my/family', { do: 'take', code: code.toLowerCase() })).text).toContain('已经接受');
  expect(await other.post('/my/family', { do: 'take', code })).toMatchObject({ status: 422, text: expect.stringContaining('这个委托码用不了') as string });
  // The code is shown once: the same page again has it no more.
  expect(codeIn((await mother.get('/my/family')).text)).toBe('');
  const [, , key] = othersIn((await father.get('/my/family')).text);
  const there = await father.post('/act-for', { other: key ?? '' });
  expect(there.text).toContain('您正在替阿珠看和办（只能看，不能办）');
  // Looking is all that was given: nothing is changed in her name, nor does her leave go further than him.
  expect(await father.post('/my/family', { do: 'offer', scope: 'act', months: '1' })).toMatchObject({ status: 403 });
  const number = /name="number" value="(\d+)"/.exec((await mother.get('/my/family')).text)?.[1] ?? '';
  expect((await mother.post('/my/family', { do: 'revoke', number })).text).toContain('已经收回');
  // He is on his own page again, with nothing said to be hers.
  expect((await father.get('/my')).text).not.toContain('您正在替');
  expect(await father.post('/act-for', { other: key ?? '' })).toMatchObject({ path: '/my/family?problem=not-yours' });
});

test('a helper acts for whoever told them a code, as a principal of its own, and goes back to the console with nothing kept', async () => {
  const mother = await signedIn('young-mother');
  const code = codeIn((await mother.post('/my/family', { do: 'offer', scope: 'act', months: '1' })).text);
  const helper = browse(city.url);
  expect(await helper.post('/staff/sign-in', { do: 'test', as: 'fisheries-clerk', to: '/console/help' })).toMatchObject({ status: 200, path: '/console/help' });
  expect(await helper.post('/console/help', { code: 'AAAAA-AAAAA' })).toMatchObject({ status: 422, text: expect.stringContaining('这个委托码用不了') as string });
  const taken = await helper.post('/console/help', { code });
  expect(taken.text).toContain('替阿珠办');
  const [key = ''] = othersIn(taken.text);
  const there = await helper.post('/act-for', { other: key });
  expect([there.path, there.text]).toEqual(['/my', expect.stringContaining('您正在替阿珠看和办') as string]);
  // What is disputed is hers.
  const dispute = '/my/facts/person.fishing-licence/dispute';
  expect(await helper.post(dispute, { do: 'state', v: 'true' })).toMatchObject({ status: 200, path: `${dispute}?step=why` });
  expect((await mother.get(dispute)).text).toContain('为什么');
  // Meanwhile they are nobody of the console.
  expect((await helper.get('/console')).path).toMatch(/^\/staff\/sign-in/);
  const back = await helper.post('/act-for', {});
  expect([back.path, helper.cleared]).toEqual(['/console/help', ['"cache"']]);
  // She sees who looked, and takes it back.
  expect((await mother.get('/my/access')).text).toContain('工作人员');
  const number = /name="number" value="(\d+)"/.exec((await mother.get('/my/family')).text)?.[1] ?? '';
  await mother.post('/my/family', { do: 'revoke', number });
  expect(await helper.post('/act-for', { other: key })).toMatchObject({ path: expect.stringContaining('problem=not-yours') as string });
});

test('nobody without the role acts for residents, whatever code they have', async () => {
  const mother = await signedIn('young-mother');
  const code = codeIn((await mother.post('/my/family', { do: 'offer', scope: 'act', months: '1' })).text);
  const officer = browse(city.url);
  await officer.post('/staff/sign-in', { do: 'test', as: 'fisheries-officer', to: '/console' });
  expect(await officer.post('/console/help', { code })).toMatchObject({ status: 403 });
});

test('who has no telephone signs on paper: it holds once a second member of staff has seen it, for what it says, and a call ends it', async () => {
  const [resident, helper, officer] = [await signedIn('harbour-man'), browse(city.url), browse(city.url)];
  // The number that stands on her letters and on his page on paper.
  const key = /居民编号 (person-\d+)/.exec((await resident.get('/my/print')).text)?.[1] ?? '';
  await helper.post('/staff/sign-in', { do: 'test', as: 'fisheries-clerk', to: '/console/help/paper' });
  const terms = { key, giver: '阿浪', scope: 'act', months: '3', seen: 'identity-card' };
  const paper = await helper.post('/console/help/paper/form.pdf', terms);
  expect([paper.headers.get('content-type'), paper.headers.get('cache-control')]).toEqual(['application/pdf', 'no-store']);
  expect(await helper.post('/console/help/paper', { ...terms, do: 'write', scope: '' })).toMatchObject({ status: 422, text: expect.stringContaining('阿浪') as string });
  expect(await helper.post('/console/help/paper', { ...terms, do: 'write', key: 'person-999999' })).toMatchObject({ status: 422, text: expect.stringContaining('没有这个居民编号') as string });
  expect((await helper.post('/console/help/paper', { ...terms, do: 'write' })).text).toContain('登记好了');
  // One pair of eyes is not enough: it gives nothing yet, and whoever recorded it does not confirm it.
  expect(await helper.post('/act-for', { other: key })).toMatchObject({ path: expect.stringContaining('problem=not-yours') as string });
  const number = /name="number" value="(\d+)"/.exec((await officer.post('/staff/sign-in', { do: 'test', as: 'fisheries-officer', to: '/console/help/paper' })).text)?.[1] ?? '';
  expect(await helper.post('/console/help/paper', { do: 'witness', key, number })).toMatchObject({ status: 422, text: expect.stringContaining('登记的人不能自己确认') as string });
  expect((await officer.post('/console/help/paper', { do: 'witness', key, number })).text).toContain('委托从现在开始');
  expect(await officer.post('/console/help/paper', { do: 'witness', key, number })).toMatchObject({ status: 422 });
  // Whoever only sees papers records none.
  expect(await officer.post('/console/help/paper', { ...terms, do: 'write' })).toMatchObject({ status: 403 });
  // The helper sees and acts; everything can be printed for him to take home.
  const there = await helper.post('/act-for', { other: key });
  expect([there.path, there.text]).toEqual(['/my', expect.stringContaining('您正在替阿浪看和办') as string]);
  expect((await helper.get('/my/print')).text).toContain(key);
  expect((await resident.get('/my/family')).text).toContain('何小渔');
  expect((await resident.get('/my/access')).text).toContain('工作人员');
  // A call is enough.
  await helper.post('/act-for', {});
  expect((await helper.post('/console/help/paper', { do: 'end', key })).text).toContain('结束了 1 份委托');
  expect(await helper.post('/act-for', { other: key })).toMatchObject({ path: expect.stringContaining('problem=not-yours') as string });
  expect((await helper.post('/console/help/paper', { do: 'end', key })).text).toContain('结束了 0 份委托');
});
