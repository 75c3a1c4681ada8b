import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { answersInForce, baselineOf, changesBetween, compareService, cyclesOf, decideAll, eachChange, factsRead, nearMisses, stopsOf, USUAL_LIMITS } from './index.ts';
import { fishersOf } from './testing.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const { book, parsed } = linkRules(pack);
const ON = 20310615;
const GRANT = 'closed-season-grant';
const baseline = baselineOf(book, parsed, fishersOf(pack), ON);
const grant = baseline.totals.find(({ service }) => service === GRANT);

test('everybody is decided: so many yes, so many no and unknown by each clause', () => {
  // See the table of the fishers.
  expect(grant).toMatchObject({ subject: 'person', rows: 11, yes: 3, cycle: 'month', no: [{ clause: 'scope', count: 1 }, { clause: 'licence', count: 1 }, { clause: 'income', count: 5 }], unknown: [{ clause: 'income', count: 1 }] });
});

test('money is counted by payer and by county, and adds up to the fen', () => {
  // 2 × 800.00 in East Lantern and 860.00 in the Reef County: 2,460.00; the city pays 2 × 480.00 + 516.00.
  expect(grant?.amountFen).toBe(246_000);
  expect(grant?.payers).toEqual([
    { level: 'city', of: 'registered', county: undefined, amountFen: 147_600 },
    { level: 'county', of: 'registered', county: '990101', amountFen: 64_000 },
    { level: 'county', of: 'registered', county: '990122', amountFen: 34_400 },
  ]);
  expect(grant?.counties).toEqual([{ county: '990101', yes: 2, amountFen: 160_000 }, { county: '990122', yes: 1, amountFen: 86_000 }, { county: 'free-port', yes: 0, amountFen: 0 }]);
  expect(grant?.unstatedFen).toBe(0);
});

test('money of which the pack does not say who pays is told apart', () => {
  // One home by the sea gets 900.00 in household relief, whose payers nobody has entered.
  const relief = baseline.totals.find(({ service }) => service === 'household-relief');
  expect(relief).toMatchObject({ subject: 'living', rows: 11, yes: 1, amountFen: 90_000, payers: [], unstatedFen: 90_000 });
});

test('deciding twice gives the same bytes and an empty change list', () => {
  const again = decideAll(book.programAt(ON), fishersOf(pack));
  for (const [service, { reasons, amounts }] of baseline.run.answers) {
    expect(Buffer.compare(reasons, again.answers.get(service)?.reasons ?? new Uint8Array())).toBe(0);
    expect(amounts).toEqual(again.answers.get(service)?.amounts);
  }
  const changes = changesBetween(baseline.run, again, () => 'month');
  expect(changes).toMatchObject({ services: [], counts: { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 }, movedFen: 0 });
  expect(stopsOf(changes, USUAL_LIMITS)).toEqual([]);
});

test('against grants in force the list says what is new, raised, lowered, ended and now unknown, each with its reason', () => {
  const decided = baseline.run.answers.get(GRANT);
  if (!decided) throw new Error('not decided');
  // In force: 700.00 for row 0, 900.00 for row 1, and grants for an income now too high, a licence gone, an income not known.
  const inForce = answersInForce(decided.decision, 11, new Map([[1, 90_000], [0, 70_000], [2, 80_000], [8, 80_000], [9, 80_000]]));
  const changes = changesBetween({ answers: new Map([[GRANT, inForce]]) }, { answers: new Map([[GRANT, decided]]) }, () => 'month');
  const rows = [...baseline.snapshot.order.get('person') ?? []];
  expect([...eachChange(changes)].map(({ row, kind, wasFen, isFen, clause }) => [rows[row], kind, wasFen, isFen, clause])).toEqual([
    [0, 'raised', 70_000, 80_000, 'amount'],
    [1, 'lowered', 90_000, 80_000, 'amount'],
    [2, 'ended', 80_000, undefined, 'income'],
    [5, 'new', undefined, 86_000, undefined],
    [8, 'ended', 80_000, undefined, 'licence'],
    [9, 'now-unknown', 80_000, undefined, 'income'],
  ]);
  // 100 + 100 + 800 + 860 + 800 + 800 = 3,460.00 moves, of 700 + 900 + 3 × 800 = 4,000.00; six changes, of five grants.
  expect(changes).toMatchObject({ grants: 5, beforeFen: 400_000, movedFen: 346_000 });
  expect(stopsOf(changes, USUAL_LIMITS)).toEqual([{ of: 'grants', changed: 6, before: 5, limitBp: 500 }, { of: 'money', cycle: 'month', changed: 346_000, before: 400_000, limitBp: 500 }]);
  // 86.5 % of the money: a limit of exactly that lets it pass, and of the grants none can.
  expect(stopsOf(changes, { grantsBp: 12_000, moneyBp: 8_650 })).toEqual([]);
  expect(stopsOf(changes, { grantsBp: 11_999, moneyBp: 8_649 }).map(({ of }) => of)).toEqual(['grants', 'money']);
});

test('money of different cycles is no one sum, and a limit is measured on each', () => {
  // 1,000,000 fen a month of which nothing moves, and 20,000 a year that double: 2 % of all, all of what is paid by the year.
  const cycleOf = (service: string): 'month' | 'year' | undefined => (service === 'a' ? 'month' : service === 'b' ? 'year' : undefined);
  const cycles = cyclesOf([{ service: 'a', beforeFen: 1_000_000, movedFen: 0 }, { service: 'b', beforeFen: 20_000, movedFen: 20_000 }, { service: 'c', beforeFen: 0, movedFen: 0 }], cycleOf);
  expect(cycles).toEqual([{ cycle: 'month', beforeFen: 1_000_000, movedFen: 0 }, { cycle: 'year', beforeFen: 20_000, movedFen: 20_000 }]);
  expect(stopsOf({ counts: { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 }, grants: 10, cycles }, USUAL_LIMITS)).toEqual([{ of: 'money', cycle: 'year', changed: 20_000, before: 20_000, limitBp: 500 }]);
});

test('runs over other people cannot be compared', () => {
  const few = decideAll(book.programAt(ON), fishersOf(pack, [['990101', 0, true]]));
  expect(() => changesBetween(baseline.run, few, () => 'month')).toThrow('other people');
});

test('near misses are those whom exactly one clause keeps out', () => {
  // By income five with a licence. By licence the one without income. Who is registered elsewhere would have no rate, and
  // the one of whom the income is not known fails by nothing that is known.
  expect(nearMisses(book, baseline.snapshot, baseline.run, GRANT)).toEqual([{ clause: 'licence', count: 1 }, { clause: 'income', count: 5 }]);
  // Somebody without a licence and with too much income misses by two.
  const far = fishersOf(pack, [['990101', 200_000, false]]);
  expect(nearMisses(book, far, decideAll(book.programAt(ON), far), GRANT)).toEqual([]);
  expect(nearMisses(book, far, decideAll(book.programAt(ON), far), 'lighthouse-visit')).toEqual([]);
});

test('a service that is no longer decided ends for everybody, without a clause; one of which nothing is known on either side is a fault', () => {
  const decided = baseline.run.answers.get(GRANT);
  const { changes, grants, beforeFen, movedFen } = compareService(decided, undefined);
  // 800 + 800 + 860, all of it gone.
  expect([grants, beforeFen, movedFen]).toEqual([3, 246_000, 246_000]);
  expect([...eachChange({ services: [changes] })].map(({ kind, wasFen, isFen, clause }) => [kind, wasFen, isFen, clause])).toEqual([['ended', 80_000, undefined, undefined], ['ended', 80_000, undefined, undefined], ['ended', 86_000, undefined, undefined]]);
  expect(() => compareService(undefined, undefined)).toThrow('without a decision');
});

test('a service reads the facts of its own conditions and of the services it asks, and no others', () => {
  const read = factsRead(book.programAt(ON));
  // Scope and amount go by where somebody is registered.
  expect([...read.get(GRANT) ?? []].sort()).toEqual(['person.fishing-licence', 'person.month-income', 'person.registered-area']);
  // The meal boat asks whether the home has relief: what relief reads it reads too.
  expect(read.get('meal-boat')).toEqual(expect.arrayContaining([...read.get('household-relief') ?? ['missing']]));
});
