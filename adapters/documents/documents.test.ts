import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { parseDecimal } from '#engine/kernel/index.ts';
import type { Table } from '#engine/kernel/index.ts';
import { toCsv, toDocx, toXlsx } from './index.ts';

const table: Table = {
  name: 'indicators',
  title: '指标: 全部/2025',
  columns: [{ key: 'name', title: '名称' }, { key: 'target', title: '目标' }],
  rows: [['渔民, "近岸"', parseDecimal('53.0') ?? null], ['=1+1', null], ['-岛', parseDecimal('-2.06') ?? null]],
  note: '灯湾规划 表2',
};

test('a CSV keeps printed digits, marks its encoding and lets no text run as a formula', () => {
  expect(toCsv(table)).toBe('\uFEFFname,target\r\n"渔民, ""近岸""",53.0\r\n\'=1+1,\r\n\'-岛,-2.06\r\n');
});

test('a workbook has numbers as numbers with their digits, and says where they come from', async () => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await toXlsx(table)).buffer as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  expect(sheet?.name).toBe('指标  全部 2025');
  expect([sheet?.getCell('B2').value, sheet?.getCell('B2').numFmt, sheet?.getCell('B3').value]).toEqual([53, '0.0', null]);
  expect(sheet?.getCell('A3').value).toBe('=1+1');
  expect(sheet?.getCell('A6').value).toBe('灯湾规划 表2');
});

test('a memo is a DOCX that says what it was given', async () => {
  const memo = await toDocx({ title: '关于规划文本的说明', to: '发展局', from: '民生', date: '2031年3月1日', opening: ['共 1 处。'], sections: [{ heading: '前后不一', intro: '请核定。', points: [{ title: '两个数', text: '表里是 58，正文是 60。', places: ['表2 第1行：“58”'] }] }], closing: [] }, { to: '致：', from: '自：', date: '日期：' });
  expect(new TextDecoder('latin1').decode(memo.slice(0, 2))).toBe('PK');
  const { inflateRawSync } = await import('node:zlib');
  expect(entry(memo, 'word/document.xml', inflateRawSync)).toContain('表里是 58，正文是 60。');
});

/** One file of a ZIP, found by its central directory. */
function entry(zip: Uint8Array, name: string, inflate: (bytes: Uint8Array) => Uint8Array): string {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = zip.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const length = view.getUint16(at + 28, true);
    if (new TextDecoder().decode(zip.slice(at + 46, at + 46 + length)) !== name) continue;
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    return new TextDecoder().decode(inflate(zip.slice(start, start + view.getUint32(at + 20, true))));
  }
  return '';
}
