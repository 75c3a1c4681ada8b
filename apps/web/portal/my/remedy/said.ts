import { readWhy } from '#engine/record/index.ts';
import { LONGEST_REASONS, RECONSIDERATION_WISHES } from '#engine/remedy/index.ts';
import type { TypedStep } from '#engine/remedy/index.ts';
import { textIn } from '../upload.ts';

/** Steps of an application that are a page with a question. */
export const STEPS = ['what', 'ask', 'late', 'why', 'evidence', 'check'] as const;
export type ApplyStepName = (typeof STEPS)[number];

/** What was typed on them. */
export interface TypedWords {
  readonly what?: string;
  readonly asks?: string;
  readonly late?: string;
  readonly why?: string;
}

/** The choice that names no notice: what stands on their page. */
export const PAGE = 'page';

/** What a form says. */
export interface Said {
  /** The page it was on, and the one that comes after; undefined: the first that is not answered. */
  readonly on: ApplyStepName;
  readonly next?: ApplyStepName;
  /** Undefined: nothing that can be taken. */
  readonly step: TypedStep | undefined;
  readonly wrong: 'choose' | 'too-long';
  readonly typed: TypedWords;
}

const SAID: Readonly<Record<string, (form: FormData) => Said>> = {
  choose: (form) => {
    const what = textIn(form, 'what');
    const notice = what === PAGE ? null : /^[1-9]\d{0,8}$/.test(what) ? Number(what) : undefined;
    return { on: 'what', next: 'ask', step: notice === undefined ? undefined : { do: 'choose', notice }, wrong: 'choose', typed: { what } };
  },
  ask: (form) => {
    const asks = RECONSIDERATION_WISHES.find((one) => one === textIn(form, 'asks'));
    return { on: 'ask', step: asks && { do: 'ask', asks }, wrong: 'choose', typed: { asks: asks ?? '' } };
  },
  'explain-late': (form) => {
    const because = wordsIn(form);
    return { on: 'late', next: 'why', step: because === undefined ? undefined : { do: 'explain-late', because }, wrong: 'too-long', typed: { late: textIn(form, 'words').toWellFormed() } };
  },
  reason: (form) => {
    const why = wordsIn(form);
    return { on: 'why', next: 'evidence', step: why === undefined ? undefined : { do: 'reason', why }, wrong: 'too-long', typed: { why: textIn(form, 'words').toWellFormed() } };
  },
};

/** What the form of a question says; undefined where it is the form of none. */
export function saidIn(form: FormData): Said | undefined {
  return SAID[textIn(form, 'do')]?.(form);
}

function wordsIn(form: FormData): string | undefined {
  return readWhy(textIn(form, 'words'), LONGEST_REASONS);
}
