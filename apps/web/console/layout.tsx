import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import { isRole, nameOfRole, rolesThat } from '#engine/permission/index.ts';
import type { Action } from '#engine/permission/index.ts';
import type { Route } from './+types/layout.ts';
import { onDuty } from '../context.ts';
import { Trouble, troubleOf } from '../trouble.tsx';
import desk from '../desk/desk.css?url';
import stylesheet from './console.css?url';
import { consoleWords, useConsole } from './words.ts';
import type { ConsoleMessage } from './words.ts';

/** Where the console leads, for whoever has one of these rights. */
const NAV = [
  { path: '/console', name: 'nav.queue', needs: ['task.read'] },
  { path: '/console/batches', name: 'batches.title', needs: ['batch.read'] },
  { path: '/console/help', name: 'help.title', needs: ['resident.help'] },
  { path: '/console/letters', name: 'letters.title', needs: ['letter.print'] },
  { path: '/console/access', name: 'looks.title', needs: ['access.read'] },
  { path: '/console/accounts', name: 'accounts.title', needs: ['account.read'] },
  { path: '/desk', name: 'nav.desk', needs: ['desk.read'] },
] as const satisfies readonly { readonly path: string; readonly name: ConsoleMessage; readonly needs: readonly Action[] }[];

/** Whatever is below shows what one member of staff may see: nobody keeps it. */
export const handle = { own: true };
export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: desk }, { rel: 'stylesheet', href: stylesheet }];

export function loader(args: Route.LoaderArgs) {
  const { city, locale, visitor } = onDuty(args);
  const { department, areas, roles } = visitor.principal;
  const named = city.pack.departments.get(department);
  return {
    city: say(city.pack.plan.city, locale), today: city.today, name: visitor.name, isTest: visitor.isTest, nav: NAV.filter(({ needs }) => needs.some((action) => roles.some((role) => rolesThat(action).some((one) => one === role)))).map(({ path }) => path),
    department: named ? say(named.name, locale) : department,
    areas: areas.map((area) => { const division = city.pack.divisions.get(area); return division ? say(division.name, locale) : area; }).join(consoleWords(locale)('list')) || consoleWords(locale)('everywhere'),
    roles: roles.map((role) => (isRole(role) ? nameOfRole(role, locale) : role)).join(consoleWords(locale)('list')),
  };
}

export default function ConsoleLayout({ loaderData: { city, today, name, department, areas, roles, isTest, nav } }: Route.ComponentProps): ReactNode {
  const { t, href, locale } = useConsole();
  return (
    <>
      <a className="desk-skip" href="#main">{t('skip')}</a>
      <header className="desk-bar">
        <div className="desk-wrap">
          <b>{city} · {t('title')}</b>
          <nav aria-label={t('nav')}>{NAV.filter(({ path }) => nav.includes(path)).map(({ path, name }) => <a key={path} href={href(path)}>{t(name)}</a>)}</nav>
          <span className="desk-asof">
            <time dateTime={today}>{t('as-of', { today })}</time>
            <a href={locale === 'zh' ? '?lang=en' : '?'} lang={locale === 'zh' ? 'en' : 'zh-CN'}>{t('other-language')}</a>
          </span>
        </div>
      </header>
      <div className="desk-wrap con-whose">
        <p>{isTest ? <span className="con-tag">{t('test')}</span> : null} {t('whose', { name, department, areas, roles })}</p>
        <form method="post" action="/sign-out"><button className="con-plain">{t('sign-out')}</button></form>
      </div>
      <main id="main" className="desk-wrap" tabIndex={-1}><Outlet /></main>
    </>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps): ReactNode {
  return <main className="desk-wrap"><Trouble kind={troubleOf(error)} /></main>;
}
