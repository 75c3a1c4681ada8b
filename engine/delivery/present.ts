import type { LocalName } from '#engine/kernel/index.ts';
import { SHOWN_AS_DEMO } from '#engine/entitlement/index.ts';
import { dayText } from '#engine/rules/index.ts';
import { hiddenCounties } from './count.ts';
import type { DueCounts, ScheduleCount } from './count.ts';
import { itemsOf } from './due.ts';
import type { DueItem, DueList } from './due.ts';
import type { DueAnswer } from './ask.ts';
import type { LinkedSchedule } from './link.ts';
import type { Span } from './span.ts';

const MARK: Readonly<Record<Span['unit'], string>> = { days: 'd', weeks: 'w', months: 'm', years: 'y' };
const written = (span: Span | undefined): string | null => (span ? `${span.count} ${MARK[span.unit]}` : null);
const dated = (day: number | undefined): string | null => (day === undefined ? null : dayText(day));

/** A schedule as plain data: what stands in the pack, with what it rests on. */
export function plainSchedule({ schedule }: LinkedSchedule) {
  return {
    id: schedule.id, name: schedule.name, service: schedule.service, anchorName: schedule.anchorName, by: schedule.by, note: schedule.note ?? null,
    items: itemsOf(schedule).map(({ item, edition }) => ({
      item: item.id, name: item.name, at: written(item.at), every: written(item.every), until: written(item.until), after: item.after?.item ?? null,
      edition: { from: edition.from, until: edition.until ?? null, law: edition.law, confidence: edition.confidence, demo: SHOWN_AS_DEMO.has(edition.confidence) },
    })),
  };
}

/** What is due for one, as plain data: days as `YYYY-MM-DD`, null where there is none. */
export function plainDue({ followed, anchor, ...list }: DueAnswer) {
  return { followed, anchor: typeof anchor === 'number' ? dayText(anchor) : null, ...plainList(list) };
}

export function plainList({ items, unpromised }: DueList): { readonly items: readonly ReturnType<typeof plainItem>[]; readonly unpromised: readonly { readonly item: string; readonly name: LocalName }[] } {
  return { items: items.map(plainItem), unpromised: unpromised.map(({ id, name }) => ({ item: id, name })) };
}

export function plainItem({ item, edition, kind, from, until, doneOn, daysLate, waitsFor }: DueItem) {
  return {
    item: item.id, name: item.name, kind, from: dated(from), until: dated(until), every: written(item.every), doneOn: dated(doneOn), daysLate, waitsFor: waitsFor ?? null,
    law: edition.law, confidence: edition.confidence, demo: SHOWN_AS_DEMO.has(edition.confidence),
  };
}

type Shown = { readonly [Kind in keyof DueCounts]: number | null };

/** Counts of everybody as plain data; a county with few is there without its numbers. */
export function plainCount({ linked: { schedule }, followed, unknown, undated, recorded, unpromised, items }: ScheduleCount) {
  return {
    schedule: schedule.id, name: schedule.name, service: schedule.service, by: schedule.by, followed, unknown, undated, recorded, unpromised,
    items: items.map((one) => {
      const hidden = hiddenCounties(one);
      const counties = one.counties.map(({ county, counts }) => ({ county: county ?? null, counts: hidden.has(county) ? NOT_SHOWN : (counts satisfies Shown as Shown) }));
      return { item: one.item.id, name: one.item.name, counts: one.counts, counties };
    }),
  };
}

const NOT_SHOWN: Shown = { done: null, upcoming: null, due: null, overdue: null, closed: null, unrecorded: null, undated: null, unsettled: null, late: null };
