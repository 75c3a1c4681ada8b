import { Places } from '#engine/entitlement/index.ts';
import { countDue, DUE_KINDS, followedBy, plainCount, plainItem, schedulesOn, workList } from '#engine/delivery/index.ts';
import type { DueRow, FollowedRows, ItemCount, ScheduleCount } from '#engine/delivery/index.ts';
import { say } from '#engine/kernel/index.ts';
import { nearest } from '#engine/pack/index.ts';
import { dayNumber, dayText } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import { aboutWords, everybody, PEOPLE_OPTIONS } from './people.ts';
import type { Everybody } from './people.ts';

/** So many lines of a work list are printed where nobody asks for more. */
const USUAL_LINES = 200;

/** Who is due for what: each schedule counted over everybody; with `--list` the work list of one, by surrogates that name nobody. */
export const dueCommand: Command = {
  name: 'due',
  takes: [],
  options: { schedule: { type: 'string' }, list: { type: 'boolean' }, area: { type: 'string' }, ...PEOPLE_OPTIONS },
  run: async (call) => {
    const { terminal, option, flag } = call;
    const found = everybody(call);
    if (typeof found === 'number') return found;
    const { pack, book, snapshot, asOf } = found;
    const [wanted, area] = [option('schedule'), option('area')];
    if (wanted !== undefined && !pack.schedules.has(wanted)) return terminal.refuse(EXIT.usage, 'schedule-unknown', { id: wanted, nearest: nearest(wanted, pack.schedules.keys()) ?? [...pack.schedules.keys()].join(', ') });
    if (flag('list') && wanted === undefined) return terminal.refuse(EXIT.usage, 'schedule-missing');
    if (area !== undefined && !pack.divisions.has(area)) return terminal.refuse(EXIT.usage, 'area-unknown', { id: area });
    const on = dayNumber(asOf);
    const schedules = [...schedulesOn(book, on).values()].filter(({ schedule }) => wanted === undefined || schedule.id === wanted);
    const rows = followedBy(book.vocabulary.schema, schedules, snapshot, on);
    const places = new Places(book, snapshot);
    const counts = rows.map((followed) => countDue(followed, places, on));
    const list = flag('list') ? listOf(found, rows, area, on) : undefined;
    terminal.result({ asOf, pack: { id: pack.plan.id, digest: found.digest }, people: found.about, schedules: counts.map(plainCount), ...(list && { list: list.map((one) => plainRow(found, one)) }) }, () => {
      terminal.print(aboutWords(call, found.about));
      for (const one of counts) printCount(call, found, one);
      if (list) printList(call, found, list);
    });
    return EXIT.ok;
  },
};

function listOf({ book, pack, snapshot }: Everybody, rows: readonly FollowedRows[], area: string | undefined, on: number): readonly DueRow[] {
  const isIn = (code: string | undefined): boolean => code !== undefined && (code === area || isIn(pack.divisions.get(code)?.parent));
  const list: DueRow[] = [];
  for (const followed of rows) for (const one of workList(book, followed, snapshot, on)) if (area === undefined || isIn(one.area)) list.push(one);
  return list;
}

function plainRow({ pack }: Everybody, { row, area, due }: DueRow): unknown {
  return { row, area: area ?? null, centre: area === undefined ? null : ([...pack.centres.values()].find(({ township, county }) => township === area || county === area)?.id ?? null), ...plainItem(due) };
}

function printCount(call: Call, { pack }: Everybody, { linked: { schedule }, followed, unknown, recorded, unpromised, items }: ScheduleCount): void {
  const { terminal } = call;
  const { locale } = terminal;
  const by = pack.departments.get(schedule.by.department);
  terminal.print(terminal.word('due.schedule', { name: say(schedule.name, locale), id: schedule.id, followed, unknown, by: by ? say(by.name, locale) : schedule.by.department, level: terminal.word(`due.level.${schedule.by.level}`) }));
  if (!recorded) terminal.print(`  ${terminal.word('due.no-records')}`);
  if (unpromised > 0) terminal.print(`  ${terminal.word('due.unpromised', { count: unpromised })}`);
  for (const item of items) terminal.print(`  ${terminal.word('due.item', { name: say(item.item.name, locale), counts: countsText(call, item) })}`);
}

function countsText({ terminal }: Call, { counts }: ItemCount): string {
  const told = [...DUE_KINDS, 'late' as const].filter((kind) => counts[kind] > 0).map((kind) => terminal.word('due.count', { kind: terminal.word(`due.kind.${kind}`), count: counts[kind] }));
  return told.length === 0 ? terminal.word('due.nobody') : told.join(terminal.word('due.and'));
}

function printList(call: Call, { pack }: Everybody, list: readonly DueRow[]): void {
  const { terminal } = call;
  for (const { row, area, due } of list.slice(0, USUAL_LINES)) {
    const place = pack.divisions.get(area ?? '');
    terminal.print(terminal.word('due.row', {
      row, area: place ? say(place.name, terminal.locale) : terminal.word('due.nowhere'), item: say(due.item.name, terminal.locale), kind: terminal.word(`due.kind.${due.kind}`),
      from: due.from === undefined ? '' : dayText(due.from), until: due.until === undefined ? terminal.word('due.no-end') : dayText(due.until), late: due.daysLate,
    }));
  }
  if (list.length > USUAL_LINES) terminal.print(terminal.word('due.more', { count: list.length - USUAL_LINES }));
}
