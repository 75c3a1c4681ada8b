import { workingCalendar } from '#engine/casework/index.ts';
import type { NoticeKind } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { OwnNotice } from '#engine/mine/index.ts';
import type { Paper } from '#engine/paper/index.ts';
import { DECISION_NOTICES, lastDayToApply, remedyFor } from '#engine/remedy/index.ts';
import { day } from './format.ts';
import { footOf } from './paper.ts';
import { noticeView } from './portal/my/notice-view.ts';
import { wordsOf } from './words.ts';

/** To whom a letter goes. */
export interface LetterTo {
  /** As far as the city knows it. */
  readonly name: string | undefined;
  /** The number of the resident: it finds them where no name does. */
  readonly number: string;
  /** Where a letter that is posted goes; left out where its person fetched it. */
  readonly place?: string | undefined;
}

/** A notice as a letter: the words of its page, what can be done without a screen, and whom to call. */
export function letterOf(city: City, notice: OwnNotice, { name, number, place }: LetterTo, locale: Locale): Paper {
  const { says, kind, given, respondBy, state, reply, replies, demo } = noticeView(city, notice, locale);
  const lastDay = lastDayOfRemedy(city, notice);
  const { plan } = city.pack;
  const t = wordsOf(locale);
  return {
    title: kind, from: say(plan.site, locale), day: given,
    blocks: [
      ...(place === undefined ? [] : [{ kind: 'text' as const, text: t('letter.place', { place }) }]),
      ...(name === undefined ? [] : [{ kind: 'text' as const, text: t('letter.to', { name }) }]),
      { kind: 'text', text: says },
      { kind: 'text', text: t('my.number', { number }) },
      ...(demo ? [{ kind: 'text' as const, text: t('letter.demo-amount') }] : []),
      ...(respondBy === undefined || reply !== undefined ? [] : [{ kind: 'text' as const, text: state === 'late' ? t('my.late-says', { phone: plan.hotline.phone }) : t('letter.respond-by', { day: day(respondBy, locale) }) }]),
      // A letter may be printed after its notice was answered on another way.
      ...(reply === undefined ? [] : [{ kind: 'text' as const, text: t(reply === 'confirmed' ? 'my.state-confirmed' : 'my.state-refused') }]),
      ...(replies.length === 0 ? [] : [{ kind: 'text' as const, text: t('letter.how', { phone: plan.hotline.phone }) }]),
      ...(isByMachine(notice) ? [{ kind: 'text' as const, text: t('letter.person') }] : []),
      ...(lastDay === undefined ? [] : [{ kind: 'text' as const, text: t('letter.remedy', { day: day(lastDay, locale) }) }]),
      ...(city.mode === 'demo' ? [{ kind: 'text' as const, text: t('letter.demo') }] : []),
    ],
    foot: footOf(city, locale),
  };
}

/** Whether a run has decided it, and nobody else: what of a debt comes after it is first asked back is the word of a department. */
function isByMachine({ kind, template }: OwnNotice): boolean {
  return BY_RUNS.has(kind) || template === 'notice.recovery';
}

const BY_RUNS: ReadonlySet<NoticeKind> = new Set(['changed', 'confirmation', 'ended', 'granted']);

/** The last day to apply for reconsideration of what a notice tells; undefined where it is no decision, or none can be applied for. */
function lastDayOfRemedy({ pack, today }: City, { kind, service, givenOn }: OwnNotice): CalendarDate | undefined {
  const found = !DECISION_NOTICES.has(kind) ? undefined : remedyFor(pack, pack.services.get(service ?? ''), today);
  return found && (lastDayToApply(workingCalendar(pack.calendar), givenOn, found.remedy) ?? undefined);
}
