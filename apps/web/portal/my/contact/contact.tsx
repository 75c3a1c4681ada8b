import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { ELECTRONIC_CHANNELS } from '#engine/contact/index.ts';
import type { Route } from './+types/contact.ts';
import { asked, foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { proveOrThrow, toProve } from '../prove.ts';

const DONE = ['letters', 'no-letters', 'proven', 'removed'] as const;

/** By which addresses somebody hears of what they are told. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, query } = signedInForSelf(args);
  const { offered, of } = foundOrThrow(city.contacts);
  const { addresses, asked: waiting, paper } = await of(visitor.principal);
  const masked = (known: typeof addresses, channel: string): string | undefined => known.find((one) => one.channel === channel)?.masked;
  // An address of a way that the city has left since is still shown: whoever gave it may take it away.
  const ways = ELECTRONIC_CHANNELS.map((channel) => ({ channel, open: offered.includes(channel), address: masked(addresses, channel), asked: masked(waiting, channel) })).filter(({ open, address, asked: waits }) => open || address !== undefined || waits !== undefined);
  return { ways, letters: paper ? ('yes' as const) : addresses.length === 0 ? ('alone' as const) : ('no' as const), offers: offered.length > 0, done: DONE.find((one) => one === query.get('done')), showsOutbox: city.outbox !== undefined, hotline: city.pack.plan.hotline.phone };
}

/** Says whether letters come besides, or takes an address away: that only for whoever has just proved who they are. */
export async function action(args: Route.ActionArgs) {
  const form = await args.request.formData();
  const letters = form.get('letters');
  if (letters === null) proveOrThrow(args, undefined, (provenAt) => asked(args).city.contacts?.mayChange(provenAt) === true);
  const asking = signedInForSelf(args);
  const contacts = foundOrThrow(asking.city.contacts);
  if (letters !== null) {
    await contacts.wantLetters(asking.visitor.principal, letters === 'yes', asking.locale);
    return redirect(hrefIn(asking, '/my/contact', { done: letters === 'yes' ? 'letters' : 'no-letters' }), 303);
  }
  const channel = foundOrThrow(ELECTRONIC_CHANNELS.find((one) => one === form.get('channel')));
  if (await contacts.remove(asking.visitor.principal, channel, asking.visitor.provenAt)) throw toProve(args, undefined, asking.visitor.principal.id);
  return redirect(hrefIn(asking, '/my/contact', { done: 'removed' }), 303);
}

export default function ContactPage({ loaderData: { ways, letters, offers, done, showsOutbox, hotline } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('contact.title')} />
      <Crumbs to={[['/my', t('my.title')], ['/my/notices', t('my.notices')]]} />
      {done === undefined ? null : <div role="status"><Note title={t(`contact.done.${done}`)} tone="plain"><p>{t(`contact.done.${done}-says`)}</p></Note></div>}
      <Title lead={t('contact.lead')}>{t('contact.title')}</Title>
      {offers ? null : <Note title={t('contact.none-offered')}><p>{t('contact.none-offered-says', { phone: hotline })}</p></Note>}
      {ways.length === 0 ? null : <ul className="acting">{ways.map((way) => <li key={way.channel}><Way {...way} /></li>)}</ul>}
      <section>
        <h2>{t('contact.letters')}</h2>
        <p className="read">{t(`contact.letters.${letters}`)}</p>
        <form method="post" action={href('/my/contact')}><input type="hidden" name="letters" value={letters === 'yes' ? 'no' : 'yes'} /><button type="submit" className="button plain">{t(letters === 'yes' ? 'contact.letters.leave' : 'contact.letters.want')}</button></form>
      </section>
      <section>
        <h2>{t('contact.paper')}</h2>
        <p className="read">{t('contact.paper-says', { phone: hotline })}</p>
      </section>
      <section>
        <h2>{t('contact.kept')}</h2>
        <p className="read">{t('contact.kept-says')}</p>
      </section>
      {showsOutbox ? <p><a href={href('/outbox')}>{t('outbox.title')}</a></p> : null}
    </>
  );
}

type WayView = Route.ComponentProps['loaderData']['ways'][number];

/** One way with the address on it, and what can be done about that. */
function Way({ channel, open, address, asked }: WayView): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <div>
        <h2>{t(`contact.way.${channel}`)}</h2>
        <p>{address === undefined ? t('contact.no-address') : <b>{address}</b>}</p>
        {asked === undefined ? null : <p>{t('contact.asked', { address: asked })} <a href={href(`/my/contact/${channel}/code`)}>{t('contact.enter-code')}</a></p>}
        {open ? null : <p className="muted">{t('contact.closed')}</p>}
      </div>
      <div className="buttons">
        {open ? <a className="button plain" href={href(`/my/contact/${channel}`)}>{t(address === undefined ? `contact.add.${channel}` : 'contact.change')}<span className="away">{t('colon')}{t(`contact.way.${channel}`)}</span></a> : null}
        {address === undefined && asked === undefined ? null : (
          <form method="post" action={href('/my/contact')}><input type="hidden" name="channel" value={channel} /><button type="submit" className="plainly">{t('contact.remove')}<span className="away">{t('colon')}{t(`contact.way.${channel}`)}</span></button></form>
        )}
      </div>
    </>
  );
}
