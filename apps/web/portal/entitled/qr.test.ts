import { expect, test } from 'vitest';
import { LONGEST_CODE } from '#engine/entitlement/index.ts';
import { qrCode } from './qr.ts';
import { scanned } from '#tools/scan-code.ts';

test.each([
  ['a short answer', 'http://127.0.0.1:8080/entitled/result?a=1.c0ffee00.abcd.hukou.ocounty*birth.v19860310'],
  ['the longest address', `https://bmfw.jinhua.example/entitled/result?a=${'1.c0ffee00.abcd.'.padEnd(LONGEST_CODE, 'family-income.v117000*')}`],
])('a scanner reads %s back to the letter', (_, text) => {
  expect(scanned(qrCode(text))).toBe(text);
});

test('nothing stands in the quiet zone of four modules, and a module of the longest is not below a third of a millimetre on six centimetres of paper', () => {
  const { size, path } = qrCode(`https://bmfw.jinhua.example/entitled/result?a=${'x'.repeat(LONGEST_CODE)}`);
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, length]) => [Number(x), Number(y), Number(x) + Number(length)] as const);
  expect(runs.every(([from, row, to]) => from >= 4 && row >= 4 && to <= size - 4 && row < size - 4)).toBe(true);
  expect(60 / size).toBeGreaterThan(1 / 3);
});
