import { compareDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack, Parameter } from '#engine/pack/index.ts';
import { dayAfter, dayBefore, FOR_EVER } from './vocabulary/index.ts';

type DatedValue = Parameter['values'][number];

/** A value that a parameter is to have in an area from a day on, to another day or for ever. */
export interface ParameterChange extends DatedValue {
  /** The id of the parameter. */
  readonly parameter: string;
}

/**
 * The pack with values laid over those it has: what a reform of figures is.
 *
 * Where days overlap the change holds, and what it covers of an older value is cut away; the later of two changes
 * covers the earlier. Laying changes one after another is laying them together, however they are grouped, and a
 * change that says what is already so changes nothing. A parameter that the pack does not have is a fault.
 */
export function overlayParameters(pack: Pack, changes: readonly ParameterChange[]): Pack {
  const parameters = new Map(pack.parameters);
  for (const { parameter: id, ...value } of changes) {
    const parameter = parameters.get(id);
    if (!parameter) throw new RangeError(`the pack has no parameter ${id}`);
    parameters.set(id, { ...parameter, values: covered(parameter.values, value) });
  }
  return { ...pack, parameters };
}

function covered(values: readonly DatedValue[], change: DatedValue): DatedValue[] {
  if (values.some((value) => says(value, change))) return [...values];
  return [...values.flatMap((value) => (value.area === change.area ? remains(value, change) : [value])), change];
}

/** Whether a value already is what a change asks for, on all its days. */
function says(value: DatedValue, change: DatedValue): boolean {
  return value.area === change.area && compareDecimal(value.value, change.value) === 0 && value.from <= change.from && (value.until ?? FOR_EVER) >= (change.until ?? FOR_EVER);
}

/** What of a value the days of a change leave: the days before it, and the days after it. */
function remains(value: DatedValue, { from, until = FOR_EVER }: { readonly from: string; readonly until?: string | undefined }): DatedValue[] {
  const last = value.until ?? FOR_EVER;
  if (last < from || value.from > until) return [value];
  const before = value.from < from ? [{ ...value, until: dayBefore(from) as CalendarDate }] : [];
  const after = last > until ? [{ ...value, from: dayAfter(until) as CalendarDate }] : [];
  return [...before, ...after];
}
