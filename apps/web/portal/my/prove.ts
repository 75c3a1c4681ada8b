import { redirect } from 'react-router';
import { asked, foundOrThrow } from '../../context.ts';
import { hrefIn } from '../../view.ts';

type Args = Parameters<typeof asked>[0];

/** What was typed opens only on this page, and only for whoever typed it. */
const placeOf = (page: string, person: string): string => `${page}\n${person}`;

/** To where somebody proves again who they are, and back to what they typed: it goes there and back sealed, never as an address that can be read. */
export function toProve(args: Args, typed: string | undefined, person: string): Response {
  const found = asked(args);
  const { pathname, searchParams } = new URL(args.request.url);
  if (typed !== undefined) searchParams.set('typed', foundOrThrow(found.city.mine).keep(typed, placeOf(pathname, person)));
  const query = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
  return redirect(hrefIn(found, '/sign-in', { to: `${pathname}${query}`, again: '1' }), 303);
}

/** What was typed before they had to prove again who they are; undefined where nothing was, or by somebody else. */
export function typedBefore(args: Args, person: string): string | undefined {
  const { city, query } = asked(args);
  return city.mine?.kept(query.get('typed') ?? '', placeOf(new URL(args.request.url).pathname, person));
}

/**
 * Leads whoever sent a form and has to prove again who they are to where they can, with what they typed; so too whose session
 * has ended meanwhile. Whoever acts for another is led nowhere: it is not theirs to prove.
 */
export function proveOrThrow(args: Args, typed: string | undefined, isProven: (provenAt: string) => boolean): void {
  const { visitor } = asked(args);
  if (visitor.kind === 'nobody' && visitor.lapsed) throw toProve(args, typed, visitor.lapsed.id);
  if (visitor.kind === 'resident' && !visitor.acting && !isProven(visitor.provenAt)) throw toProve(args, typed, visitor.principal.id);
}
