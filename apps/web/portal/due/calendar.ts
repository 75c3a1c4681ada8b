import { calendarFile } from '#engine/delivery/index.ts';
import { say } from '#engine/kernel/index.ts';
import { dayNumber, dayText } from '#engine/rules/index.ts';
import type { Route } from './+types/calendar.ts';
import { asked, foundOrThrow } from '../../context.ts';
import { wordsOf } from '../../words.ts';
import { askedOf } from './asked.ts';
import { isComing } from './due.tsx';

/** The days of a due page as a calendar file; nothing in it says whose they are. */
export function loader(args: Route.LoaderArgs): Response {
  const { city, locale, query } = asked(args);
  const t = wordsOf(locale);
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  const { linked: { schedule }, answer } = foundOrThrow(askedOf(city, service, query));
  const days = foundOrThrow(answer).items.flatMap((one) => (one.from === undefined || !isComing(one) ? [] : [{
    uid: `${schedule.id}/${one.item.id}/${String(one.from)}`, on: one.from, title: say(one.item.name, locale),
    says: [say(schedule.name, locale), ...(one.until === undefined ? [] : [t('due.ics-until', { day: dayText(one.until) })]), t('due.ics-says', { phone: city.pack.plan.hotline.phone })].join('\n'),
  }]));
  return new Response(calendarFile(say(schedule.name, locale), days, dayNumber(city.today)), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': `attachment; filename="${service.id}.ics"`, 'cache-control': 'no-store' },
  });
}
