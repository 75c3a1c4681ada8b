import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import { isRole, may, nameOfRole, rolesThat } from '#engine/permission/index.ts';
import type { Route } from './+types/layout.ts';
import { onDuty } from '../context.ts';
import { Trouble, troubleOf } from '../trouble.tsx';
import desk from '../desk/desk.css?url';
import stylesheet from './console.css?url';
import { consoleWords, useConsole } from './words.ts';

/** Whatever is below shows what one member of staff may see: nobody keeps it. */
export const handle = { own: true };
export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: desk }, { rel: 'stylesheet', href: stylesheet }];

export function loader(args: Route.LoaderArgs) {
  const { city, locale, visitor } = onDuty(args);
  const { department, areas, roles } = visitor.principal;
  const named = city.pack.departments.get(department);
  return {
    city: say(city.pack.plan.city, locale), today: city.today, name: visitor.name, isTest: visitor.isTest, mayHelp: may(visitor.principal, 'resident.help', { of: 'city' }), mayPay: roles.some((role) => rolesThat('batch.read').some((one) => one === role)),
    department: named ? say(named.name, locale) : department,
    areas: areas.map((area) => { const division = city.pack.divisions.get(area); return division ? say(division.name, locale) : area; }).join(consoleWords(locale)('list')) || consoleWords(locale)('everywhere'),
    roles: roles.map((role) => (isRole(role) ? nameOfRole(role, locale) : role)).join(consoleWords(locale)('list')),
  };
}

export default function ConsoleLayout({ loaderData: { city, today, name, department, areas, roles, isTest, mayHelp, mayPay } }: Route.ComponentProps): ReactNode {
  const { t, href, locale } = useConsole();
  return (
    <>
      <a className="desk-skip" href="#main">{t('skip')}</a>
      <header className="desk-bar">
        <div className="desk-wrap">
          <b>{city} · {t('title')}</b>
          <nav aria-label={t('nav')}><a href={href('/console')}>{t('nav.queue')}</a>{mayPay ? <a href={href('/console/batches')}>{t('batches.title')}</a> : null}{mayHelp ? <a href={href('/console/help')}>{t('help.title')}</a> : null}<a href={href('/desk')}>{t('nav.desk')}</a></nav>
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
