import { addMonths } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';

/** A part of a debt and the day by which it is to be paid. */
export interface Instalment {
  readonly dueOn: CalendarDate;
  readonly amountFen: number;
}

/** In so many parts at most a debt is paid back. */
export const MOST_INSTALMENTS = 60;

/** A debt in equal monthly parts from a day on, to the fen: the last takes what is left over. None where a part would be nothing. */
export function instalmentsOf(openFen: number, count: number, firstOn: CalendarDate): readonly Instalment[] {
  const each = Math.floor(openFen / count);
  if (!Number.isSafeInteger(count) || count < 1 || count > MOST_INSTALMENTS || each < 1) return [];
  return Array.from({ length: count }, (_, at) => ({ dueOn: addMonths(firstOn, at), amountFen: at === count - 1 ? openFen - each * (count - 1) : each }));
}
