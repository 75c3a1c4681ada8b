import { compareDecimal, printDecimal } from '#engine/kernel/index.ts';
import type { Pack, Parameter, Service } from '#engine/pack/index.ts';
import { WHOLE } from '../report.ts';
import { dayAfter, dayBefore, FOR_EVER, inForce } from '../vocabulary/index.ts';
import type { Dated, Report } from '../vocabulary/index.ts';

/** Stretches between two that hold on which nothing does: the place of the one before, its first and its last day. */
function gapsIn(dated: readonly Dated[]): readonly { readonly after: number; readonly from: string; readonly until: string }[] {
  return dated.flatMap(({ until }, after) => {
    if (until === undefined || until >= FOR_EVER) return [];
    const from = dayAfter(until);
    const next = dated.map((one) => one.from).filter((first) => first > from).sort()[0];
    return next === undefined || dated.some((one) => inForce(one, from)) ? [] : [{ after, from, until: dayBefore(next) }];
  });
}

/** Days between two standards of a service on which it has none. */
export function standardGaps(pack: Pack, report: Report): void {
  for (const { standard = [], place } of pack.services.values()) {
    for (const { after, from, until } of gapsIn(standard)) report({ file: place.file, path: ['standard', after, 'until'] }, { code: 'standard-gap', at: WHOLE, data: { from, until }, severity: 'warning' });
  }
}

/** Days between two values of an area on which that of the area above it holds, perhaps without anybody having meant it. */
export function valueGaps(pack: Pack, report: Report): void {
  for (const parameter of pack.parameters.values()) {
    for (const area of new Set(parameter.values.map((value) => value.area))) {
      const own = parameter.values.filter((value) => value.area === area);
      for (const { after, from, until } of gapsIn(own)) report({ file: parameter.place.file, path: ['values', parameter.values.findIndex((value) => value === own[after]), 'until'] }, { code: 'value-gap', at: WHOLE, data: { name: parameter.name, area: areaName(pack, area), from, until }, severity: 'warning' });
    }
  }
}

/** Days on which a service has a standard that pays and, though payers are entered, none for the day. */
export function payerGaps(pack: Pack, report: Report): void {
  for (const service of pack.services.values()) {
    const day = unpaidDay(service);
    if (day !== undefined) report({ file: service.place.file, path: ['payers'] }, { code: 'payers-gap', at: WHOLE, data: { day }, severity: 'warning' });
  }
}

/** The first such day: a standard begins or payers end on the day before. */
function unpaidDay({ standard = [], payers }: Service): string | undefined {
  if (payers === 'unfilled') return undefined;
  const days = [...standard.map(({ from }) => from), ...payers.flatMap(({ until }) => (until === undefined ? [] : [dayAfter(until)]))].sort();
  return days.find((day) => standard.some((one) => one.amount !== undefined && inForce(one, day)) && !payers.some((one) => inForce(one, day)));
}

/** Values of an area on the wrong side of that of the area above it, where the law binds them: the first day of each. */
export function brokenBounds(pack: Pack, report: Report): void {
  for (const parameter of pack.parameters.values()) {
    if (!parameter.bound) continue;
    const { local } = parameter.bound;
    parameter.values.forEach((value, at) => {
      const days = [value.from, ...parameter.values.map(({ from }) => from)].filter((day) => inForce(value, day) && newest(parameter, value.area, day) === value).sort();
      for (const day of days) {
        const above = valueAbove(pack, parameter, value.area, day);
        if (!above || !isBroken(local, value, above)) continue;
        report({ file: parameter.place.file, path: ['values', at, 'value'] }, { code: local === 'at-least' ? 'value-below' : 'value-above', at: WHOLE, data: { name: parameter.name, area: areaName(pack, value.area), value: said(value), above: areaName(pack, above.area), bound: said(above), day }, severity: 'warning' });
        break;
      }
    });
  }
}

type Value = Parameter['values'][number];

function newest({ values }: Parameter, area: string, day: string): Value | undefined {
  return values.filter((value) => value.area === area && inForce(value, day)).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
}

function valueAbove(pack: Pack, parameter: Parameter, area: string, day: string): Value | undefined {
  const parent = pack.divisions.get(area)?.parent;
  return parent === undefined ? undefined : (newest(parameter, parent, day) ?? valueAbove(pack, parameter, parent, day));
}

function isBroken(local: 'at-least' | 'at-most', own: Value, above: Value): boolean {
  const order = compareDecimal(own.value, above.value);
  return local === 'at-least' ? order < 0 : order > 0;
}

const said = ({ value }: Value): string => printDecimal(value);
const areaName = (pack: Pack, area: string): string => pack.divisions.get(area)?.name.zh ?? area;
