import { describe, expect, test } from 'vitest';
import type { LocalText } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';

const { pack, diagnostics } = loadPack(packFiles('jinhua'));
if (!pack) throw new Error('jinhua does not load');

const services = [...pack.services.values()];
const indicators = [...pack.indicators.values()];
const events = [...pack.events.values()];
const mechanisms = [...pack.mechanisms.values()];
const systems = [...pack.systems.values()];
const table2 = indicators.filter(({ table }) => table === '14-5');

/** The texts of the pack that the editors wrote, each with where it stands; names and quotes of the plan are not theirs. */
function prose(from: Pack): (readonly [where: string, text: LocalText])[] {
  const { plan } = from;
  return [
    ['statement', plan.statement] as const,
    ...plan.goals.map(({ name, says }) => [name.zh, says] as const),
    ...plan.domains.flatMap(({ id, hint }) => (hint ? [[id, hint] as const] : [])),
    ...services.flatMap((one) => [one.for, one.gives, one.how, one.note].flatMap((text) => (text && text !== 'unfilled' ? [[one.id, text] as const] : []))),
    ...indicators.flatMap((one) => [one.means, one.note].flatMap((text) => (text ? [[one.id, text] as const] : []))),
    ...events.flatMap((one) => [one.says, one.by].flatMap((text) => (text ? [[one.id, text] as const] : []))),
    ...[...mechanisms, ...systems].flatMap((one) => [one.by, one.note].flatMap((text) => (text ? [[one.id, text] as const] : []))),
    ...[...from.targets.values(), ...from.projects.values(), ...from.background.values()].flatMap(({ id, note }) => (note ? [[id, note] as const] : [])),
  ];
}

/** Whether half-width punctuation touches a Chinese character outside a quotation, which keeps what the plan prints. */
function halfWidth(zh: string): boolean {
  return /\p{Script=Han}\s*[,;:?!()]|[,;:?!()]\s*\p{Script=Han}/u.test(zh.replaceAll(/“[^”]*”/gu, '“”'));
}

describe('the plan of Jinhua', () => {
  test('loads without a diagnostic', () => {
    expect(diagnostics).toEqual([]);
  });

  test('is whole: 100 services, 38 and 45 indicators, 156 targets, 120 mechanisms, 172 systems, 187 projects', () => {
    expect(services.length).toBe(100);
    expect([indicators.length - table2.length, table2.length]).toEqual([38, 45]);
    expect([pack.targets.size, mechanisms.length, systems.length, pack.projects.size]).toEqual([156, 120, 172, 187]);
  });
});

describe('every service', () => {
  test('says whom it is for and what one gets in words that are not its name, in both languages', () => {
    const poor = services.filter(({ name, for: whom, gives }) =>
      [whom, gives].some((text) => text.zh === name.zh || text.en === undefined || text.en === name.en) || whom.zh === gives.zh);
    expect(poor.map(({ id }) => id)).toEqual([]);
  });

  test('carries at least three words that people type, and none of them twice', () => {
    expect(services.filter(({ words = [] }) => words.length < 3 || new Set(words).size < words.length).map(({ id }) => id)).toEqual([]);
  });

  test('leads on to others, never to itself, and stands in a domain that has a page', () => {
    const pages = new Set(pack.plan.domains.filter(({ life }) => life).map(({ id }) => id));
    expect(services.filter(({ id, domain, related = [] }) => related.length === 0 || related.length > 5 || related.includes(id) || !pages.has(domain)).map(({ id }) => id)).toEqual([]);
  });

  test('is reached from a life event or from another service; money for schools is nobody’s next step', () => {
    const reached = new Set([...events.flatMap((event) => event.services), ...services.flatMap(({ related = [] }) => related)]);
    expect(services.filter(({ id }) => !reached.has(id)).map(({ id }) => id)).toEqual(['education-compulsory-public-funds']);
  });

  test('keeps a numeric limit of the plan in what it says', () => {
    const said = (id: string): string => { const one = pack.services.get(id); return `${one?.for.zh} ${one?.gives.zh}`; };
    expect(said('social-disabled-living-subsidy')).toContain('150%以下');
    expect(said('eldercare-elderly-health-management')).toContain('65岁及以上');
    expect(said('education-vocational-grant')).toContain('一、二年级');
    expect(said('culture-film')).toContain('43000场');
    expect(said('culture-radio')).toContain('99.8%以上');
    expect(said('living-meteorological-safety')).toContain('94%左右');
    expect(said('culture-grassroots-venues')).toContain('500人以上');
  });
});

describe('what is measured', () => {
  test('means something: no indicator repeats its name', () => {
    expect(indicators.filter(({ name, means }) => means.zh === name.zh || means.en === undefined || means.en === name.en).map(({ id }) => id)).toEqual([]);
  });

  test('services feed table 2 only', () => {
    const known = new Set(table2.map(({ id }) => id));
    expect(services.flatMap(({ id, feeds }) => feeds.filter((fed) => !known.has(fed)).map((fed) => `${id} → ${fed}`))).toEqual([]);
  });

  // Each pair was read in the plan: the service is the work, the indicator counts that work.
  test.each([
    ['i145-12-vocational-training', 'employment-skills-training'],
    ['i145-13-work-injury-insured', 'employment-work-injury-insurance'],
    ['i145-14-unemployment-insured', 'employment-unemployment-insurance'],
    ['i145-15-urban-housing-security', 'housing-public-rental'],
    ['i145-17-pm25', 'housing-environment-quality'],
    ['i145-18-surface-water-class3', 'housing-sewage'],
    ['i145-20-reading-rate', 'culture-reading-for-all'],
    ['i145-21-culture-area-per-10k', 'culture-grassroots-venues'],
    ['i145-29-medical-insurance-coverage', 'health-resident-medical-insurance'],
    ['i145-32-carers-per-10k-elderly', 'employment-skills-training'],
    ['i145-33-pension-insured', 'eldercare-resident-pension'],
    ['i145-34-elderly-health-management', 'eldercare-elderly-health-management'],
    ['i145-35-two-disability-subsidies', 'social-disabled-nursing-subsidy'],
    ['i145-36-disabled-homes-coverage', 'social-disabled-daycare'],
    ['i145-38-county-disabled-children-rehab', 'social-disabled-rehabilitation'],
    ['i145-39-veterans-placement', 'veterans-placement'],
    ['i145-40-work-safety-death-rate', 'living-work-safety-supervision'],
    ['i145-41-food-safety-satisfaction', 'living-food-safety'],
    ['i145-43-drug-safety-satisfaction', 'living-drug-safety'],
    ['i145-45-bus-share', 'living-public-transport'],
  ])('%s is fed by %s', (indicator, service) => {
    expect(pack.services.get(service)?.feeds).toContain(indicator);
  });

  test('sixteen indicators stand on building, staff or industry, which none of the 100 services is', () => {
    const fed = new Set(services.flatMap(({ feeds }) => feeds));
    expect(table2.filter(({ id }) => !fed.has(id)).map(({ id }) => id.slice(5, 7))).toEqual(['01', '02', '03', '05', '06', '08', '19', '22', '23', '24', '25', '26', '28', '31', '37', '44']);
  });
});

describe('the words', () => {
  test('are Chinese to the last mark: no half-width punctuation in our prose', () => {
    expect(halfWidth('先申请,再领取')).toBe(true);
    expect(halfWidth('原文“a,甲”，共1,170元')).toBe(false);
    expect(prose(pack).filter(([, { zh }]) => halfWidth(zh)).map(([where, { zh }]) => `${where}: ${zh}`)).toEqual([]);
  });

  test('have English everywhere', () => {
    expect(prose(pack).filter(([, { en }]) => en === undefined).map(([where]) => where)).toEqual([]);
  });

  test('of a life event say what it joins, and every event lists services', () => {
    expect(events.filter(({ name, says, services: joined, words = [] }) => says.zh === name.zh || joined.length === 0 || words.length === 0).map(({ id }) => id)).toEqual([]);
  });

  test('of the synonyms lead to names of the catalogue, and no word leads two ways', () => {
    const names = new Set([...services, ...events, ...indicators, ...systems].map(({ name }) => name.zh));
    const said = pack.synonyms.flatMap(({ say }) => say);
    expect(pack.synonyms.length).toBeGreaterThanOrEqual(120);
    expect(pack.synonyms.flatMap(({ means }) => means.filter((meant) => !names.has(meant)))).toEqual([]);
    expect(said.filter((word, index) => said.indexOf(word) !== index)).toEqual([]);
  });
});

describe('what the software carries', () => {
  test('is said in one line of every event, mechanism and system, in both languages', () => {
    expect([...events, ...mechanisms, ...systems].filter(({ by }) => by?.en === undefined).map(({ id }) => id)).toEqual([]);
  });

  test('runs only where it names the page, and only these run today', () => {
    const running = [...events, ...mechanisms, ...systems].filter(({ state }) => state === 'running');
    expect(running.map(({ id }) => id)).toEqual(['mech-money-follows-person', 'mech-service-standard', 'mech-publish-procedure', 'mech-publicity', 'mech-third-party', 'sys-cross-service-publication']);
    // The field `at` is read in the text: on a loaded record the same name holds the place of the record in its file.
    const states = [...pack.texts.values()].join('\n').match(/^ *state: running\n *at: \/[a-z/-]+$/gm) ?? [];
    expect(states.length).toBe(running.length);
  });
});
