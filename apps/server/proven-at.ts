import { epochSeconds, hoursAfter } from '#adapters/clock/index.ts';
import { SESSION_LIMITS } from '#adapters/store/index.ts';
import type { Identity } from '#engine/ports.ts';

/**
 * When somebody who has just come back from a provider has proved who they are: not later than now, and not before a session
 * could have begun. Of whom the provider does not say it, it was too long ago for anything that needs a fresh proof.
 */
export function provenAt({ provenAtSeconds }: Pick<Identity, 'provenAtSeconds'>, now: string): string {
  const agoSeconds = provenAtSeconds === undefined ? Infinity : epochSeconds(now) - provenAtSeconds;
  return hoursAfter(now, -Math.min(Math.max(agoSeconds / 3_600, 0), SESSION_LIMITS.person.hours));
}
