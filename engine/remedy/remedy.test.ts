import { describe, expect, test } from 'vitest';
import { applyStep, completeApplication, missingOf, withdrawApplication } from './apply.ts';
import type { ApplyStep } from './apply.ts';
import { nextDueOn } from './next-due.ts';
import { DECISION_OUTCOMES, decideOn, examine, INTAKE_OUTCOMES, replyToApplication } from './organ.ts';
import type { DecisionOutcome, IntakeOutcome } from './organ.ts';
import { lastDayOf, lastDayToApply } from './procedure.ts';
import { acceptedByTimeOn, stageOf } from './reconsideration.ts';
import { ABOUT, CALENDAR, dayOn, FILE, MEI, PING, PROCEDURE, ToldApplication } from './testing.ts';
import { OUTCOMES } from '#engine/console/index.ts';

const SEND: ApplyStep = { do: 'send', attached: FILE };
const by = (story: ToldApplication, step: ApplyStep, today?: string) => applyStep(story.own(), ABOUT, step, story.applying(today));

/** Somebody who was told on 3 February and writes on 3 March, a Monday, with everything said. */
function written(toldOn: string | null = '2031-02-03', today?: string): ToldApplication {
  const story = new ToldApplication();
  story.add('mia', by(story, { do: 'choose', notice: 7, toldOn: toldOn === null ? null : dayOn(toldOn) }, today));
  story.add('mia', by(story, { do: 'ask', asks: 'change' }, today));
  return story.add('mia', by(story, { do: 'reason', why: '收入算错了' }, today));
}
const sent = (): ToldApplication => { const story = written(); return story.add('mia', by(story, SEND)); };
const intake = (story: ToldApplication, outcome: IntakeOutcome, today: string, reason = '齐全') => examine(story.now(), story.task('reconsideration-intake'), PING, { outcome, reason }, story.deciding(today));
const accepted = (outcome: IntakeOutcome = 'accepted'): ToldApplication => { const story = sent(); return story.add('ping', intake(story, outcome, '2031-03-05')); };
const decide = (story: ToldApplication, outcome: DecisionOutcome, today: string, reason = '查明收入少算一项') => decideOn(story.now(), story.task('reconsideration-decision'), PING, { outcome, reason }, story.deciding(today));

describe('the last days', () => {
  test('sixty days end on day 60 where it is worked, and on the next working day where it is not', () => {
    // 3 February + 60 days is Friday, 4 April 2031; 1 February + 60 is a Wednesday; 4 February + 60 is a Saturday.
    expect(lastDayToApply(CALENDAR, dayOn('2031-02-03'), { withinDays: 60 })).toBe('2031-04-04');
    expect(lastDayToApply(CALENDAR, dayOn('2031-02-04'), { withinDays: 60 })).toBe('2031-04-07');
    expect(lastDayToApply(CALENDAR, null, { withinDays: 60 })).toBeNull();
  });

  test('on day 60 nobody is asked why they are late, on day 61 they are', () => {
    const [onTime, late] = ['2031-04-04', '2031-04-05'].map((today) => missingOf(written('2031-02-03', today).now(), dayOn(today)));
    expect([onTime, late]).toEqual([[], ['late']]);
  });

  test('days run over ends of months and years, also in a leap year', () => {
    expect(lastDayOf(CALENDAR, dayOn('2031-12-31'), PROCEDURE.decide)).toEqual({ dueOn: '2032-03-01', dueCounted: 'calendar' });
    expect(lastDayOf(CALENDAR, dayOn('2031-01-31'), PROCEDURE.decideSimplified).dueOn).toBe('2031-03-03');
  });

  test('more time is counted from the day of acceptance, as one time of 90 days', () => {
    const story = accepted();
    // 5 March + 60 is Sunday 4 May: the time without more ends on Monday. 5 March + 90 is Tuesday 3 June.
    expect(story.now().accepted?.dueOn).toBe('2031-05-05');
    story.add('ping', decide(story, 'extended', '2031-05-05'));
    expect(story.now().extended?.dueOn).toBe('2031-06-03');
    expect(stageOf(story.now(), dayOn('2031-06-03'))).toBe('accepted');
    expect(stageOf(story.now(), dayOn('2031-06-04'))).toBe('overdue');
  });
});

describe('the applicant', () => {
  test('is asked one thing after the other, and nothing twice', () => {
    const story = new ToldApplication();
    expect(by(story, SEND)).toBe('not-said');
    story.add('mia', by(story, { do: 'choose', notice: 7, toldOn: dayOn('2031-02-03') }));
    expect(by(story, { do: 'choose', notice: 7, toldOn: dayOn('2031-02-03') })).toEqual([]);
    expect(missingOf(story.now(), dayOn('2031-03-03'))).toEqual(['ask', 'why']);
    expect(by(story, { do: 'reason', why: '' })).toBe('words-missing');
    expect(by(story, SEND)).toBe('not-said');
  });

  test('sends twice and has sent once', () => {
    const story = sent();
    expect(by(story, SEND)).toEqual([]);
    expect(by(story, { do: 'ask', asks: 'revoke' })).toBe('under-way');
    expect(story.now().sent).toMatchObject({ on: '2031-03-03', department: 'town-hall', decidedBy: 'fishery', isLate: false, dueOn: '2031-03-10' });
    expect(story.now().sent?.attached).toEqual(FILE);
  });

  test('may come too late, and says why', () => {
    const story = written('2030-12-02');
    expect(by(story, SEND)).toBe('not-said');
    story.add('mia', by(story, { do: 'explain-late', because: '住院两个月' }));
    story.add('mia', by(story, SEND));
    expect(story.now()).toMatchObject({ lateBecause: '住院两个月', sent: { isLate: true } });
  });

  test('takes it back at once before it is accepted; after that the organ is asked to let it go', () => {
    const before = sent();
    before.add('mia', withdrawApplication(before.now(), '', dayOn('2031-03-04')));
    expect([stageOf(before.now(), dayOn('2031-03-04')), before.task('reconsideration-intake').state.kind]).toEqual(['withdrawn', 'done']);
    const after = accepted();
    expect(decide(after, 'withdrawal-granted', '2031-03-07')).toEqual({ kind: 'not-withdrawn' });
    after.add('mia', withdrawApplication(after.now(), '想通了', dayOn('2031-03-06')));
    expect([stageOf(after.now(), dayOn('2031-03-06')), withdrawApplication(after.now(), '', dayOn('2031-03-06'))]).toEqual(['accepted', []]);
    after.add('ping', decide(after, 'withdrawal-granted', '2031-03-07'));
    expect(stageOf(after.now(), dayOn('2031-03-07'))).toBe('withdrawn');
  });

  test('does not apply again about what was decided, but about another decision of the same service', () => {
    const story = accepted();
    story.add('ping', decide(story, 'upheld', '2031-04-01'));
    expect(by(story, { do: 'choose', notice: 7, toldOn: null }, '2031-04-02')).toBe('decided-before');
    expect(by(story, { do: 'choose', notice: 9, toldOn: null }, '2031-04-02')).toMatchObject([{ kind: 'reconsideration-begun' }, { kind: 'reconsideration-chosen' }]);
  });
});

describe('the organ', () => {
  test('that says nothing in five working days has accepted, from the last of them', () => {
    const story = sent();
    expect(stageOf(story.now(), dayOn('2031-03-10'))).toBe('examined');
    expect([stageOf(story.now(), dayOn('2031-03-11')), acceptedByTimeOn(story.now(), dayOn('2031-03-11'))]).toEqual(['accepted-by-time', '2031-03-10']);
    expect(intake(story, 'not-accepted', '2031-03-11')).toEqual({ kind: 'accepted-by-time' });
    story.add('ping', intake(story, 'accepted', '2031-03-20', ''));
    // Sixty days after 10 March is Friday, 9 May.
    expect(story.now().accepted).toMatchObject({ on: '2031-03-10', deemed: true, dueOn: '2031-05-09', replyBy: '2031-04-03' });
  });

  test('asks once for what is missing, and examines anew when it comes', () => {
    const story = sent();
    expect(intake(story, 'to-complete', '2031-03-04', ' ')).toEqual({ kind: 'reason-missing' });
    story.add('ping', intake(story, 'to-complete', '2031-03-04', '请补身份证复印件'));
    expect(story.now().returned?.dueOn).toBe('2031-03-18');
    expect([stageOf(story.now(), dayOn('2031-03-18')), stageOf(story.now(), dayOn('2031-03-19'))]).toEqual(['to-complete', 'given-up']);
    expect(completeApplication(story.now(), '已补', story.applying('2031-03-19'))).toBe('too-late');
    story.add('mia', completeApplication(story.now(), '已补', story.applying('2031-03-14')));
    expect([story.now().completed?.dueOn, completeApplication(story.now(), '已补', story.applying('2031-03-14'))]).toEqual(['2031-03-21', []]);
    expect(intake(story, 'to-complete', '2031-03-17', '还要')).toEqual({ kind: 'asked-before' });
    story.add('ping', intake(story, 'not-accepted', '2031-03-17', '不属于复议范围'));
    expect(story.now().notAccepted).toMatchObject({ because: '不属于复议范围', suitUntil: '2031-04-01' });
  });

  test('decides with a reason, tells the next remedy, and gives the department its work again', () => {
    const story = accepted();
    expect(decide(story, 'revoked', '2031-04-01', '')).toEqual({ kind: 'reason-missing' });
    story.add('ping', decide(story, 'revoked', '2031-04-01'));
    expect(story.now().decided).toMatchObject({ outcome: 'revoked', suitUntil: '2031-04-16', review: expect.any(Number) });
    expect(story.task('review')).toMatchObject({ number: story.now().decided?.review, department: 'fishery', service: 'nets', area: '990101', state: { kind: 'open' } });
    expect(story.records().findLast(({ kind }) => kind === 'notice-given')?.payload).toMatchObject({ noticeKind: 'reconsideration', template: 'notice.revoked', service: null, respondBy: '2031-04-16' });
    expect(decide(story, 'upheld', '2031-04-02')).toEqual({ kind: 'task-done' });
  });

  test.each(['upheld', 'found-unlawful', 'rejected'] as const)('that finds it %s gives nobody work', (outcome) => {
    const story = accepted();
    expect(story.add('ping', decide(story, outcome, '2031-04-01')).now().decided).toMatchObject({ outcome, review: null });
  });

  test('takes more time once, not for a simple matter, and not when it is late', () => {
    const simple = accepted('accepted-simplified');
    expect([simple.now().accepted?.dueOn, decide(simple, 'extended', '2031-03-10')]).toEqual(['2031-04-04', { kind: 'not-extendable' }]);
    const story = accepted();
    expect(decide(story, 'extended', '2031-05-06')).toEqual({ kind: 'not-extendable' });
    story.add('ping', decide(story, 'extended', '2031-05-05'));
    expect(decide(story, 'extended', '2031-05-06')).toEqual({ kind: 'extended-before' });
  });

  test('is answered by the department that decided, and by nobody else', () => {
    const story = accepted();
    const task = story.task('reconsideration-reply');
    expect(replyToApplication(story.now(), task, PING, { outcome: 'replied', reason: '依据充分' }, dayOn('2031-03-06'))).toEqual({ kind: 'task-not-yours' });
    story.add('mei', replyToApplication(story.now(), task, MEI, { outcome: 'replied', reason: '依据充分' }, dayOn('2031-03-06')));
    expect(story.now().reply).toMatchObject({ department: 'fishery', says: '依据充分' });
    expect(decideOn(story.now(), story.task('reconsideration-decision'), MEI, { outcome: 'upheld', reason: '对' }, story.deciding('2031-03-07'))).toEqual({ kind: 'task-not-yours' });
  });

  test('does not examine anew what it has accepted, though the task were opened again', () => {
    const story = accepted();
    const task = { ...story.task('reconsideration-intake'), state: { kind: 'open', by: 'gong', at: '2031-03-05T08:00:00.000Z' } } as const;
    expect(examine(story.now(), task, PING, { outcome: 'not-accepted', reason: '再想想' }, story.deciding('2031-03-06'))).toEqual({ kind: 'application-unknown' });
  });

  test('is told what comes next by when, as far as the application is', () => {
    const due = (story: ToldApplication, today: string) => nextDueOn(story.now(), stageOf(story.now(), dayOn(today)), { calendar: CALENDAR, procedure: PROCEDURE });
    const [waiting, decided] = [sent(), accepted()];
    // Five working days after 3 March; then sixty days from the last of them, though nobody has said so.
    expect([due(waiting, '2031-03-10'), due(waiting, '2031-03-11'), due(decided, '2031-03-06')]).toEqual(['2031-03-10', '2031-05-09', '2031-05-05']);
    decided.add('ping', decide(decided, 'upheld', '2031-04-01'));
    expect(due(decided, '2031-04-02')).toBe('2031-04-16');
  });

  test('is offered what it can say', () => {
    expect([OUTCOMES['reconsideration-intake'], OUTCOMES['reconsideration-decision']]).toEqual([INTAKE_OUTCOMES, DECISION_OUTCOMES]);
  });
});
