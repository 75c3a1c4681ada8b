import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { CODE_MINUTES } from '#engine/contact/index.ts';
import type { Route } from './+types/code.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs } from '../../parts/blocks.tsx';
import { Mistake } from '../parts/step.tsx';
import { wayIn } from './way.ts';

/** The code that went to an address; where none is on its way, the page that sends one. */
export async function loader(args: Route.LoaderArgs) {
  const asking = signedInForSelf(args);
  const contacts = foundOrThrow(asking.city.contacts);
  const channel = wayIn(contacts, args.params.channel);
  const address = (await contacts.of(asking.visitor.principal)).asked.find((one) => one.channel === channel)?.masked;
  if (address === undefined) throw redirect(hrefIn(asking, `/my/contact/${channel}`), 303);
  return { channel, address, showsOutbox: asking.city.outbox !== undefined };
}

export async function action(args: Route.ActionArgs) {
  const asking = signedInForSelf(args);
  const contacts = foundOrThrow(asking.city.contacts);
  const channel = wayIn(contacts, args.params.channel);
  const code = (await args.request.formData()).get('code');
  const proven = await contacts.prove(asking.visitor.principal, channel, typeof code === 'string' ? code : '');
  return proven === 'proven' ? redirect(hrefIn(asking, '/my/contact', { done: 'proven' }), 303) : data({ problem: proven.kind }, { status: 422 });
}

export default function CodePage({ loaderData: { channel, address, showsOutbox }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const says = actionData === undefined ? undefined : t('contact.problem.code-wrong');
  return (
    <>
      <Head title={`${says === undefined ? '' : t('entitled.mistake-title')}${t('contact.ask.code')}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/contact', t('contact.title')]]} />
      <form method="post" action={href(`/my/contact/${channel}/code`)} className="read">
        <h1><label htmlFor="code">{t('contact.ask.code')}</label></h1>
        <Mistake says={says} />
        <p className="muted" id="hint">{t('contact.hint.code', { address, minutes: CODE_MINUTES })}</p>
        <p className="typed"><input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={20} required aria-invalid={says === undefined ? undefined : true} aria-describedby={says === undefined ? 'hint' : 'mistake hint'} /></p>
        <p className="buttons"><button type="submit" className="button">{t('contact.prove')}</button> <a className="later" href={href(`/my/contact/${channel}`)}>{t('contact.again')}</a></p>
      </form>
      {showsOutbox ? <p>{t('contact.in-outbox')} <a href={href('/outbox')}>{t('outbox.title')}</a></p> : null}
    </>
  );
}
