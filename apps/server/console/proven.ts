import { epochSeconds } from '#adapters/clock/index.ts';
import { PROVEN_MINUTES } from '#engine/console/index.ts';
import type { Clock } from '#engine/ports.ts';

/** Whether somebody has proved who they are so lately that they may do what touches money or accounts. */
export function isProven(clock: Pick<Clock, 'now'>, provenAt: string): boolean {
  return epochSeconds(clock.now()) - epochSeconds(provenAt) < PROVEN_MINUTES * 60;
}
