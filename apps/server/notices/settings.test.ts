import { expect, test } from 'vitest';
import { smsOf, smtpOf } from './settings.ts';

const smtp = (text: string | undefined) => smtpOf(() => text);
const sms = (url: string | undefined, key: string | undefined) => smsOf((variable) => (variable === 'MINSHENG_SMS' ? url : key));

test('a mail server is an address with who writes, and what is not encrypted stays on the machine', () => {
  expect(smtp(undefined)).toBeUndefined();
  expect(smtp('smtps://town:p%40ss@mail.example:465?from=town@lantern-bay.example')).toEqual({ host: 'mail.example', port: 465, from: 'town@lantern-bay.example', encryption: 'tls', login: { user: 'town', pass: 'p@ss' } });
  expect(smtp('smtp://mail.example?from=灯笼湾 <town@lantern-bay.example>')).toEqual({ host: 'mail.example', port: 587, from: '灯笼湾 <town@lantern-bay.example>', encryption: 'starttls', login: undefined });
  expect(smtp('smtp://127.0.0.1:2525?from=town@lantern-bay.example')).toMatchObject({ port: 2525, encryption: 'none' });
  for (const wrong of ['mail.example', 'https://mail.example?from=a@b.example', 'smtps://mail.example', 'smtps://mail.example?from=town', 'smtps://mail.example/inbox?from=a@b.example', 'smtps://a%zz@mail.example?from=a@b.example', 'smtps://mail.example?from=a@b.example%0d%0aBcc: c@d.example']) expect(smtp(wrong)).toEqual({ kind: 'smtp-invalid' });
});

test('a gateway for text messages is an encrypted address with its key, or nothing', () => {
  expect(sms(undefined, undefined)).toBeUndefined();
  expect(sms('https://sms.example/send', 'k3y')).toEqual({ url: 'https://sms.example/send', key: 'k3y' });
  expect([sms('https://sms.example/send', undefined), sms(undefined, 'k3y')]).toEqual([{ kind: 'sms-incomplete', missing: 'MINSHENG_SMS_KEY' }, { kind: 'sms-incomplete', missing: 'MINSHENG_SMS' }]);
  for (const wrong of ['http://sms.example/send', 'sms.example', 'https://user@sms.example/']) expect(sms(wrong, 'k3y')).toEqual({ kind: 'sms-invalid' });
  expect(sms('https://sms.example/send', 'zwei Wörter')).toEqual({ kind: 'sms-invalid' });
});
