import { addItems, quoted, serviceIn, setKey, sourceAt } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { dayBefore, inForce } from '#engine/rules/index.ts';
import { asText } from './value.ts';

type Change = Reform['standards'][number];

/**
 * The text of a service’s file with a standard that says something else from a day on, to the end of the one then in
 * force; that one ends the day before. Where it begins on the day itself it is changed where it stands.
 */
export function layStandard(text: string, file: string, change: Change): string {
  const standards = serviceIn(file, text).standard ?? [];
  const at = standards.findIndex((one) => inForce(one, change.from));
  const old = standards[at];
  if (!old) throw new Error(`${file} has no standard on ${change.from}`);
  const changed = said(text, at, old.conditions.map(({ id }) => id), change);
  if (changed === text || old.from === change.from) return changed;
  const copy = sourceAt(setKey(changed, ['standard', at], 'from', asText(change.from)), ['standard', at]);
  return setKey(addItems(text, ['standard'], [copy], at), ['standard', at], 'until', asText(dayBefore(change.from)));
}

function said(text: string, at: number, ids: readonly string[], { conditions, amount }: Change): string {
  const told = conditions.reduce((next, { id, when }) => setKey(next, ['standard', at, 'conditions', ids.indexOf(id)], 'when', quoted(when)), text);
  return amount === undefined ? told : setKey(told, ['standard', at], 'amount', quoted(amount));
}
