import { describe, expect, test } from 'vitest';
import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import { loadPack, textOf } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import type { NewEntry } from './index.ts';
import { layPayers, layStandard, layValue, settleValue, withHistory, withSource } from './index.ts';

const files = packFiles('lantern-bay');
const text = (file: string): string => textOf(files.get(file) ?? new Uint8Array()) ?? '';
const on = (day: string) => parseDate(day) ?? expect.fail(day);
const number = (digits: string) => parseDecimal(digits) ?? expect.fail(digits);
const LINE = 'parameters/relief-line.yaml';
const RATE = 'parameters/grant-rate.yaml';
const SERVICE = 'services/harbour/closed-season-grant.yaml';
const reform = { source: 'R-1', confidence: 'demo' } as const;

describe('a value laid over others', () => {
  test('stands behind the open one of its area, which stays as it is', () => {
    expect(layValue(text(RATE), RATE, { area: '990100', from: on('2032-01-01'), value: number('900'), ...reform }))
      .toBe(text(RATE).replace('value: 800.00, source: LB-DEMO, confidence: demo }', 'value: 800.00, source: LB-DEMO, confidence: demo }\n  - { area: "990100", from: "2032-01-01", value: 900, source: R-1, confidence: demo }'));
  });

  test('ends what reaches into its days and takes what lies inside them', () => {
    // 900 until mid 2032, then 950: from 2032-01-01 on 920 for ever.
    expect(layValue(text(LINE), LINE, { area: '990100', from: on('2032-01-01'), value: number('920'), ...reform })).toBe(text(LINE)
      .replace('until: "2032-06-30", value: 900, source: LB-DEMO, confidence: demo }', 'until: "2031-12-31", value: 900, source: LB-DEMO, confidence: demo }\n  - { area: "990100", from: "2032-01-01", value: 920, source: R-1, confidence: demo }')
      .replace('  - { area: "990100", from: "2032-07-01", value: 950, source: LB-DEMO, confidence: demo }\n', ''));
  });

  test('that ends gives way to what was there before', () => {
    // The whole of 2032 at 920: half of it cut from 900, half from 950, which holds again from 2033.
    const laid = layValue(text(LINE), LINE, { area: '990100', from: on('2032-01-01'), until: on('2032-12-31'), value: number('920'), ...reform });
    expect(laid.split('\n').filter((line) => line.includes('990100')).map((line) => /from: "(\S+)"(?:, until: "(\S+)")?, value: (\d+)/.exec(line)?.slice(1, 4))).toEqual([['2031-01-01', '2031-12-31', '900'], ['2032-01-01', '2032-12-31', '920'], ['2033-01-01', undefined, '950']]);
  });

  test('of an area that has none stands at the end, and one that is already so changes nothing', () => {
    expect(layValue(text(RATE), RATE, { area: 'free-port', from: on('2031-01-01'), value: number('1'), ...reform })).toContain('  - { area: free-port, from: "2031-01-01", value: 1, source: R-1, confidence: demo }\n');
    expect(layValue(text(RATE), RATE, { area: '990100', from: on('2032-01-01'), value: number('800'), ...reform })).toBe(text(RATE));
  });

  test('in the place of the only one of its day replaces it', () => {
    const file = 'parameters/income-line.yaml';
    expect(layValue(text(file), file, { area: '990100', from: on('2031-01-01'), value: number('1200.00'), ...reform })).toBe(text(file).replace('value: 1000.00, source: LB-DEMO', 'value: 1200.00, source: R-1'));
  });
});

test('a value read in a document stands where the unread one stood, or from the day of the document on', () => {
  const read = { value: number('820.00'), source: 'V-1', confidence: 'verified' } as const;
  expect(settleValue(text(RATE), RATE, '990100', on('2031-01-01'), { ...read, from: on('2031-01-01') })).toBe(text(RATE).replace('value: 800.00, source: LB-DEMO, confidence: demo', 'value: 820.00, source: V-1, confidence: verified'));
  expect(settleValue(text(RATE), RATE, '990100', on('2031-01-01'), { ...read, from: on('2031-07-01') })).toBe(text(RATE).replace('confidence: demo }\n', 'confidence: demo }\n  - { area: "990100", from: "2031-07-01", value: 820.00, source: V-1, confidence: verified }\n'));
});

test('a standard that says something else follows the one it was, which ends the day before', () => {
  const change = { service: 'closed-season-grant', from: on('2032-01-01'), conditions: [{ id: 'income', when: '本月收入 <= 收入线 * 2' }] };
  const laid = layStandard(text(SERVICE), SERVICE, change);
  const { pack, diagnostics } = loadPack(new Map([...files, [SERVICE, new TextEncoder().encode(laid)]]));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(pack?.services.get('closed-season-grant')?.standard?.map(({ from, until, conditions, amount }) => [from, until, conditions.map(({ when }) => when), amount])).toEqual([
    ['2031-01-01', '2031-12-31', ['捕捞证有效', '本月收入 <= 收入线'], '补助标准'],
    ['2032-01-01', undefined, ['捕捞证有效', '本月收入 <= 收入线 * 2'], '补助标准'],
  ]);
  expect(layStandard(text(SERVICE), SERVICE, { ...change, from: on('2031-01-01') })).toBe(text(SERVICE).replace('when: 本月收入 <= 收入线,', "when: '本月收入 <= 收入线 * 2',"));
});

test('new payers follow those of before, and stand where nobody had entered any', () => {
  const shares = [{ level: 'city', of: 'registered', shareBp: 10_000 }] as const;
  const laid = layPayers(text(SERVICE), SERVICE, { from: '2032-01-01', shares, ...reform });
  expect(laid).toContain('payers:\n  - {level: city, of: registered, share-bp: 6000, from: "2031-01-01", until: "2031-12-31", source: LB-DEMO, confidence: demo}\n  - {level: county, of: registered, share-bp: 4000, from: "2031-01-01", until: "2031-12-31", source: LB-DEMO, confidence: demo}\n  - {level: city, of: registered, share-bp: 10000, from: "2032-01-01", source: R-1, confidence: demo}\nhow:');
  const unfilled = 'services/harbour/fuel-voucher.yaml';
  expect(layPayers(text(unfilled), unfilled, { from: '2031-01-01', shares, ...reform })).toBe(text(unfilled).replace('payers: unfilled', 'payers:\n- {level: city, of: registered, share-bp: 10000, from: "2031-01-01", source: R-1, confidence: demo}'));
});

test('a document is one source, however often it is named', () => {
  const document = { kind: 'official-doc', title: '灯渔〔2031〕7号', date: '2031-03-01', seen: "p. 2, 'annex'" } as const;
  const first = withSource(text('sources.yaml'), 'V', document);
  expect([first.id, withSource(first.text, 'V', document)]).toEqual(['V-1', first]);
  expect(first.text).toBe(`${text('sources.yaml').trimEnd()}\n- {id: V-1, kind: official-doc, title: '灯渔〔2031〕7号', date: "2031-03-01", seen: 'p. 2, ''annex'''}\n`);
  expect(withSource(first.text, 'V', { ...document, date: '2031-03-02' }).id).toBe('V-2');
});

test('history only grows, and is read back as it was written', () => {
  const entry: NewEntry = { kind: 'reform', at: on('2031-06-15'), by: '梁', name: { zh: '提高收入线', en: 'A higher line' }, on: on('2032-01-01'), reform: 'name: { zh: 提高, en: Higher }\nparameters: []\n', changes: [{ file: LINE, key: 'values', before: '- {a: 1}\n  b', after: '[]' }] };
  const one = withHistory('', [], [entry]);
  const two = withHistory(one.text, one.ids, [entry, { kind: 'withdrawn', at: on('2031-06-16'), by: '梁', of: one.ids[0] }]);
  expect([one.ids, two.ids, two.text.startsWith(one.text)]).toEqual([['2031-06-15-1'], ['2031-06-15-2', '2031-06-16-1'], true]);
  const { pack, diagnostics } = loadPack(new Map([...files, ['history.yaml', new TextEncoder().encode(two.text)]]));
  expect(diagnostics).toEqual([]);
  expect([...(pack?.history.values() ?? [])]).toMatchObject([{ id: '2031-06-15-1', ...entry }, { id: '2031-06-15-2', ...entry }, { id: '2031-06-16-1', kind: 'withdrawn', at: '2031-06-16', by: '梁', of: '2031-06-15-1' }]);
});
