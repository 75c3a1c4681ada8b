import { describe, expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import type { FilledRow } from '#engine/kernel/index.ts';
import { loadPack, textOf } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { itemsToVerify, verifyForm, verifyRows } from './index.ts';
import type { ItemToVerify } from './index.ts';

const today = parseDate('2031-06-15') ?? expect.fail('no day');

function town(changes: Readonly<Record<string, (text: string) => string>> = {}) {
  const files = new Map(packFiles('lantern-bay'));
  for (const [file, change] of Object.entries(changes)) files.set(file, new TextEncoder().encode(change(textOf(files.get(file) ?? new Uint8Array()) ?? '')));
  return opened(files);
}

function opened(files: PackFiles) {
  const { pack, diagnostics } = loadPack(files);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!pack) throw new Error('the town does not load');
  const { book, diagnostics: wrong } = linkRules(pack);
  expect(wrong.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { files, pack, items: itemsToVerify(book) };
}

/** A row of a sheet as it comes back: each cell is called by its key. */
function row(sheet: string, cells: Readonly<Record<string, string>>): FilledRow {
  return { sheet, cells: new Map(Object.entries(cells).map(([key, text]) => [key, { at: key, text }])) };
}

const DOCUMENT = { document: '灯渔〔2031〕7号', 'document-date': '2031-03-01', page: '第2页', by: '梁' };
const RATE = 'value/grant-rate/990100/2031-01-01';
const about = (items: readonly ItemToVerify[], id: string) => items.find((item) => item.id === id);

describe('the list to verify', () => {
  test('has every value nobody has read, by the department that decides most of what rests on it', () => {
    const { items } = town();
    // Two rates, one income line and three relief lines are for a demonstration; all rest on services of the fisheries office.
    const values = items.filter((item) => item.kind === 'value').map(({ id, department, services }) => [id.slice('value/'.length), department, ...services]);
    expect(values).toEqual([
      ['grant-rate/990100/2031-01-01', 'fisheries', 'closed-season-grant'], ['grant-rate/990122/2031-01-01', 'fisheries', 'closed-season-grant'], ['income-line/990100/2031-01-01', 'fisheries', 'closed-season-grant'],
      ['relief-line/990100/2031-01-01', 'fisheries', 'household-relief'], ['relief-line/990100/2032-07-01', 'fisheries', 'household-relief'], ['relief-line/free-port/2031-01-01', 'fisheries', 'household-relief'],
    ]);
  });

  test('has payers that nobody entered, and those of a demonstration; a service without a department stands apart', () => {
    const { items } = town();
    const payers = items.filter((item) => item.kind === 'payers');
    expect(payers.length).toBe(10);
    expect(about(items, 'payers/closed-season-grant')).toMatchObject({ department: 'fisheries', demo: true });
    expect(about(items, 'payers/lighthouse-visit')).toMatchObject({ department: undefined, demo: false, services: [] });
  });

  test('has rule texts whose law is only remembered, where a service rests on them', () => {
    const { items } = town({
      'sources.yaml': (text) => `${text}- { id: M, kind: memory, title: 记得的 }\n`,
      'definitions.yaml': (text) => text.replace('is: 米数 <= 500, law: LB-LAW', 'is: 米数 <= 500, law: M'),
      'tables/boat-rate.yaml': (text) => text.replace('law: LB-LAW', 'law: M'),
      'services/harbour/closed-season-grant.yaml': (text) => text.replace('when: 捕捞证有效, law: LB-LAW', 'when: 捕捞证有效, law: M'),
      'precedence/sea-support.yaml': (text) => text.replace('law: LB-LAW', 'law: M'),
    });
    // The ice voucher pays by the length of the boat, and the fuel voucher gives way where that is more.
    expect(items.filter(({ kind }) => kind === 'text').map(({ id, services }) => [id, services.toSorted().join(' ')])).toEqual([
      ['clause/closed-season-grant/licence', 'closed-season-grant'], ['definition/靠海', 'household-relief'],
      ['table/boat-rate', 'fuel-voucher ice-voucher'], ['precedence/sea-support', 'closed-season-grant old-fisher-grant'],
    ]);
  });

  test('is a workbook with a sheet of each kind, in both languages', () => {
    const { pack, items } = town();
    const [zh, en] = [verifyForm(pack, items, 'zh'), verifyForm(pack, items, 'en')];
    expect(zh.sheets.map(({ key, title, rows }) => [key, title, rows.length])).toEqual([['values', '数值', 6], ['payers', '谁出钱', 10]]);
    expect(zh.sheets[0]?.rows[0]).toEqual([RATE, '灯湾市渔业局', '休渔补助标准', '休渔补助', '元', '灯湾市', '2031-01-01', { units: 80000, scale: 2 }, '演示参数', '演示参数']);
    expect(en.sheets[1]?.columns.filter(({ entry }) => entry).map(({ title }) => title)).toContain('Counted by');
    expect(JSON.stringify([zh, en])).not.toContain('[verify.');
  });
});

describe('a row that comes back', () => {
  test('puts what the document says in the file, with the document as source, and is told in the history', () => {
    const { files, pack, items } = town();
    const { files: after, confirmed, faults } = verifyRows(pack, files, items, [row('values', { id: RATE, verified: '820', ...DOCUMENT })], today);
    expect([confirmed, faults]).toEqual([[RATE], []]);
    const then = opened(after);
    expect(then.pack.parameters.get('grant-rate')?.values[0]).toMatchObject({ value: { units: 820, scale: 0 }, source: 'V-1', confidence: 'verified', from: '2031-01-01' });
    expect(then.pack.sources.get('V-1')).toMatchObject({ kind: 'official-doc', title: '灯渔〔2031〕7号', date: '2031-03-01', seen: '第2页' });
    expect([...then.pack.history.values()]).toMatchObject([{ id: '2031-06-15-1', kind: 'verified', by: '梁', item: RATE, before: '800.00 (2031-01-01, LB-DEMO, demo)', after: '820 (2031-01-01, V-1, verified)', document: 'V-1' }]);
    expect(about(then.items, RATE)).toBeUndefined();
    expect([...after].filter(([file, bytes]) => textOf(bytes) !== textOf(files.get(file) ?? new Uint8Array())).map(([file]) => file).sort()).toEqual(['history.yaml', 'parameters/grant-rate.yaml', 'sources.yaml']);
  });

  test('from another day leaves the old value the days before it', () => {
    const { files, pack, items } = town();
    const { files: after } = verifyRows(pack, files, items, [row('values', { id: RATE, verified: '820', since: '2031年7月1日', ...DOCUMENT })], today);
    expect(opened(after).pack.parameters.get('grant-rate')?.values.filter(({ area }) => area === '990100').map(({ from, value, confidence }) => [from, value.units / 10 ** value.scale, confidence])).toEqual([['2031-01-01', 800, 'demo'], ['2031-07-01', 820, 'verified']]);
  });

  test('names payers by level, and a law by its document', () => {
    const { files, pack, items } = town({ 'sources.yaml': (text) => `${text}- { id: M, kind: memory, title: 记得的 }\n`, 'definitions.yaml': (text) => text.replace('is: 米数 <= 500, law: LB-LAW', 'is: 米数 <= 500, law: M') });
    const { files: after, confirmed } = verifyRows(pack, files, items, [
      row('payers', { id: 'payers/fuel-voucher', city: '62.5%', county: '37.5', of: 'residence', ...DOCUMENT }),
      row('texts', { id: 'definition/靠海', agrees: '是', ...DOCUMENT }),
    ], today);
    const then = opened(after);
    expect(confirmed.length).toBe(2);
    expect(then.pack.services.get('fuel-voucher')?.payers).toEqual([{ level: 'city', of: 'resident', shareBp: 6250, from: '2031-01-01', source: 'V-1', confidence: 'verified' }, { level: 'county', of: 'resident', shareBp: 3750, from: '2031-01-01', source: 'V-1', confidence: 'verified' }]);
    expect(then.pack.definitions.find(({ name }) => name === '靠海')?.law).toBe('V-1');
    expect(then.items.filter(({ id }) => confirmed.includes(id))).toEqual([]);
  });

  test('about payers of several stretches of days confirms the last, and leaves those of before', () => {
    const last = ', source: LB-DEMO, confidence: demo }\nhow:';
    const { files, pack, items } = town({ 'services/harbour/closed-season-grant.yaml': (text) => text.replaceAll('from: "2031-01-01", source', 'from: "2031-01-01", until: "2031-12-31", source').replace(last, `${last.slice(0, -5)}\n  - { level: city, of: registered, share-bp: 10000, from: "2032-01-01"${last}`) });
    expect(about(items, 'payers/closed-season-grant')).toMatchObject({ payers: [{ level: 'city', shareBp: 10_000 }] });
    const { files: after } = verifyRows(pack, files, items, [row('payers', { id: 'payers/closed-season-grant', county: '100', of: '户籍地', ...DOCUMENT })], today);
    const then = opened(after).pack.services.get('closed-season-grant')?.payers;
    expect(then === 'unfilled' ? [] : then?.map(({ level, shareBp, from, until, confidence }) => [level, shareBp, from, until, confidence])).toEqual([['city', 6000, '2031-01-01', '2031-12-31', 'demo'], ['county', 4000, '2031-01-01', '2031-12-31', 'demo'], ['county', 10_000, '2032-01-01', undefined, 'verified']]);
  });

  test('in which nobody wrote changes nothing, byte for byte', () => {
    const { files, pack, items } = town();
    const { files: after, confirmed, faults } = verifyRows(pack, files, items, [row('values', { id: RATE, what: '休渔补助标准', value: '800.00' })], today);
    expect([confirmed, faults, [...after]]).toEqual([[], [], [...files]]);
  });

  test.each([
    ['an item that is not there', { id: 'value/moon/1/2031-01-01', verified: '1', ...DOCUMENT }, ['id item-unknown']],
    ['no value', { id: RATE, ...DOCUMENT }, ['id value-missing']],
    ['words for a number', { id: RATE, verified: '八百', ...DOCUMENT }, ['verified value-not-number']],
    ['a tenth of a fen', { id: RATE, verified: '800.001', ...DOCUMENT }, ['verified value-too-fine']],
    ['less than nothing', { id: RATE, verified: '-800', ...DOCUMENT }, ['verified value-negative']],
    // 800 yuan written as 8,000: a slip of the point, or in units of ten thousand: 0.08.
    ['ten times as much', { id: RATE, verified: '8,000', ...DOCUMENT }, ['verified value-far-off']],
    ['a ten thousandth', { id: RATE, verified: '0.08', ...DOCUMENT }, ['verified value-far-off']],
    ['no document, no date, nobody', { id: RATE, verified: '820' }, ['id document-missing', 'id by-missing', 'id date-missing']],
    ['a day that is none', { id: RATE, verified: '820', ...DOCUMENT, 'document-date': '2031-02-29' }, ['document-date date-invalid']],
    ['a day to come', { id: RATE, verified: '820', ...DOCUMENT, 'document-date': '2031-06-16' }, ['document-date date-ahead']],
    ['a day on which another value begins', { id: 'value/relief-line/990100/2031-01-01', verified: '910', since: '2032-07-01', ...DOCUMENT }, ['since since-taken']],
  ])('with %s is told and changes nothing', (_, cells, told) => {
    const { files, pack, items } = town();
    const { files: after, faults, confirmed } = verifyRows(pack, files, items, [row('values', cells)], today);
    expect([faults.map(({ at, code }) => `${at} ${code}`), confirmed, [...after]]).toEqual([told, [], [...files]]);
  });

  test.each([
    ['shares short of the whole', 'payers', { id: 'payers/fuel-voucher', city: '60', county: '39.99', of: '户籍地', ...DOCUMENT }, ['id shares-incomplete']],
    ['no area that pays', 'payers', { id: 'payers/fuel-voucher', city: '100', ...DOCUMENT }, ['id basis-unknown']],
    ['a share in words', 'payers', { id: 'payers/fuel-voucher', city: '全部', of: '户籍地', ...DOCUMENT }, ['city share-not-number']],
  ])('with %s is told and changes nothing', (_, sheet, cells, told) => {
    const { files, pack, items } = town();
    const { faults, confirmed } = verifyRows(pack, files, items, [row(sheet, cells)], today);
    expect([faults.map(({ at, code }) => `${at} ${code}`), confirmed]).toEqual([told, []]);
  });

  test('that is far off is taken where somebody says that it is so, and the good rows beside a bad one are told', () => {
    const { files, pack, items } = town();
    const { confirmed, faults } = verifyRows(pack, files, items, [row('values', { id: RATE, verified: '8000', sure: '是', ...DOCUMENT }), row('values', { id: RATE, verified: '8000', sure: '是', ...DOCUMENT })], today);
    expect([confirmed, faults.map(({ code }) => code)]).toEqual([[RATE], ['item-unknown']]);
  });
});
