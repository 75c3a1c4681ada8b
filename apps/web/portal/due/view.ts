import type { City } from '#engine/city.ts';
import { askedFor, itemsOf } from '#engine/delivery/index.ts';
import type { LinkedSchedule, ScheduleItem, Span } from '#engine/delivery/index.ts';
import { SHOWN_AS_DEMO } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale, LocalName } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { wordsOf } from '../../words.ts';
import type { Say } from '../../words.ts';

/** What somebody types to be told the days: a day, or one of some codes. */
export interface DueField {
  /** The name of the fact in rules; the form and the address say it so. */
  readonly name: string;
  readonly label: LocalName;
  /** Of a code what may be chosen; undefined for a day. */
  readonly options: readonly string[] | undefined;
}

/** The lists of a service, each as a table of what comes when. */
export function timetablesOf(city: City, service: Service, locale: Locale) {
  const t = wordsOf(locale);
  return [...city.schedules().values()].filter(({ schedule }) => schedule.service === service.id).map((linked) => {
    const { schedule } = linked;
    const items = itemsOf(schedule);
    const last = schedule.editions.at(-1);
    return {
      id: schedule.id, name: schedule.name, note: schedule.note, level: schedule.by.level, by: city.pack.departments.get(schedule.by.department)?.name,
      demo: items.some(({ edition }) => SHOWN_AS_DEMO.has(edition.confidence)), asked: schedule.asked !== false,
      /** The day after which nothing is promised, because no newer edition was read. */
      ends: last?.until,
      items: items.map(({ item }) => ({ id: item.id, name: item.name, when: whenText(city, linked, item, locale, t) })),
    };
  });
}

export function fieldsOf(city: City, linked: LinkedSchedule): readonly DueField[] {
  return askedFor(city.rules, linked).map(({ id, name, type }) => ({
    name, label: city.pack.facts.get(id)?.label ?? { zh: name, en: name },
    options: type.kind === 'code' ? city.rules.vocabulary.schema.codeLists.get(type.list)?.labels : undefined,
  }));
}

/** When an item comes, in words: `3 months after birth, at the latest …`, `every year`. */
function whenText(city: City, { schedule, counted }: LinkedSchedule, { at, every, until, counted: from }: ScheduleItem, locale: Locale, t: Say): string {
  const fact = from === undefined ? undefined : counted.get(from)?.node;
  const anchor = fact?.op === 'fact' ? say(city.pack.facts.get(fact.fact)?.label ?? schedule.anchorName, locale) : say(schedule.anchorName, locale);
  const parts = [
    ...(at ? [at.count === 0 ? t('due.on', { anchor }) : t('due.after', { anchor, span: spanText(at, t) })] : []),
    ...(until ? [t('due.at-latest', { span: spanText(until, t) })] : []),
    ...(every ? [t('due.every', { span: spanText(every, t) })] : []),
  ];
  return parts.join(t('due.and'));
}

export function spanText({ count, unit }: Span, t: Say): string {
  return t(count === 1 ? `due.one-${unit}` : `due.${unit}`, { count });
}
