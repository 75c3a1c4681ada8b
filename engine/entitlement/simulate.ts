import type { Diagnostic } from '#engine/kernel/index.ts';
import type { Pack, Reform } from '#engine/pack/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { dayText, linkRules } from '#engine/rules/index.ts';
import type { ParseCache, RuleBook } from '#engine/rules/index.ts';
import { affectedServices, programFor } from './affected.ts';
import { changesBetween, countsOf, eachChange } from './change.ts';
import type { ChangeCounts, ChangeList } from './change.ts';
import { Parts } from './parts.ts';
import { addAt, basisOf, NOWHERE, Places } from './place.ts';
import { reformed } from './reform.ts';
import { decideAll } from './run.ts';
import type { Run } from './run.ts';
import { screened } from './screening.ts';
import { totalOf, totalsOf } from './totals.ts';
import type { Basis } from './place.ts';
import type { Cycle, Level, ServiceTotals } from './totals.ts';

/** Everybody decided as the law stands on a day, ready to be compared with reforms. */
export interface Baseline {
  readonly book: RuleBook;
  readonly parsed: ParseCache;
  readonly snapshot: Snapshot;
  readonly places: Places;
  readonly parts: Parts;
  /** yyyymmdd: the day of the law and of the facts. */
  readonly on: number;
  readonly run: Run;
  readonly totals: readonly ServiceTotals[];
}

export function baselineOf(book: RuleBook, parsed: ParseCache, snapshot: Snapshot, on: number): Baseline {
  const places = new Places(book, snapshot);
  const run = decideAll(screened(book).programAt(on), snapshot);
  return { book, parsed, snapshot, places, parts: new Parts(book, snapshot, on), on, run, totals: totalsOf(book.pack, run, places) };
}

/** What a payer pays more, or less. */
export interface PayerEffect {
  readonly level: Level;
  readonly of: Basis;
  readonly county: string | undefined;
  readonly beforeFen: number;
  readonly afterFen: number;
}

export interface CountyEffect {
  /** Undefined: it is not known in which county. */
  readonly county: string | undefined;
  readonly counts: ChangeCounts;
  readonly beforeFen: number;
  readonly afterFen: number;
}

/** What a reform does to one service. */
export interface ServiceEffect {
  readonly service: string;
  readonly subject: string;
  readonly cycle: Cycle | undefined;
  readonly before: number;
  readonly after: number;
  readonly counts: ChangeCounts;
  readonly beforeFen: number;
  readonly afterFen: number;
  readonly payers: readonly PayerEffect[];
  readonly unstatedFen: { readonly before: number; readonly after: number };
  readonly counties: readonly CountyEffect[];
}

export interface Simulation {
  readonly kind: 'simulated';
  /** The rules as the reform would have them. */
  readonly book: RuleBook;
  readonly after: Run;
  readonly totals: readonly ServiceTotals[];
  readonly changes: ChangeList;
  /** The services that something changes for, in the order of their ids; none where the reform changes nothing. */
  readonly effects: readonly ServiceEffect[];
}

/** A reform whose rules are wrong is not simulated. */
export interface FaultyReform {
  readonly kind: 'faulty';
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What a reform changes for the people of the baseline, on its day.
 *
 * Only the services that it touches are decided again: the others have the same rule, and so the same answers.
 */
export function simulate(baseline: Baseline, reform: Reform): Simulation | FaultyReform {
  const { book, parsed, snapshot, places, on, run, totals } = baseline;
  const pack = reformed(book.pack, reform);
  const linked = linkRules(pack, parsed);
  const errors = linked.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { kind: 'faulty', diagnostics: errors };
  const lawful = screened(linked.book);
  const program = lawful.programAt(on);
  const affected = affectedServices(run.program, program);
  const again = affected.size === 0 ? undefined : decideAll(programFor(lawful, on, affected), snapshot);
  const after: Run = { program, answers: new Map(program.decisions.flatMap(({ service }) => {
    const answers = (affected.has(service) ? again : run)?.answers.get(service);
    return answers ? [[service, answers] as const] : [];
  })) };
  const totalsAfter = countedAgain(baseline, pack, after);
  const cycles = new Map([...totals, ...totalsAfter].map(({ service, cycle }) => [service, cycle]));
  const changes = changesBetween(run, after, (service) => cycles.get(service));
  return { kind: 'simulated', book: linked.book, after, totals: totalsAfter, changes, effects: effectsOf(totals, totalsAfter, changes, book, places) };
}

/** The totals after a reform; those of a service whose answers and payers are the same are the same. */
function countedAgain({ book, run, on, places, totals }: Baseline, pack: Pack, after: Run): readonly ServiceTotals[] {
  const before = new Map(totals.map((one) => [one.service, one]));
  return [...after.answers].flatMap(([id, answers]) => {
    const service = pack.services.get(id);
    const known = service === book.pack.services.get(id) && answers === run.answers.get(id) ? before.get(id) : undefined;
    return known ?? (service ? totalOf(service, answers, dayText(on), places) : []);
  });
}

function effectsOf(before: readonly ServiceTotals[], after: readonly ServiceTotals[], changes: ChangeList, book: RuleBook, places: Places): readonly ServiceEffect[] {
  const was = new Map(before.map((one) => [one.service, one]));
  const is = new Map(after.map((one) => [one.service, one]));
  const changed = new Set(changes.services.map(({ service }) => service));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((service): readonly ServiceEffect[] => {
    const now = is.get(service) ?? nothing(was.get(service));
    const old = was.get(service) ?? nothing(now);
    if (!old || !now || (!changed.has(service) && JSON.stringify(old.payers) === JSON.stringify(now.payers))) return [];
    const record = book.pack.services.get(service);
    const where = places.of(now.subject, record ? basisOf(record) : 'resident');
    return [effectOf(old, now, changes.services.filter((one) => one.service === service), where, places.counties)];
  });
}

/** The totals of a service that is not decided: nobody gets anything. */
function nothing(other: ServiceTotals | undefined): ServiceTotals | undefined {
  return other && { ...other, yes: 0, no: [], unknown: [], amountFen: undefined, payers: [], unstatedFen: 0, counties: [] };
}

function effectOf(old: ServiceTotals, now: ServiceTotals, changes: ChangeList['services'], where: Int32Array, counties: readonly string[]): ServiceEffect {
  return {
    service: now.service, subject: now.subject, cycle: now.cycle, before: old.yes, after: now.yes, counts: countsOf(changes),
    beforeFen: old.amountFen ?? 0, afterFen: now.amountFen ?? 0, unstatedFen: { before: old.unstatedFen, after: now.unstatedFen },
    payers: payerEffects(old, now), counties: countyEffects(changes, where, counties, old, now),
  };
}

function payerEffects(old: ServiceTotals, now: ServiceTotals): readonly PayerEffect[] {
  const effects = new Map<string, PayerEffect>();
  const put = (totals: ServiceTotals, of: 'beforeFen' | 'afterFen'): void => {
    for (const { amountFen, ...payer } of totals.payers) {
      const key = `${payer.level} ${payer.of} ${payer.county ?? ''}`;
      const found = effects.get(key) ?? { ...payer, beforeFen: 0, afterFen: 0 };
      effects.set(key, { ...found, [of]: found[of] + amountFen });
    }
  };
  put(old, 'beforeFen');
  put(now, 'afterFen');
  return [...effects.values()];
}

function countyEffects(services: ChangeList['services'], where: Int32Array, counties: readonly string[], old: ServiceTotals, now: ServiceTotals): readonly CountyEffect[] {
  const counts = { new: sums(counties), raised: sums(counties), lowered: sums(counties), ended: sums(counties), 'now-unknown': sums(counties) };
  for (const { row, kind } of eachChange({ services })) addAt(counts[kind], where[row] ?? NOWHERE, 1);
  const money = (totals: ServiceTotals, county: string | undefined): number => totals.counties.find((one) => one.county === county)?.amountFen ?? 0;
  const all = [...counties, undefined].map((county, at): CountyEffect => ({
    county, beforeFen: money(old, county), afterFen: money(now, county),
    counts: { new: counts.new[at] ?? 0, raised: counts.raised[at] ?? 0, lowered: counts.lowered[at] ?? 0, ended: counts.ended[at] ?? 0, 'now-unknown': counts['now-unknown'][at] ?? 0 },
  }));
  return all.filter((one) => one.county !== undefined || one.beforeFen + one.afterFen > 0 || Object.values(one.counts).some((count) => count > 0));
}

/** Zeros for each county, and one for what is in none that is known. */
const sums = (counties: readonly string[]): Float64Array => new Float64Array(counties.length + 1);
