import { expect, test } from 'vitest';
import { openCity } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { OwnNotice } from '#engine/mine/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { letterOf } from './letter.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the pack does not load');
const on = (text: string): CalendarDate => parseDate(text) ?? expect.unreachable();
const city = openCity({ pack, ...linkBook(pack), findings: [], today: on('2031-06-15'), release: { digest: 'd', activatedAt: '2031-06-15T00:00:00.000Z' }, diagnostics: [], mode: 'production' });

const ASKED: OwnNotice = {
  stream: 'case/closed-season-grant/person-4', number: 2, sequence: 2, kind: 'confirmation', template: 'notice.confirm-in-kind', service: 'closed-season-grant', subjectKey: 'person-4', householdKey: null,
  givenAt: '2031-06-10T01:00:00.000Z', givenOn: on('2031-06-10'), respondBy: on('2031-06-30'), reply: null, values: { service: { service: 'closed-season-grant' }, by: { day: on('2031-06-30') } },
};
const lines = (notice: OwnNotice): string => letterOf(city, notice, { name: '阿珠', number: notice.subjectKey, place: '东灯区' }, 'zh').blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).join('\n');

test('a letter that asks says where it goes, to whom, until when and how one answers without a screen, and that a machine decided', () => {
  expect(lines(ASKED)).toMatch(/投递：东灯区\n阿珠：\n[\s\S]*居民编号 person-4[\s\S]*请在2031年6月30日以前答复。\n不上网也能答复：[\s\S]*系统按公布的标准自动作出/);
});

test('a letter about what was answered meanwhile asks for nothing more; one that is late says what is left to do', () => {
  const answered = lines({ ...ASKED, reply: { kind: 'confirmed', by: 'person-4', at: '2031-06-12T01:00:00.000Z' } });
  expect([answered.includes('您已确认。'), answered.includes('以前答复'), answered.includes('不上网也能答复')]).toEqual([true, false, false]);
  const late = lines({ ...ASKED, respondBy: on('2031-06-12') });
  expect([late.includes('答复的期限过了'), late.includes('以前答复。')]).toEqual([true, false]);
});

test('only a decision names its remedy, and only what a machine did is said to be done by one', () => {
  const granted = lines({ ...ASKED, kind: 'granted', template: 'notice.granted-in-kind' });
  expect([granted.includes('申请行政复议'), granted.includes('自动作出')]).toEqual([true, true]);
  const [owed, waived] = ['notice.recovery', 'notice.recovery-waived'].map((template) => lines({ ...ASKED, kind: 'recovery', template }));
  expect([owed?.includes('自动作出'), waived?.includes('自动作出')]).toEqual([true, false]);
  const done = lines({ ...ASKED, kind: 'done-for', template: 'notice.done-confirmed', respondBy: null, values: { service: { service: 'closed-season-grant' }, who: '陈满仓' } });
  expect([done.includes('申请行政复议'), done.includes('自动作出')]).toEqual([false, false]);
});
