import type { TaskRefusal } from '#engine/casework/index.ts';
import type { Recovery, RecoveryRefusal, WaiveGround } from '#engine/entitlement/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import { render } from '#engine/kernel/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import type { TaskKey } from './console.ts';
import { CONSOLE_MESSAGES } from './entry.ts';
import { describeConsoleRefusal } from './refusal.ts';

/** What is decided about money that was paid without being due, on the task about it. */
export interface Debts {
  /** The debt that a task is about; undefined where it is about none, or is not theirs to see. */
  of(who: Staff, key: TaskKey): Promise<DebtView | undefined>;
  /** Does something about it, and closes the task where nothing is left to do; undefined where it was done. */
  act(who: Staff, key: TaskKey, command: DebtCommand, provenAt: string): Promise<DebtProblem | undefined>;
}

export interface DebtView {
  readonly recovery: Recovery;
  /** Whether whoever looks may decide about it. */
  readonly mayDecide: boolean;
}

/** Monthly parts, the first of them due on a day. */
export interface PartsWanted {
  readonly count: number;
  readonly firstOn: CalendarDate | undefined;
}

/** `decide`: how much of it is kept after an objection, and how that is paid. */
export type DebtCommand =
  | ({ readonly do: 'decide'; readonly keptFen: number; readonly because: string } & { readonly parts: PartsWanted | undefined })
  | { readonly do: 'instalments'; readonly parts: PartsWanted }
  | { readonly do: 'waive'; readonly amountFen: number; readonly because: WaiveGround | undefined; readonly reason: string };

/** Why nothing was done about a debt. */
export type DebtProblem =
  | TaskRefusal
  | { readonly kind: 'task-unknown' }
  | { readonly kind: 'not-allowed' }
  /** Money is let go by whoever has just proved who they are. */
  | { readonly kind: RecoveryRefusal | 'prove-again' | 'ground-missing' | 'parts-wrong' | 'first-day-wrong' };

/** Why nothing was done about a debt, in words, and what to do. */
export function describeDebtProblem(problem: DebtProblem, locale: Locale): string {
  switch (problem.kind) {
    case 'task-unknown': case 'not-allowed': case 'task-not-yours': case 'task-done': case 'task-not-done': case 'task-claimed': case 'reason-missing': return describeConsoleRefusal(problem, locale);
    case 'nothing-open': case 'no-objection': case 'objection-open': case 'more-than-open': case 'amount-not-positive': case 'parts-do-not-add-up': case 'prove-again': case 'ground-missing': case 'parts-wrong': case 'first-day-wrong': return render(CONSOLE_MESSAGES[locale], `debt.${problem.kind}`);
    default: return problem satisfies never;
  }
}
