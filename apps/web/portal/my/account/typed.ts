import { redirect } from 'react-router';
import { TYPED_ACCOUNT } from '#engine/mine/index.ts';
import type { TypedAccount } from '#engine/mine/index.ts';
import { asked, foundOrThrow, signedInForSelf } from '../../../context.ts';
import { hrefIn } from '../../../view.ts';

type Args = Parameters<typeof asked>[0];

/** More is not typed by anybody who means it. */
const MOST = 100;
/** What stands in the form before anything was typed. */
export const NOTHING_TYPED: TypedAccount = { bank: '', number: '', isPassbook: false };

/** What was typed opens only on this page, and only for whoever typed it. */
const placeOf = (page: string, person: string): string => `${page}\n${person}`;

/**
 * The account that was typed and sent, by whoever may say where their money goes. Whose session has ended, or who proved too
 * long ago who they are, is led to where they can do so, and what they typed goes with them, sealed: no number stands in an address.
 */
export async function typedAccount(args: Args): Promise<ReturnType<typeof signedInForSelf> & { readonly typed: TypedAccount; readonly isOwn: boolean; readonly isSure: boolean }> {
  const form = await args.request.formData();
  const of = (name: string): string => { const sent = form.get(name); return typeof sent === 'string' ? sent.slice(0, MOST) : ''; };
  const typed = { bank: of('bank'), number: of('number'), isPassbook: of('passbook') === 'yes' };
  const { visitor, city } = asked(args);
  const who = visitor.kind === 'resident' ? visitor.principal : visitor.kind === 'nobody' ? visitor.lapsed : undefined;
  const hasProved = visitor.kind === 'resident' && city.mine?.mayPayTo(visitor.provenAt) === true;
  if (who && !hasProved && !(visitor.kind === 'resident' && visitor.acting)) throw toProve(args, typed, who.id);
  return { ...signedInForSelf(args), typed, isOwn: form.get('own') === 'yes', isSure: form.get('sure') === 'yes' };
}

/** To where somebody proves again who they are, and back to what they typed. */
export function toProve(args: Args, typed: TypedAccount, person: string): Response {
  const found = asked(args);
  const { pathname, searchParams } = new URL(args.request.url);
  if (typed.bank !== '' || typed.number !== '') searchParams.set('typed', foundOrThrow(found.city.mine).keep(JSON.stringify(typed), placeOf(pathname, person)));
  const query = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
  return redirect(hrefIn(found, '/sign-in', { to: `${pathname}${query}`, again: '1' }), 303);
}

/** What was typed before they had to prove again who they are; empty where nothing was, or somebody else did. */
export function accountTypedBefore(args: Args, person: string): TypedAccount {
  const { city, query } = asked(args);
  const kept = city.mine?.kept(query.get('typed') ?? '', placeOf(new URL(args.request.url).pathname, person));
  return kept === undefined ? NOTHING_TYPED : TYPED_ACCOUNT.parse(JSON.parse(kept));
}
