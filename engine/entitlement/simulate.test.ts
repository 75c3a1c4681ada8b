import { expect, test } from 'vitest';
import { loadPack, readReform } from '#engine/pack/index.ts';
import type { Pack, Reform } from '#engine/pack/index.ts';
import { buildSnapshot } from '#engine/population/index.ts';
import { interpretProgram, linkRules } from '#engine/rules/index.ts';
import type { Verdict } from '#engine/rules/index.ts';
import { randomPopulation } from '#engine/rules/testing/population.ts';
import { seeded } from '#engine/rules/testing/seed.ts';
import { packFiles } from '#tools/pack-files.ts';
import { baselineOf, eachChange, reformed, simulate } from './index.ts';
import type { Simulation } from './index.ts';
import { fishersOf } from './testing.ts';

const loaded = loadPack(packFiles('lantern-bay')).pack;
if (!loaded) throw new Error('the town does not load');
const town: Pack = loaded;
const { book, parsed } = linkRules(town);
const ON = 20310615;
const baseline = baselineOf(book, parsed, fishersOf(town), ON);
const NAME = 'name: { zh: 试, en: A try }\n';

function reform(text: string): Reform {
  const { reform: read, diagnostics } = readReform(town, 'try.yaml', `${NAME}${text}`);
  if (!read) throw new Error(diagnostics.map(({ code }) => code).join(' '));
  return read;
}

function simulated(text: string, base = baseline): Simulation {
  const found = simulate(base, reform(text));
  if (found.kind !== 'simulated') throw new Error(found.diagnostics.map(({ code }) => code).join(' '));
  return found;
}

const wrong = (text: string): string[] => readReform(town, 'try.yaml', `${NAME}${text}`).diagnostics.map(({ code, place: { line }, nearest }) => `${line} ${code}${nearest === undefined ? '' : ` (${nearest})`}`);
const line = (value: string, from = '2031-01-01'): string => `parameters: [{ parameter: income-line, area: "990100", from: "${from}", value: ${value} }]`;

test('a reform that changes nothing changes exactly 0 fen and nobody', () => {
  for (const text of ['', line('1000.00'), line('1000'), line('1200.00', '2031-06-16'), 'payers: [{ service: closed-season-grant, from: "2031-06-16", shares: [{ level: nation, of: registered, share-bp: 10000 }] }]']) {
    const { effects, changes, totals } = simulated(text);
    expect([effects, changes.services, changes.movedFen], text).toEqual([[], [], 0]);
    expect(totals, text).toEqual(baseline.totals);
  }
});

test('a higher income line: who gains, why they had nothing, and what it costs whom', () => {
  // 1,200.00 lets in 1,000.01 and 1,200.00 of East Lantern, and 1,000.01 of the Reef County: 800 + 800 + 860.
  const { effects, changes } = simulated(line('1200.00'));
  expect([...eachChange(changes)].map(({ row, kind, isFen, clause }) => [baseline.snapshot.order.get('person')?.[row], kind, isFen, clause])).toEqual([[2, 'new', 80_000, 'income'], [3, 'new', 80_000, 'income'], [6, 'new', 86_000, 'income']]);
  expect(effects).toMatchObject([{ service: 'closed-season-grant', cycle: 'month', before: 3, after: 6, beforeFen: 246_000, afterFen: 492_000, counts: { new: 3, ended: 0 } }]);
  expect(effects[0]?.payers).toEqual([
    { level: 'city', of: 'registered', county: undefined, beforeFen: 147_600, afterFen: 295_200 },
    { level: 'county', of: 'registered', county: '990101', beforeFen: 64_000, afterFen: 128_000 },
    { level: 'county', of: 'registered', county: '990122', beforeFen: 34_400, afterFen: 68_800 },
  ]);
  expect(effects[0]?.counties.map(({ county, counts, afterFen, beforeFen }) => [county, counts.new, afterFen - beforeFen])).toEqual([['990101', 2, 160_000], ['990122', 1, 86_000], ['free-port', 0, 0]]);
});

test('a lower line ends the grant at the edge, by the clause of income', () => {
  const { changes } = simulated(line('999.99'));
  expect([...eachChange(changes)].map(({ kind, wasFen, isFen, clause }) => [kind, wasFen, isFen, clause])).toEqual([['ended', 80_000, undefined, 'income']]);
});

test('a new rate of the city leaves the county alone that has its own', () => {
  const { changes } = simulated('parameters: [{ parameter: grant-rate, area: "990100", from: "2031-06-15", value: 850.00 }]');
  expect([...eachChange(changes)].map(({ kind, wasFen, isFen, clause }) => [kind, wasFen, isFen, clause])).toEqual([['raised', 80_000, 85_000, 'amount'], ['raised', 80_000, 85_000, 'amount']]);
});

test('totals are sums of lines: each grant is split by itself', () => {
  // 60 % of 800.01 is 480.006: 480.00 for each of the two, not 960.01 for both; the county pays the rest, 320.01 each.
  const { totals } = simulated('parameters: [{ parameter: grant-rate, area: "990101", from: "2031-06-15", value: 800.01 }]');
  expect(totals.find(({ service }) => service === 'closed-season-grant')?.payers.map(({ amountFen }) => amountFen)).toEqual([2 * 48_000 + 51_600, 2 * 32_001, 34_400]);
});

test('other shares change nobody’s money, only who pays it', () => {
  const { changes, effects } = simulated('payers: [{ service: closed-season-grant, from: "2031-06-01", shares: [{ level: nation, of: registered, share-bp: 5000 }, { level: county, of: registered, share-bp: 5000 }] }]');
  expect(changes.services).toEqual([]);
  // Half of 2,460.00 is the nation's; East Lantern pays 800.00 instead of 640.00, the Reef County 430.00 instead of 344.00.
  expect(effects.map(({ service, beforeFen, afterFen }) => [service, beforeFen, afterFen])).toEqual([['closed-season-grant', 246_000, 246_000]]);
  expect(effects[0]?.payers.map(({ level, county, beforeFen, afterFen }) => [level, county, beforeFen, afterFen])).toEqual([
    ['city', undefined, 147_600, 0], ['county', '990101', 64_000, 80_000], ['county', '990122', 34_400, 43_000], ['nation', undefined, 0, 123_000],
  ]);
});

test('a condition and an amount that say something else from a day on', () => {
  // Income up to 1,500.00: two more of East Lantern, two more of the Reef County; everybody's rate is doubled.
  const text = (from: string): string => `standards: [{ service: closed-season-grant, from: "${from}", conditions: [{ id: income, when: 本月收入 <= 收入线 * 1.5 }], amount: 补助标准 * 2 }]`;
  expect(simulated(text('2031-06-15')).effects).toMatchObject([{ before: 3, after: 7, counts: { new: 4, raised: 3 }, afterFen: 2 * (4 * 80_000 + 3 * 86_000) }]);
  expect(simulated(text('2031-06-16')).effects).toEqual([]);
});

test('a reform whose rule is wrong is not simulated, and says what is wrong', () => {
  const found = simulate(baseline, reform('standards: [{ service: closed-season-grant, from: "2031-01-01", conditions: [{ id: income, when: 本月收人 <= 收入线 }] }]'));
  expect(found.kind === 'faulty' ? found.diagnostics.map(({ code }) => code) : []).toEqual(['name-unknown']);
});

test('a reform that names what is not there, or shares that do not add up, is refused with its place', () => {
  expect(wrong('parameters: [{ parameter: income-lime, area: "990123", from: "2031-01-01", value: 1 }]')).toEqual(['2 reference-dangling (income-line)', '2 reference-dangling (990122)']);
  expect(wrong('standards:\n  - { service: closed-season-grant, from: "2031-01-01",\n      conditions: [{ id: licences, when: "true" }] }')).toEqual(['4 reference-dangling (licence)']);
  expect(wrong('payers: [{ service: closed-season-grant, from: "2031-01-01", shares: [{ level: city, of: registered, share-bp: 9999 }] }]')).toEqual(['2 shares-incomplete']);
  expect(wrong('payer: []')).toEqual(['2 key-unknown (payers)']);
});

test('a simulation says what two runs of their own say, for any town and any figures', () => {
  let changed = 0;
  for (let seed = 1; seed <= 25; seed++) {
    const random = seeded(seed);
    const program = book.programAt(ON);
    const situation = randomPopulation(seed, program, 30);
    const figures = [...town.parameters.keys()].map((parameter) => `{ parameter: ${parameter}, area: "${random.pick(['990100', '990101', '990122'])}", from: "2031-01-01", value: ${random.below(4000)}.00 }`);
    const text = `parameters: [${figures.join(', ')}]`;
    const snapshot = buildSnapshot(program.schema, situation, 'living');
    const base = baselineOf(book, parsed, snapshot, ON);
    const listed = [...eachChange(simulated(text, base).changes)].map(({ service, subject, row, kind }) => `${service} ${snapshot.order.get(subject)?.[row]} ${kind}`);
    // The slow interpreter, over the town linked anew without anything that was parsed before.
    const after = linkRules(reformed(town, reform(text))).book.programAt(ON);
    const meant = program.decisions.flatMap(({ service, subject }) => (situation.get(subject) ?? []).flatMap((_, place) => {
      const kind = kindOf(interpretProgram(program, situation, service, place), interpretProgram(after, situation, service, place));
      return kind === undefined ? [] : [`${service} ${place} ${kind}`];
    }));
    expect(listed.sort(), `seed ${seed}`).toEqual(meant.sort());
    changed += meant.length;
  }
  expect(changed).toBeGreaterThan(50);
}, 60_000);

function kindOf(was: Verdict, is: Verdict): string | undefined {
  if (is.kind !== 'yes') return was.kind !== 'yes' ? undefined : is.kind === 'unknown' ? 'now-unknown' : 'ended';
  if (was.kind !== 'yes') return 'new';
  const [old = 0, now = 0] = [was.amountFen, is.amountFen];
  return old < now ? 'raised' : old > now ? 'lowered' : undefined;
}
