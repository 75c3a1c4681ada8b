import { addMonths } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { MANDATE_SCOPES, SEEN_PAPERS } from '#engine/mandate/index.ts';
import type { MandateScope, SeenPaper } from '#engine/mandate/index.ts';
import { typed } from './sign-in/step.ts';

/** For how many months a mandate may be signed. */
export const MANDATE_MONTHS = [1, 3, 6, 12] as const;

/** What a mandate on paper says, without who is to act. */
export interface MandateTerms {
  readonly subjectKey: string;
  readonly giver: string;
  readonly scope: MandateScope;
  readonly until: CalendarDate;
  readonly seen: SeenPaper;
}

const LONGEST_NAME = 60;

/** The terms that a form says; undefined where something is missing. */
export function termsIn(form: FormData, today: CalendarDate): MandateTerms | undefined {
  const [subjectKey, giver] = [typed(form, 'key').trim(), typed(form, 'giver').trim().slice(0, LONGEST_NAME)];
  const scope = MANDATE_SCOPES.find((one) => one === typed(form, 'scope'));
  const months = MANDATE_MONTHS.find((one) => String(one) === typed(form, 'months'));
  const seen = SEEN_PAPERS.find((one) => one === typed(form, 'seen'));
  return subjectKey === '' || giver === '' || !scope || months === undefined || !seen ? undefined : { subjectKey, giver, scope, until: addMonths(today, months), seen };
}
