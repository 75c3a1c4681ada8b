import { expect, test } from 'vitest';
import { base32, codeOf, hashPassword, isPassword, stepAt, stepOfCode, totpAddress } from './index.ts';

/** The key of appendix B of RFC 6238. */
const KEY = new TextEncoder().encode('12345678901234567890');
const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(7);
const CHEAP = { memory: 1_024, passes: 1, parallelism: 1 };

test('codes are those that the RFC prints', () => {
  const printed = [[59, '94287082'], [1_111_111_109, '07081804'], [1_111_111_111, '14050471'], [1_234_567_890, '89005924'], [2_000_000_000, '69279037'], [20_000_000_000, '65353130']] as const;
  for (const [seconds, code] of printed) expect([seconds, codeOf(KEY, stepAt(seconds), 8)]).toEqual([seconds, code]);
});

test('a code is taken within half a minute of its time, as it is typed, and never twice', () => {
  const at = (seconds: number, after = 0) => stepOfCode(KEY, ' 287 082 ', { seconds, after });
  // 59 s lie in step 1.
  expect([at(59), at(30), at(89), at(0)]).toEqual([1, 1, 1, 1]);
  expect([at(90), at(-31)]).toEqual([undefined, undefined]);
  expect(at(59, 1)).toBeUndefined();
  for (const code of ['', '28708', '2870823', 'abcdef', '２８７０８２']) expect(stepOfCode(KEY, code, { seconds: 59, after: 0 })).toBeUndefined();
});

test('a key is spelled in base 32, as RFC 4648 prints it', () => {
  const spelled = [['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']];
  for (const [text, code] of spelled) expect(base32(new TextEncoder().encode(text))).toBe(code);
  expect(totpAddress(KEY, { issuer: '金华', account: 'li.wei' })).toBe('otpauth://totp/%E9%87%91%E5%8D%8E:li.wei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E9%87%91%E5%8D%8E&algorithm=SHA1&digits=6&period=30');
});

test('a password is known by its digest, however it was typed, and no other is', async () => {
  const stored = await hashPassword('渔港的灯 é Å', random, CHEAP);
  expect(stored).toMatch(/^argon2id\$m=1024,t=1,p=1\$/);
  expect(await isPassword('渔港的灯 e\u0301 A\u030A', stored)).toBe(true);
  for (const other of ['', '渔港的灯 e A', '渔港的灯 é Å ']) expect(await isPassword(other, stored)).toBe(false);
});

test('what is no digest is nobody\'s password', async () => {
  for (const stored of [null, '', 'argon2id$', 'plain']) expect(await isPassword('', stored)).toBe(false);
});
