import type { Notice } from '#engine/casework/index.ts';
import { render } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { OwnNotice } from '#engine/mine/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { CONSOLE_MESSAGES } from './entry.ts';

/** Letters as the windows print and post them: to whoever hears on no other way. Each window has those of its area. */
export interface Letters {
  /** How many letters wait in their area, and what was taken; undefined where letters are not theirs. */
  list(who: Staff): Promise<LetterDesk | undefined>;
  /** Takes the letters that have waited the longest into a bundle and gives its id. No letter is ever in two. */
  take(who: Staff): Promise<string | LettersRefusal>;
  /** Undefined where there is none, or it is of an area that they do not cover. */
  bundle(who: Staff, id: string): Promise<BundleView | undefined>;
  /** What the letters of a bundle say, on the record of whom they are about; undefined where the bundle is not theirs or is not theirs any more. */
  print(who: Staff, id: string, through: string): Promise<readonly LetterToPrint[] | undefined>;
  /** Does something with a bundle; undefined where it was done. */
  act(who: Staff, id: string, command: BundleCommand): Promise<LettersRefusal | undefined>;
}

export type BundleCommand = 'post' | 'give-back';

export interface LetterDesk {
  readonly waiting: number;
  /** The day since which the first of them waits; undefined where none does. */
  readonly since: CalendarDate | undefined;
  /** Bundles that were taken and neither posted nor given back, the oldest first, then those posted last. */
  readonly bundles: readonly BundleLine[];
}

/** A bundle as a list shows it; nobody in it is named. */
export interface BundleLine {
  readonly id: string;
  readonly letters: number;
  readonly takenBy: string;
  readonly takenOn: CalendarDate;
  /** The day on which it went to the post; undefined where it has not. */
  readonly postedOn: CalendarDate | undefined;
}

export interface BundleView extends BundleLine {
  /** The letters in the order in which they are printed. */
  readonly lines: readonly BundleLetter[];
}

/** A letter of a bundle as the page shows it, without whom it is to. */
export interface BundleLetter extends Pick<Notice, 'kind' | 'service' | 'respondBy'> {
  readonly area: string;
  /** Working days that are left to answer; undefined where nothing is asked. */
  readonly daysLeft: number | undefined;
}

/** A letter whose answer is due in fewer working days may come too late. */
export const SHORT_WORKING_DAYS = 5;

/** A letter with everything that is printed on it. */
export interface LetterToPrint {
  readonly notice: OwnNotice;
  /** As far as the city knows it. */
  readonly name: string | undefined;
  readonly area: string;
  readonly locale: Locale;
}

/** Why nothing was done. `bundle-ended`: somebody has posted it or given it back already. */
export type LettersRefusal = { readonly kind: 'not-allowed' | 'no-letters' | 'bundle-unknown' | 'bundle-ended' };

/** Why a command did nothing, in words. */
export function describeLettersRefusal({ kind }: LettersRefusal, locale: Locale): string {
  switch (kind) {
    case 'not-allowed': return render(CONSOLE_MESSAGES[locale], 'refusal.not-allowed');
    case 'no-letters': case 'bundle-unknown': case 'bundle-ended': return render(CONSOLE_MESSAGES[locale], `letters.${kind}`);
    default: return kind satisfies never;
  }
}
