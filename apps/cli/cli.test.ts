import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { readPackFolder } from '#adapters/folder/index.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { COMMANDS, main } from './main.ts';
import { CLI_MESSAGES } from './terminal.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');

/** A command run in this process. */
async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(words, env, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

/** A copy of Lantern Bay with one file changed. */
function changed(file: string, from: string, to: string): string {
  const folder = join(temporaryFolder(), 'pack');
  cpSync(LANTERN_BAY, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  writeFileSync(join(folder, file), text.replace(from, to));
  return folder;
}

describe('help', () => {
  test('of every command, in both languages, names each option, shows an example and says how it ends', async () => {
    for (const [name, load] of Object.entries(COMMANDS)) {
      const command = await load();
      expect(command.name).toBe(name);
      for (const lang of ['zh', 'en']) {
        const { code, out } = await run([...name.split(' '), '--help', '--lang', lang]);
        expect(code).toBe(0);
        for (const option of Object.keys(command.options)) expect(out, `${name} ${lang}`).toContain(`--${option}`);
        expect(out).toMatch(new RegExp(`(?:例：|Examples?:)\n(?:.*\n)*? {2}(?:[A-Z_]+=\\S+ )*minsheng ${name}`));
        expect(out).toMatch(/0 .* 1 .* 2 .* 3 .* 4 /);
      }
    }
  });

  test('lists every command, and is what one gets who says nothing', async () => {
    const { code, out } = await run(['--help'], { LANG: 'en_GB.UTF-8' });
    expect(code).toBe(0);
    for (const name of Object.keys(COMMANDS)) expect(out).toContain(`  ${name}`);
    expect(out).toContain('Usage:');
    expect((await run([])).code).toBe(2);
    expect((await run([])).out).toContain('用法：');
  });
});

describe('a wrong command line', () => {
  test('is refused with what was wrong, in the language asked for or in both', async () => {
    expect(await run(['sing'])).toMatchObject({ code: 2, err: '没有“sing”这个命令。minsheng --help 列出所有命令。\nThere is no command “sing”. minsheng --help lists them all.\n' });
    expect(await run(['keys', '--lang', 'en'])).toMatchObject({ code: 2, err: 'There is no command “keys”. These begin so: keys rotate.\n' });
    expect((await run(['pack', 'sing', '--lang', 'en'])).err).toMatch(/^There is no command “pack sing”[.] These begin so: pack check · /);
    expect((await run(['serve', '--prot', '1', '--lang', 'en'])).err).toContain('--prot');
    expect((await run(['pack', 'check', '--lang', 'en'])).err).toContain('FOLDER');
    expect((await run(['open', '--lang', 'fr'])).code).toBe(2);
  });

  test('is refused as JSON where JSON was asked for', async () => {
    const { code, out, err } = await run(['sing', '--json']);
    expect([code, err, JSON.parse(out)]).toMatchObject([2, '', { refused: { code: 'command-unknown', command: 'sing', message: { zh: expect.any(String) as string, en: expect.any(String) as string } } }]);
  });

  test('has words in both languages for every way to be refused', () => {
    expect(Object.keys(CLI_MESSAGES.en)).toEqual(Object.keys(CLI_MESSAGES.zh));
  });
});

describe('pack check', () => {
  test('of a sound pack ends well; its findings are no error', async () => {
    const good = await run(['pack', 'check', LANTERN_BAY, '--lang', 'en']);
    expect(good).toMatchObject({ code: 0, err: '', out: expect.stringContaining('lantern-bay: no errors in the files') as string });
    // Box 2 counts 1, 3: a finding. The second service now cites an item that is not printed, so it cites the third.
    const skipping = changed('source/plan.txt', '\n2.灯塔参观', '\n3.灯塔参观');
    const service = join(skipping, 'services/harbour/lighthouse-visit.yaml');
    writeFileSync(service, readFileSync(service, 'utf8').replace('第2项', '第3项'));
    const { code, out } = await run(['pack', 'check', skipping, '--json', '--lang', 'en']);
    const found = (JSON.parse(out) as { kind: string; code: string }[]).find((one) => one.code === 'missing-item-number');
    expect([code, found]).toMatchObject([0, {
      kind: 'finding', severity: 'error', subjects: ['closed-season-grant', 'lighthouse-visit'], title: 'An item number is skipped',
      places: [{ citation: '专栏 三(一) 第1项', file: 'source/plan.txt', raw: '1.休渔补助' }, { citation: '专栏 三(一) 第3项', raw: '3.灯塔参观' }],
    }]);
    const text = (await run(['pack', 'check', skipping, '--lang', 'zh'])).out;
    expect(text).toMatch(/── 必须核定（\d+ 条）/);
    expect(text).toMatch(/专栏 三\(一\) 第3项 {2}source\/plan\.txt:\d+ {2}“3\.灯塔参观”/);
  });

  test('of a faulty pack shows the place and ends with 1, as text and as JSON of the same form', async () => {
    const faulty = changed('services/children/island-care.yaml', 'kind: in-kind', 'kind: gift');
    const { code, out } = await run(['pack', 'check', faulty, '--lang', 'en']);
    expect(code).toBe(1);
    expect(out).toContain('services/children/island-care.yaml:5:7 value-not-allowed');
    expect(out).toContain('5 | kind: gift\n  |       ^^^^');
    const json = await run(['pack', 'check', faulty, '--json']);
    expect([json.code, JSON.parse(json.out)]).toMatchObject([1, [{ kind: 'diagnostic', code: 'value-not-allowed', severity: 'error', subjects: [], places: [{ citation: null, file: 'services/children/island-care.yaml', line: 5, column: 7, raw: 'gift' }] }]]);
  });

  test('writes the memo, and tells where it cannot', async () => {
    const file = join(temporaryFolder(), 'memo.docx');
    expect((await run(['pack', 'check', LANTERN_BAY, '--docx', file])).code).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect((await run(['pack', 'check', LANTERN_BAY, '--docx', '/nowhere/memo.docx'])).code).toBe(3);
  });

  test('of no pack is wrong use', async () => {
    expect((await run(['pack', 'check', temporaryFolder()])).code).toBe(2);
  });
});

describe('pack import-dmn', () => {
  const MODEL = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:bay" name="bay"><inputData id="n" name="n"/>
    <decision id="d" name="Berth Rate"><informationRequirement><requiredInput href="#n"/></informationRequirement><decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/>
      <rule><inputEntry><text>&lt; 8</text></inputEntry><outputEntry><text>10</text></outputEntry></rule><rule><inputEntry><text>&gt;= 8</text></inputEntry><outputEntry><text>20</text></outputEntry></rule></decisionTable></decision>
    <decision id="b" name="boxed"><context/></decision></definitions>`;

  test('writes what a pack can have, says what it left, and the pack still checks', async () => {
    const folder = changed('units.yaml', '元', '元');
    const file = join(temporaryFolder(), 'bay.dmn');
    writeFileSync(file, MODEL);
    const words = ['pack', 'import-dmn', file, folder, '--law', 'LB-LAW', '--unit', '元'];
    expect(JSON.parse((await run([...words, '--json'])).out)).toMatchObject({ imported: { files: ['tables/berth-rate.yaml'], definitions: 0, left: [{ element: 'boxed', code: 'logic' }] } });
    expect(loadPack(readPackFolder(folder) ?? new Map()).diagnostics).toEqual([]);
    // Twice would write over the first.
    expect((await run(words)).code).toBe(2);
  });

  test('refuses what is no model, no pack, and what rests on no law', async () => {
    const file = join(temporaryFolder(), 'bay.dmn');
    writeFileSync(file, '<html/>');
    expect((await run(['pack', 'import-dmn', file, LANTERN_BAY, '--law', 'LB-LAW', '--lang', 'en'])).err).toContain('is no DMN model');
    for (const words of [[file, LANTERN_BAY], [file, temporaryFolder(), '--law', 'LB-LAW'], ['/nowhere.dmn', LANTERN_BAY, '--law', 'LB-LAW']]) expect((await run(['pack', 'import-dmn', ...words])).code, words.join(' ')).toBe(2);
  });
});

describe('pack new', () => {
  test('writes a city that has two tables, two boxes and their records, under the names given', async () => {
    const folder = join(temporaryFolder(), 'far-hill');
    expect((await run(['pack', 'new', folder, '--name-zh', '远山市', '--name-en', "Farhill", '--from', '2026'])).code).toBe(0);
    const { pack, diagnostics } = loadPack(readPackFolder(folder) ?? new Map());
    expect(diagnostics).toEqual([]);
    expect(pack?.plan).toMatchObject({ id: 'far-hill', city: { zh: '远山市', en: 'Farhill' }, period: { from: '2026-01-01', to: '2030-12-31' } });
    expect([pack?.source.tables.length, pack?.source.boxes.length, pack?.services.size, pack?.indicators.size]).toEqual([2, 2, 2, 2]);
    for (const table of pack?.plan.document.tables ?? []) expect([...(pack?.indicators.values() ?? [])].some((one) => one.table === table.id)).toBe(true);
    for (const text of pack?.texts.values() ?? []) expect(text).not.toMatch(/\{\{|\}\}(?!\s*[,}\]]|$)/m);
  });

  test('takes the id from the folder, overwrites nothing and takes no name that YAML would read', async () => {
    const folder = temporaryFolder();
    const plain = join(folder, 'X1');
    expect(JSON.parse((await run(['pack', 'new', plain, '--json'])).out)).toMatchObject({ pack: { id: 'new-city', folder: plain } });
    expect((await run(['pack', 'new', plain])).code).toBe(2);
    for (const words of [['--id', 'Far Hill'], ['--name-zh', '远山: 市'], ['--name-en', 'Far{hill}'], ['--from', '26']]) expect((await run(['pack', 'new', join(folder, 'other'), ...words])).code, words.join(' ')).toBe(2);
    mkdirSync(join(folder, 'empty'));
    expect((await run(['pack', 'new', join(folder, 'empty')])).code).toBe(0);
    rmSync(folder, { recursive: true });
  });
});
