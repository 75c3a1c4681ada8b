import type { ReactNode } from 'react';
import type { Route } from './+types/notices.ts';
import { day } from '../../format.ts';
import { Head, usePage } from '../../page.tsx';
import { Crumbs, Title } from '../parts/blocks.tsx';
import { noticeView } from './notice-view.ts';
import type { NoticeView } from './notice-view.ts';
import { ownAffairs } from './own.ts';

/** Everything that they were told, the newest first. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, affairs, locale } = await ownAffairs(args);
  return { acting: visitor.acting !== undefined, notices: affairs.notices.map((notice) => noticeView(city, notice, locale)) };
}

export default function Notices({ loaderData: { notices, acting } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('my.notices')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Title lead={t('my.notices-lead')}>{t('my.notices')}</Title>
      {acting ? null : <p><a href={href('/my/contact')}>{t('contact.title')}</a></p>}
      {notices.length === 0 ? <p>{t('my.notices-none')}</p> : (
        <ul className="rows mine">
          {notices.map((notice) => (
            <li key={`${notice.path} ${String(notice.number)}`}>
              <p className="what"><a href={href(notice.path)}>{notice.kind}<span className="away">{t('colon')}{notice.says}</span></a><span className="muted">{notice.given}</span><State of={notice} /></p>
              <p>{notice.says}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What the notice still asks, or that it was answered. */
function State({ of: { state, respondBy, reply } }: { readonly of: NoticeView }): ReactNode {
  const { t, locale } = usePage();
  switch (state) {
    case 'asks': return <b className="unknown">{t('my.state-asks', { day: respondBy === undefined ? '' : day(respondBy, locale) })}</b>;
    case 'answered': return <span className="muted">{t(reply === 'confirmed' ? 'my.state-confirmed' : 'my.state-refused')}</span>;
    case 'late': return <span className="muted">{t('my.state-late')}</span>;
    case 'may-refuse': case 'told': return null;
    default: return state satisfies never;
  }
}
