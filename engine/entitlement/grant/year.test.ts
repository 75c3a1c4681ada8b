import { expect, test } from 'vitest';
import { parseDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { buildSnapshot, overlaid } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { linkRules, NONE, overlayParameters, REASON, UNKNOWN, known } from '#engine/rules/index.ts';
import type { Thing, Value } from '#engine/rules/index.ts';
import { seeded } from '#engine/rules/testing/seed.ts';
import type { Seeded } from '#engine/rules/testing/seed.ts';
import { packFiles } from '#tools/pack-files.ts';
import { clauseOf, decideAll, eachGrant } from '../run.ts';
import { balanceOf, batchesOf, book, comesTo, firstDayOf, foldGrant, isPausedIn, linesOf, monthsLater, NO_GRANT_YET, rightIn, settleDebt, settleMonths, sumLines } from './index.ts';
import type { Areas, Grant, GrantEvent, GrantKey, Line, Month, MonthVerdict, Paid } from './index.ts';

/*
 * A made-up year of the harbour town, month by month as it came to be known: births, deaths, moves between counties, lost
 * jobs, new licences, a line that is raised, a rate that rises; much of it known late, some of it wrong at first and some
 * unknown for a while. Beside it the same year decided once, at the end, with everything that was known by then.
 */
const loaded = loadPack(packFiles('lantern-bay')).pack;
if (!loaded) throw new Error('the town does not load');
const dated = (value: string, from: string): { readonly value: NonNullable<ReturnType<typeof parseDecimal>>; readonly from: CalendarDate } => {
  const parsed = parseDecimal(value);
  if (!parsed) throw new Error(value);
  return { value: parsed, from: from as CalendarDate };
};
const demo = { area: '990100', source: 'LB-DEMO', confidence: 'demo' } as const;
const town = overlayParameters(loaded, [
  { parameter: 'income-line', ...demo, ...dated('1300.00', '2031-07-01') },
  { parameter: 'grant-rate', ...demo, ...dated('833.33', '2031-09-01') },
]);
const { book: rules } = linkRules(town);
const areas = [...town.divisions.keys()];
const [EAST, REEF, AWAY] = ['990101', '990122', '99'].map((code) => areas.indexOf(code));
const GRANTS = ['closed-season-grant', 'household-relief'];
const MONTHS: readonly Month[] = Array.from({ length: 12 }, (_, at) => 203101 + at);
const PEOPLE = 100;
const HOMES = 40;

/** A cell that holds from a day on, with the values of columns replaced by those of the rules. `fact` home: which home the person lives in. */
interface Told extends Correction {
  readonly said: Value | number;
}

/** What becomes known in a month of one person: when it holds from, and what it is. */
function happenings(random: Seeded, person: number, month: Month, add: (fact: string, said: Value | number, from: Month) => void): void {
  const late = random.percent(35) ? monthsLater(month, -1 - random.below(4)) : month;
  const from = late < 203101 ? 203101 : late;
  if (random.percent(10)) add('person.month-income', random.percent(15) ? UNKNOWN : known(BigInt(random.pick([0, 40_000, 99_999, 100_000, 100_001, 130_000, 200_000]))), from);
  if (random.percent(5)) add('person.fishing-licence', known(random.percent(60)), from);
  if (random.percent(4)) add('person.registered-area', known(BigInt(random.pick([EAST, REEF, AWAY]) ?? 0)), from);
  if (random.percent(2)) add('home', random.below(HOMES), from);
  // Death: registered nowhere any more, without licence, no longer in the household.
  if (random.percent(1)) for (const [fact, said] of [['person.registered-area', known(BigInt(AWAY ?? 0))], ['person.fishing-licence', known(false)], ['home', HOMES + person]] as const) add(fact, said, from);
}

function yearOf(seed: number): readonly Told[] {
  const random = seeded(seed);
  const told: Told[] = [];
  const at = (month: Month): string => `2031-${String(month % 100).padStart(2, '0')}-01T00:00:00.000Z`;
  const add = (row: number, learnt: Month) => (fact: string, said: Value | number, from: Month): unknown => told.push({ entity: 'person', row, fact, value: 0, validFrom: firstDayOf(from), observedOn: firstDayOf(from), knownAt: at(learnt), source: 'holder', by: 'fisheries', said });
  for (let person = 0; person < PEOPLE; person++) {
    const born = random.percent(15) ? 203101 + random.below(12) : 203101;
    const first = add(person, born);
    first('home', random.below(HOMES), born);
    first('person.month-income', random.percent(10) ? UNKNOWN : known(BigInt(random.pick([0, 50_000, 100_000, 110_000]))), born);
    first('person.fishing-licence', known(random.percent(50)), born);
    first('person.registered-area', known(BigInt(random.pick([EAST, REEF]) ?? 0)), born);
    for (const month of MONTHS.filter((one) => one > born)) happenings(random, person, month, add(person, month));
  }
  return told;
}

/** Every grant's verdict for the facts of the first day of a month, as known on an instant. */
function verdicts(told: readonly Told[], month: Month, knownAt: string): ReadonlyMap<string, MonthVerdict> {
  const cells = overlaid(told, { factsOn: firstDayOf(month), knownAt });
  const said = (fact: string, row: number): Value | number | undefined => (cells.get(fact)?.get(row) as Told | undefined)?.said;
  const people = Array.from({ length: PEOPLE }, (_, row): Thing => {
    const value = (fact: string): Value => {
      const found = said(fact, row);
      return typeof found === 'object' ? found : fact === 'person.registered-area' ? known(BigInt(AWAY ?? 0)) : fact === 'person.fishing-licence' ? known(false) : UNKNOWN;
    };
    const home = said('home', row);
    const facts = ['person.month-income', 'person.fishing-licence', 'person.registered-area'].map((fact) => [fact, value(fact)] as const);
    return { facts: new Map<string, Value>([...facts, ['person.fisher-grade', NONE]]), links: new Map([['living', [typeof home === 'number' ? home : HOMES + row]]]) };
  });
  const homes = Array.from({ length: HOMES + PEOPLE }, (_, home): Thing => ({ facts: new Map([['living.sea-metres', known(home % 3 === 2 ? 501n : 100n)], ['living.area', known(BigInt((home < HOMES ? EAST : AWAY) ?? 0))]]), links: new Map() }));
  const snapshot = buildSnapshot(rules.vocabulary.schema, new Map([['person', people], ['living', homes]]), 'living');
  const run = decideAll(rules.programAt(firstDayOf(month)), snapshot);
  const found = new Map<string, MonthVerdict>();
  for (const service of GRANTS) {
    const answers = run.answers.get(service);
    if (!answers) throw new Error(`${service} is not decided`);
    const { subject } = answers.decision;
    const fen = new Map<number, number>();
    eachGrant(answers, (row, amountFen) => fen.set(row, amountFen));
    snapshot.order.get(subject)?.forEach((place, row) => {
      const reason = answers.reasons[row] ?? 0;
      const registered = subject === 'person' ? said('person.registered-area', place) : undefined;
      const area = typeof registered === 'object' && registered.kind === 'known' ? areas[Number(registered.value)] : undefined;
      const where: Areas = subject === 'person' && area !== undefined ? { registered: area } : { resident: '990101' };
      found.set(`${service} ${String(place)}`, reason === REASON.yes
        ? { month, kind: 'yes', right: { amountFen: fen.get(row) ?? 0, areas: where } }
        : { month, kind: reason < REASON.unknown ? 'no' : 'unknown', clause: clauseOf(answers.decision, reason) ?? 'amount' });
    });
  }
  return found;
}

const keyOf = (grant: string): GrantKey => ({ service: grant.split(' ')[0] ?? '', subject: grant.split(' ')[1] ?? '' });
function paidOf(key: GrantKey, { steps, pauses }: Grant): Paid {
  const service = town.services.get(key.service);
  if (!service) throw new Error(key.service);
  return { service, cycle: 'month', steps, pauses };
}
/** A pause from the month after, or its end: of every seventh grant in every third month, the same whoever asks. */
function wishOf(id: string, month: Month): GrantEvent | undefined {
  const number = Number(/\d+$/.exec(id)?.[0] ?? 0);
  if (number % 7 !== 3 || month % 3 !== 0) return undefined;
  return { kind: month % 2 === 0 ? 'resumed' : 'paused', from: monthsLater(month, 1) };
}
const endOf = (month: Month): string => `2031-${String(month % 100).padStart(2, '0')}-28T00:00:00.000Z`;
const total = (lines: Iterable<Line>): number => [...lines].reduce((sum, { amountFen }) => sum + amountFen, 0);

/** The year as it was lived: decided, corrected, booked, paid, returned and paid back each month. */
function lived(told: readonly Told[], random: Seeded): { readonly grants: ReadonlyMap<string, Grant>; readonly ledger: ReadonlyMap<string, readonly Line[]> } {
  const grants = new Map<string, Grant>();
  const ledger = new Map<string, Line[]>();
  for (const month of MONTHS) {
    const learnt = told.filter(({ knownAt }) => knownAt.slice(0, 7) === endOf(month).slice(0, 7));
    // From the first month that anything touches which was learnt since the last run; for everybody, which decides no one otherwise.
    const first = Math.min(month, ...learnt.map(({ validFrom }) => Math.floor(validFrom / 100)));
    const decided = MONTHS.filter((one) => one >= first && one <= month).map((one) => verdicts(told, one, endOf(month)));
    for (const id of decided[0]?.keys() ?? []) {
      const key = keyOf(id);
      const before = grants.get(id) ?? NO_GRANT_YET;
      // Now and then somebody does without for a while, or has it again.
      const wish = wishOf(id, month);
      const grant = foldGrant([...(wish ? [wish] : []), ...settleMonths(before, decided.flatMap((one) => one.get(id) ?? []), { run: String(month), ground: 'facts' })], before);
      grants.set(id, grant);
      const lines = ledger.get(id) ?? [];
      ledger.set(id, lines);
      lines.push(...book(key, paidOf(key, grant), month, sumLines(lines.filter(({ kind }) => kind === 'due'))));
      const { owed, debt, settlements } = balanceOf(key, sumLines(lines));
      lines.push(...settlements);
      for (const { payer, items } of batchesOf(month, [{ ...key, owed }])) for (const item of items) lines.push(...linesOf(item, payer, 'paid'), ...(random.percent(5) ? linesOf(item, payer, 'returned') : []));
      const open = debt.reduce((sum, { amountFen }) => sum + amountFen, 0);
      if (open > 0 && random.percent(50)) lines.push(...settleDebt(key, random.percent(80) ? 'repaid' : 'waived', 1 + random.below(open), debt));
    }
  }
  return { grants, ledger };
}

test.each([1, 2, 3, 4])('the ledger of a year lived month by month equals the year decided from scratch, to the fen (%i)', (seed) => {
  const told = yearOf(seed);
  const { grants, ledger } = lived(told, seeded(seed + 1000));
  const scratch = MONTHS.map((month) => verdicts(told, month, endOf(203112)));
  let [corrected, withMoney, paused] = [0, 0, 0];
  for (const [id, grant] of grants) {
    const key = keyOf(id);
    const events = settleMonths(NO_GRANT_YET, scratch.flatMap((one) => one.get(id) ?? []), { run: 'scratch', ground: 'facts' });
    const wishes = MONTHS.flatMap((month) => wishOf(id, month) ?? []);
    const due = comesTo(paidOf(key, foldGrant([...wishes, ...events])), 203112);
    if (grant.pauses.length > 0 && MONTHS.some((month) => isPausedIn(grant.pauses, month) && rightIn(grant.steps, month))) paused++;
    const lines = ledger.get(id) ?? [];
    const booked = sumLines(lines.filter(({ kind }) => kind === 'due'));
    for (const month of MONTHS) expect(new Map(booked.get(month)), `${id} ${String(month)}`).toEqual(new Map(due.get(month)));
    expect(rightsOf(grant), id).toEqual(rightsOf(foldGrant(events)));
    if (lines.some(({ kind, amountFen }) => kind === 'due' && amountFen < 0)) corrected++;
    if (booked.size > 0) withMoney++;
  }
  // The year is no easy one: many are paid, and many of those were decided otherwise at first.
  expect(withMoney).toBeGreaterThan(30);
  expect(corrected).toBeGreaterThan(10);
  expect(paused).toBeGreaterThan(3);
});

test.each([5, 6])('what was booked is what was paid, is still owed, or is asked back, and payers owe one another nothing in sum (%i)', (seed) => {
  const { ledger } = lived(yearOf(seed), seeded(seed));
  let debts = 0;
  for (const [id, lines] of ledger) {
    const of = (...kinds: readonly Line['kind'][]): number => total(lines.filter(({ kind }) => kinds.includes(kind)));
    const { owed, debt } = balanceOf(keyOf(id), sumLines(lines));
    const [open, asked] = [owed, debt].map((side) => side.reduce((sum, { amountFen }) => sum + amountFen, 0));
    expect(of('settled'), id).toBe(0);
    expect(of('due') + of('paid', 'returned') + of('repaid', 'waived'), id).toBe((open ?? 0) - (asked ?? 0));
    // Nobody is ever paid more for a month than was booked for it by then.
    for (const [period, parts] of sumLines(lines)) if ([...parts.values()].some((fen) => fen < 0)) debts += period > 0 ? 1 : 0;
  }
  expect(debts).toBeGreaterThan(0);
});

function rightsOf({ steps }: Grant): readonly unknown[] {
  return MONTHS.map((month) => steps.findLast((step) => step.from <= month)?.right);
}
