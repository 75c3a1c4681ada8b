import { TYPED_ACCOUNT } from '#engine/mine/index.ts';
import type { TypedAccount } from '#engine/mine/index.ts';
import { asked, signedInForSelf } from '../../../context.ts';
import { proveOrThrow, toProve, typedBefore } from '../prove.ts';

type Args = Parameters<typeof asked>[0];

/** More is not typed by anybody who means it. */
const MOST = 100;
/** What stands in the form before anything was typed. */
export const NOTHING_TYPED: TypedAccount = { bank: '', number: '', isPassbook: false };

/**
 * The account that was typed and sent, by whoever may say where their money goes. Whose session has ended, or who proved too
 * long ago who they are, is led to where they can do so, and what they typed goes with them, sealed: no number stands in an address.
 */
export async function typedAccount(args: Args): Promise<ReturnType<typeof signedInForSelf> & { readonly typed: TypedAccount; readonly isOwn: boolean; readonly isSure: boolean }> {
  const form = await args.request.formData();
  const of = (name: string): string => { const sent = form.get(name); return typeof sent === 'string' ? sent.slice(0, MOST) : ''; };
  const typed = { bank: of('bank'), number: of('number'), isPassbook: of('passbook') === 'yes' };
  proveOrThrow(args, textOf(typed), (provenAt) => asked(args).city.mine?.mayPayTo(provenAt) === true);
  return { ...signedInForSelf(args), typed, isOwn: form.get('own') === 'yes', isSure: form.get('sure') === 'yes' };
}

/** To where somebody proves again who they are, and back to the account they typed. */
export function toProveForAccount(args: Args, typed: TypedAccount, person: string): Response {
  return toProve(args, textOf(typed), person);
}

/** What was typed before they had to prove again who they are; empty where nothing was, or somebody else did. */
export function accountTypedBefore(args: Args, person: string): TypedAccount {
  const kept = typedBefore(args, person);
  return kept === undefined ? NOTHING_TYPED : TYPED_ACCOUNT.parse(JSON.parse(kept));
}

function textOf(typed: TypedAccount): string | undefined {
  return typed.bank === '' && typed.number === '' ? undefined : JSON.stringify(typed);
}
