import { epochSeconds, hoursAfter } from '#adapters/clock/index.ts';
import { SESSION_LIMITS } from '#adapters/store/index.ts';
import { PROVEN_MINUTES } from '#engine/console/index.ts';
import type { Clock, Identity } from '#engine/ports.ts';

/**
 * When somebody who has just come back from a provider has proved who they are: not later than now, and not before a session
 * could have begun. Of whom the provider does not say it, it was too long ago for anything that needs a fresh proof.
 */
export function provenAt({ provenAtSeconds }: Pick<Identity, 'provenAtSeconds'>, now: string): string {
  const agoSeconds = provenAtSeconds === undefined ? Infinity : epochSeconds(now) - provenAtSeconds;
  return hoursAfter(now, -Math.min(Math.max(agoSeconds / 3_600, 0), SESSION_LIMITS.person.hours));
}

/** Whether somebody has proved who they are so lately that they may do what touches money or accounts, or open what is sensitive. */
export function isProven(clock: Pick<Clock, 'now'>, at: string, minutes = PROVEN_MINUTES): boolean {
  return epochSeconds(clock.now()) - epochSeconds(at) < minutes * 60;
}
