import type { Finding, Target } from '../pack.ts';
import { FIRMNESS, SENTENCE, SERVICE, TIME } from './keywords.ts';
import { aggregate, baselineSections, matches, placeIn, quotePlace, subjectsAt } from './reading.ts';
import type { LintRule, Reading } from './reading.ts';

const targetsOf = ({ pack }: Reading): readonly Target[] => [...pack.targets.values()];

/** Targets whose year is nowhere printed: the end of the plan has to be assumed. What is promised for every year needs none. */
export const targetWithoutYear: LintRule = (reading) => {
  const undated = targetsOf(reading).filter((target) => target.by === 'unfilled' && !everyYear(target) && (target.kind === 'numeric' || target.kind === 'full-coverage' || target.kind === 'zero'));
  return aggregate('target-without-year', 'warning', undated.map((one) => quotePlace(reading, one.cite, one.quote)), undated.map(({ id }) => id));
};

function everyYear({ period, unit }: Target): boolean {
  return period !== undefined || unit.includes('/');
}

/** As good as the developed places: no measure, no source. */
export const benchmarkWithoutValue: LintRule = (reading) => targetsOf(reading).filter((target) => target.kind === 'by-reference' && FIRMNESS.borrowedLevel.test(target.quote)).map((target): Finding => ({ code: 'benchmark-without-value', severity: 'warning', places: [quotePlace(reading, target.cite, target.quote)], subjects: [target.id], data: { raw: target.quote } }));

/** About so many: how far off still counts is not said. */
export const approximateTarget: LintRule = (reading) => {
  const about = matches(reading, FIRMNESS.about);
  const range = matches(reading, FIRMNESS.range);
  return [
    ...aggregate('approximate-target', 'info', about.map(({ passage, raw }) => placeIn(reading, passage, raw)), about.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw))),
    ...aggregate('range-target', 'info', range.map(({ passage, raw }) => placeIn(reading, passage, raw)), range.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw))),
  ];
};

/** In principle, striving, basically: the promise has a way out. */
export const hedgedTarget: LintRule = (reading) => {
  const hedged = targetsOf(reading).filter(({ hedge }) => hedge !== undefined);
  const baseline = baselineSections(reading);
  const places = matches(reading, FIRMNESS.hedge).filter(({ passage }) => passage.kind === 'item' || (passage.citation.kind === 'section' && passage.citation.section.includes('(') && !baseline.has(JSON.stringify(passage.citation))));
  return aggregate('hedged-target', 'info', places.map(({ passage, raw }) => placeIn(reading, passage, raw)), [...hedged.map(({ id }) => id), ...places.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw))]);
};

/** Cleared dynamically: without the days from discovery to clearing it is always true or never. */
export const dynamicZero: LintRule = (reading) => matches(reading, FIRMNESS.dynamicZero).map(({ passage, raw }): Finding => ({ code: 'dynamic-zero', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** A goal by a year with neither number nor indicator, in the chapter of goals or in a box. */
export const vagueGoal: LintRule = (reading) => {
  const goalSections = new Set(reading.pack.plan.goals.flatMap(({ cite }) => cite.kind === 'section' ? [cite.section] : []));
  const goals = reading.sentences.filter(({ passage }) => passage.citation.kind === 'section' && goalSections.has(passage.citation.section));
  const clauses = goals.flatMap(({ passage, text }) => text.split(SENTENCE.clause).filter((clause) => FIRMNESS.vague.test(clause) && !/\d/.test(clause)).map((clause) => ({ passage, clause })));
  const dated = reading.sentences.filter(({ passage, text }) => passage.kind === 'item' && TIME.opensWith(reading.pack.plan.period.to.slice(0, 4)).test(text) && !/\d/.test(text.slice(6)) && FIRMNESS.vague.test(text));
  return [
    ...aggregate('vague-goal', 'warning', clauses.map(({ passage, clause }) => placeIn(reading, passage, clause))),
    ...dated.map(({ passage, text }): Finding => ({ code: 'vague-dated-goal', severity: 'warning', places: [placeIn(reading, passage, text)], subjects: subjectsAt(reading, passage, text), data: { raw: text } })),
  ];
};

/** Projects for which the plan prints neither money nor owner nor year; with the sentence that demands it, where there is one. */
export const unfundedProjects: LintRule = (reading) => {
  const projects = [...reading.pack.projects.values()];
  const first = (bare: typeof projects): readonly Finding['places'][number][] => bare.map((one) => quotePlace(reading, one.cite, one.quote));
  const unpaid = projects.filter(({ money, owner }) => money === 'unfilled' && owner === 'unfilled');
  const undated = projects.filter(({ year }) => year === 'unfilled');
  const demand = matches(reading, SERVICE.completionDemand).map(({ passage, raw }) => placeIn(reading, passage, raw));
  return [
    ...aggregate('unfunded-projects', 'warning', first(unpaid), unpaid.map(({ id }) => id), { of: projects.length }),
    ...aggregate('projects-without-year', 'warning', undated.length === 0 ? [] : [...demand, ...first(undated)], undated.map(({ id }) => id), { count: undated.length, of: projects.length }),
  ];
};

/** No delay, no blind spot: a promise that one failure breaks. */
export const absolutePromise: LintRule = (reading) => {
  const found = matches(reading, FIRMNESS.absolute);
  return aggregate('absolute-promise', 'info', found.map(({ passage, raw }) => placeIn(reading, passage, raw)), found.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)));
};

/** One target promised firmly in one place and with a way out, or without its year, in another. */
export const firmnessDiffers: LintRule = (reading) => {
  const targets = targetsOf(reading);
  return targets.flatMap((a, index) => targets.slice(index + 1).flatMap((b): Finding[] => {
    const one = a.indicator !== undefined && a.indicator === b.indicator ? true : a.indicator === b.indicator && a.name.zh === b.name.zh && a.unit === b.unit;
    if (!one) return [];
    const found = { severity: 'info' as const, places: [a, b].map((each) => quotePlace(reading, each.cite, each.quote)), subjects: [a.id, b.id] };
    const dated = [a, b].find(({ by }) => by !== 'unfilled');
    const undated = [a, b].find(({ by }) => by === 'unfilled');
    return [
      ...((a.hedge === undefined) !== (b.hedge === undefined) ? [{ code: 'firmness-differs', ...found, data: { name: a.name.zh, hedge: a.hedge ?? b.hedge ?? '' } }] : []),
      ...(dated && undated ? [{ code: 'year-printed-once', ...found, data: { name: dated.name.zh, year: dated.by } }] : []),
    ];
  }));
};
