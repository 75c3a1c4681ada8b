import { beforeAll, expect, test } from 'vitest';
import { askSchedule, checkSchedules, dueList, itemsOf, plainDue, schedulesOn } from '#engine/delivery/index.ts';
import type { Schedules } from '#engine/delivery/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';

/** The services of the plan that are carried out by a timetable, by the domain notes: box and number. */
const SEVEN = ['childcare-child-health-management', 'childcare-maternal-health', 'childcare-vaccination', 'eldercare-elderly-health-management', 'health-hiv-followup', 'health-key-disease-management', 'social-disabled-health-community-rehab'];
const TODAY = 20261124;

let book: RuleBook;
let schedules: Schedules;
beforeAll(() => {
  const { pack } = loadPack(packFiles('jinhua'));
  if (!pack) throw new Error('the pack does not load');
  ({ book } = linkRules(pack));
  schedules = schedulesOn(book, TODAY);
});

/** What is due for somebody, as `item from–until`. */
function told(id: string, facts: Readonly<Record<string, unknown>>, on = TODAY): readonly string[] {
  const linked = schedules.get(id);
  const answered = linked && askSchedule(book, linked, { facts }, on);
  if (answered?.kind !== 'answered') throw new Error(`${id} answers`);
  return plainDue(answered).items.map(({ item, from, until }) => `${item} ${from ?? ''}–${until ?? ''}`);
}

test('the seven services that run by a timetable have a list each, and nothing in them is wrong', () => {
  expect(checkSchedules(book)).toEqual([]);
  expect([...schedules.values()].map(({ schedule }) => schedule.service).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(SEVEN);
});

test('a child born on 31 August 2023 is due at 18 months on the last day of February, and newer vaccinations are not promised', () => {
  // 31 August + 18 months = February 2025, which has 28 days. Of the 2021 programme doses fall due up to 31 December 2024: 12 months is 31 August 2024.
  expect(told('child-check-ups', { 出生日期: '2023-08-31', 新生儿出院日期: '2023-09-03' }).filter((line) => /^(?:newborn|full-month|month-(?:6|18))/.test(line))).toEqual(['newborn-visit 2023-09-03–2023-09-10', 'full-month 2023-09-28–2023-09-30', 'month-6 2024-02-29–', 'month-18 2025-02-28–']);
  const { schedule } = schedules.get('vaccination') ?? {};
  const list = schedule && dueList(schedule, { anchor: 20230831, counted: new Map(), holds: new Map(), done: undefined }, TODAY);
  expect(list?.items.map(({ item }) => item.id)).toEqual(['hepb-1', 'bcg-1', 'hepb-2', 'ipv-1', 'ipv-2', 'dtap-1', 'bopv-1', 'dtap-2', 'dtap-3', 'hepb-3', 'mpsv-a-1', 'mmr-1', 'je-1', 'mpsv-a-2']);
  expect((list?.items.length ?? 0) + (list?.unpromised.length ?? 0)).toBe(22);
});

test('a pregnancy is counted back from the day it is expected to end', () => {
  // 280 days before 1 July 2027 is 24 September 2026; 13 weeks later 24 December, 16 weeks 14 January, 20 weeks 11 February.
  expect(told('maternal-care', { 预产期: '2027-07-01', 产妇出院日期: 'none', 生育日期: 'none' }).slice(0, 2)).toEqual(['handbook 2026-09-24–2026-12-24', 'weeks-16 2027-01-14–2027-02-11']);
  // Two days after the hospital, and 42 after the birth; of the pregnancy nothing is left to date.
  expect(told('maternal-care', { 预产期: 'none', 产妇出院日期: '2026-11-12', 生育日期: '2026-11-10' })).toEqual(['home-visit 2026-11-12–2026-11-19', 'day-42 2026-12-22–']);
});

test('one turns 65 and has a check-up in that year and in each after it', () => {
  expect(told('elderly-check-up', { 出生日期: '1961-12-01' })).toEqual(['check-up 2026-12-01–', 'constitution 2026-12-01–', 'guidance 2026-12-01–']);
  expect(told('elderly-check-up', { 出生日期: '1955-03-01' })[0]).toBe('check-up 2026-03-01–');
});

test('of the diseases only the one that somebody has is followed', () => {
  expect(told('chronic-follow-up', { 慢性病管理病种: '2型糖尿病', 慢性病建档日期: '2026-10-01' })).toEqual(['diabetes 2027-01-01–']);
  expect(told('chronic-follow-up', { 慢性病管理病种: '肺结核', 慢性病建档日期: '2026-11-24' })).toEqual(['tuberculosis-first 2026-11-24–2026-11-27']);
});

test('a list whose times are not printed in the plan says so', () => {
  for (const { schedule } of schedules.values()) {
    const unsure = schedule.editions.filter(({ confidence }) => confidence !== 'verified' && confidence !== 'plan');
    expect([schedule.id, unsure.length > 0 && schedule.note === undefined]).toEqual([schedule.id, false]);
    expect(itemsOf(schedule).length).toBeGreaterThan(0);
  }
  expect(schedules.get('hiv-follow-up')?.schedule.asked).toBe(false);
});
