import { expect, test } from 'vitest';
import { Places } from '#engine/entitlement/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { askedFor, askSchedule, checkSchedules, countDue, followedBy, hiddenCounties, plainCount, plainDue, schedulesOn, workList } from './index.ts';
import type { ItemCount, ScheduleCount } from './index.ts';
import { CHILDREN, childrenOf } from './testing.ts';
import type { Child } from './testing.ts';

const { pack: LANTERN } = loadPack(packFiles('lantern-bay'));
if (!LANTERN) throw new Error('the pack does not load');
const BOOK = linkRules(LANTERN).book;
const ON = 20310901;

function countOf(book: RuleBook, children: readonly Child[]) {
  const { schema } = book.vocabulary;
  const snapshot = childrenOf(book, children);
  const [followed] = followedBy(schema, [...schedulesOn(book, ON).values()], snapshot, ON);
  if (!followed) throw new Error('one schedule was asked for');
  return { snapshot, followed, count: countDue(followed, new Places(book, snapshot), ON) };
}

const kinds = ({ items }: ScheduleCount): unknown => items.map(({ item, counts }) => [item.id, Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))]);

test('everybody a schedule follows is counted by item and by how it stands', () => {
  const { count } = countOf(BOOK, CHILDREN);
  expect([count.followed, count.unknown, count.undated, count.recorded, count.unpromised]).toEqual([5, 1, 0, true, 1]);
  expect(kinds(count)).toEqual([
    ['first-visit', { done: 1, overdue: 1, upcoming: 1, unrecorded: 1, late: 1 }],
    ['half-year', { due: 1, upcoming: 2, unrecorded: 1 }],
  ]);
});

test('where nobody was given a record at all, that is told', () => {
  const { count } = countOf(BOOK, CHILDREN.map(([area, born]) => [area, born, 'lost']));
  expect([count.recorded, kinds(count)]).toEqual([false, [['first-visit', { upcoming: 1, unrecorded: 3, late: 3 }], ['half-year', { upcoming: 1, unrecorded: 3 }]]]);
});

test('the work list has what is open now, by row, and leaves out what nobody recorded and is long past', () => {
  const { snapshot, followed } = countOf(BOOK, CHILDREN);
  const lines = [...workList(BOOK, followed, snapshot, ON)].map(({ row, area, due }) => [row, area, due.item.id, due.kind, due.daysLate]);
  // The second was born on 1 March: its first visit ended on 15 March, 170 days ago (16 + 30 + 31 + 30 + 31 + 31 + 1).
  expect(lines).toEqual([[0, '990101', 'half-year', 'due', 0], [1, '990101', 'first-visit', 'overdue', 170], [3, '990122', 'half-year', 'unrecorded', 0]]);
});

test('a county with few is not shown, nor is one more from which it could be reckoned', () => {
  const of = (east: number, reef: number): ItemCount | undefined => countOf(BOOK, [...Array.from({ length: east }, (): Child => ['990101', 20310301, []]), ...Array.from({ length: reef }, (): Child => ['990122', 20310301, []])]).count.items[0];
  const hidden = (one: ItemCount | undefined): unknown => one && one.counties.flatMap(({ county }) => (hiddenCounties(one).has(county) ? [county] : []));
  expect([hidden(of(9, 8)), hidden(of(9, 4)), hidden(of(9, 0))]).toEqual([[], ['990101', '990122'], []]);
  const [first] = plainCount(countOf(BOOK, CHILDREN).count).items;
  expect(first?.counties.every(({ county, counts }) => (county === '990101' || county === '990122' ? counts.overdue === null : counts.overdue === 0))).toBe(true);
});

test('somebody whom nobody named is told the days from a birthday, and is asked for it where it is missing', () => {
  const linked = schedulesOn(BOOK, ON).get('island-nurse');
  if (!linked) throw new Error('the schedule is linked');
  expect(askedFor(BOOK, linked).map(({ name }) => name)).toEqual(['出生日期']);
  const born = askSchedule(BOOK, linked, { facts: { 出生日期: '2031-03-01' } }, ON);
  if (born.kind === 'refused') throw new Error('a day was refused');
  expect(plainDue(born)).toMatchObject({ followed: 'yes', anchor: '2031-03-01', items: [{ item: 'first-visit', kind: 'unrecorded', from: '2031-03-08', until: '2031-03-15', daysLate: 170 }, { item: 'half-year', kind: 'unrecorded', from: '2031-09-01', until: '2031-11-01', daysLate: 0 }] });
  const said = askSchedule(BOOK, linked, { facts: {}, anchor: 20310301 }, ON);
  expect(said).toMatchObject({ followed: 'unknown', anchor: 20310301, items: [{ from: 20310308 }, { from: 20310901 }] });
  const nothing = askSchedule(BOOK, linked, { facts: {} }, ON);
  expect(nothing).toMatchObject({ followed: 'unknown', anchor: 'unknown', items: [{ kind: 'undated' }, { kind: 'undated' }] });
  expect(askSchedule(BOOK, linked, { facts: { 生日: '2031-03-01' } }, ON)).toMatchObject({ kind: 'refused', refused: [{ name: '生日', code: 'situation-name-unknown' }] });
});

test.each([
  ['who: full years between(出生日期, facts date) < 3', 'who: 出生日期', 'type-clash'],
  ['anchor: 出生日期', 'anchor: 出生', 'name-unknown'],
  ['done: care-visit', 'done: insurance', 'schedule-done-wrong'],
  ['after: { item: first-visit, least: 1 m }', 'after: { item: third-visit }', 'schedule-after-unknown'],
  ['id: half-year', 'id: first-visit', 'schedule-item-twice'],
  ['at: 1 w, until: 2 w', 'until: 2 w', 'schedule-item-undated'],
  ['at: 1 w, until: 2 w', 'every: 0 d', 'schedule-every-zero'],
  ['subject: person', 'subject: people', 'entity-unknown'],
])('a schedule that says “%s” as “%s” is wrong: %s', (from, to, code) => {
  expect(checkSchedules(BOOK)).toEqual([]);
  const found = checkSchedules(linkRules(changed(from, to)).book).map((one) => one.code);
  expect(found).toContain(code);
});

function changed(from: string, to: string): Pack {
  const files = new Map(packFiles('lantern-bay'));
  const file = 'schedules/island-nurse.yaml';
  const text = new TextDecoder().decode(files.get(file));
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  files.set(file, new TextEncoder().encode(text.replace(from, to)));
  const { pack, diagnostics } = loadPack(files);
  if (!pack) throw new Error(diagnostics.map(({ code }) => code).join());
  return pack;
}
