import { describe, expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import { caseStream, fold, NOTICES, replyTo, wordsOf } from './index.ts';
import type { Notice, NoticeEvent, NoticeKind } from './index.ts';
import { tell } from './testing.ts';

const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const STREAM = caseStream('nets', 'person-1');
const given = (noticeKind: NoticeKind): NoticeEvent => ({ kind: 'notice-given', payload: { noticeKind, template: 'notice.granted', values: { amount: { fen: 12_300 } }, service: 'nets', respondBy: on('2031-03-31'), channels: ['letter'] } });

function after(kind: NoticeKind, ...replies: readonly NoticeEvent[]): Notice {
  const [notice] = fold(NOTICES, tell(STREAM, 'person-1', [['system', given(kind)], ...replies.map((event): [string, NoticeEvent] => ['person-1', event])])).values();
  if (!notice) throw new Error('no notice');
  return notice;
}

describe('a notice', () => {
  test('waits for its answer until its day, which still counts', () => {
    expect(after('granted')).toMatchObject({ number: 1, kind: 'granted', template: 'notice.granted', subjectKey: 'person-1', respondBy: '2031-03-31', reply: null });
    const refused: NoticeEvent = { kind: 'notice-replied', payload: { notice: 1, reply: 'refused' } };
    expect(replyTo(after('granted'), 'refused', on('2031-03-31'))).toEqual([refused]);
    expect(after('granted', refused).reply).toMatchObject({ kind: 'refused', by: 'person-1' });
    expect(replyTo(after('granted'), 'refused', on('2031-04-01'))).toEqual({ kind: 'notice-too-late', respondBy: '2031-03-31' });
  });

  test('is answered once; the same answer again does nothing twice', () => {
    const answered = after('confirmation', { kind: 'notice-replied', payload: { notice: 1, reply: 'confirmed' } });
    expect(replyTo(answered, 'confirmed', on('2031-03-05'))).toEqual([]);
    expect(replyTo(answered, 'refused', on('2031-03-05'))).toEqual({ kind: 'notice-answered', reply: 'confirmed' });
    expect(replyTo(after('granted'), 'confirmed', on('2031-03-05'))).toEqual({ kind: 'notice-asks-nothing' });
  });

  test('keeps values and no sentences: each language writes sums, days and names its own way', () => {
    const values = { service: { service: 'nets' }, amount: { fen: 12_300 }, from: { day: on('2031-04-01') }, months: 12 } as const;
    const write = { fen: (fen: number) => (fen / 100).toFixed(2), service: () => '渔网补贴', day: (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日` };
    expect(wordsOf('granted', values, { ...write, messages: { granted: '{service}每月{amount}元，从{from}起，共{months}个月' } })).toBe('渔网补贴每月123.00元，从4月1日起，共12个月');
    expect(wordsOf('granted', values, { messages: { granted: 'From {from}: {service}' }, fen: String, day: (day) => day, service: () => 'Net allowance' })).toBe('From 2031-04-01: Net allowance');
  });
});
