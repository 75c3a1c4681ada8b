import type { Pack } from '#engine/pack/index.ts';
import { receivesFact } from '#engine/rules/index.ts';
import type { Schema } from '#engine/rules/index.ts';
import { dateOfDay, dayNumberOf } from '../synthetic/day.ts';

/** Who keeps the record of a fact, and for how many days a value seen in it stays fresh. */
export interface Duty {
  /** Undefined where the pack names nobody: then no value of it is authoritative. */
  readonly holder: string | undefined;
  /** Undefined where it does not grow old: a date of birth. */
  readonly limitDays: number | undefined;
}

/** The first day, yyyymmdd, on which a value must have been seen to be fresh on another; 0 where it does not grow old. */
export function firstFreshDay(duty: Duty | undefined, onDay: number): number {
  return duty?.limitDays === undefined ? 0 : dateOfDay(dayNumberOf(onDay) - duty.limitDays);
}

/**
 * For how many days a value stays fresh, by how often its record is renewed, where the pack says nothing: the period
 * and some days for the record to be made, checked and sent.
 */
export const USUAL_REFRESH_DAYS = { daily: 7, monthly: 45, yearly: 400 } as const;

/**
 * The duty of every fact of a pack. Whether somebody receives a service is kept by whoever decides it, and renewed
 * with each month's payment.
 */
export function dutiesOf(pack: Pack, schema: Schema): ReadonlyMap<string, Duty> {
  const days = pack.plan.refreshDays ?? USUAL_REFRESH_DAYS;
  const duties = new Map<string, Duty>();
  for (const { id, holder, refresh } of pack.facts.values()) duties.set(id, { holder: holder === 'unfilled' ? undefined : holder, limitDays: refresh === 'never' || refresh === 'rare' ? undefined : days[refresh] });
  for (const { id, decidedBy } of pack.services.values()) if (schema.facts.has(receivesFact(id))) duties.set(receivesFact(id), { holder: decidedBy?.department, limitDays: days.monthly });
  return duties;
}
