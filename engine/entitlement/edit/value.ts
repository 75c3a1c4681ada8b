import { compareDecimal, printDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { addItems, dropItem, parameterIn, setKey, sourceAt } from '#engine/pack/index.ts';
import type { Parameter } from '#engine/pack/index.ts';
import { dayAfter, dayBefore, FOR_EVER } from '#engine/rules/index.ts';

type Value = Parameter['values'][number];
/** The area and days of a value. */
type Dated = Pick<Value, 'area'> & { readonly from: string; readonly until?: string | undefined };

/**
 * The text of a parameter’s file with a value laid over those it has, as `overlayParameters` lays it over the values.
 *
 * An earlier value without an end stays as it is: of two that have begun the newer one holds, and it holds again when
 * that has ended. One with an end that reaches into the new days ends the day before them; what lies inside them goes.
 * A value that is already so changes nothing.
 */
export function layValue(text: string, file: string, value: Value): string {
  const { values } = parameterIn(file, text);
  const until = value.until ?? FOR_EVER;
  if (values.some((old) => old.area === value.area && compareDecimal(old.value, value.value) === 0 && old.from <= value.from && endOf(values, old) >= until)) return text;
  const earlier = values.findLastIndex((old) => old.area === value.area && old.from < value.from);
  const behind = earlier < 0 ? values.length - 1 : earlier;
  let laid = text;
  // From the last to the first, so that places still to come do not move.
  for (let at = values.length - 1; at >= 0; at--) {
    const old = values[at];
    if (!old) continue;
    const rest = old.area === value.area ? afterIt(text, at, old, endOf(values, old), value) : [];
    laid = addItems(laid, ['values'], [...(at === behind ? [written(value, text)] : []), ...rest], at);
    if (old.area === value.area) laid = beforeIt(laid, at, old, endOf(values, old), value);
  }
  return laid;
}

/** The last day on which a value holds: its own, or the day before the next of its area. */
function endOf(values: readonly Dated[], { area, from, until = FOR_EVER }: Dated): string {
  const next = values.filter((one) => one.area === area && one.from > from).map((one) => one.from).sort()[0];
  return next !== undefined && dayBefore(next) < until ? dayBefore(next) : until;
}

/** The older value again behind a change that ends before it; one without an end that began earlier holds again by itself. */
function afterIt(text: string, at: number, old: Dated, last: string, { from, until = FOR_EVER }: Dated): readonly string[] {
  if (last <= until || old.from > until || (old.from < from && old.until === undefined)) return [];
  return [sourceAt(setKey(text, ['values', at], 'from', asText(dayAfter(until))), ['values', at])];
}

/** The older value up to a change; without the days of the change nothing of it may be left. */
function beforeIt(text: string, at: number, old: Dated, last: string, { from, until = FOR_EVER }: Dated): string {
  if (last < from || old.from > until) return text;
  if (old.from >= from) return dropItem(text, ['values'], at);
  return old.until === undefined ? text : setKey(text, ['values', at], 'until', asText(dayBefore(from)));
}

/** A value as the file writes its others. */
function written({ area, from, until, value, source, confidence }: Value, text: string): string {
  const pad = /\{ area:/.test(text) ? ' ' : '';
  const end = until === undefined ? '' : `, until: ${asText(until)}`;
  return `{${pad}area: ${/^\d/.test(area) ? asText(area) : area}, from: ${asText(from)}${end}, value: ${printDecimal(value)}, source: ${source}, confidence: ${confidence}${pad}}`;
}

/** What a document says of a value: from which day, how much, which source now stands for it. */
export type Settled = Pick<Value, 'from' | 'value' | 'source' | 'confidence'>;

/**
 * The text of a parameter’s file with what a document says in place of the value of an area and day.
 *
 * Where the document holds from a later day, the old value keeps the days before it.
 */
export function settleValue(text: string, file: string, area: string, from: CalendarDate, settled: Settled): string {
  const { values } = parameterIn(file, text);
  const at = values.findIndex((one) => one.area === area && one.from === from);
  const old = values[at];
  if (!old) throw new Error(`${file} has no value of ${area} from ${from}`);
  const keys = [...(settled.from === from ? [] : [['from', asText(settled.from)]]), ['value', printDecimal(settled.value)], ['source', settled.source], ['confidence', settled.confidence]];
  const changed = keys.reduce((next, [key = '', source = '']) => setKey(next, ['values', at], key, source), text);
  if (settled.from <= from) return changed;
  const added = addItems(text, ['values'], [sourceAt(changed, ['values', at])], at);
  return old.until === undefined ? added : setKey(added, ['values', at], 'until', asText(dayBefore(settled.from)));
}

/** A day or a code as the pack writes it. */
export const asText = (text: string): string => `"${text}"`;
