import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { day } from '../../format.ts';
import { Text, usePage, useSite } from '../../page.tsx';
import { hrefIn } from '../../view.ts';
import type { View } from '../../view.ts';
import { Tag } from './blocks.tsx';

/** The house around every page: the way past the header, who we are, where to go, whom to call. */
export function Frame({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = usePage();
  return (
    <>
      <a className="skip" href="#main">{t('skip')}</a>
      <Diagnostics />
      <Header />
      <main id="main" tabIndex={-1} className="wrap">{children}</main>
      <Footer />
      <script type="module" src="/enhance.js" />
    </>
  );
}

const LARGE = [['/search', 'nav.search'], ['/my', 'nav.my']] as const;
const NAVIGATION = [['/services', 'nav.services'], ['/events', 'nav.events'], ['/near', 'nav.near'], ['/plan', 'nav.plan'], ...LARGE] as const;

function Header(): ReactNode {
  const { t, say, href, large } = usePage();
  const site = useSite();
  const { pathname } = useLocation();
  return (
    <header className="top">
      <div className="wrap">
        <a className="brand" href={href('/')}>{site === undefined ? t('home') : say(site.site)}</a>
        <nav aria-label={t('nav.label')}>
          {(large ? LARGE : NAVIGATION).map(([path, name]) => <a key={path} href={href(path)} aria-current={pathname === path ? 'page' : undefined}>{t(name)}</a>)}
        </nav>
        <Modes />
      </div>
    </header>
  );
}

/** The same page in the other size and in the other language. */
function Modes(): ReactNode {
  const { t, view } = usePage();
  const { pathname, search } = useLocation();
  const kept = Object.fromEntries([...new URLSearchParams(search)].filter(([key]) => !['lang', 'size', 'place'].includes(key)));
  const to = (change: Partial<View>, query = kept): string => hrefIn({ ...view, ...change }, pathname, query);
  return (
    <nav className="modes" aria-label={t('modes.label')}>
      {view.size === 'large' ? <a href={to({ size: 'normal' }, { ...kept, size: 'normal' })}>{t('modes.normal')}</a> : <a href={to({ size: 'large' })}>{t('modes.large')}</a>}
      {view.locale === 'zh' ? <a href={to({ locale: 'en' })} lang="en" hrefLang="en">English</a> : <a href={to({ locale: 'zh' })} lang="zh-CN" hrefLang="zh-CN">中文</a>}
    </nav>
  );
}

function Footer(): ReactNode {
  const { t, say, href, locale } = usePage();
  const site = useSite();
  if (site === undefined) return null;
  const { hotline, place, centre, statement } = site;
  return (
    <footer className="foot">
      <div className="wrap">
        <section className="call" aria-label={t('call.label')}>
          <p><a className="phone" href={`tel:${hotline.phone}`}>{hotline.phone}</a> <span>{say(hotline.name)}{t('call.says')}</span></p>
          <p className="muted">{hotline.hours === 'unfilled' ? t('call.hours-unfilled') : t('call.hours', { hours: say(hotline.hours) })}</p>
          {place && centre ? (
            <p>{t('foot.centre', { place: say(place.name) })}<b>{say(centre.name)}</b> {centre.demo ? <Tag kind="demo" /> : null}<br />
              <span className="muted">{centre.hours === 'unfilled' ? t('centre.hours-unfilled') : say(centre.hours)} · <a href={href('/near')}>{t('near.change')}</a></span>
            </p>
          ) : <p className="choose"><a href={href('/near')}>{t('foot.choose-place')}</a></p>}
        </section>
        <nav aria-label={t('foot.label')}>
          <a href={href('/help')}>{t('help.title')}</a>
          <a href={href('/voice')}>{t('voice.public.title')}</a>
          <a href={href('/about')}>{t('about.title')}</a>
          <a href={href('/about#accessibility')}>{t('about.accessibility')}</a>
          <a href={href('/about#data')}>{t('about.data')}</a>
          <a href="/api/docs">{t('foot.api')}</a>
          <a href={href('/staff/sign-in')}>{t('foot.staff')}</a>
        </nav>
        <p className="muted"><Text of={statement} /> {t('foot.as-of', { day: day(site.today, locale) })}</p>
      </div>
    </footer>
  );
}

/** Only while somebody works on the pack: what is wrong with its files as last saved. */
function Diagnostics(): ReactNode {
  const { t } = usePage();
  const diagnostics = useSite()?.diagnostics ?? [];
  if (diagnostics.length === 0) return null;
  return (
    <section className="band" aria-label={t('dev.label')}>
      <div className="wrap">
        <b>{t('dev.count', { count: diagnostics.length })}</b>
        <ul>{diagnostics.slice(0, 12).map(({ at, code, message, hint }) => <li key={`${at} ${code}`}><code>{at}</code> {message} <span className="muted">{hint}</span></li>)}</ul>
      </div>
    </section>
  );
}
