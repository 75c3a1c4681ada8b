import { describe, expect, test } from 'vitest';
import { LOCALES, parseDate } from '#engine/kernel/index.ts';
import { addWorkingDays, CASEWORK_MESSAGES, describeCaseworkRefusal, describeDeadline, nameOfNoticeKind, nameOfTaskKind, nameOfTaskState, NOTICE_KINDS, TASK_KINDS, workingCalendar } from './index.ts';

const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();

describe('the words of casework', () => {
  test('are there in both languages for every kind of task and notice', () => {
    expect(Object.keys(CASEWORK_MESSAGES.en)).toEqual(Object.keys(CASEWORK_MESSAGES.zh));
    for (const locale of LOCALES) {
      const names = [...TASK_KINDS.map((kind) => nameOfTaskKind(kind, locale)), ...(['open', 'claimed', 'handed-over', 'done'] as const).map((state) => nameOfTaskState(state, locale)), ...NOTICE_KINDS.map((kind) => nameOfNoticeKind(kind, locale))];
      expect(names.filter((name) => name.startsWith('['))).toEqual([]);
    }
  });

  test('say why nothing was done, with what was said before in words too', () => {
    expect(describeCaseworkRefusal({ kind: 'notice-answered', reply: 'confirmed' }, 'zh')).toContain('（已确认）');
    for (const locale of LOCALES) expect(describeCaseworkRefusal({ kind: 'task-claimed', by: 'Mei' }, locale)).toContain('Mei');
  });

  test('say of a deadline what is left, that it passed, that it stands still, and that a calendar is missing', () => {
    const calendar = workingCalendar([{ year: 2031, source: 'x', confidence: 'demo', holidays: [], workdays: [] }]);
    const say = (deadline: Parameters<typeof describeDeadline>[0], today: string) => describeDeadline(deadline, on(today), calendar, { locale: 'zh', write: (day) => day });
    // Monday 3 March 2031 and five working days: Monday the 10th. On Thursday the 6th, Friday and Monday are left.
    const due = addWorkingDays(calendar, on('2031-03-03'), 5);
    expect(say(due, '2031-03-06')).toBe('2031-03-10前（还有 2 个工作日）');
    expect(say(due, '2031-03-10')).toBe('今天到期');
    expect(say(due, '2031-03-12')).toBe('2031-03-10已到期（超过 2 个工作日）');
    expect(say({ kind: 'paused', since: on('2031-03-04') }, '2031-03-12')).toBe('等补正材料，期限暂停（2031-03-04起）');
    expect(say(addWorkingDays(calendar, on('2032-03-01'), 1), '2032-03-01')).toContain('只按周末推算');
  });
});
