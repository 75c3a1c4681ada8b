import { readPackFolder } from '#adapters/folder/index.ts';
import { baselineOf, decideAll, simulate } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { collectSnapshot, drawCity, syntheticModel } from '#engine/population/index.ts';
import { dayNumber, linkRules } from '#engine/rules/index.ts';
import { decideOnePerson } from './decide-one.ts';
import { figure, median } from './figure.ts';
import type { BenchOptions, Figure } from './figure.ts';

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
 * Everybody decided, and a reform with the baseline loaded, in memory and in one thread, over a synthetic Jinhua.
 *
 * The reform is the one that touches most services: a higher minimum living standard.
 */
export async function decide(options: BenchOptions): Promise<readonly Figure[]> {
  // First, while this process has next to nothing in memory.
  const one = await decideOnePerson(options);
  const { pack } = loadPack(readPackFolder('packs/jinhua') ?? new Map());
  const [day, model] = [parseDate('2026-11-24'), pack && syntheticModel(pack)];
  if (!pack || !day || !model) throw new Error('Jinhua does not load');
  const { book, parsed } = linkRules(pack);
  const { schema } = book.vocabulary;
  const on = dayNumber(day);
  const program = book.programAt(on);
  const standard = pack.parameters.get('min-living-standard')?.values.at(-1);
  if (!standard) throw new Error('Jinhua has no minimum living standard');
  const raised: Reform = { name: { zh: '低保标准', en: 'Minimum living standard' }, parameters: [{ ...standard, parameter: 'min-living-standard', from: day, value: { ...standard.value, units: standard.value.units * 1.5 } }], standards: [], payers: [] };
  const same: Reform = { ...raised, parameters: [{ ...standard, parameter: 'min-living-standard' }] };
  const figures: Figure[] = [figure('executable services', program.decisions.length, 'services', { bar: { op: '>=', value: 37 } })];
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
  return [...one, ...figures, figure('peak memory', process.resourceUsage().maxRSS / 1024, 'MiB')];
}
