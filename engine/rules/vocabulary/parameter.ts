import type { Pack, Parameter } from '#engine/pack/index.ts';
import { dayAfter, dayNumber, inForce } from './day.ts';
import { atScale, dimensionOf, inBaseUnit } from './unit.ts';

/** A parameter on one day of law: its value for each area, in the order of the divisions of the pack. */
export interface ParameterTable {
  readonly scale: number;
  readonly unit: string | undefined;
  /** In units of the scale; undefined where neither the area nor anything above it has a value. */
  readonly values: readonly (bigint | undefined)[];
  /** The one value, where every area in use has the same. */
  readonly everywhere: bigint | undefined;
  /** Where the newest of its values comes from, and its first day as yyyymmdd; undefined where none is in force. */
  readonly source: string | undefined;
  readonly validFrom: number | undefined;
  /** Names of areas in use without a value. */
  readonly missing: readonly string[];
}

/** The areas where people can be: below the city, and reporting units. */
const IN_USE: ReadonlySet<string> = new Set(['county', 'township', 'reporting-unit']);

/** The values of a parameter in force on a day (`YYYY-MM-DD`), found from each area upward to the nation. */
export function parameterOn(pack: Pack, parameter: Parameter, day: string): ParameterTable {
  const own = new Map<string, { readonly units: bigint; readonly scale: number }>();
  const current = parameter.values.filter((value) => inForce(value, day)).sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const { area, value } of current) own.set(area, inBaseUnit(pack, value, parameter.unit));
  const scale = Math.max(0, ...[...own.values()].map((value) => value.scale));
  const find = (area: string | undefined): bigint | undefined => {
    if (area === undefined) return undefined;
    const value = own.get(area);
    return value ? atScale(value, scale) : find(pack.divisions.get(area)?.parent);
  };
  const areas = [...pack.divisions.values()].map((division) => ({ name: division.name.zh, used: IN_USE.has(division.kind), value: find(division.id) }));
  const used = areas.some((area) => area.used) ? areas.filter((area) => area.used) : areas;
  const [first] = used;
  const newest = current.at(-1);
  return {
    scale,
    unit: dimensionOf(pack, parameter.unit),
    source: newest?.source,
    validFrom: newest && dayNumber(newest.from),
    values: areas.map((area) => area.value),
    everywhere: used.every((area) => area.value === first?.value) ? first?.value : undefined,
    missing: used.filter((area) => area.value === undefined).map((area) => area.name),
  };
}

/** The days on which a parameter changes: the first of each value and the day after the last. */
export function changesOf(parameter: Parameter): readonly string[] {
  return parameter.values.flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [dayAfter(until)])]);
}
