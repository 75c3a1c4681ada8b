import { expect, test } from 'vitest';
import { carryDraft, DRAFT_FORM, nextStep, noLevels, raisingOf, shownMatters, shownRatings } from './index.ts';
import type { DraftWorld, MatterCount } from './index.ts';
import { RULES } from './testing.ts';

const month = '2031-09';

test('a rate is one less the bad of all, and stands beside its counts', () => {
  // 60 of 80 were not bad.
  const [shown] = shownRatings([{ month, department: 'fisheries', service: 'nets', levels: { ...noLevels(), 'very-satisfied': 50, fair: 10, dissatisfied: 12, 'very-dissatisfied': 8 } }]);
  expect(shown?.rows).toEqual([{ department: 'fisheries', service: 'nets', levels: { 'very-satisfied': 50, satisfied: 0, fair: 10, dissatisfied: 12, 'very-dissatisfied': 8 }, all: 80, satisfiedBp: 7_500 }]);
});

test('a number of few is hidden, with another so that no sum gives it away, and no rate tells it', () => {
  const [shown] = shownRatings([{ month, department: 'fisheries', service: 'nets', levels: { ...noLevels(), 'very-satisfied': 50, fair: 10, dissatisfied: 2 } }]);
  expect(shown?.rows[0]).toMatchObject({ levels: { 'very-satisfied': 50, fair: null, dissatisfied: null }, all: 62, satisfiedBp: null });
  expect(shownRatings([{ month, department: 'fisheries', service: 'nets', levels: { ...noLevels(), fair: 3 } }])[0]?.rows[0]).toMatchObject({ levels: { fair: null }, all: null, satisfiedBp: null });
});

test('of matters a part is shown only where neither it nor what it leaves is few', () => {
  const count: MatterCount = { month, department: 'fisheries', about: 'catch', raised: 20, answered: 20, inTime: 18, solved: 10, checked: 0, reopened: 5 };
  expect(shownMatters([count])[0]?.rows).toEqual([{ department: 'fisheries', about: 'catch', raised: 20, answered: 20, inTime: null, solved: 10, checked: 0, reopened: 5 }]);
  expect(shownMatters([{ ...count, raised: 3, answered: 3, inTime: 3, solved: 3, reopened: 0 }])[0]?.rows[0]).toEqual({ department: 'fisheries', about: 'catch', raised: null, answered: null, inTime: null, solved: null, checked: null, reopened: null });
  expect(shownMatters([count, { ...count, month: '2031-10' }]).map((one) => one.month)).toEqual(['2031-10', month]);
});

const world: DraftWorld = { rules: RULES, isDivision: (code) => code === '990101', isService: (id) => id === 'nets' };
const whole = { kind: 'complaint', about: 'category:catch', place: { area: '990101', detail: '三号码头' }, words: '𠮷没到', photo: null, reach: null } as const;
const carried = (answers: unknown, form = DRAFT_FORM) => carryDraft({ id: 'd1', form, answers }, world);

test('a draft asks one question after the other, and is a complaint once all have an answer', () => {
  expect([nextStep({}), nextStep({ kind: 'complaint' }), nextStep({ ...whole, words: undefined }), nextStep(whole)]).toEqual(['kind', 'about', 'words', undefined]);
  expect(raisingOf(whole, world, () => undefined)).toMatchObject({ department: 'fisheries', category: 'catch', area: '990101', words: '𠮷没到' });
  expect(raisingOf({ ...whole, about: 'service:nets' }, world, () => 'harbour')).toMatchObject({ department: 'harbour', service: 'nets', category: null });
  expect([raisingOf({ ...whole, about: 'service:nets' }, world, () => undefined)?.department, raisingOf({ ...whole, photo: undefined }, world, () => undefined)]).toEqual(['development', undefined]);
});

test('a draft is carried over where the pack has changed, and asks again only what means nothing any more', () => {
  expect(carried(whole)).toEqual({ kind: 'draft', id: 'd1', answers: whole, lost: [] });
  expect(carried({ ...whole, about: 'category:gone', place: { area: '1', detail: '' } })).toMatchObject({ kind: 'draft', answers: { words: '𠮷没到' }, lost: ['about', 'place'] });
});

test('a draft of another form is refused, and what was written is given back', () => {
  expect(carried(whole, DRAFT_FORM + 1)).toEqual({ kind: 'outdated', id: 'd1', words: '𠮷没到' });
  expect(carried({ ...whole, colour: 'red' })).toMatchObject({ kind: 'outdated', words: '𠮷没到' });
  expect(carried('nothing of ours')).toEqual({ kind: 'outdated', id: 'd1', words: '' });
});
