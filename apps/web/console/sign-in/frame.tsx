import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import type { Route } from './+types/frame.ts';
import { asked } from '../../context.ts';
import desk from '../../desk/desk.css?url';
import { Trouble, troubleOf } from '../../trouble.tsx';
import stylesheet from '../console.css?url';
import { useConsole } from '../words.ts';

export const handle = { own: true };
export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: desk }, { rel: 'stylesheet', href: stylesheet }];

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  return { city: say(city.pack.plan.city, locale), hotline: city.pack.plan.hotline.phone };
}

/** The house around the pages on which staff sign in. */
export default function Frame({ loaderData: { city, hotline } }: Route.ComponentProps): ReactNode {
  const { t, href, locale } = useConsole();
  return (
    <>
      <header className="desk-bar"><div className="desk-wrap">
        <b>{city} · {t('title')}</b>
        <nav aria-label={t('nav')}><a href={href('/')}>{t('nav.portal')}</a></nav>
        <span className="desk-asof"><a href={locale === 'zh' ? '?lang=en' : '?'} lang={locale === 'zh' ? 'en' : 'zh-CN'}>{t('other-language')}</a></span>
      </div></header>
      <main id="main" className="desk-wrap"><Outlet /><p className="desk-muted">{t('sign-in.residents')} <a href={href('/sign-in')}>{t('sign-in.residents-link')}</a> · {t('sign-in.call', { hotline })}</p></main>
    </>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps): ReactNode {
  return <main className="desk-wrap"><Trouble kind={troubleOf(error)} /></main>;
}
