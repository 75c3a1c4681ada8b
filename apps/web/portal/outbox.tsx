import type { ReactNode } from 'react';
import type { Route } from './+types/outbox.ts';
import { asked, foundOrThrow } from '../context.ts';
import { day } from '../format.ts';
import { Head, usePage } from '../page.tsx';
import { Crumbs, Title } from './parts/blocks.tsx';

/** What is read here changes with every act: nobody keeps it. */
export const handle = { own: true };

/** What a demonstration would have sent; where residents are real there is no such page. */
export async function loader(args: Route.LoaderArgs) {
  const { city, query } = asked(args);
  const outbox = foundOrThrow(city.mode === 'demo' && city.population?.kind !== 'real' ? city.outbox : undefined);
  const page = /^[1-9]\d{0,4}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1;
  return { page, ...(await outbox.page(page)) };
}

export default function OutboxPage({ loaderData: { page, messages, more } }: Route.ComponentProps): ReactNode {
  const { t, href, locale } = usePage();
  return (
    <>
      <Head title={t('outbox.title')} />
      <Crumbs to={[]} />
      <Title lead={t('outbox.lead')}>{t('outbox.title')}</Title>
      {messages.length === 0 ? <p>{t('outbox.none')} <a href={href('/my/contact')}>{t('contact.title')}</a></p> : (
        <ol className="rows messages" reversed>
          {messages.map(({ id, channel, to, subject, text, on, time, state }) => (
            <li key={id}>
              <h2>{channel === 'sms' ? t('outbox.sms') : subject}</h2>
              <p className="muted">{t(`outbox.to.${channel}`, { address: to ?? t('outbox.gone') })} · {day(on, locale)} {time} · {t(`outbox.state.${state}`)}</p>
              <p className="message">{text}</p>
            </li>
          ))}
        </ol>
      )}
      {page > 1 || more ? (
        <p className="buttons">
          {page > 1 ? <a className="button plain" href={href('/outbox', { page: String(page - 1) })}>{t('outbox.newer')}</a> : null} {more ? <a className="button plain" href={href('/outbox', { page: String(page + 1) })}>{t('outbox.older')}</a> : null}
        </p>
      ) : null}
    </>
  );
}
