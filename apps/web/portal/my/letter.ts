import { workingCalendar } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { OwnNotice } from '#engine/mine/index.ts';
import type { Paper } from '#engine/paper/index.ts';
import { lastDayToApply, remedyFor } from '#engine/remedy/index.ts';
import type { Route } from './+types/letter.ts';
import { foundOrThrow, signedIn } from '../../context.ts';
import { day } from '../../format.ts';
import { footOf, savedPaper } from '../../paper.ts';
import { wordsOf } from '../../words.ts';
import { noticeAt, noticeView } from './notice-view.ts';
import { ownAffairs } from './own.ts';

/** A notice as a letter: the same words, what can be done without a screen, and whom to call. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { city, affairs, locale } = await ownAffairs(args);
  const { visitor } = signedIn(args);
  const notice = foundOrThrow(noticeAt(affairs, args.params.service, args.params.number));
  const { says, kind, given, respondBy, replies, demo } = noticeView(city, notice, locale);
  const lastDay = lastDayOfRemedy(city, notice);
  const { plan } = city.pack;
  const t = wordsOf(locale);
  const name = visitor.acting ? visitor.acting.name : visitor.name;
  const paper: Paper = {
    title: kind, from: say(plan.site, locale), day: given,
    blocks: [
      ...(name === undefined ? [] : [{ kind: 'text' as const, text: t('letter.to', { name }) }]),
      { kind: 'text', text: says },
      { kind: 'text', text: t('my.number', { number: visitor.about }) },
      ...(demo ? [{ kind: 'text' as const, text: t('letter.demo-amount') }] : []),
      ...(respondBy === undefined ? [] : [{ kind: 'text' as const, text: t('letter.respond-by', { day: day(respondBy, locale) }) }]),
      ...(replies.length === 0 ? [] : [{ kind: 'text' as const, text: t('letter.how', { phone: plan.hotline.phone }) }]),
      { kind: 'text', text: t('letter.person') },
      ...(lastDay === undefined ? [] : [{ kind: 'text' as const, text: t('letter.remedy', { day: day(lastDay, locale) }) }]),
      ...(city.mode === 'demo' ? [{ kind: 'text' as const, text: t('letter.demo') }] : []),
    ],
    foot: footOf(city, locale),
  };
  return savedPaper(city, paper, 'letter');
}

/** The last day to apply for reconsideration of what a notice tells; undefined where it asks something, or none can be applied for. */
function lastDayOfRemedy({ pack, today }: City, { kind, service, givenOn }: OwnNotice): CalendarDate | undefined {
  const found = kind === 'confirmation' ? undefined : remedyFor(pack, pack.services.get(service ?? ''), today);
  return found && (lastDayToApply(workingCalendar(pack.calendar), givenOn, found.remedy) ?? undefined);
}
