import { describe, expect, test } from 'vitest';
import { addDays, parseDate } from '#engine/kernel/index.ts';
import { itemsToVerify } from '#engine/entitlement/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack, Service } from '#engine/pack/index.ts';
import { compileClosure, frontierOf, interpretProgram, linkRules, memoOf, parseRule, reviewStandards, runExamples } from '#engine/rules/index.ts';
import type { Execute } from '#engine/rules/index.ts';
import { isDeclarable, usedBy } from '#engine/record/index.ts';
import { packFiles } from '#tools/pack-files.ts';

const { pack } = loadPack(packFiles('jinhua'));
if (!pack) throw new Error('jinhua does not load');
const { book, diagnostics, parsed } = linkRules(pack);
/** The interpreter, and the facts that an open answer rests on. */
const naming: Execute = (program, situation, service, place, rules) => {
  const verdict = interpretProgram(program, situation, service, place);
  const open = frontierOf(memoOf({ schema: program.schema, rules, situation }), service, place);
  return verdict.kind === 'unknown' ? { ...verdict, missing: [...new Set(open.map(({ fact }) => fact))] } : verdict;
};
const examples = runExamples(book, naming);
const executable = [...pack.services.values()].filter((service) => service.standard);
const days = [20241015, 20391120];

/** The 37 items of the plan's boxes that a rule decides for each person, family or school. */
const DECIDED = [
  'childcare-maternity-insurance', 'childcare-infant-care-support', 'childcare-orphans-children-in-difficulty',
  'education-preschool-aid', 'education-free-compulsory-education', 'education-rural-nutrition', 'education-compulsory-living-allowance',
  'education-senior-high-grant', 'education-senior-high-tuition-waiver', 'education-vocational-grant', 'education-vocational-tuition-waiver',
  'employment-startup-services', 'employment-employment-assistance', 'employment-skills-training', 'employment-unemployment-insurance',
  'housing-rural-dilapidated', 'culture-television', 'culture-heritage-visits', 'health-employee-medical-insurance', 'health-resident-medical-insurance',
  'eldercare-employee-pension', 'eldercare-resident-pension', 'eldercare-elderly-welfare', 'eldercare-elderly-care-allowances',
  'social-minimum-living', 'social-extreme-poverty-support', 'social-medical-assistance', 'social-temporary-relief', 'social-disabled-living-subsidy',
  'social-disabled-nursing-subsidy', 'social-disabled-insurance-subsidy', 'social-disabled-rehabilitation', 'social-rural-family-planning-support',
  'social-special-family-planning-support', 'social-assistive-devices', 'social-home-accessibility-subsidy', 'veterans-preferential-treatment',
];

describe('the rules of Jinhua', () => {
  test('are right; only the four tables that a case, not a month, is counted by are asked by none', () => {
    expect(diagnostics.map(({ code, place }) => [code, place.file])).toEqual([
      ['table-unused', 'tables/homestead-approval.yaml'],
      ['table-unused', 'tables/injury-lump-months.yaml'],
      ['table-unused', 'tables/injury-termination-months.yaml'],
      ['table-unused', 'tables/self-employment-merit-bonus.yaml'],
    ]);
  });

  test('decide all 37 items that can be decided one by one, and twelve more', () => {
    const ids = executable.map(({ id }) => id);
    expect(DECIDED.filter((id) => !ids.includes(id))).toEqual([]);
    expect([DECIDED.length, ids.length]).toEqual([37, 49]);
  });

  test('say who decides, on what ground, how it is granted and what one can do about it', () => {
    const silent = executable.filter(({ decidedBy, lawfulBasis, grant, scope, subject, remedies = [] }) => !decidedBy || !lawfulBasis?.statutoryDuty || !grant || !scope || !subject || remedies.length === 0);
    expect(silent.map(({ id }) => id)).toEqual([]);
    expect(executable.filter(({ lawfulBasis }) => !pack.sources.has(lawfulBasis?.statutoryDuty ?? '')).map(({ id }) => id)).toEqual([]);
  });

  test('explain every condition in both languages', () => {
    const bare = executable.flatMap(({ id, standard = [] }) => standard.flatMap(({ conditions }) => conditions.flatMap(({ id: clause, says }) => (says?.en === undefined ? [`${id}/${clause}`] : []))));
    expect(bare).toEqual([]);
  });

  test('read only facts that somebody holds, but for a wish, which only who has it can tell', () => {
    const read = new Set(days.flatMap((day) => book.programAt(day).facts));
    const lost = [...read].filter((id) => !id.startsWith('receives.') && (pack.facts.get(id)?.holder ?? 'unfilled') === 'unfilled');
    expect(read.size).toBeGreaterThan(100);
    expect(lost).toEqual(['person.wants-business']);
    const [on, standing] = [20_261_125, { kind: 'missing' } as const];
    expect([usedBy(book, on).get('person.wants-business'), isDeclarable(book, { fact: 'person.wants-business', standing, on, origins: undefined })]).toEqual([['employment-startup-services'], true]);
  });

  test('leave one thing to look at, which is so: a wish that no department holds; no day without a standard, value or payer, no clause untried', () => {
    expect(reviewStandards(book).map(({ code, place, data }) => [code, place.file, ...Object.values(data)])).toEqual([['fact-unheld', 'facts.yaml', '有创业需求']]);
  });

  test('stand in scopes that are all right, those too that no rule uses yet', () => {
    const asked = (id: string): Pack => {
      const [who = '', ...level] = id.split('-');
      const service = id.startsWith('household') ? 'culture-television' : id.startsWith('schools') ? 'education-compulsory-public-funds' : 'employment-job-services';
      const scope = { [who]: level.join('-') };
      return { ...loaded(), services: new Map([...loaded().services].map(([one, record]) => [one, one === service ? { ...record, scope } : record])) };
    };
    const wrong = [...pack.scopes.keys()].flatMap((id) => linkRules(asked(id), parsed).diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => [id, code]));
    expect([pack.scopes.size, wrong]).toEqual([13, []]);
  });

  test('are in force together on one day', () => {
    expect(book.programAt(20241015).decisions.length).toBe(executable.length);
  });
});

describe('the examples', () => {
  test('all come out as they say, and an unknown one names exactly the facts that are missing', () => {
    expect(examples.diagnostics).toEqual([]);
    expect(examples.results.filter(({ holds }) => !holds)).toEqual([]);
    expect(examples.results.length).toBeGreaterThanOrEqual(420);
  });

  test('come out the same when they are compiled', () => {
    const compiled = runExamples(book, (program, situation, service, place) => {
      const closure = compileClosure(program);
      return closure.decide(closure.frameOf(situation), service, place);
    });
    expect(compiled.results.map(({ verdict }) => verdict)).toEqual(examples.results.map(({ verdict }) => verdict && ('missing' in verdict ? { kind: verdict.kind, clause: verdict.kind === 'unknown' ? verdict.clause : '' } : verdict)));
  });

  test('show a yes, a no and an unknown of every rule, five at least', () => {
    const kinds = (service: Service): ReadonlySet<string> => new Set((service.examples ?? []).flatMap(({ then }) => Object.keys(then)));
    expect(executable.filter((service) => (service.examples ?? []).length < 5 || kinds(service).size < 3).map(({ id }) => id)).toEqual([]);
  });

  test('give every clause as the reason of a no', () => {
    const reasons = (service: Service): readonly (string | undefined)[] => (service.examples ?? []).map(({ then }) => ('no' in then ? then.no : undefined));
    // The first of a list yields to nothing, so that its stacking is the reason of no refusal.
    const first = (id: string, clause: string): boolean => pack.precedence.get(clause.replace('stacks/', ''))?.services[0] === id;
    const untold = executable.flatMap((service) => {
      const told = reasons(service);
      return book.rulesOf(service.id).flatMap(({ clauses }) => clauses.map((clause) => clause.id).filter((id) => id !== 'scope' && !told.includes(id) && !first(service.id, id)).map((id) => `${service.id}/${id}`));
    });
    expect(untold).toEqual([]);
  });

  test('of every rule stand on a bound: a day more or less gives another answer, or there is no rule yet', () => {
    const dated = variedExamples((service, example) => dayVariants(service, example));
    expect(executable.filter(({ id }) => !dated.some((one) => one.service === id && one.differs)).map(({ id }) => id)).toEqual([]);
  }, 60_000);

  test('of every rule show a near miss: a no that one other fact would turn', () => {
    const turned = variedExamples((service, example) => ('no' in example.then ? factVariants(service, example) : []));
    expect(executable.filter(({ id }) => !turned.some(({ service, verdict }) => service === id && verdict === 'yes')).map(({ id }) => id)).toEqual([]);
  }, 60_000);

  test('turn out otherwise when a sign, a word or a code of a rule is changed', () => {
    const most = Math.max(...executable.map((service) => variantsOf(service).length));
    const alive = Array.from({ length: most }, (_, round) => survivors(round)).flat();
    expect(alive).toEqual([]);
  }, 60_000);

  test('turn out otherwise when a definition is changed', () => {
    const changed = pack.definitions.flatMap((definition) => variants(definition.is).map(({ what, text }) => ({ what: `${definition.name} ${what}`, services: askedOnlyBy(definition.name), definitions: pack.definitions.map((one) => (one === definition ? { ...one, is: text } : one)) })));
    const alive = changed.filter(({ definitions, services }) => runExamples(linkRules({ ...loaded(), definitions, services }, parsed).book, interpretProgram).results.every(({ holds }) => holds));
    expect(changed.length).toBeGreaterThan(20);
    expect(alive.map(({ what }) => what)).toEqual([]);
  }, 60_000);
});

type Example = NonNullable<Service['examples']>[number];

/** Every example beside itself as it would be: what it comes to then, and whether that is something else. */
function variedExamples(variantsOf: (service: Service, example: Example) => readonly (readonly [example: Example, variant: Example])[]): readonly { readonly service: string; readonly verdict: string | undefined; readonly differs: boolean }[] {
  const said = (verdict: ReturnType<typeof interpretProgram> | undefined): string => JSON.stringify(verdict && ('missing' in verdict ? { kind: verdict.kind } : verdict));
  const told = new Map(executable.map((service) => [service.id, (service.examples ?? []).flatMap((example) => variantsOf(service, example).flat())]));
  const services = new Map([...loaded().services].map(([id, service]) => [id, { ...service, examples: told.get(id) ?? [] }]));
  const { results } = runExamples(linkRules({ ...loaded(), services }, parsed).book, interpretProgram);
  return results.flatMap(({ service, verdict }, at) => (at % 2 === 0 ? [] : [{ service, verdict: verdict?.kind, differs: said(verdict) !== said(results[at - 1]?.verdict) }]));
}

/** An example a day earlier or later, with the values that are in force and with those it fixes; and with each of its days a day earlier or later. */
function dayVariants(_: Service, example: Example): ReturnType<typeof factVariants> {
  const { parameters: _fixed, ...unfixed } = example;
  const days = Object.entries(example.given).flatMap(([name, value]) => {
    const day = typeof value === 'string' ? parseDate(value) : undefined;
    return day ? [[name, day] as const] : [];
  });
  return [-1, 1].flatMap((shift) => [
    ...[example, unfixed].map((one) => [one, { ...one, on: addDays(one.on, shift) }] as const),
    ...days.map(([name, day]) => [example, { ...example, given: { ...example.given, [name]: addDays(day, shift) } }] as const),
  ]);
}

/** An example with one of its facts as another example of the service has it, or turned. */
function factVariants({ examples: all = [] }: Service, example: Example): readonly (readonly [Example, Example])[] {
  return Object.entries(example.given).flatMap(([name, value]) => {
    const others: readonly unknown[] = typeof value === 'boolean' ? [!value] : all.flatMap(({ given }) => (name in given && given[name] !== value ? [given[name]] : []));
    return others.map((other) => [example, { ...example, given: { ...example.given, [name]: other } }] as const);
  });
}

/** A text of a rule with one sign turned, one `and` for `or`, or one code left out of a list. */
function variants(text: string): readonly { readonly what: string; readonly text: string }[] {
  const turned: Readonly<Record<string, string>> = { '>=': '>', '<=': '<', '>': '>=', '<': '<=', ' and ': ' or ', ' or ': ' and ' };
  const signs = [...text.matchAll(/>=|<=|(?<!<)>|<(?!=)| and | or /g)].map((found) => ({ at: found.index, length: found[0].length, by: turned[found[0]] ?? '' }));
  const codes = [...text.matchAll(/"[^"]+", /g)].map((found) => ({ at: found.index, length: found[0].length, by: '' }));
  return [...signs, ...codes].map(({ at, length, by }) => ({ what: `${text.slice(at, at + length)} in ${text.slice(Math.max(0, at - 16), at + 16)}`, text: text.slice(0, at) + by + text.slice(at + length) }));
}

/** Every service with one change in its conditions or amount. */
function variantsOf(service: Service): readonly { readonly what: string; readonly service: Service }[] {
  return (service.standard ?? []).flatMap((standard, index) => {
    const as = (changed: Partial<typeof standard>): Service => ({ ...service, standard: (service.standard ?? []).map((one, at) => (at === index ? { ...standard, ...changed } : one)) });
    const conditions = standard.conditions.flatMap((condition, place) => variants(condition.when).map(({ what, text }) => ({ what: `${condition.id}: ${what}`, service: as({ conditions: standard.conditions.map((one, at) => (at === place ? { ...one, when: text } : one)) }) })));
    const amounts = variants(standard.amount ?? '').map(({ what, text }) => ({ what: `amount: ${what}`, service: as({ amount: text }) }));
    return [...conditions, ...amounts];
  });
}

/** The changes of one round, one in each service, that no example of the service notices. */
function survivors(round: number): readonly string[] {
  const changed = new Map(executable.flatMap((service) => {
    const variant = variantsOf(service)[round];
    return variant ? [[service.id, variant] as const] : [];
  }));
  const other: Pack = { ...loaded(), services: new Map([...loaded().services].map(([id, service]) => [id, changed.get(id)?.service ?? { ...service, examples: [] }])) };
  const { results } = runExamples(linkRules(other, parsed).book, interpretProgram);
  const noticed = new Set(results.filter(({ holds }) => !holds).map(({ service }) => service));
  return [...changed].filter(([id]) => !noticed.has(id)).map(([id, { what }]) => `${id} ${what}`);
}

/** All services, with the examples of those alone whose rules say a definition, by way of others perhaps. */
function askedOnlyBy(definition: string): Pack['services'] {
  const names = new Set([definition]);
  for (const { name, is } of [...loaded().definitions, ...loaded().definitions]) if ([...names].some((said) => is.includes(said))) names.add(name);
  const says = ({ standard = [] }: Service): boolean => standard.some(({ conditions, amount = '' }) => [amount, ...conditions.map(({ when }) => when)].some((text) => [...names].some((said) => text.includes(said))));
  return new Map([...loaded().services].map(([id, service]) => [id, says(service) ? service : { ...service, examples: [] }]));
}

function loaded(): Pack {
  if (!pack) throw new Error('jinhua does not load');
  return pack;
}

describe('money and numbers', () => {
  test('shares of every executable service are whole, and say that they are for a demonstration where the plan prints no payer', () => {
    const wrong = executable.filter(({ payers, printed }) => payers === 'unfilled' || payers.reduce((sum, { shareBp }) => sum + shareBp, 0) !== 10_000 || (printed.payer === 'unfilled' && payers.some(({ confidence }) => confidence !== 'demo')));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('a value that nobody has read is never given out as one that somebody has', () => {
    const values = [...pack.parameters.values()].flatMap(({ id, values: dated }) => dated.map((value) => ({ id, ...value })));
    const kind = (source: string): string | undefined => pack.sources.get(source)?.kind;
    const sure = ['verified', 'verified-secondary', 'derived', 'plan'];
    expect(values.filter(({ source, confidence }) => (kind(source) === 'demo' && confidence !== 'demo') || (kind(source) === 'memory' && sure.includes(confidence))).map(({ id }) => id)).toEqual([]);
    expect(values.filter(({ source, confidence }) => confidence === 'plan' && source !== 'S-PLAN').map(({ id }) => id)).toEqual([]);
    expect(pack.parameters.size).toBeGreaterThanOrEqual(152);
  });

  test('what somebody has still to read has a department that reads it, and is not given out as something read', () => {
    const items = itemsToVerify(book);
    expect(items.filter(({ department }) => department === undefined).map(({ id }) => id)).toEqual([]);
    expect(items.flatMap((item) => (item.kind === 'value' && item.services.length > 0 && !item.demo ? [item.id] : []))).toEqual([]);
  });

  // Article 27 of the provincial regulation: grade eight ends with seven months each; articles 35 to 37 of the national one: grade one has 27 months, grade ten seven.
  test('the tables that a case is counted by give the months of the law', () => {
    const months = (table: string, grade: string): unknown => pack.tables.get(table)?.rules.find(({ when }) => when[0] === `"${grade}"`)?.gives;
    const whole = (units: number): unknown => ({ units, scale: 0 });
    expect([months('injury-termination-months', '伤残八级'), months('injury-lump-months', '伤残一级'), months('injury-lump-months', '伤残十级')]).toEqual([whole(7), whole(27), whole(7)]);
    expect([...pack.tables.values()].map(({ rules }) => rules.length)).toEqual([4, 3, 10, 6, 6, 16, 7, 3]);
  });

  // Half of 58,080 yuan is 29,040: what the law allows the deductible to be, and the demo value stays below it.
  test('the deductible of catastrophic insurance is within its legal cap', () => {
    const value = (id: string): number => {
      const { units, scale } = pack.parameters.get(id)?.values.at(-1)?.value ?? { units: Number.NaN, scale: 0 };
      return units / 10 ** scale;
    };
    const cap = value('city-income') * value('catastrophic-deductible-share');
    expect([cap, value('catastrophic-deductible') <= cap]).toEqual([29_040, true]);
  });

  test('an example whose answer hangs on a local amount fixes it, so that a new value breaks no example', () => {
    // Every value a tenth larger: what an example does not fix would now come out otherwise.
    const dearer = new Map([...pack.parameters].map(([id, parameter]) => [id, { ...parameter, values: parameter.values.map((value) => (value.confidence === 'demo' || value.confidence.startsWith('memory') ? { ...value, value: { units: value.value.units * 11, scale: value.value.scale + 1 } } : value)) }]));
    const { results } = runExamples(linkRules({ ...loaded(), parameters: dearer }, parsed).book, interpretProgram);
    expect(results.filter(({ holds }) => !holds).map(({ service, example }) => `${service} ${example.name.zh}`)).toEqual([]);
  });
});

describe('the due lists', () => {
  const schedules = [...pack.schedules.values()];
  const items = schedules.flatMap(({ id, editions }) => editions.flatMap((edition) => edition.items.map((item) => ({ ...item, edition, schedule: id }))));

  test('promise nothing of the two whose rhythm the plan does not print: HIV is not asked on pages, community rehabilitation is a demonstration', () => {
    const of = (service: string) => schedules.find((one) => one.service === service);
    expect([of('health-hiv-followup')?.asked, of('health-hiv-followup')?.editions.map(({ confidence }) => confidence)]).toEqual([false, ['memory-unsure']]);
    expect(of('social-disabled-health-community-rehab')?.editions.map(({ confidence }) => confidence)).toEqual(['demo']);
  });

  test('say whom, from when and what in words that rules know', () => {
    const texts = [...schedules.flatMap(({ who, anchor }) => [who, anchor]), ...items.flatMap(({ when, counted }) => [when, counted].filter((text) => text !== undefined))];
    const words = (text: string): readonly string[] => text.replaceAll(/"[^"]*"/g, '').match(/\p{Script=Han}+/gu) ?? [];
    expect(texts.flatMap((text) => parseRule(text).problems)).toEqual([]);
    expect(texts.flatMap(words).filter((word) => !book.vocabulary.names.has(word))).toEqual([]);
  });

  test('give each item a time, and put it after one that stands before it', () => {
    const wrong = items.filter(({ at, every, until, after, id, edition }) => {
      const place = edition.items.findIndex((one) => one.id === id);
      const before = after === undefined || edition.items.slice(0, place).some((one) => one.id === after.item);
      return (at === undefined && every === undefined) || !before || (until !== undefined && at !== undefined && until.unit === at.unit && until.count < at.count) || edition.items.filter((one) => one.id === id).length > 1;
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  // Of the 2021 programme by hand: 3 + 1 + 2 + 2 + 4 + 1 + 2 + 2 + 2 + 2 + 1 doses; two on the day of birth, the last two at six years.
  test('hold 22 doses up to the age of six, and promise none for what falls due from 2025', () => {
    const [edition] = pack.schedules.get('vaccination')?.editions ?? [];
    expect(edition?.items.length).toBe(22);
    expect(edition?.items.filter(({ at }) => at?.count === 0).map(({ id }) => id)).toEqual(['hepb-1', 'bcg-1']);
    expect(edition?.items.slice(-2).map(({ id, at }) => [id, at])).toEqual([['dt-1', { count: 72, unit: 'months' }], ['mpsv-ac-2', { count: 72, unit: 'months' }]]);
    expect([edition?.until, edition?.chosenBy]).toEqual(['2024-12-31', 'due-date']);
  });
});

describe('the vocabulary', () => {
  test('has 200 facts and more, each but a wish with a holder, and each with a refresh and a label in both languages', () => {
    const facts = [...pack.facts.values()];
    expect(facts.length).toBeGreaterThanOrEqual(200);
    expect(facts.filter(({ holder, source, confidence }) => holder === 'unfilled' || source === undefined || confidence === undefined).map(({ id }) => id)).toEqual(['person.wants-business']);
  });

  test('gives every kind of thing that a parameter is looked up for a place', () => {
    const places = [...pack.facts.values()].flatMap(({ entity, areaBasis }) => (areaBasis ? [`${areaBasis} ${entity}`] : []));
    expect(places.sort()).toEqual(['insured person', 'registered joint-living', 'registered person', 'resident joint-living', 'resident person', 'resident school', 'work person']);
  });

  test('is Chinese to the last mark', () => {
    const half = /\p{Script=Han}\s*[,;:?!()]|[,;:?!()]\s*\p{Script=Han}/u;
    const said = [
      ...[...pack.facts.values()].map(({ label }) => label.zh), ...[...pack.parameters.values()].map(({ label }) => label.zh), ...pack.definitions.map(({ label }) => label.zh),
      ...executable.flatMap(({ standard = [], examples: told = [] }) => [...told.map(({ name }) => name.zh), ...standard.flatMap(({ conditions }) => conditions.map(({ says }) => says?.zh ?? ''))]),
    ];
    expect(said.filter((text) => half.test(text))).toEqual([]);
  });
});
