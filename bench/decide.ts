import { fileURLToPath } from 'node:url';
import { readPackFolder } from '#adapters/folder/index.ts';
import { baselineOf, decideAll, simulate } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { collectSnapshot, drawCity, syntheticModel } from '#engine/population/index.ts';
import { dayNumber, linkRules } from '#engine/rules/index.ts';
import { act } from './act.ts';
import { decideOnePerson } from './decide-one.ts';
import { feeds } from './feeds.ts';
import { figure, median } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { told } from './measure.ts';

const SIZES = [72_000, 720_000] as const;
const RUNS = 5;
const seconds = (): number => Number(process.hrtime.bigint()) / 1e9;

/** Runs a thing some times and gives the seconds of the median on the clock; the first run, which compiles, is apart. */
function timed(run: () => unknown): number {
  run();
  return median(Array.from({ length: RUNS }, () => {
    const began = seconds();
    run();
    return seconds() - began;
  }));
}

/**
 * Everybody decided from Parquet to Parquet, and a reform with the baseline loaded, over a synthetic Jinhua.
 *
 * The reform is the one that touches most services: a higher minimum living standard. It runs in memory, in one thread.
 */
export async function decide(options: BenchOptions): Promise<readonly Figure[]> {
  // First, while this process has next to nothing in memory.
  const one = await decideOnePerson(options);
  return [...one, ...(await feeds(options)), ...(await wholeCity(options.people, options.say)), ...(await reformed(options.people, options.say)), ...inMemory(), ...(await act(options))];
}

/** The run of a city: what comes in as Parquet, verdicts, totals, the change list against the month before, all of it on the disk. */
async function wholeCity(people: number, say: BenchOptions['say']): Promise<readonly Figure[]> {
  const child = fileURLToPath(new URL('./decide-child.ts', import.meta.url));
  const found = await told(process.execPath, [child, String(people)]);
  const sealed = typeof found === 'string' ? found : await told(process.execPath, [child, String(people), 'sealed']);
  if (typeof found === 'string' || typeof sealed === 'string') {
    say(`deciding a whole city failed: ${[found, sealed].find((one) => typeof one === 'string') ?? ''}`);
    return [figure('executable services', 0, 'services', { bar: { op: '>=', value: 37 } })];
  }
  const extra = (name: string): number => found.extra?.[name] ?? NaN;
  const name = `decide all, ${people} people, Parquet to Parquet with change list`;
  return [
    figure('executable services', extra('services'), 'services', { bar: { op: '>=', value: 37 } }),
    figure(`${name}, wall`, found.wall, 's', { bar: { op: '<=', value: 60 } }),
    figure(`${name}, fastest wall`, found.bestWall ?? NaN, 's'),
    figure(`${name}, cpu`, found.cpu, 's'),
    figure(`${name}, peak memory`, found.peakMiB, 'MiB', { bar: { op: '<=', value: 8_192 } }),
    figure(`of it: ${extra('columns')} columns and the links from Parquet into a release`, extra('take'), 's'),
    ...(['decide', 'totals', 'changes', 'answers', 'summary'] as const).map((step) => figure(`of it: ${STEP[step]}`, extra(step), 's')),
    figure(`the same with ${sealed.extra?.['sealed'] ?? NaN} sensitive columns sealed on disk, wall`, sealed.wall, 's', { bar: { op: '<=', value: 60 } }),
    figure('the same with sensitive columns sealed, fastest wall', sealed.bestWall ?? NaN, 's'),
    figure('the same with sensitive columns sealed, cpu', sealed.cpu, 's'),
    figure('grants in force before', extra('grants'), 'grants'),
    figure('changes listed', extra('listed'), 'changes'),
  ];
}

const STEP = { decide: 'the release verified and everybody decided, two threads', totals: 'counted, by payer and county', changes: 'compared, the change list written', answers: 'answers written as Parquet', summary: 'the summary' } as const;

/** A reform of the whole city, its baseline loaded. */
async function reformed(people: number, say: BenchOptions['say']): Promise<readonly Figure[]> {
  const found = await told(process.execPath, [fileURLToPath(new URL('./reform-child.ts', import.meta.url)), String(people)]);
  if (typeof found === 'string') {
    say(`a reform of a whole city failed: ${found}`);
    return [figure(`a reform, ${people} people, baseline loaded`, NaN, 's', { bar: { op: '<=', value: 10 } })];
  }
  return [
    figure(`a reform, ${people} people, baseline loaded`, found.wall, 's', { bar: { op: '<=', value: 10 } }),
    figure(`its baseline, loaded and decided`, found.extra?.['baseline'] ?? NaN, 's'),
    figure(`a null reform moves, ${people} people`, found.extra?.['nothing'] ?? NaN, 'fen', { bar: { op: '<=', value: 0 } }),
    figure(`peak memory of a reform, ${people} people`, found.peakMiB, 'MiB'),
  ];
}

function inMemory(): readonly Figure[] {
  const { pack } = loadPack(readPackFolder('packs/jinhua') ?? new Map());
  const [day, model] = [parseDate('2026-11-24'), pack && syntheticModel(pack)];
  if (!pack || !day || !model) throw new Error('Jinhua does not load');
  const { book, parsed } = linkRules(pack);
  const { schema } = book.vocabulary;
  const on = dayNumber(day);
  const program = book.programAt(on);
  const standard = pack.parameters.get('min-living-standard')?.values.at(-1);
  if (!standard) throw new Error('Jinhua has no minimum living standard');
  const raised: Reform = { name: { zh: '低保标准', en: 'Minimum living standard' }, parameters: [{ ...standard, parameter: 'min-living-standard', from: day, value: { ...standard.value, units: standard.value.units * 1.5 } }], standards: [], openings: [], payers: [] };
  const same: Reform = { ...raised, parameters: [{ ...standard, parameter: 'min-living-standard' }] };
  const figures: Figure[] = [];
  for (const people of SIZES) {
    const snapshot = collectSnapshot(schema, model.people.living, drawCity(model, schema, { people, seed: 1, on }));
    const baseline = baselineOf(book, parsed, snapshot, on);
    const nothing = simulate(baseline, same);
    figures.push(
      figure(`decide all, ${people} people`, timed(() => decideAll(program, snapshot)), 's'),
      figure(`a reform, ${people} people, baseline loaded`, timed(() => simulate(baseline, raised)), 's', { bar: { op: '<=', value: 10 } }),
      figure(`a null reform moves, ${people} people`, nothing.kind === 'simulated' ? nothing.changes.movedFen : NaN, 'fen', { bar: { op: '<=', value: 0 } }),
    );
  }
  return [...figures, figure('peak memory of what is in memory', process.resourceUsage().maxRSS / 1024, 'MiB')];
}
