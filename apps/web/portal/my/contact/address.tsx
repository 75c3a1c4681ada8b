import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { CODE_MINUTES } from '#engine/contact/index.ts';
import type { Route } from './+types/address.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs } from '../../parts/blocks.tsx';
import { Mistake } from '../parts/step.tsx';
import { wayIn } from './way.ts';

/** Where one wants to be written to. */
export function loader(args: Route.LoaderArgs) {
  const { city } = signedInForSelf(args);
  return { channel: wayIn(foundOrThrow(city.contacts), args.params.channel) };
}

/** Sends a code there. What was typed stands in the form again where it is no address; it is kept nowhere before the code went out. */
export async function action(args: Route.ActionArgs) {
  const asking = signedInForSelf(args);
  const contacts = foundOrThrow(asking.city.contacts);
  const channel = wayIn(contacts, args.params.channel);
  const given = (await args.request.formData()).get('address');
  const typed = typeof given === 'string' ? given : '';
  const asked = await contacts.ask(asking.visitor.principal, { channel, typed, locale: asking.locale });
  if (asked !== 'asked') return data({ problem: asked, typed: typed.slice(0, 300) }, { status: asked.kind === 'too-many-codes' ? 429 : 422 });
  return redirect(hrefIn(asking, `/my/contact/${channel}/code`), 303);
}

export default function AddressPage({ loaderData: { channel }, actionData }: Route.ComponentProps): ReactNode {
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
        <p className="typed long"><input id="address" name="address" type={channel === 'email' ? 'email' : 'tel'} inputMode={channel === 'email' ? 'email' : 'tel'} autoComplete={channel === 'email' ? 'email' : 'tel'} maxLength={254} required defaultValue={actionData?.typed} aria-invalid={says === undefined ? undefined : true} aria-describedby={says === undefined ? 'hint' : 'mistake hint'} /></p>
        <p className="buttons"><button type="submit" className="button">{t('contact.send-code')}</button> <a className="later" href={href('/my/contact')}>{t('contact.leave')}</a></p>
      </form>
    </>
  );
}
