import { figure, times } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { inChild } from './measure.ts';
import type { Told } from './measure.ts';
import { openFisca } from './peers.ts';
import { preparePopulation } from './population.ts';
import type { Population } from './population.ts';

/** The stages of the generated SQL lie in memory, some four gigabytes a million people; more people are extrapolated from so many. */
const MOST_IN_SQL = 722_000;

/** What was measured, or undefined where it was passed over. */
type Run = Told | undefined;

/**
 * The rules over a whole city, with limits and peers measured beside them in processes of their own.
 *
 * Seconds are CPU seconds of the whole process, median of several runs after a first one, unless a name says wall or
 * first. The answers of a run are written to files but not forced to the disk, as DuckDB's are not. A comparison
 * whose other side was passed over is left out.
 */
export async function city({ folder, snapshot }: Population, { people, say }: BenchOptions): Promise<readonly Figure[]> {
  const childIn = async (place: string, name: string, ...args: readonly string[]): Promise<Run> => ran(`${name} ${args.join(' ')}`, await inChild(name, place, ...args), say);
  const child = (name: string, ...args: readonly string[]): Promise<Run> => childIn(folder, name, ...args);
  const scan = await child('scan');
  const thirty = await child('kernel', '30');
  const ten = await child('kernel', 'ten');
  const limits = [
    ...seconds('bare scan and aggregate of all columns, Parquet, DuckDB', scan),
    ...within('30 rules, snapshot to stored verdicts', thirty, scan, 1.3),
    ...within('100 rules, snapshot to stored verdicts', await child('kernel', '100'), scan, 3),
    ...within('30 rules, Parquet to Parquet', await child('parquet'), scan, 3.5),
    ...together(await child('pool', '1'), await child('pool', '2')),
    ...aboutOne(thirty),
  ];
  const few = Math.min(people, MOST_IN_SQL);
  const sample = await preparePopulation(few);
  const generated = await childIn(sample.folder, 'sql-generated');
  const thirtyOfFew = await childIn(sample.folder, 'kernel', '30');
  const inMemory = await child('totals');
  const answers = await child('answers');
  const hand = await child('hand');
  const handAnswers = await child('hand-answers');
  const byHand = await child('sql-ten');
  const fisca = ran('OpenFisca', await openFisca(snapshot), say);
  const [zen, feelin] = [extrapolated(await child('zen'), people), extrapolated(await child('feelin'), people)];
  return [
    ...limits,
    ...seconds('10 rules, snapshot to stored verdicts', ten),
    ...less(`30 rules, SQL generated from them, Parquet to Parquet, DuckDB${few < people ? `, extrapolated from ${few} people` : ''}`, generated && { ...generated, cpu: (generated.cpu / few) * people }, thirty, 10),
    ...less('10 rules, SQL by hand, Parquet to Parquet, DuckDB', byHand, ten, 7),
    ...less('10 rules, OpenFisca, load and compute', fisca, ten, 15),
    ...less('10 rules, OpenFisca, compute alone, beside the kernel in memory', fisca && { ...fisca, cpu: fisca.extra?.['compute'] ?? NaN }, inMemory, 4),
    ...less('10 rules, TypeScript by hand in memory, sums only, beside the kernel that keeps no answer but works out reasons', hand, inMemory, 1),
    ...less('10 rules, TypeScript by hand in memory, reasons and amounts of everybody kept, beside the kernel that does the same', handAnswers, answers, 1),
    ...less('10 rules, zen-engine one by one, extrapolated', zen, ten, 1_000),
    ...less('10 rules, feelin one by one, extrapolated', feelin, ten, 1_000),
    ...agreement('ten services, sums of those who get it and of fen: differing between kernel, SQL and TypeScript by hand', inMemory, { 'TypeScript by hand': hand, 'SQL by hand': byHand }, say),
    ...agreement('30 services, sums of yes, reasons and fen: differing between kernel and generated SQL', thirtyOfFew, { 'generated SQL': generated }, say),
  ];
}

function ran(name: string, told: Told | string, say: BenchOptions['say']): Run {
  if (typeof told !== 'string') return told;
  say(`${name} passed over: ${told}`);
  return undefined;
}

/** Seconds for so many people, from those of a sample. */
function extrapolated(told: Run, people: number): Run {
  return told && { ...told, cpu: (told.cpu / (told.extra?.['people'] ?? NaN)) * people };
}

const seconds = (name: string, told: Run): readonly Figure[] => (told ? [figure(name, told.cpu, 's')] : []);

/** What may cost so many bare scans. */
function within(name: string, told: Run, scan: Run, most: number): readonly Figure[] {
  if (!told || !scan) return seconds(name, told);
  return [figure(name, told.cpu, 's', { against: { name: 'bare scan', value: scan.cpu } }), times(`${name}, over the bare scan`, told.cpu, scan.cpu, { op: '<=', value: most })];
}

/** A peer that has to cost so many times the kernel. */
function less(name: string, peer: Run, kernel: Run, least: number): readonly Figure[] {
  if (!peer || !kernel) return seconds(name, peer);
  return [figure(name, peer.cpu, 's', { against: { name: 'kernel', value: kernel.cpu } }), times(`${name}, over the kernel`, peer.cpu, kernel.cpu, { op: '>=', value: least })];
}

/** Two threads against one, on the clock, the fastest of nine runs each: what else the machine does only ever adds to the clock. */
function together(one: Run, two: Run): readonly Figure[] {
  if (!one?.bestWall || !two?.bestWall) return [];
  const name = '30 rules, snapshot to stored verdicts, fastest wall';
  return [
    figure(`${name}, two threads`, two.bestWall, 's', { against: { name: 'one thread', value: one.bestWall } }),
    times(`${name}, one thread over two`, one.bestWall, two.bestWall, { op: '>=', value: 1.85 }),
    figure('30 rules, snapshot to stored verdicts, two threads', two.cpu, 's', { against: { name: 'one thread', value: one.cpu } }),
  ];
}

function aboutOne(told: Run): readonly Figure[] {
  if (!told) return [];
  return [
    figure('30 rules, snapshot to stored verdicts, peak memory', told.peakMiB, 'MiB', { bar: { op: '<=', value: 256 } }),
    figure('30 rules, snapshot to stored verdicts, first run, everything cold', told.firstCpu, 's'),
    figure('30 rules to a program', told.extra?.['build'] ?? NaN, 'ms'),
    figure('30 rules, program to loops', told.extra?.['compile'] ?? NaN, 'ms'),
  ];
}

/** How many totals of other engines are not the kernel's; each is said. */
function agreement(name: string, kernel: Run, others: Readonly<Record<string, Run>>, say: BenchOptions['say']): readonly Figure[] {
  if (!kernel || Object.values(others).every((told) => !told)) return [];
  const lines = Object.entries(others).flatMap(([engine, told]) => Object.entries(told?.totals ?? {}).flatMap(([service, theirs]) => {
    const ours = kernel.totals?.[service];
    return ours === theirs ? [] : [`${service}: ${engine} says ${theirs}, the kernel ${ours ?? 'nothing'}`];
  }));
  lines.forEach(say);
  return [figure(name, lines.length, 'totals', { bar: { op: '<=', value: 0 } })];
}
