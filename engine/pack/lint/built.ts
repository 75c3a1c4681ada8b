import type { Finding } from '../pack.ts';
import { AREAS, BUILT } from './keywords.ts';
import { isWithin, matches, placeIn, quotePlace, subjectsAt } from './reading.ts';
import type { LintRule, Passage, Reading } from './reading.ts';

interface Named { readonly passage: Passage; readonly raw: string; readonly name: string }

/** Facilities still to be built in one place and kept up as existing in another. */
export const plannedAndExisting: LintRule = (reading) => {
  const planned = matches(reading, BUILT.planned).flatMap(({ passage, match, raw }) => [...(match[1] ?? '').matchAll(BUILT.facility)].map((facility): Named => ({ passage, raw, name: (facility[1] ?? '').replace(BUILT.cityPrefix, '') })));
  const existing = reading.sentences.filter(({ text }) => BUILT.existing.test(text) && !BUILT.planned.test(text));
  const pairs = planned.flatMap((plan) => existing.filter(({ passage, text }) => passage !== plan.passage && plan.name.length > 2 && text.includes(plan.name)).map((there) => ({ plan, there })));
  const both = pairs.filter(({ plan, there }, index) => pairs.findIndex((other) => other.plan.raw === plan.raw && other.there.passage === there.passage) === index);
  return both.map(({ plan, there }): Finding => ({
    code: 'planned-and-existing', severity: 'warning', places: [placeIn(reading, plan.passage, plan.raw), placeIn(reading, there.passage, there.text.split(/[,，(（]/)[0] ?? there.text)],
    subjects: [...subjectsAt(reading, plan.passage, plan.raw), ...subjectsAt(reading, there.passage, there.text)], data: { names: pairs.filter((one) => one.plan.raw === plan.raw && one.there.passage === there.passage).map((one) => one.plan.name).join(', ') },
  }));
};

/** Schools and colleges by the place that begins their name, with where they stand first. */
function schools(reading: Reading): readonly (Named & { readonly place: string; readonly past: boolean })[] {
  const { divisions } = reading.pack;
  const places = [...new Set([...divisions.values()].filter(({ kind }) => kind !== 'nation' && kind !== 'province').map(({ name }) => name.zh.replace(AREAS.tierSuffix, '')))].filter((name) => /^\p{Script=Han}{2,}$/u.test(name));
  const past = new Set([...reading.pack.background.values()].map(({ cite }) => JSON.stringify(cite)));
  return places.length === 0 ? [] : matches(reading, BUILT.schoolName(places)).map(({ passage, match, raw }) => ({ passage, raw, name: raw, place: match[1] ?? '', past: past.has(JSON.stringify(passage.citation)) }));
}

/** Two names for what is likely one institution: one only in the baseline, the other only in the tasks, from one place. */
export const nameMismatch: LintRule = (reading) => {
  const all = schools(reading);
  const only = (past: boolean) => all.filter((one) => one.past === past && !all.some((other) => other.past !== past && other.name === one.name));
  const [past, planned] = [only(true), only(false)];
  return past.flatMap((before) => {
    const rivals = planned.filter((after) => after.place === before.place);
    const inside = rivals.filter((after) => isWithin(after.name, before.name));
    const alone = rivals.length === 1 && past.filter((one) => one.place === before.place).length === 1 ? rivals : [];
    const match = inside[0] ?? alone[0];
    return match ? [{ code: 'name-mismatch', severity: 'warning' as const, places: [placeIn(reading, before.passage, before.raw), placeIn(reading, match.passage, match.raw)], subjects: [...byQuote(reading, before), ...byQuote(reading, match)], data: { before: before.name, after: match.name } }] : [];
  });
};

function byQuote({ pack }: Reading, { raw }: Named): readonly string[] {
  return [...pack.background.values(), ...pack.projects.values(), ...pack.targets.values()].filter(({ quote }) => quote.includes(raw)).map(({ id }) => id);
}

/** Reported as done in the baseline and ordered to begin in the tasks. */
export const doneAndToDo: LintRule = (reading) => {
  const done = reading.sentences.filter(({ text }) => BUILT.done.test(text));
  const todo = reading.passages.filter(({ kind }) => kind === 'prose' || kind === 'item').flatMap((passage) => passage.text.split(/[。；;]/).filter((text) => BUILT.todo.test(text)).map((text) => ({ passage, text })));
  return todo.flatMap((task) => done.flatMap(({ passage, text }): Finding[] => {
    const after = text.slice(text.search(BUILT.done));
    const name = task.text.match(/[\p{Script=Han}]{6,}/gu)?.map((run) => sharedRun(run, after)).find((run) => run.length > 7);
    return name === undefined || passage === task.passage ? [] : [{ code: 'done-and-to-do', severity: 'warning', places: [placeIn(reading, passage, name), placeIn(reading, task.passage, task.text)], subjects: [...byQuote(reading, { passage, raw: name, name })], data: { name } }];
  }));
};

function sharedRun(run: string, text: string): string {
  for (let size = run.length; size > 7; size--) {
    for (let from = 0; from + size <= run.length; from++) if (text.includes(run.slice(from, from + size))) return run.slice(from, from + size);
  }
  return '';
}

/** Merged in the text, and still a service of its own. */
export const mergedYetSeparate: LintRule = (reading) => matches(reading, BUILT.mergedWith).flatMap(({ passage, match, raw }) => [...reading.pack.services.values()].filter(({ name }) => (match[1] ?? '').endsWith(name.zh)).map((service): Finding => ({
  code: 'merged-yet-separate', severity: 'warning', places: [placeIn(reading, passage, raw), quotePlace(reading, service.cite, service.name.zh)], subjects: [service.id, ...byQuote(reading, { passage, raw, name: raw })], data: { name: service.name.zh, with: match[2] ?? '' },
})));

/** An institution to be made whose name says only its kind, two kinds at once. */
export const unnamedInstitution: LintRule = (reading) => matches(reading, BUILT.unnamed).map(({ passage, match, raw }): Finding => ({ code: 'unnamed-institution', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { name: match[1] ?? raw } }));
