import type { City } from '#engine/city.ts';
import type { DueAnswer, LinkedSchedule } from '#engine/delivery/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { fieldsOf } from './view.ts';
import type { DueField } from './view.ts';

/** What an address asks a list: the fields as typed, and the answer; undefined where nothing was typed. */
export interface Asked {
  readonly linked: LinkedSchedule;
  readonly fields: readonly (DueField & { readonly typed: string; readonly wrong: boolean })[];
  readonly answer: DueAnswer | undefined;
}

/** The list that an address names, or the only one of a service; undefined where pages do not ask it. */
export function askedOf(city: City, service: Service, query: URLSearchParams): Asked | undefined {
  const all = [...city.schedules().values()].filter(({ schedule }) => schedule.service === service.id && schedule.asked !== false);
  const linked = all.find(({ schedule }) => schedule.id === query.get('list')) ?? all[0];
  if (!linked) return undefined;
  const fields = fieldsOf(city, linked).map((field) => {
    const typed = (query.get(field.name) ?? '').trim();
    return { ...field, typed, wrong: typed !== '' && (field.options ? !field.options.includes(typed) : dayOf(typed) === undefined) };
  });
  const said = fields.filter(({ typed }) => typed !== '');
  if (said.length === 0 || fields.some(({ wrong }) => wrong)) return { linked, fields, answer: undefined };
  const answer = city.askSchedule(linked.schedule.id, { facts: Object.fromEntries(said.map(({ name, typed, options }) => [name, options ? typed : dayOf(typed)])) });
  return { linked, fields, answer: answer?.kind === 'answered' ? answer : undefined };
}

/** A day as a browser's field sends it, or as people type it: 2026-3-8, 2026/03/08, 20260308, 2026年3月8日. */
export function dayOf(typed: string): string | undefined {
  const [, year = '', month = '', date = ''] = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(typed.normalize('NFKC').replaceAll(/\s/g, '')) ?? [];
  return parseDate(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
}

/** The query that asks the same again, for links beside the answer. */
export function queryOf({ linked, fields }: Asked): Readonly<Record<string, string>> {
  return { list: linked.schedule.id, ...Object.fromEntries(fields.filter(({ typed }) => typed !== '').map(({ name, typed }) => [name, typed])) };
}
