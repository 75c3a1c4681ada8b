import { calendarFile } from '#engine/delivery/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Route } from './+types/calendar.ts';
import { foundOrThrow } from '../../context.ts';
import { wordsOf } from '../../words.ts';
import { noticeAt, noticeView } from './notice-view.ts';
import { ownAffairs } from './own.ts';

/** The last day of a notice as a calendar file; nothing in it says whose it is. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { city, affairs, locale } = await ownAffairs(args);
  const found = foundOrThrow(noticeAt(affairs, args.params.service, args.params.number));
  const { says, kind, path, respondBy } = noticeView(city, found, locale);
  const on = foundOrThrow(respondBy);
  const t = wordsOf(locale);
  const file = calendarFile(t('my.title'), [{ uid: path, on: dayNumber(on), title: t('my.ics-title', { kind }), says: `${says}\n${t('my.ics-says', { phone: city.pack.plan.hotline.phone })}` }], dayNumber(city.today));
  return new Response(file, { headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'attachment; filename="notice.ics"', 'cache-control': 'no-store' } });
}
