import type { Route } from './+types/letter.ts';
import { foundOrThrow, signedIn } from '../../context.ts';
import { letterOf } from '../../letter.ts';
import { savedPaper } from '../../paper.ts';
import { noticeAt } from './notice-view.ts';
import { ownAffairs } from './own.ts';

/** A notice as a letter that its person saves, or has printed at the window. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { city, affairs, locale } = await ownAffairs(args);
  const { visitor } = signedIn(args);
  const notice = foundOrThrow(noticeAt(affairs, args.params.service, args.params.number));
  const name = visitor.acting ? visitor.acting.name : visitor.name;
  return savedPaper(city, letterOf(city, notice, { name, number: visitor.about }, locale), 'letter');
}
