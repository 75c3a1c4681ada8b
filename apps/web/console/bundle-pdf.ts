import { data } from 'react-router';
import type { Route } from './+types/bundle-pdf.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { letterOf } from '../letter.ts';
import { savedPaper } from '../paper.ts';
import { areaName } from './view.ts';

/** Every letter of a bundle, each on sheets of its own and in the language of whom it is to. Their people see that it was printed. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { city, console, visitor } = onDuty(args);
  const letters = foundOrThrow(await console.letters.print(visitor.principal, args.params.id, '/console/letters'));
  const [first, ...others] = letters.map(({ notice, name, area, locale }) => letterOf(city, notice, { name, number: notice.subjectKey, place: area === '' ? undefined : areaName(city, area, locale) }, locale));
  if (!first) throw data(null, { status: 404 });
  return savedPaper(city, [first, ...others], `letters-${args.params.id}`);
}
