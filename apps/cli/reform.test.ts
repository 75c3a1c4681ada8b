import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');
const REFORM = 'name: { zh: 提高收入线, en: A higher line }\nparameters: [{ parameter: income-line, area: "990100", from: "2031-07-01", value: 1200.00 }]\n';

async function run(today: string, ...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(words, { MINSHENG_TODAY: today, LANG: 'en' }, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

function copied(text = REFORM): { readonly pack: string; readonly file: string; readonly read: (file: string) => string } {
  const folder = temporaryFolder();
  const pack = join(folder, 'pack');
  cpSync(LANTERN_BAY, pack, { recursive: true });
  const file = join(folder, 'line.yaml');
  writeFileSync(file, text);
  return { pack, file, read: (name) => readFileSync(join(pack, name), 'utf8') };
}

describe('a reform', () => {
  test('is scheduled for a coming day, listed with its difference, and taken back to the same bytes', async () => {
    const { pack, file, read } = copied();
    const before = read('parameters/income-line.yaml');
    const done = await run('2031-06-15', 'reform', 'schedule', file, '--on', '2032-01-01', '--by', 'Liang', '--pack', pack, '--residents', '400', '--json');
    // The heads of the made-up town earn too little to be above the old line, so nobody gains; what matters here is that it was tried.
    expect(JSON.parse(done.out)).toMatchObject({ id: '2031-06-15-1', on: '2032-01-01', written: ['history.yaml', 'parameters/income-line.yaml', 'sources.yaml'], tried: { on: '2032-01-01', people: 400, synthetic: true } });
    const listed = await run('2031-06-16', 'reform', 'list', '--pack', pack, '--lang', 'en');
    expect(listed.out).toContain('2031-06-15-1  from 2032-01-01  A higher line  not yet in force (Liang, 2031-06-15)\n');
    expect(listed.out).toContain('+ [{ area: "990100", from: "2031-01-01", value: 1000.00, source: LB-DEMO, confidence: demo }, { area: "990100", from: "2032-01-01", value: 1200.00, source: R-1, confidence: demo }]\n');
    expect((await run('2031-06-16', 'pack', 'check', pack)).code).toBe(0);
    expect(await run('2032-01-01', 'reform', 'withdraw', '2031-06-15-1', '--pack', pack, '--lang', 'en')).toMatchObject({ code: 1, err: '2031-06-15-1 has been in force since 2032-01-01 and cannot be withdrawn; schedule another change to undo it.\n' });
    expect((await run('2031-12-31', 'reform', 'withdraw', '2031-06-15-1', '--by', 'Hai', '--pack', pack)).code).toBe(0);
    expect(read('parameters/income-line.yaml')).toBe(before);
    expect((await run('2032-01-01', 'reform', 'list', '--pack', pack, '--lang', 'en')).out).toContain('withdrawn (Hai, 2031-12-31)');
  });

  test('that cannot hold is refused with its reasons, and nothing is written', async () => {
    const { pack, file, read } = copied();
    const late = await run('2032-01-01', 'reform', 'schedule', file, '--on', '2032-01-01', '--untried', '--pack', pack, '--lang', 'en');
    expect([late.code, late.err]).toEqual([1, expect.stringContaining('The day 2032-01-01 does not lie after today (2032-01-01).')]);
    expect((await run('2031-06-15', 'reform', 'schedule', file, '--on', 'soon', '--pack', pack)).code).toBe(2);
    expect(() => read('history.yaml')).toThrow('ENOENT');
  });
});
