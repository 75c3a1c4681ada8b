import { partsOf } from '#engine/kernel/index.ts';
import type { Finding, PopulationFigure } from '../pack.ts';
import { NAME, SUMS } from './keywords.ts';
import { amount, cellOf, matches, placeIn, shown, subjectsAt } from './reading.ts';
import type { Cell, LintRule, Reading } from './reading.ts';

/** Everyone in the city, by the figure of the year nearest to the asked one; undefined where the pack has none. */
function residents({ pack }: Reading, year: number): PopulationFigure | undefined {
  const everyone = pack.population.filter((figure) => figure.division === pack.plan.population.division && figure.measure.startsWith(pack.plan.population.measure));
  return [...everyone].sort((a, b) => Math.abs(partsOf(a.on).year - year) - Math.abs(partsOf(b.on).year - year))[0];
}

function persons(reading: Reading, cell: Cell): number | undefined {
  const unit = reading.pack.units.get(cell.indicator.unit);
  return unit && cell.value && (NAME.personsUnit.test(cell.indicator.unit) || NAME.personTimes.test(cell.indicator.unit)) && !NAME.perSomething.test(cell.name) ? amount(cell.value) * amount(unit.times) : undefined;
}

/**
 * The most persons that a count can hold, and why.
 *
 * A stock of persons is bounded by the residents; children of some ages by the births of as many years, with room for
 * twice today's births because births have fallen; entries (new jobs) by half the residents over the years of a plan
 * and by a tenth in one year; trainings, which one person may repeat, by the residents.
 */
function bound(reading: Reading, cell: Cell): { readonly most: number; readonly of: number } | undefined {
  const everyone = residents(reading, cell.year);
  if (!everyone) return undefined;
  const of = amount(everyone.value);
  const cohort = NAME.cohort.find(({ words }) => words.test(cell.name));
  const births = reading.pack.population.find((figure) => figure.measure === 'births-per-1000' && figure.division === reading.pack.plan.population.division);
  if (cohort) return { most: births ? (cohort.years * 2 * of * amount(births.value)) / 1000 : of * 0.04 * cohort.years, of };
  if (NAME.inflow.test(cell.name)) return { most: cell.cumulative ? of / 2 : of / 10, of };
  return { most: of, of };
}

/** Counts of persons that this city cannot hold: a province's number was probably copied. */
export const implausibleMagnitude: LintRule = (reading) => {
  const over = reading.cells.flatMap((cell) => {
    const count = persons(reading, cell);
    const limit = count === undefined ? undefined : bound(reading, cell);
    return count !== undefined && limit && count > limit.most ? [{ cell, limit }] : [];
  });
  const rows = [...new Set(over.map(({ cell }) => cell.id))];
  return rows.map((id): Finding => {
    const own = over.filter(({ cell }) => cell.id === id);
    const first = own[0];
    return { code: 'implausible-magnitude', severity: 'error', places: own.map(({ cell }) => cell.place), subjects: [id], data: { name: first?.cell.name ?? '', values: own.map(({ cell }) => cell.raw).join(', '), unit: first?.cell.indicator.unit ?? '', residents: Math.round((first?.limit.of ?? 0) / 1000) / 10, most: Math.round((first?.limit.most ?? 0) / 1000) / 10 } };
  });
};

/**
 * Totals divided by their per-head values give the population that the plan reckons with.
 *
 * Found where that population falls between two years, or lies more than a tenth from the counted residents.
 */
export const impliedPopulation: LintRule = (reading) => reading.sentences.flatMap(({ passage, text }): Finding[] => {
  const implied = [...text.matchAll(SUMS.perHead)].map((match) => ({ raw: match[0], heads: Number(match[2]) / Number(match[4]), year: Number(/\d{4}(?=[^\d]*$)/.exec(text.slice(0, match.index))?.[0] ?? partsOf(reading.pack.plan.period.from).year - 1) }));
  const sorted = [...implied].sort((a, b) => a.year - b.year);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return [];
  const counted = residents(reading, last.year);
  const places = sorted.map(({ raw }) => placeIn(reading, passage, raw));
  const subjects = sorted.flatMap(({ raw }) => raw.split('、').flatMap((part) => subjectsAt(reading, passage, part)));
  const rows = [...reading.pack.background.values()].filter((fact) => subjects.includes(fact.id)).flatMap((fact) => fact.see);
  const all = [...new Set([...subjects, ...rows])];
  const figure = (heads: number): string => heads.toFixed(1);
  return [
    ...(last.heads < first.heads ? [{ code: 'implied-population-falls', severity: 'info' as const, places, subjects: all, data: { firstYear: first.year, first: figure(first.heads), lastYear: last.year, last: figure(last.heads) } }] : []),
    ...(counted && Math.abs(last.heads * 10_000 - amount(counted.value)) > amount(counted.value) / 10 ? [{ code: 'implied-population', severity: 'warning' as const, places, subjects: all, data: { year: last.year, implied: figure(last.heads), counted: (amount(counted.value) / 10_000).toFixed(1), countedOn: partsOf(counted.on).year } }] : []),
  ];
});

/** Homes and the people in them: fewer than two or more than five per home is no household of today. */
export const householdSize: LintRule = (reading) => reading.passages.flatMap((passage): Finding[] => {
  const people = SUMS.people.exec(passage.text);
  const households = [...passage.text.slice(0, people?.index ?? 0).matchAll(SUMS.households)];
  const homes = households.reduce((sum, match) => sum + Number(match[1]), 0);
  if (!people || homes === 0) return [];
  const size = Number(people[1]) / homes;
  return size >= 2 && size <= 5 ? [] : [{ code: 'household-size', severity: 'info', places: [...households.map((match) => placeIn(reading, passage, match[0])), placeIn(reading, passage, people[0])], subjects: subjectsAt(reading, passage, people[0]), data: { people: people[1] ?? '', households: homes.toFixed(1), size: size.toFixed(2) } }];
});

/**
 * Insured persons against the insured share that the last plan reports: the quotient is the population that was counted.
 *
 * Found where a share printed for everybody gives less than nine tenths of the residents' working-age share and more
 * than that: it counts another group, such as the registered.
 */
export const shareAndCount: LintRule = (reading) => [...reading.pack.indicators.values()].flatMap((later): Finding[] => {
  const share = later.continues === undefined ? undefined : cellOf(reading, later.continues, 'actual');
  const count = cellOf(reading, later.id, 'base');
  const heads = count && persons(reading, count);
  const everyone = count && residents(reading, count.year);
  if (!share?.value || !count?.value || heads === undefined || !everyone || share.indicator.unit !== '%' || share.year !== count.year) return [];
  const implied = (heads / amount(share.value)) * 100;
  return implied > amount(everyone.value) * 0.75 && implied <= amount(everyone.value) ? [] : [{ code: 'share-and-count', severity: 'info', places: [share.place, count.place], subjects: [share.id, count.id], data: { name: later.name.zh, share: shown(share.value), count: count.raw, unit: later.unit, implied: (implied / 10_000).toFixed(1), residents: (amount(everyone.value) / 10_000).toFixed(1) } }];
});

/** Persons in the text, or a share, that no city can have: more than its residents, more than a hundred per cent. */
export const implausibleInText: LintRule = (reading) => {
  const everyone = residents(reading, partsOf(reading.pack.plan.period.from).year - 1);
  const crowd = everyone ? matches(reading, SUMS.crowd).filter(({ passage, match }) => Number(match[1]) * 10_000 > amount(everyone.value) && !SUMS.beyondCity.test(passage.text.slice(Math.max(0, match.index - 20), match.index))) : [];
  const shares = matches(reading, SUMS.shareOf).filter(({ match }) => Number(match[1]) > 100);
  return [
    ...crowd.map(({ passage, raw }): Finding => ({ code: 'implausible-in-text', severity: 'error', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw, most: everyone ? `${(amount(everyone.value) / 10_000).toFixed(1)}` : '' } })),
    ...shares.map(({ passage, raw }): Finding => ({ code: 'share-over-hundred', severity: 'error', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { name: raw, raw: raw.replace(/^.*?(\d+(?:\.\d+)?)%$/u, '$1') } })),
  ];
};

/** The most that a value of a unit can be, whatever it is of: ages, years at school, hours of a day. */
export const beyondNature: LintRule = ({ cells }) => cells.flatMap((cell): Finding[] => {
  const most = SUMS.most.find(({ unit }) => unit === cell.indicator.unit)?.most;
  return most !== undefined && cell.value && amount(cell.value) > most ? [{ code: 'beyond-nature', severity: 'error', places: [cell.place], subjects: [cell.id], data: { name: cell.name, raw: cell.raw, unit: cell.indicator.unit, most } }] : [];
});
