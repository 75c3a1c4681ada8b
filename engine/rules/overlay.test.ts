import { expect, test } from 'vitest';
import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { interpretProgram } from './exec/index.ts';
import { linkRules } from './link/index.ts';
import { overlayParameters } from './overlay.ts';
import type { ParameterChange } from './overlay.ts';
import { randomSituation } from './testing/random.ts';
import { seeded } from './testing/seed.ts';
import { parameterOn } from './vocabulary/index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const town: Pack = pack;

const DAYS = ['2031-01-01', '2031-06-15', '2032-02-29', '2033-12-31', '2035-01-01'];
const AREAS = ['990100', '990101', '990122'];

function change(parameter: string, area: string, from: string, until: string | undefined, value: string): ParameterChange {
  const [day, last, exact] = [parseDate(from), until === undefined ? undefined : parseDate(until), parseDecimal(value)];
  if (!day || !exact) throw new Error(`${from} ${value}`);
  return { parameter, area, from: day, ...(last === undefined ? {} : { until: last }), value: exact, source: 'LB-DEMO', confidence: 'demo' };
}

/** What every parameter is in every area on days around those that the changes name. */
const figures = (of: Pack): string => JSON.stringify([...of.parameters.values()].map((parameter) => [...DAYS, '2031-06-14', '2031-06-16', '2032-03-01', '2034-06-01'].map((day) => parameterOn(of, parameter, day).values.map(String))));

function randomChanges(seed: number): readonly ParameterChange[] {
  const random = seeded(seed);
  return Array.from({ length: random.below(4) }, () => {
    const [one = '', other = ''] = [random.pick(DAYS), random.pick(DAYS)].sort();
    return change(random.pick([...town.parameters.keys()]), random.pick(AREAS), one, random.percent(50) ? other : undefined, `${random.below(2000)}.00`);
  });
}

test('a value laid over another holds on its days, and the older one before and after them', () => {
  const changed = overlayParameters(town, [change('income-line', '990100', '2031-06-15', '2033-12-31', '1500.00')]);
  const line = changed.parameters.get('income-line');
  const on = (day: string): unknown => line && parameterOn(changed, line, day).everywhere;
  // Yuan at the scale that the digits need: zeros behind the point need none.
  expect(['2031-06-14', '2031-06-15', '2033-12-31', '2034-01-01'].map(on)).toEqual([1000n, 1500n, 1500n, 1000n]);
});

test('changes laid one after another are changes laid together, however they are grouped', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const [a, b, c] = [randomChanges(seed), randomChanges(seed + 1000), randomChanges(seed + 2000)];
    const together = figures(overlayParameters(town, [...a, ...b, ...c]));
    expect(figures(overlayParameters(overlayParameters(overlayParameters(town, a), b), c)), `seed ${seed}`).toBe(together);
    expect(figures(overlayParameters(overlayParameters(town, a), [...b, ...c])), `seed ${seed}`).toBe(together);
  }
});

test('a change that says what is already so changes nothing at all', () => {
  const same = [...town.parameters.values()].flatMap((parameter) => parameter.values.map((value) => ({ ...value, parameter: parameter.id })));
  expect(overlayParameters(town, same).parameters).toEqual(town.parameters);
});

test('a parameter that is not there is a fault', () => {
  expect(() => overlayParameters(town, [change('moon-line', '990100', '2031-01-01', undefined, '1')])).toThrow('moon-line');
});

test('raising a line that is declared to widen removes nobody who was entitled by it', () => {
  const lawOn = 20310615;
  const before = linkRules(town).book.programAt(lawOn);
  const lost: string[] = [];
  let gained = 0;
  for (const parameter of [...town.parameters.values()].filter((one) => one.raising === 'widens')) {
    // Twenty times the line is beyond every income that the random people have near it.
    const raised = parameter.values.map((value) => ({ ...value, parameter: parameter.id, value: { ...value.value, units: value.value.units * 20 } }));
    const after = linkRules(overlayParameters(town, raised)).book.programAt(lawOn);
    for (let seed = 1; seed <= 40; seed++) {
      const situation = randomSituation(seed, before.schema, 10);
      for (const { service, subject } of before.decisions) {
        // What a wider line of one service takes from the next in its list is the list's doing, not the line's.
        if (!readsDirectly(service, parameter.name)) continue;
        (situation.get(subject) ?? []).forEach((_, place) => {
          const [was, is] = [interpretProgram(before, situation, service, place), interpretProgram(after, situation, service, place)];
          if (was.kind === 'yes' && is.kind !== 'yes') lost.push(`seed ${seed} ${service} ${place}`);
          if (was.kind !== 'yes' && is.kind === 'yes') gained++;
        });
      }
    }
  }
  expect(lost).toEqual([]);
  expect(gained).toBeGreaterThan(0);
});

function readsDirectly(service: string, name: string): boolean {
  const conditions = town.services.get(service)?.standard?.flatMap((standard) => standard.conditions) ?? [];
  return conditions.some(({ when }) => when.includes(name));
}
