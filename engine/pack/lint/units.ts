import type { Finding, Indicator } from '../pack.ts';
import { AREAS, BUILT, MARKS, NAME, SUMS, TIME } from './keywords.ts';
import { aggregate, baselineSections, matches, namePlace, placeIn, quotePlace, subjectsAt } from './reading.ts';
import type { LintRule, Passage, Reading } from './reading.ts';

const indicatorsOf = ({ pack }: Reading): readonly Indicator[] => [...pack.indicators.values()];

/** One finding for each indicator whose printed name a question is true of. */
function perName(code: string, severity: Finding['severity'], asks: (name: string, indicator: Indicator, reading: Reading) => boolean): LintRule {
  return (reading) => indicatorsOf(reading).flatMap((indicator): Finding[] => {
    const place = namePlace(reading, indicator);
    return asks(indicator.name.zh, indicator, reading) ? [{ code, severity, places: [place], subjects: [indicator.id], data: { name: indicator.name.zh, unit: indicator.unit, raw: place.raw } }] : [];
  });
}

/** Indicators without a printed unit, and counts of persons in the text that stop before theirs. */
export const missingUnit: LintRule = (reading) => {
  const bare = indicatorsOf(reading).filter((indicator) => !indicator.unitPrinted);
  const counts = matches(reading, MARKS.missingCountUnit);
  return [
    ...aggregate('missing-unit', 'warning', bare.map((one) => namePlace(reading, one)), bare.map(({ id }) => id)),
    ...counts.map(({ passage, raw }): Finding => ({ code: 'missing-unit-in-text', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } })),
  ];
};

/** “A or B” in one row: two measures, one cell, and nobody can say which was counted. */
export const twoMeasures: LintRule = perName('two-measures', 'warning', (name) => NAME.either.test(name.replace(AREAS.county, '')));

/** Two things share one rate: one may be at 100 and the other at 0. */
export const twoSubjects: LintRule = (reading) => {
  const joined = indicatorsOf(reading).filter(({ name, kind }) => kind === 'rate' && NAME.joined.test(name.zh.replaceAll(/[(（][^)）]*[)）]/g, '')));
  return aggregate('two-subjects', 'info', joined.map((one) => namePlace(reading, one)), joined.map(({ id }) => id));
};

/** A count by its name, a share by its unit. */
export const countInPercent: LintRule = perName('count-in-percent', 'warning', (name, { unit }) => NAME.headcount.test(name) && unit === '%');

/** A change with no word on whether it is per year or over the plan, in points or in per cent. */
export const undefinedRate: LintRule = perName('undefined-rate', 'warning', (name, { unit }) => unit === '%' && NAME.change.test(name) && !NAME.perYear.test(name));

/** A coverage that does not say of what it is the share, in its name or in the note of its table. */
export const undefinedDenominator: LintRule = perName('undefined-denominator', 'warning', (name, { cite }, { pack }) => {
  const note = pack.source.tables.find((table) => cite.kind === 'row' && table.no === cite.table)?.note?.text ?? pack.source.tables.at(-1)?.note?.text ?? '';
  return NAME.coverage.test(name) && !NAME.coveredUnit.test(name) && !NAME.coverage.test(note);
});

/** One for each area, in a column of totals. */
export const perAreaCount: LintRule = (reading) => {
  const others = indicatorsOf(reading);
  return others.flatMap((indicator): Finding[] => {
    const totals = others.filter((other) => other.table === indicator.table && other !== indicator && other.unit === indicator.unit && !NAME.perArea.test(other.name.zh) && !NAME.perSomething.test(other.name.zh));
    return NAME.perArea.test(indicator.name.zh) && totals.length > 0
      ? [{ code: 'per-area-count', severity: 'warning', places: [...totals, indicator].map((one) => namePlace(reading, one)), subjects: [indicator.id, ...totals.map(({ id }) => id)], data: { name: indicator.name.zh, totals: totals.map(({ name }) => name.zh).join(', ') } }]
      : [];
  });
};

/** Counties and cities are named and districts are not, in a city that has districts. */
export const districtsLeftOut: LintRule = (reading) => {
  const hasDistricts = [...reading.pack.divisions.values()].some(({ type }) => type === 'district');
  const found = hasDistricts ? matches(reading, new RegExp(NAME.countyWithoutDistrict, 'g'), ['prose', 'item', 'cell']) : [];
  return aggregate('districts-left-out', 'info', found.map(({ passage, raw }) => placeIn(reading, passage, raw)), found.flatMap(({ passage, raw }) => passage.kind === 'cell' ? subjectsAt(reading, passage, raw) : []));
};

/** Persons and person-times in one sentence: they cannot be added or compared. */
export const mixedPersons: LintRule = (reading) => reading.sentences.flatMap(({ passage, text }): Finding[] => {
  const times = SUMS.personTimes.exec(text);
  const persons = SUMS.persons.exec(text.replace(SUMS.personTimes, ''));
  return times && persons ? [{ code: 'mixed-persons', severity: 'warning', places: [placeIn(reading, passage, times[0]), placeIn(reading, passage, persons[0])], subjects: subjectsAt(reading, passage, times[0]), data: { times: times[0], persons: persons[0] } }] : [];
});

/** Persons counted with the measure word of things. */
export const measureWord: LintRule = perName('measure-word', 'info', (name, { unit }) => NAME.person.test(name) && !NAME.personMeasure.test(unit));

/** A flow of one year in a table of stocks and rates. */
export const annualFlow: LintRule = perName('annual-flow', 'info', (name, { unit }) => NAME.annualFlow.test(name) && NAME.wageMoney.test(unit) && !NAME.perYear.test(name));

/** Several kinds of facility under one total. */
export const mixedCount: LintRule = (reading) => matches(reading, BUILT.mixedCount).map(({ passage, raw }): Finding => ({ code: 'mixed-count', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** A target whose row stands in another chapter: a sentence has strayed, or the wrong word stands in it. */
export const misplacedTarget: LintRule = (reading) => [...reading.pack.targets.values()].flatMap((target): Finding[] => {
  const indicator = target.indicator === undefined ? undefined : reading.pack.indicators.get(target.indicator);
  const names = reading.pack.plan.domains;
  const name = (id: string): string => names.find((domain) => domain.id === id)?.name.zh ?? id;
  return indicator && indicator.domain !== target.domain
    ? [{ code: 'misplaced-target', severity: 'warning', places: [quotePlace(reading, target.cite, target.quote), namePlace(reading, indicator)], subjects: [target.id, indicator.id], data: { name: target.name.zh, here: name(target.domain), there: name(indicator.domain) } }]
    : [];
});

/** Promised to everyone who lives here, measured for those registered here. */
export const residentRegistered: LintRule = (reading) => {
  const promised = [...reading.pack.targets.values()].filter((target) => NAME.residents.test(target.quote) && target.kind === 'full-coverage' && target.by !== 'unfilled');
  return promised.length === 0 ? [] : matches(reading, NAME.registeredRate).map(({ passage, raw }): Finding => {
    const subjects = subjectsAt(reading, passage, raw);
    const rows = subjects.flatMap((id) => reading.pack.targets.get(id)?.indicator ?? []);
    return {
      code: 'resident-registered', severity: 'warning', places: [...promised.map((one) => quotePlace(reading, one.cite, one.quote)), placeIn(reading, passage, raw)],
      subjects: [...promised.map(({ id }) => id), ...subjects, ...rows], data: { name: raw },
    };
  });
};

/** How many ways the plan spells each tier of areas below the city. */
export const areaSpellings: LintRule = (reading) => {
  const kinds: readonly Passage['kind'][] = ['prose', 'item', 'cell'];
  const firsts = [AREAS.county, AREAS.township].map((tier) => matches(reading, tier, kinds).filter((found, index, all) => all.findIndex((other) => other.raw === found.raw) === index));
  return firsts.filter((spellings) => spellings.length > 1).flatMap((spellings) => aggregate('area-spellings', 'info', spellings.map(({ passage, raw }) => placeIn(reading, passage, raw)), [], { spellings: spellings.map(({ raw }) => raw).join(' ') }));
};


/** Persons of an age and above: “65 and above” and “above 65” decide the birthday year differently. */
export const ageBounds: LintRule = (reading) => {
  const found = matches(reading, AREAS.ageAbove, ['prose', 'item', 'cell']);
  return [...new Set(found.map(({ match }) => match[1]))].flatMap((age) => {
    const own = found.filter(({ match }) => match[1] === age);
    const forms = own.filter((one, index) => own.findIndex((other) => other.raw === one.raw) === index);
    return forms.length > 1 ? aggregate('age-bounds', 'warning', forms.map(({ passage, raw }) => placeIn(reading, passage, raw)), forms.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)), { age: age ?? '', forms: forms.map(({ raw }) => raw).join(' / ') }) : [];
  });
};

/** A total that has been adding up since a day that is not printed, in what the plan promises. */
export const totalSinceWhen: LintRule = (reading) => {
  const baseline = baselineSections(reading);
  const found = matches(reading, TIME.total).filter(({ passage, match }) => !baseline.has(JSON.stringify(passage.citation)) && !TIME.years.test(passage.text.slice(Math.max(0, match.index - 4), match.index)));
  return aggregate('total-since-when', 'info', found.map(({ passage, raw }) => placeIn(reading, passage, raw)), found.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)));
};

/** Opening hours without the day or week they are of. */
export const hoursPerWhat: LintRule = (reading) => matches(reading, TIME.openingHours).filter(({ raw, passage, match }) => !TIME.perPeriod.test(raw) && !TIME.perPeriod.test(passage.text.slice(match.index, match.index + raw.length + 8))).map(({ passage, raw }): Finding => ({ code: 'hours-per-what', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** One group counted per thousand in one place and per ten thousand in another. */
export const perBaseMixed: LintRule = (reading) => {
  const named = [...indicatorsOf(reading).map((one) => ({ id: one.id, name: one.name.zh, place: namePlace(reading, one) })), ...[...reading.pack.targets.values()].map((one) => ({ id: one.id, name: one.name.zh, place: quotePlace(reading, one.cite, one.quote) }))].flatMap((one) => {
    const match = NAME.per.exec(one.name);
    return match ? [{ ...one, base: match[1] ?? '', old: (match[2] ?? '').startsWith(NAME.old) }] : [];
  });
  return [true, false].flatMap((old) => {
    const own = named.filter((one) => one.old === old);
    const bases = [...new Set(own.map(({ base }) => base))];
    return bases.length > 1 ? aggregate('per-base-mixed', 'info', own.map(({ place }) => place), own.map(({ id }) => id), { bases: bases.join(', ') }) : [];
  });
};

/** Groups named by age without the age: who is old is sixty in one law and sixty-five in another. */
export const ageNotSaid: LintRule = (reading) => {
  const vague = indicatorsOf(reading).filter(({ name }) => NAME.ageGroup.test(name.zh) && !NAME.age.test(name.zh));
  return aggregate('age-not-said', 'info', vague.map((one) => namePlace(reading, one)), vague.map(({ id }) => id));
};

/** Targets of which the pack's editors could not tell whom they are for. */
export const scopeNotSaid: LintRule = (reading) => {
  const open = [...reading.pack.targets.values()].filter(({ scope }) => NAME.openScope.test(scope));
  return aggregate('scope-not-said', 'warning', open.map((one) => quotePlace(reading, one.cite, one.quote)), open.map(({ id }) => id));
};

/** Covered in full, and nobody says what is counted: halls, villages, people. */
export const coverageOfWhat: LintRule = (reading) => {
  const full = [...reading.pack.targets.values()].filter(({ kind, quote }) => kind === 'full-coverage' && NAME.fullCoverage.test(quote) && !NAME.countedUnit.test(quote));
  return aggregate('coverage-of-what', 'info', full.map((one) => quotePlace(reading, one.cite, one.quote)), full.map(({ id }) => id));
};
