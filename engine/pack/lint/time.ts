import { partsOf } from '#engine/kernel/index.ts';
import type { Finding } from '../pack.ts';
import { SENTENCE, TIME } from './keywords.ts';
import { aggregate, baselineSections, matches, placeIn, subjectsAt } from './reading.ts';
import type { LintRule } from './reading.ts';

/** A forecast for a year that had ended before the plan was issued. */
export const staleForecast: LintRule = (reading) => {
  const issued = partsOf(reading.pack.plan.issuedOn).year;
  return [TIME.forecast, TIME.forecastBefore].flatMap((pattern) => matches(reading, pattern)).filter(({ match }) => Number(match[1]) < issued).map(({ passage, match, raw }): Finding => ({ code: 'stale-forecast', severity: 'warning', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { year: match[1] ?? '', issued: reading.pack.plan.issuedOn } }));
};

/** Published after the period had begun, while the text speaks of the coming years. */
export const latePlan: LintRule = (reading) => {
  const { plan, source } = reading.pack;
  const late = partsOf(plan.issuedOn).year - partsOf(plan.period.from).year;
  const day = source.front.find(({ text }) => text.includes(plan.issuedOn));
  if (late < 1) return [];
  return [{
    code: 'late-plan', severity: 'info',
    places: [{ citation: { kind: 'front' }, file: source.file, line: day?.line ?? 1, raw: plan.issuedOn }, ...matches(reading, TIME.comingYears).map(({ passage, raw }) => placeIn(reading, passage, raw))],
    subjects: [], data: { issued: plan.issuedOn, from: plan.period.from, years: late },
  }];
};

/** Deadlines of one year in several forms (by 2025, by the end of 2025, in 2025): each paragraph that mixes them, and the rare form in the whole plan. */
export const mixedDeadlines: LintRule = (reading) => {
  const last = reading.pack.plan.period.to.slice(0, 4);
  const found = matches(reading, TIME.deadline).filter(({ match }) => match[1] === last);
  const mixed = reading.passages.flatMap((passage): Finding[] => {
    const own = found.filter((one) => one.passage === passage);
    const forms = [...new Set(own.map(({ raw }) => raw))];
    return forms.length > 1 ? [{ code: 'mixed-deadlines', severity: 'info', places: forms.map((raw) => placeIn(reading, passage, raw)), subjects: [], data: { forms: forms.join(', ') } }] : [];
  });
  const bare = found.filter(({ raw }) => !raw.startsWith(TIME.by));
  return [...mixed, ...(bare.length < found.length / 4 ? aggregate('deadline-form', 'info', bare.map(({ passage, match }) => placeIn(reading, passage, passage.text.slice(match.index, match.index + 16)))) : [])];
};

/** What the baseline reports of a year that had not come when the plan was issued; a deadline that was over when the plan began. */
export const impossibleYear: LintRule = (reading) => {
  const { plan } = reading.pack;
  const [issued, began] = [partsOf(plan.issuedOn).year, partsOf(plan.period.from).year];
  const baseline = baselineSections(reading);
  const inBaseline = ({ passage }: { readonly passage: { readonly citation: unknown } }): boolean => baseline.has(JSON.stringify(passage.citation));
  const future = matches(reading, TIME.anyYear).filter((one) => inBaseline(one) && Number(one.match[1]) > issued && TIME.reached.test(one.passage.text.slice(one.match.index).split(SENTENCE.stop)[0] ?? ''));
  const over = matches(reading, TIME.deadline).filter((one) => !inBaseline(one) && one.raw.startsWith(TIME.by) && Number(one.match[1]) < began);
  return [...future, ...over].map(({ passage, match }): Finding => {
    const raw = passage.text.slice(match.index).split(SENTENCE.stop)[0] ?? match[0];
    return { code: 'impossible-year', severity: 'error', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { year: match[1] ?? '', issued: plan.issuedOn, from: plan.period.from } };
  });
};
