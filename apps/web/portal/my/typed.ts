import { redirect } from 'react-router';
import { asked, signedIn } from '../../context.ts';
import { hrefIn } from '../../view.ts';

type Args = Parameters<typeof signedIn>[0];

/** Characters that may be typed: sealed they still fit into an address. */
export const MOST_TYPED = 300;

/**
 * What somebody has typed and sent. Whose session has ended meanwhile is led to where they can sign in; what they typed goes
 * with them, sealed, and stands in the form again when they come back.
 */
export async function typedIn(args: Args): Promise<ReturnType<typeof signedIn> & { readonly says: string; readonly isSure: boolean }> {
  const form = await args.request.formData();
  const sent = form.get('says');
  const says = typeof sent === 'string' ? sent.replaceAll('\r\n', '\n').trim() : '';
  const found = asked(args);
  if (found.visitor.kind !== 'resident' && found.city.mine && says !== '') {
    const { pathname, searchParams } = new URL(args.request.url);
    searchParams.set('typed', found.city.mine.keep(says.slice(0, MOST_TYPED), pathname));
    throw redirect(hrefIn(found, '/sign-in', { to: `${pathname}?${searchParams.toString()}` }), 303);
  }
  return { ...signedIn(args), says, isSure: form.get('sure') === 'yes' };
}

/** What was typed before the session ended; empty where nothing was. */
export function typedBefore(args: Args): string {
  const { city, query } = asked(args);
  return city.mine?.kept(query.get('typed') ?? '', new URL(args.request.url).pathname) ?? '';
}
