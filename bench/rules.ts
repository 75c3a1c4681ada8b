import { inChild } from './measure.ts';
import type { Figure, Told } from './measure.ts';
import { openFisca } from './peers.ts';
import { preparePopulation } from './population.ts';
import { TEN } from './rules-mix.ts';

/** How big the benchmark is. */
export interface RulesOptions {
  /** 7.2 million where not said. */
  readonly people?: number;
  /** Says what is going on and what was passed over. */
  readonly say?: (line: string) => void;
}

/**
 * The rules over a whole city, with limits and peers measured beside them in processes of their own.
 *
 * Seconds are CPU seconds of the whole process, median of several runs after a first one, unless a name says wall. The
 * answers of a run are written to files but not forced to the disk, as DuckDB's are not.
 */
export async function rules({ people = 7_200_000, say = () => undefined }: RulesOptions = {}): Promise<readonly Figure[]> {
  say(`people: ${people}`);
  const { folder, snapshot } = await preparePopulation(people);
  const child = async (name: string, ...args: readonly string[]): Promise<Told | undefined> => {
    const found = await inChild(name, folder, ...args);
    if (typeof found === 'string') say(`${name} ${args.join(' ')} passed over: ${found}`);
    return typeof found === 'string' ? undefined : found;
  };
  const scan = await child('scan');
  const thirty = await child('kernel', '30');
  const hundred = await child('kernel', '100');
  const parquet = await child('parquet');
  const tenStored = await child('kernel', 'ten');
  const one = await child('pool', '1');
  const two = await child('pool', '2');
  const totals = await child('totals');
  const hand = await child('hand');
  const sql = await child('sql-ten');
  const [zen, feelin] = [await child('zen'), await child('feelin')].map((told) => told && { ...told, cpu: (told.cpu / (told.extra?.['people'] ?? NaN)) * people });
  const fisca = await openFisca(snapshot);
  if (typeof fisca === 'string') say(`OpenFisca passed over: ${fisca}`);
  const openFiscaTold = typeof fisca === 'string' ? undefined : fisca;
  for (const line of differences(totals, { 'TypeScript by hand': hand, 'SQL by hand': sql, OpenFisca: openFiscaTold })) say(line);
  return figuresOf({ scan, thirty, hundred, tenStored, parquet, one, two, totals, hand, sql, zen, feelin, fisca: openFiscaTold });
}

type Runs = Readonly<Record<'scan' | 'thirty' | 'hundred' | 'tenStored' | 'parquet' | 'one' | 'two' | 'totals' | 'hand' | 'sql' | 'zen' | 'feelin' | 'fisca', Told | undefined>>;

function figuresOf({ scan, thirty, hundred, tenStored, parquet, one, two, totals, hand, sql, zen, feelin, fisca }: Runs): readonly Figure[] {
  return [
    ...plain('bare scan and aggregate, DuckDB, Parquet', scan),
    ...ratio('30 rules, snapshot to stored verdicts', thirty, scan, { against: 'bare scan', most: 1.3 }),
    ...ratio('100 rules, snapshot to stored verdicts', hundred, scan, { against: 'bare scan', most: 3 }),
    ...ratio('30 rules, Parquet to Parquet', parquet, scan, { against: 'bare scan', most: 3.5 }),
    ...together(one, two),
    ...aboutOne(thirty),
    ...less('10 rules, SQL by hand to Parquet, DuckDB', sql, tenStored, 7),
    ...less('10 rules, OpenFisca, load and compute', fisca, tenStored, 15),
    ...less('10 rules, OpenFisca, compute alone', fisca && { ...fisca, cpu: fisca.extra?.['compute'] ?? NaN }, totals, 4),
    ...less('10 rules, TypeScript by hand in memory, nothing written', hand, totals, 1),
    ...less('10 rules, zen-engine one by one, extrapolated', zen, tenStored, 1_000),
    ...less('10 rules, feelin one by one, extrapolated', feelin, tenStored, 1_000),
    ...agreement(totals, { 'TypeScript by hand': hand, 'SQL by hand': sql }),
  ];
}

/** Two threads against one, on the clock. */
function together(one: Told | undefined, two: Told | undefined): readonly Figure[] {
  if (!one || !two) return [];
  const times = one.wall / two.wall;
  return [{ name: '30 rules, two threads, wall', value: round(two.wall), unit: 's', against: `one thread ${round(one.wall)} s, ${times.toFixed(2)} x`, bar: '>= 1.85 x', holds: times >= 1.85 }];
}

function aboutOne(told: Told | undefined): readonly Figure[] {
  if (!told) return [];
  return [
    { name: '30 rules, peak memory', value: round(told.peakMiB), unit: 'MiB', bar: '<= 256', holds: told.peakMiB <= 256 },
    { name: '30 rules, first run, compiler cold', value: round(told.firstCpu), unit: 's' },
    { name: '30 rules, program to loops', value: round(told.extra?.['compile'] ?? NaN), unit: 'ms' },
  ];
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const plain = (name: string, told: Told | undefined): readonly Figure[] => (told ? [{ name, value: round(told.cpu), unit: 's' }] : []);

/** A thing that may cost so many times another. */
function ratio(name: string, told: Told | undefined, limit: Told | undefined, { against, most }: { readonly against: string; readonly most: number }): readonly Figure[] {
  if (!told) return [];
  if (!limit) return [{ name, value: round(told.cpu), unit: 's' }];
  const times = told.cpu / limit.cpu;
  return [{ name, value: round(told.cpu), unit: 's', against: `${against} ${round(limit.cpu)} s, ${times.toFixed(2)} x`, bar: `<= ${most} x`, holds: times <= most }];
}

/** A peer that has to cost so many times ours. */
function less(name: string, peer: Told | undefined, ours: Told | undefined, least: number): readonly Figure[] {
  if (!peer || !ours) return [];
  const times = peer.cpu / ours.cpu;
  return [{ name, value: round(peer.cpu), unit: 's', against: `kernel ${round(ours.cpu)} s, ${times.toFixed(2)} x less`, bar: `>= ${least} x`, holds: times >= least }];
}

/** Where an engine's total of a rule is not the kernel's. */
function differences(kernel: Told | undefined, others: Readonly<Record<string, Told | undefined>>): readonly string[] {
  return Object.entries(others).flatMap(([engine, told]) => TEN.flatMap((service) => {
    const [ours, theirs] = [kernel?.totals?.[service], told?.totals?.[service]];
    return ours !== undefined && theirs !== undefined && ours !== theirs ? [`${service}: ${engine} says ${theirs}, the kernel ${ours}`] : [];
  }));
}

function agreement(kernel: Told | undefined, others: Readonly<Record<string, Told | undefined>>): readonly Figure[] {
  const wrong = differences(kernel, others).length;
  return kernel ? [{ name: 'totals of ten rules that differ by a fen between kernel, SQL and TypeScript by hand', value: wrong, unit: '', bar: '0', holds: wrong === 0 }] : [];
}

if (import.meta.main) {
  const at = process.argv.indexOf('--people');
  const figures = await rules({ ...(at > 0 ? { people: Number(process.argv[at + 1]) } : {}), say: (line) => console.error(line) });
  console.table(figures);
  if (figures.some((figure) => figure.holds === false)) process.exitCode = 1;
}
