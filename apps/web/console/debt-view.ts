import type { DebtCommand, DebtView, EntryWriting } from '#engine/console/index.ts';
import { WAIVE_GROUNDS } from '#engine/entitlement/index.ts';
import { addMonths, parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { typed } from './sign-in/step.ts';

export const DEBT_DO = ['decide', 'instalments', 'waive'] as const satisfies readonly DebtCommand['do'][];

/** A debt as its task shows it: sums in words, and what stands in the fields of its forms. */
export function debtViewOf({ recovery: { openFen, repaidFen, waivedFen, objection, parts }, mayDecide }: DebtView, today: CalendarDate, { fen, day }: EntryWriting) {
  return {
    mayDecide, objection, isOpen: openFen > 0, open: fen(openFen), repaid: repaidFen === 0 ? undefined : fen(repaidFen), waived: waivedFen === 0 ? undefined : fen(waivedFen),
    parts: parts.map(({ dueOn, amountFen }) => ({ dueOn: day(dueOn), amount: fen(amountFen) })), openText: (openFen / 100).toFixed(2), firstText: addMonths(today, 1),
  };
}
export type ShownDebt = ReturnType<typeof debtViewOf>;

/** What was typed about a debt, as it was typed. */
export interface TypedAboutDebt {
  readonly kept: string;
  readonly amount: string;
  readonly count: string;
  readonly first: string;
  readonly ground: string;
  readonly reason: string;
}

export function typedAboutDebt(form: FormData): TypedAboutDebt {
  const of = (name: string): string => typed(form, name).trim().slice(0, 1_000);
  return { kept: of('kept'), amount: of('amount'), count: of('count'), first: of('first'), ground: of('ground'), reason: of('reason') };
}

export function debtCommandOf(what: DebtCommand['do'], { kept, amount, count, first, ground, reason }: TypedAboutDebt): DebtCommand {
  const parts = { count: /^\d{1,3}$/.test(count) ? Number(count) : 0, firstOn: parseDate(first) };
  switch (what) {
    // Nothing said of parts: it is paid at once.
    case 'decide': return { do: what, keptFen: fenOf(kept), because: reason, parts: count === '' || count === '1' ? undefined : parts };
    case 'instalments': return { do: what, parts };
    case 'waive': return { do: what, amountFen: fenOf(amount), because: WAIVE_GROUNDS.find((one) => one === ground), reason };
    default: return what satisfies never;
  }
}

/** An amount of yuan as it is typed, `1,170.5`, in fen; less than nothing where it is none. */
export function fenOf(text: string): number {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(/[,，\s]/g, ''));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : -1;
}
