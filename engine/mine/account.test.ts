import { describe, expect, test } from 'vitest';
import { isCardNumber, lastFourOf, readAccount } from './index.ts';

const at = (number: string, bank = '海港银行', isPassbook = false) => readAccount({ bank, number, isPassbook });

describe('an account that somebody types', () => {
  test('is taken as digits, however they were written', () => {
    // 4539 5787 6362 1486 is the usual example of a number whose check digit holds.
    for (const typed of ['4539578763621486', ' 4539 5787 6362 1486 ', '4539-5787-6362-1486', '４５３９５７８７６３６２１４８６']) expect(at(typed), typed).toEqual({ bank: '海港银行', number: '4539578763621486' });
    expect(lastFourOf('4539578763621486')).toBe('1486');
  });

  test('of a card must hold its check digit: each slip of one digit, and each swap of two unlike neighbours but 0 and 9, is found', () => {
    const number = '4539578763621486';
    for (let place = 0; place < number.length; place++) for (let digit = 0; digit < 10; digit++) {
      const typed = `${number.slice(0, place)}${String(digit)}${number.slice(place + 1)}`;
      expect(at(typed), typed).toEqual(typed === number ? { bank: '海港银行', number } : 'number-mistyped');
    }
    expect(at('4539578763621468')).toBe('number-mistyped');
  });

  test('of a passbook has none, and is taken as it is, if it is as long as a card’s too once they say so', () => {
    for (const typed of ['123456789', '12345678901234567890']) expect([at(typed), isCardNumber(typed)]).toEqual([{ bank: '海港银行', number: typed }, false]);
    const long = '1234567890123456789';
    expect([at(long), at(long, '海港银行', true), isCardNumber(long)]).toEqual(['number-mistyped', { bank: '海港银行', number: long }, false]);
    expect(at('12', '海港银行', true)).toBe('number-length');
  });

  test.each([['4539578763621486', '', 'bank-missing'], ['4539578763621486', '行'.repeat(41), 'bank-long'], [' ', '海港银行', 'number-missing'], ['4539abc', '海港银行', 'number-not-digits'], ['12345678', '海港银行', 'number-length'], ['1'.repeat(31), '海港银行', 'number-length']] as const)('%s at %s is %s', (number, bank, mistake) => {
    expect(at(number, bank)).toBe(mistake);
  });
});
