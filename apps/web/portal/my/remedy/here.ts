import type { RouterContextProvider } from 'react-router';
import type { Reconsideration, Remedies } from '#engine/remedy/index.ts';
import { foundOrThrow, signedIn } from '../../../context.ts';

type Args = { readonly request: Request; readonly context: Readonly<RouterContextProvider> };

/** What a page about reconsiderations starts from. */
export function applicant(args: Args): ReturnType<typeof signedIn> & { readonly remedies: Remedies } {
  const found = signedIn(args);
  return { ...found, remedies: foundOrThrow(found.city.remedies) };
}

/** The number that an address names; one that is none names nothing. */
export function numberIn(text: string | undefined): number {
  return foundOrThrow(/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined);
}

export type SentOne = Reconsideration & { readonly sent: NonNullable<Reconsideration['sent']> };

/** The application of theirs that an address names and that was sent; any other is as unknown as what is not there. */
export async function ownSent(args: Args & { readonly params: { readonly number: string } }): Promise<ReturnType<typeof applicant> & { readonly one: SentOne }> {
  const found = applicant(args);
  const number = numberIn(args.params.number);
  const one = (await found.remedies.own(found.visitor.principal)).find((each) => each.number === number);
  return { ...found, one: foundOrThrow(one && isSent(one) ? one : undefined) };
}

function isSent(one: Reconsideration): one is SentOne {
  return one.sent !== null;
}
