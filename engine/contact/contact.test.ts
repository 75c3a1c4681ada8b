import { expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import { maskedAddress, messageOf, readAddress } from './index.ts';
import type { Letterhead, MessageCause } from './index.ts';

const head = (locale: Letterhead['locale']): Letterhead => ({ locale, site: '灯笼湾', phone: '12345', url: 'https://town.example/my', service: () => '休渔补贴' });

function raise(): never {
  throw new Error('no day');
}

test('an address is read however it was typed, and what is none is none', () => {
  expect(readAddress('email', ' Mia@Harbour.Example ')).toBe('Mia@harbour.example');
  expect(readAddress('email', 'ｍｉａ＠harbour.example')).toBe('mia@harbour.example');
  expect(readAddress('sms', '+86 138-0000-1234')).toBe('13800001234');
  expect(readAddress('sms', '１３８００００１２３４')).toBe('13800001234');
  for (const wrong of ['', 'mia', 'mia@', '@harbour.example', 'mia@harbour', 'a@b@c.example', 'mia..b@harbour.example', 'mia@harbour.example\nBcc: x@y.example', `${'a'.repeat(65)}@harbour.example`]) expect(readAddress('email', wrong)).toBeUndefined();
  for (const wrong of ['', '12345', '0579-8888888', '138000012345', '12800001234']) expect(readAddress('sms', wrong)).toBeUndefined();
});

test('a masked address is known again by its owner and tells nobody else', () => {
  expect(maskedAddress('email', 'mia@harbour.example')).toBe('m***@harbour.example');
  expect(maskedAddress('sms', '13812345678')).toBe('138****5678');
});

test('a message says that there is a notice, of what kind, until when and where it is read, and nothing about anybody', () => {
  const told: MessageCause = { kind: 'notice', noticeKind: 'confirmation', service: 'closed-season-grant', respondBy: parseDate('2031-06-20') ?? null };
  expect(messageOf('sms', told, head('zh')).text).toBe('【灯笼湾】您有一份新的通知：请您确认（休渔补贴）。请在2031年6月20日以前答复。请本人登录 https://town.example/my 查看，或到服务中心、拨打 12345 询问。我们不会要您的验证码，也不会让您转账。');
  const mail = messageOf('email', told, head('en'));
  expect(mail.text).toContain('Please answer by 20 June 2031.');
  expect(mail.text).toContain('https://town.example/my');
  expect(messageOf('email', { ...told, respondBy: null }, head('zh')).text).not.toMatch(/以前答复|\n\n\n/);
  expect(messageOf('sms', { ...told, respondBy: null }, head('en')).text).not.toContain('  ');
});

test('a change of address is told to the address of before without a word about anybody', () => {
  const changed: MessageCause = { kind: 'address-changed', on: parseDate('2031-06-15') ?? raise() };
  expect(messageOf('sms', changed, head('zh')).text).toBe('【灯笼湾】2031年6月15日，有人登录后改了您接收通知的邮箱或手机号。是您本人改的，不用理会；不是的，请马上打 12345。');
  const mail = messageOf('email', changed, head('en'));
  expect([mail.text.includes('on 15 June 2031'), mail.text.includes('call 12345 at once'), mail.text.includes('https:')]).toEqual([true, true, false]);
});

test('a code stands in its message until it was used', () => {
  expect(messageOf('sms', { kind: 'code', code: '012345' }, head('zh')).text).toContain('012345，15 分钟内有效');
  expect(messageOf('email', { kind: 'code', code: null }, head('en')).text).toContain('******');
});
