import type { ReactNode } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import type { Route } from './+types/layout.ts';
import { admitToDesk, asked } from '../context.ts';
import { Trouble, troubleOf } from '../trouble.tsx';
import { hrefIn } from '../view.ts';
import stylesheet from './desk.css?url';
import { deskWords } from './words.ts';
import type { DeskMessage } from './words.ts';

/** The desk is an application: its pages hydrate. */
export const handle = { scripts: true };
export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: stylesheet }];

/** Before the loaders of every page of the desk, also where a browser asks for the figures of one alone. */
export const middleware: Route.MiddlewareFunction[] = [(args) => admitToDesk(args)];

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  return { locale, city: say(city.pack.plan.city, locale), today: city.today, digest: city.release.digest.slice(0, 12) };
}

const PAGES = [
  ['/desk', 'nav.overview'],
  ['/desk/indicators', 'nav.indicators'],
  ['/desk/targets', 'nav.targets'],
  ['/desk/services', 'nav.services'],
  ['/desk/mechanisms', 'nav.mechanisms'],
  ['/desk/systems', 'nav.systems'],
  ['/desk/projects', 'nav.projects'],
  ['/desk/findings', 'nav.findings'],
  ['/desk/data', 'nav.data'],
  ['/desk/simulate', 'nav.simulate'],
  ['/desk/due', 'nav.due'],
  ['/desk/scope', 'nav.scope'],
  ['/desk/flows', 'nav.flows'],
  ['/desk/stacks', 'nav.stacks'],
  ['/desk/reforms', 'nav.reforms'],
  ['/desk/verify', 'nav.verify'],
  ['/desk/runs', 'nav.runs'],
  ['/desk/money', 'nav.money'],
  ['/desk/loop', 'nav.loop'],
] as const satisfies readonly (readonly [string, DeskMessage])[];

export default function Desk({ loaderData: { locale, city, today, digest } }: Route.ComponentProps): ReactNode {
  const { pathname } = useLocation();
  const t = deskWords(locale);
  const view = { locale, size: 'normal', place: '' } as const;
  return (
    <>
      <a className="desk-skip" href="#main">{t('skip')}</a>
      <header className="desk-bar">
        <div className="desk-wrap">
          <b>{city} · {t('title')}</b>
          <nav aria-label={t('nav')}>{PAGES.map(([path, id]) => <NavLink key={path} end to={hrefIn(view, path)}>{t(id)}</NavLink>)}</nav>
          <span className="desk-asof">
            <time dateTime={today} title={t('release', { digest })}>{t('as-of', { today })}</time>
            <Link to={hrefIn({ ...view, locale: locale === 'zh' ? 'en' : 'zh' }, pathname)} lang={locale === 'zh' ? 'en' : 'zh-CN'}>{t('other-language')}</Link>
            <a href={hrefIn(view, '/')}>{t('nav.portal')}</a>
            <a href="/api/docs">{t('nav.api')}</a>
          </span>
        </div>
      </header>
      <main id="main" className="desk-wrap"><Outlet /></main>
    </>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps): ReactNode {
  return <main className="desk-wrap"><Trouble kind={troubleOf(error)} /></main>;
}
