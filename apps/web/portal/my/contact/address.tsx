import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { CODE_MINUTES } from '#engine/contact/index.ts';
import type { Route } from './+types/address.ts';
import { asked as askedIn, foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs } from '../../parts/blocks.tsx';
import { Mistake } from '../parts/step.tsx';
import { proveOrThrow, toProve, typedBefore } from '../prove.ts';
import { wayIn } from './way.ts';

/** No address is longer. */
const MOST = 300;

/** Where one wants to be written to; only for whoever has just proved who they are. */
export function loader(args: Route.LoaderArgs) {
  const { city, visitor } = signedInForSelf(args);
  const contacts = foundOrThrow(city.contacts);
  const channel = wayIn(contacts, args.params.channel);
  const typed = typedBefore(args, visitor.principal.id);
  // Before anything is typed, so that nobody types it twice.
  if (!contacts.mayChange(visitor.provenAt)) throw toProve(args, typed, visitor.principal.id);
  return { channel, typed };
}

/** Sends a code there. What was typed stands in the form again where it is no address; it is kept nowhere before the code went out. */
export async function action(args: Route.ActionArgs) {
  const given = (await args.request.formData()).get('address');
  const typed = typeof given === 'string' ? given.slice(0, MOST) : '';
  proveOrThrow(args, typed, (provenAt) => askedIn(args).city.contacts?.mayChange(provenAt) === true);
  const asking = signedInForSelf(args);
  const contacts = foundOrThrow(asking.city.contacts);
  const channel = wayIn(contacts, args.params.channel);
  const asked = await contacts.ask(asking.visitor.principal, { channel, typed, locale: asking.locale }, asking.visitor.provenAt);
  if (asked !== 'asked' && asked.kind === 'prove-again') throw toProve(args, typed, asking.visitor.principal.id);
  if (asked !== 'asked') return data({ problem: asked, typed }, { status: asked.kind === 'too-many-codes' ? 429 : 422 });
  return redirect(hrefIn(asking, `/my/contact/${channel}/code`), 303);
}

export default function AddressPage({ loaderData: { channel, typed }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const problem = actionData?.problem;
  const says = problem === undefined ? undefined : problem.kind === 'address-wrong' ? t(`contact.problem.${channel}`) : problem.kind === 'too-many-codes' ? t('contact.problem.too-many-codes', { minutes: problem.minutes }) : t('contact.problem.channel-closed');
  return (
    <>
      <Head title={`${says === undefined ? '' : t('entitled.mistake-title')}${t(`contact.ask.${channel}`)}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/contact', t('contact.title')]]} />
      <form method="post" action={href(`/my/contact/${channel}`)} className="read">
        <h1><label htmlFor="address">{t(`contact.ask.${channel}`)}</label></h1>
        <Mistake says={says} />
        <p className="muted" id="hint">{t(`contact.hint.${channel}`, { minutes: CODE_MINUTES })}</p>
        <p className="typed long"><input id="address" name="address" type={channel === 'email' ? 'email' : 'tel'} inputMode={channel === 'email' ? 'email' : 'tel'} autoComplete={channel === 'email' ? 'email' : 'tel'} maxLength={254} required defaultValue={actionData?.typed ?? typed} aria-invalid={says === undefined ? undefined : true} aria-describedby={says === undefined ? 'hint' : 'mistake hint'} /></p>
        <p className="buttons"><button type="submit" className="button">{t('contact.send-code')}</button> <a className="later" href={href('/my/contact')}>{t('contact.leave')}</a></p>
      </form>
    </>
  );
}
