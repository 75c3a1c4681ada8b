import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Answered, Browser } from '#tools/browse.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';

const SERVICE = 'closed-season-grant';
const APPLY = `/my/reconsideration/new/${SERVICE}`;
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

let city: Awaited<ReturnType<typeof spawnCity>>;
beforeAll(async () => {
  city = await spawnCity({ ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' });
}, 120_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

async function resident(as: string): Promise<Browser> {
  const browser = browse(city.url);
  await browser.post('/sign-in', { as, to: '/my' });
  return browser;
}

async function staff(as: string): Promise<Browser> {
  const browser = browse(city.url);
  await browser.post('/staff/sign-in', { as, to: '/console' });
  return browser;
}

const words = ({ text }: Answered): string => text.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** The tasks about reconsiderations that somebody is shown, of a kind. */
async function tasksOf(browser: Browser, kind: string): Promise<readonly string[]> {
  const { text } = await browser.get(`/console?kind=${kind}`);
  return [...new Set([...text.matchAll(/href="(\/console\/tasks\/\d+\/case\/reconsideration\/[^"?]+)/g)].map(([, path = '']) => path))];
}

function paper(name: string, bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.set('do', 'keep');
  form.set('file', new File([bytes], name, { type: 'image/png' }));
  return form;
}

async function write(browser: Browser): Promise<void> {
  await browser.post(APPLY, { do: 'choose', what: 'page' });
  await browser.post(APPLY, { do: 'ask', asks: 'change' });
  await browser.post(APPLY, { do: 'reason', words: '证在家里。𠮷号船 <script>alert(1)</script>' });
}

// In this order: what is said by one is seen by those who come after.
describe('a reconsideration', { shuffle: false }, () => {
  test('is written one question after the other, with a paper, and sent once with the file of the case', async () => {
    const browser = await resident('young-mother');
    expect((await browser.get(`/my/services/${SERVICE}`)).text).toContain(`href="${APPLY}"`);
    expect((await browser.get('/my/reconsideration/new/no-such')).status).toBe(404);
    expect(await browser.post(APPLY, { do: 'send' })).toMatchObject({ status: 422 });
    expect(await browser.post(APPLY, { do: 'choose', what: '' })).toMatchObject({ status: 422 });
    expect(await browser.post(APPLY, { do: 'choose', what: '999' })).toMatchObject({ status: 422 });
    expect(await browser.post(APPLY, { do: 'choose', what: 'page' })).toMatchObject({ status: 200, path: `${APPLY}?step=ask` });
    expect(words(await browser.post(APPLY, { do: 'ask', asks: 'nothing' }))).toContain('请选一个');
    await browser.post(APPLY, { do: 'ask', asks: 'change' });
    expect(words(await browser.post(APPLY, { do: 'reason', words: '' }))).toContain('请写几句');
    const long = await browser.post(APPLY, { do: 'reason', words: '𠮷'.repeat(2_001) });
    expect([long.status, long.text.includes('𠮷'.repeat(2_001))]).toEqual([422, true]);
    await write(browser);
    expect(words(await browser.post(`${APPLY}?step=evidence`, paper('x.png', new TextEncoder().encode('<html>'))))).toContain('不是照片');
    expect((await browser.post(`${APPLY}?step=evidence`, paper('证.png', PNG))).text).toContain('证.png');
    // Whoever goes away and comes back is asked nothing again.
    const check = await browser.get(APPLY);
    expect(words(check)).toMatch(/改成我认为对的结果.*𠮷号船.*证\.png.*5 个工作日.*60 天/);
    expect(check.text).not.toContain('<script>alert');
    const [first, second] = await Promise.all([browser.post(APPLY, { do: 'send' }), browser.post(APPLY, { do: 'send' })]);
    expect([first.status, second.path]).toEqual([200, first.path]);
    // Five working days after Monday, 3 March 2031.
    expect(words(first)).toMatch(/送出去了.*正在审查受不受理.*2031年3月10日.*还有 5 个工作日/);
    expect(words(await browser.get(APPLY))).toContain('这一项正在复议');
    expect(words(await browser.get('/my/reconsideration'))).toContain('休渔补助');
  });

  test('has one file, for the applicant on the screen and on paper, and for nobody else', async () => {
    const browser = await resident('young-mother');
    const [, path = ''] = /href="(\/my\/reconsideration\/\d+)"/.exec((await browser.get('/my/reconsideration')).text) ?? [];
    const file = words(await browser.get(`${path}/file`));
    expect(file).toMatch(/𠮷号船.*办件记录.*怎么算的.*用到的资料.*捕捞证/);
    const pdf = await browser.get(`${path}/file.pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.headers.get('cache-control'), pdf.text.startsWith('%PDF-')]).toEqual([200, 'application/pdf', 'no-store', true]);
    const [, kept = ''] = new RegExp(`href="(${path}/papers/\\d+)"`).exec((await browser.get(path)).text) ?? [];
    expect((await browser.get(kept)).headers.get('content-type')).toBe('image/png');
    const other = await resident('young-father');
    for (const of of [path, `${path}/file`, `${path}/file.pdf`, kept, `${path}/withdraw`, `${path}/complete`]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect([of, (await other.get(of)).status]).toEqual([of, 404]);
    }
    expect((await other.post(`${path}/withdraw`, { words: '' })).status).toBe(404);
  });

  test('is examined by the organ alone, which asks once for what is missing', async () => {
    const organ = await staff('town-hall-officer');
    const [task = ''] = await tasksOf(organ, 'reconsideration-intake');
    expect(task).not.toBe('');
    const page = await organ.get(task);
    expect(words(page)).toMatch(/审查复议申请.*看复议卷宗/);
    expect(page.text).not.toContain('value="hand-over"');
    const file = await organ.get(task.replace('/console/tasks/', '/console/reconsideration/'));
    expect(words(file)).toMatch(/看得到.*𠮷号船.*捕捞证/);
    expect((await organ.get(task.replace('/console/tasks/', '/console/reconsideration-pdf/'))).headers.get('content-type')).toBe('application/pdf');
    const [, kept = ''] = /href="(\/console\/reconsideration-paper\/[^"]+)"/.exec(file.text) ?? [];
    expect((await organ.get(kept)).headers.get('content-type')).toBe('image/png');
    for (const id of ['fisheries-head', 'development-officer', 'auditor', 'administrator']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const other = await staff(id);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect([id, (await other.get(task)).status, (await other.get(task.replace('/console/tasks/', '/console/reconsideration/'))).status, (await other.get(kept)).status]).toEqual([id, 404, 404, 404]);
    }
    expect((await organ.post(task, { do: 'hand-over', department: 'development', reason: 'x' })).status).toBe(422);
    await organ.post(task, { do: 'claim' });
    expect((await organ.post(task, { do: 'complete', outcome: 'to-complete', reason: '' })).status).toBe(422);
    expect((await organ.post(task, { do: 'complete', outcome: 'to-complete', reason: '请补捕捞证照片' })).path).toBe('/console?did=complete');

    const browser = await resident('young-mother');
    expect(words(await browser.get('/my/access'))).toContain('办理您申请的行政复议');
    const told = await browser.get('/my/notices');
    expect(words(told)).toMatch(/还要补一样东西：请补捕捞证照片.*2031年3月17日/);
    const [, path = ''] = /href="(\/my\/reconsideration\/\d+)"/.exec(told.text) ?? [];
    expect(words(await browser.get(path))).toContain('等您补材料');
    expect((await browser.post(`${path}/complete`, { words: '' })).status).toBe(422);
    await browser.post(`${path}/complete`, paper('again.png', Uint8Array.of(...PNG, 4)));
    expect(words(await browser.post(`${path}/complete`, { words: '补上了' }))).toMatch(/补好了.*正在审查/);
  });

  test('is answered by the department that decided, and decided by the organ, with more time from its head alone', async () => {
    const organ = await staff('town-hall-officer');
    const [task = ''] = await tasksOf(organ, 'reconsideration-intake');
    expect(words(await organ.post(task, { do: 'complete', outcome: 'to-complete', reason: '还要' }))).toContain('补正只能要求一次');
    await organ.post(task, { do: 'complete', outcome: 'accepted', reason: '符合受理条件' });
    const [deciding = ''] = await tasksOf(organ, 'reconsideration-decision');

    const fisheries = await staff('fisheries-head');
    const [reply = ''] = await tasksOf(fisheries, 'reconsideration-reply');
    expect(words(await fisheries.get(reply.replace('/console/tasks/', '/console/reconsideration/')))).toContain('𠮷号船');
    expect((await fisheries.get(deciding)).status).toBe(404);
    expect((await fisheries.post(reply, { do: 'complete', outcome: 'replied', reason: '底册上没有这本证' })).path).toBe('/console?did=complete');

    expect(words(await organ.post(deciding, { do: 'complete', outcome: 'extended', reason: '要到港口核实' }))).toContain('负责人');
    const head = await staff('town-hall-head');
    await head.post(deciding, { do: 'complete', outcome: 'extended', reason: '要到港口核实' });
    const [longer = ''] = await tasksOf(organ, 'reconsideration-decision');
    expect(longer).not.toBe(deciding);
    expect(words(await organ.get(longer.replace('/console/tasks/', '/console/reconsideration/')))).toContain('底册上没有这本证');
    expect((await organ.post(longer, { do: 'complete', outcome: 'revoked', reason: '港口的登记簿上有这本证' })).path).toBe('/console?did=complete');
    expect(await tasksOf(organ, 'reconsideration-decision')).toEqual([]);
    expect((await tasksOf(fisheries, 'review')).length).toBe(1);

    const browser = await resident('young-mother');
    const told = words(await browser.get('/my/notices'));
    expect(told).toMatch(/撤销原决定，由原部门重新作出.*港口的登记簿上有这本证.*2031年3月18日前向人民法院起诉/);
    const [, path = ''] = /href="(\/my\/reconsideration\/\d+)"/.exec((await browser.get('/my/reconsideration')).text) ?? [];
    expect(words(await browser.get(path))).toMatch(/已经作出决定.*受理.*灯湾市渔业局书面答复.*延长期限.*决定：撤销/);
    expect((await browser.post(`${path}/withdraw`, { words: '' })).status).toBe(422);
  });

  test('is taken back at once before it is accepted', async () => {
    const browser = await resident('young-father');
    await write(browser);
    const { path } = await browser.post(APPLY, { do: 'send' });
    const one = path.replace(/\?.*/, '');
    expect(words(await browser.get(`${one}/withdraw`))).toContain('撤回马上生效');
    expect(words(await browser.post(`${one}/withdraw`, { words: '想通了' }))).toMatch(/已经撤回.*到此为止/);
    expect((await browser.post(`${one}/withdraw`, { words: '' })).path).toBe(`${one}?done=withdrawn`);
    expect(await tasksOf(await staff('town-hall-officer'), 'reconsideration-intake')).toEqual([]);
  });
});
