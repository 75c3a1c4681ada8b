import { expect, test } from 'vitest';
import { calendarFile } from './calendar.ts';

const DAY = { uid: 'visits/first/20310308', on: 20310308, title: '第一次上门, 一小时; 在家', says: 'A\\B\n明天' };

test('a day is a whole day with its marks escaped, and every line ends as the standard asks', () => {
  const file = calendarFile('上门', [DAY], 20310301);
  expect(file).toContain('\r\nDTSTART;VALUE=DATE:20310308\r\nSUMMARY:第一次上门\\, 一小时\\; 在家\r\nDESCRIPTION:A\\\\B\\n明天\r\n');
  expect(file.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
  expect(file.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('no line is longer than 75 octets, no character is cut, and unfolded it is the text again', () => {
  const title = '接种脊髓灰质炎灭活疫苗第一剂，请带预防接种证到居住地的社区卫生服务中心；去之前先打电话问清楚哪几天开门';
  const file = calendarFile('接种', [{ ...DAY, title }], 20310301);
  const lines = file.split('\r\n');
  expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
  // 7 + 3 × 50 octets and more: two lines at least, and none of them holds half a character.
  expect(lines.filter((line) => line.startsWith(' ')).length).toBeGreaterThanOrEqual(2);
  expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`);
});
