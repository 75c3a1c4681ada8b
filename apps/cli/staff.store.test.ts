import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, stepAt } from '#adapters/identity/index.ts';
import { openStore } from '#adapters/store/index.ts';
import { browse } from '#tools/browse.ts';
import { seedTasks } from '#tools/seed-tasks.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment, SpawnedCity } from '#tools/spawn-cli.ts';

const NOW = '2031-03-01T00:00:00.000Z';
const SERVICE = 'closed-season-grant';
let place: Environment;
let city: SpawnedCity;
let ended = false;
const end = async (): Promise<void> => {
  if (!ended) await city.end();
  ended = true;
};
beforeAll(async () => {
  place = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' };
  await runCli(['demo', '--residents', '300'], place);
  const fisheries = { department: 'fisheries', area: '990101', service: SERVICE };
  await seedTasks(place, [
    { ...fisheries, subject: 'person-7', kind: 'review', dueOn: '2031-03-10', about: { run: 'r0001', fact: 'person.month-income', change: 'ended' } },
    { ...fisheries, subject: 'person-8', kind: 'account', dueOn: '2031-02-28', about: { batch: 'b-1', because: 'account-closed' } },
    { ...fisheries, subject: 'person-9', kind: 'review', dueOn: '2031-03-05', area: '990122' },
    { ...fisheries, subject: 'person-10', kind: 'correction', dueOn: '2031-03-05', department: 'development' },
  ], NOW);
  city = await spawnCity(place);
}, 120_000);
afterAll(async () => {
  await end();
  removePlaces();
});

const as = async (id: string, to = '/console') => {
  const browser = browse(city.url);
  return { browser, page: await browser.post('/staff/sign-in', { as: id, to }) };
};
const at = (person: number, page = 'tasks'): string => `/console/${page}/1/case/${SERVICE}/person-${person}`;

// In this order: what is done with a task is seen by those that come after, and the last closes the city.
describe('a running city', { shuffle: false }, () => {
describe('the console', () => {
  test('asks whoever comes to sign in, and shows a member of a department its open tasks by their limits', async () => {
    expect(await browse(city.url).get('/console')).toMatchObject({ status: 200, path: '/staff/sign-in?to=%2Fconsole' });
    const { page } = await as('fisheries-officer');
    expect(page).toMatchObject({ status: 200, path: '/console' });
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).toMatch(/丁海明.*灯湾市渔业局/);
    // The account is late (due on a Friday, today is Monday: one working day), the review has five working days.
    expect([...page.text.matchAll(/person-\d+/g)].map(([key]) => key).filter((key, index, all) => all.indexOf(key) === index)).toEqual(['person-8', 'person-7']);
    expect(page.text).toMatch(/超过 1 个工作日/);
    expect(page.text).toMatch(/还有 5 个工作日/);
    expect((await as('reef-officer')).page.text).not.toContain('person-7');
    expect((await as('fisheries-head')).page.text).toContain('person-9');
    expect((await as('planner')).page.text).toContain('您的岗位不办件');
  });

  test('shows a task with what it is about, and to nobody else that there is one', async () => {
    const { browser } = await as('fisheries-officer');
    const { text } = await browser.get(at(7));
    expect(text).toContain('要核实的资料：本月收入');
    expect(text).toContain('将要发生的变化：停止');
    expect(text).toContain('自动办理');
    for (const id of ['reef-officer', 'development-officer', 'auditor', 'administrator', 'planner', 'preparer']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const other = await (await as(id)).browser.get(at(7));
      expect([id, other.status]).toEqual([id, 404]);
      expect(other.text).not.toContain('person-7');
    }
    for (const wrong of ['/console/tasks/2/case/x/y', '/console/tasks/0/case/x/y', '/console/tasks/x/case', '/console/tasks/1/']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await browser.get(wrong)).status).toBe(404);
    }
  });

  test('opens the facts that the service reads, with the work on the task as the purpose on record', async () => {
    const { browser } = await as('fisheries-officer');
    const { status, text, path } = await browser.get(at(7, 'facts'));
    expect([status, path]).toEqual([200, at(7, 'facts')]);
    expect(text).toContain('本月收入');
    // A head opens no sensitive facts: the income is not read.
    const head = await (await as('fisheries-head')).browser.get(at(7, 'facts'));
    expect(head.status).toBe(200);
    expect((await (await as('reef-officer')).browser.get(at(7, 'facts'))).status).toBe(404);
  });

  test('lets one take a task, refuses in words what cannot be, and completes it with a reason that stays', async () => {
    const { browser } = await as('fisheries-officer');
    expect(await browser.post(at(7), { do: 'claim' })).toMatchObject({ status: 200, path: `${at(7)}?did=claim` });
    const without = await browser.post(at(7), { do: 'complete', outcome: 'facts-confirmed', reason: ' ' });
    expect([without.status, without.text.includes('请写明理由')]).toEqual([422, true]);
    const none = await browser.post(at(7), { do: 'complete', outcome: 'granted', reason: '看过' });
    expect([none.status, none.text.includes('请选一个结论'), none.text.includes('看过')]).toEqual([422, true, true]);
    // Another of the department finds it taken, and by whom.
    const head = await (await as('fisheries-head')).browser.post(at(7), { do: 'complete', outcome: 'facts-confirmed', reason: '看过' });
    expect([head.status, head.text.includes('fisheries-officer')]).toEqual([422, true]);
    expect(await browser.post(at(7), { do: 'complete', outcome: 'facts-confirmed', reason: '工资单核过' })).toMatchObject({ status: 200, path: '/console?did=complete' });
    const after = await browser.get(at(7));
    expect(after.text).toContain('任务已办结，办件记录不再对您打开');
    expect(after.text).not.toContain('工资单核过');
    expect((await browser.get(at(7, 'facts'))).status).toBe(403);
    // Only the head opens it again.
    expect((await browser.post(at(7), { do: 'reopen', reason: '新证据' })).text).toContain('您的岗位不办这一步');
    const again = await (await as('fisheries-head')).browser.post(at(7), { do: 'reopen', reason: '新证据' });
    expect([again.status, again.text.includes('工资单核过'), again.text.includes('资料属实')]).toEqual([200, true, true]);
  });

  test('lets a window do its own kinds of work, and hand the others out of its sight', async () => {
    const { browser, page } = await as('fisheries-clerk');
    expect(page.text).toContain('person-8');
    expect((await browser.get(at(8))).text).toContain('账户已补好');
    expect(await browser.post(at(8), { do: 'hand-over', department: 'nowhere', reason: '不归我们' })).toMatchObject({ status: 422 });
    expect(await browser.post(at(8), { do: 'hand-over', department: 'development', reason: '不归我们' })).toMatchObject({ status: 200, path: '/console?did=hand-over' });
    expect((await browser.get(at(8))).status).toBe(404);
    expect((await (await as('development-officer')).browser.get(at(8))).text).toContain('不归我们');
  });

  test('takes no form from another site', async () => {
    const { browser } = await as('fisheries-officer');
    expect((await browser.post(at(7), { do: 'claim' }, 'https://elsewhere.example')).status).toBe(403);
  });
});

describe('an account', () => {
  const KEY = /class="con-key">([A-Z2-7 ]+)</;
  const bytesOf = (base32: string): Uint8Array => {
    const bits = Array.from(base32.replaceAll(' ', ''), (digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0')).join('');
    return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  };
  const PASSWORD = '灯湾 Lantern 2031!';
  let used = 0;
  /** The next code that was not used: at most one step ahead. */
  const nextCode = async (key: Uint8Array): Promise<string> => {
    used = Math.max(stepAt(Date.now() / 1_000) - 1, used + 1);
    while (used > stepAt(Date.now() / 1_000) + 1) {
      // oxlint-disable-next-line no-await-in-loop -- waits for time to pass
      await new Promise((resolve) => { setTimeout(resolve, 500); });
    }
    return codeOf(key, used);
  };

  test('is made by whoever runs the machine, set up once by its holder, and opened by password and a code that is new', { timeout: 180_000 }, async () => {
    const add = (...words: readonly string[]) => runCli(['staff', 'add', '--id', 'li.wei', '--name', '李伟', '--department', 'fisheries', '--json', ...words], place);
    const code = (one: { readonly out: string }): string => (JSON.parse(one.out) as { refused?: { code: string }; code?: string }).refused?.code ?? (JSON.parse(one.out) as { code: string }).code;
    expect([code(await add('--roles', 'king')), code(await add('--roles', 'auditor,case-officer')), code(await add('--roles', 'case-officer', '--areas', '12'))]).toEqual(['staff-role-unknown', 'staff-roles-apart', 'staff-area-unknown']);
    const enrolment = code(await add('--roles', 'case-officer', '--areas', '990101'));
    expect(code(await add('--roles', 'case-officer'))).toBe('staff-account-exists');

    const browser = browse(city.url);
    const enrol = `/staff/enrol?code=${enrolment}`;
    expect((await browser.get(`${enrol}x`)).status).toBe(404);
    const set = await browser.get(enrol);
    expect(set.text).toContain('李伟');
    const key = bytesOf(KEY.exec(set.text)?.[1] ?? '');
    const chosen = { password: PASSWORD, again: PASSWORD };
    expect((await browser.post(enrol, { ...chosen, code: '000000' })).status).toBe(422);
    expect((await browser.post(enrol, { password: 'short', again: 'short', code: await nextCode(key) })).text).toContain('至少要 12 个字符');
    expect(await browser.post(enrol, { ...chosen, code: await nextCode(key) })).toMatchObject({ status: 200, path: '/staff/sign-in' });
    expect((await browser.get(enrol)).status).toBe(404);

    // The same words whichever of the two is wrong.
    const wrong = await browser.post('/staff/sign-in', { account: 'li.wei', password: 'Wrong wrong 1!' });
    const nobody = await browser.post('/staff/sign-in', { account: 'nobody', password: PASSWORD });
    expect([wrong.status, nobody.status]).toEqual([422, 422]);
    expect(wrong.text).toBe(nobody.text);
    expect((await browser.get('/console')).path).toBe('/staff/sign-in?to=%2Fconsole');
    expect((await browser.post('/staff/sign-in', { account: 'Li.Wei', password: PASSWORD, to: at(7) })).path).toBe(`/staff/code?to=${encodeURIComponent(at(7))}`);
    // A password alone opens nothing.
    expect((await browser.get('/console')).path).toBe('/staff/sign-in?to=%2Fconsole');
    const right = await nextCode(key);
    expect((await browser.post('/staff/code', { code: right, to: at(7) })).path).toBe(at(7));
    expect(browser.set.find((cookie) => cookie.startsWith('session='))).toMatch(/HttpOnly; SameSite=Lax; Max-Age=36000/);
    const thief = browse(city.url);
    await thief.post('/staff/sign-in', { account: 'li.wei', password: PASSWORD });
    expect((await thief.post('/staff/code', { code: right })).status).toBe(422);

    // Closing it ends the session at once, and nothing opens it again.
    expect((await runCli(['staff', 'disable', '--id', 'li.wei'], place)).code).toBe(0);
    expect((await browser.get('/console')).path).toBe('/staff/sign-in?to=%2Fconsole');
    expect((await browser.post('/staff/sign-in', { account: 'li.wei', password: PASSWORD })).status).toBe(422);
  });

  test('of which too many guesses were wrong is closed for a while, whether there is one or not', { timeout: 60_000 }, async () => {
    const browser = browse(city.url);
    const statuses: number[] = [];
    for (let guess = 0; guess < 7; guess++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      statuses.push((await browser.post('/staff/sign-in', { account: 'ghost', password: `guess ${guess}` })).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
  });

  test('of a demonstration has no password, and is listed as what it is', async () => {
    const browser = browse(city.url);
    expect((await browser.post('/staff/sign-in', { account: 'fisheries-officer', password: '' })).status).toBe(422);
    expect((await browser.post('/staff/sign-in', { as: 'nobody-of-that-name' })).status).toBe(422);
    const { out } = await runCli(['staff', 'list', '--lang', 'zh'], place);
    expect(out).toMatch(/fisheries-officer {2}丁海明 {2}fisheries {2}990101 {2}经办人员 {2}演示/);
    expect((await runCli(['staff', 'reset', '--id', 'fisheries-officer'], place)).code).toBe(1);
  });

  test('signs out to where staff sign in', async () => {
    const { browser } = await as('fisheries-officer');
    expect(await browser.post('/sign-out', {})).toMatchObject({ path: '/staff/sign-in?problem=signed-out' });
    expect((await browser.get('/console')).path).toBe('/staff/sign-in?to=%2Fconsole');
  });
});

test('every look at facts is on record with what it was for', { timeout: 60_000 }, async () => {
  const { browser } = await as('fisheries-head');
  expect((await browser.get(`/console/facts/1/case/${SERVICE}/person-9`)).status).toBe(200);
  await end();
  const opening = await openStore({ folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] }, NOW);
  if (opening.kind !== 'open') throw new Error(opening.kind);
  const { rows } = await opening.database.system('test', (session) => sql<{ actor: string; purpose: string; through: string; columns: readonly string[] }>`select actor, purpose, through, columns from access_log where subject_key = 'person-9'`.execute(session));
  await opening.database.close();
  expect(rows).toMatchObject([{ actor: 'fisheries-head', purpose: 'task-review', through: '/console/facts' }]);
  expect(rows[0]?.columns).not.toContain('person.month-income');
});
});
