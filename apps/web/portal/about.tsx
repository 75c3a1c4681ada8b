import type { ReactNode } from 'react';
import type { Route } from './+types/about.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Crumbs, Jump, Title } from './parts/blocks.tsx';

const PARTS = ['is', 'is-not', 'data', 'accessibility', 'privacy'] as const;

export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const { plan, sources } = city.pack;
  return { statement: plan.statement, plan: plan.name, authority: plan.authority, hotline: plan.hotline.phone, digest: city.release.digest.slice(0, 12), sources: [...sources.values()].map(({ id, title, issuer, licence, kind }) => ({ id, title, issuer, licence, kind })) };
}

export default function About({ loaderData }: Route.ComponentProps): ReactNode {
  const { statement, plan, authority, hotline, digest, sources } = loaderData;
  const { t, say } = usePage();
  return (
    <>
      <Head title={t('about.title')} description={say(statement)} />
      <Crumbs to={[]} />
      <div className="read">
        <Title lead={<Text of={statement} />}>{t('about.title')}</Title>
        <Jump to={PARTS.map((part) => [part, t(`about.${part}`)])} />
        <section><h2 id="is">{t('about.is')}</h2><p>{t('about.is-says', { plan: say(plan), authority: say(authority) })}</p></section>
        <section><h2 id="is-not">{t('about.is-not')}</h2><p>{t('about.is-not-says')}</p></section>
        <section>
          <h2 id="data">{t('about.data')}</h2>
          <p>{t('about.data-says', { digest })}</p>
          <details><summary>{t('about.sources', { count: sources.length })}</summary>
            <ul className="rows">{sources.map(({ id, title, issuer, licence, kind }) => <li key={id}><span lang="zh-CN" data-printed="">{title}</span>{issuer === undefined ? null : <span className="muted" lang="zh-CN"> {issuer}</span>}<p className="muted">{t(`source.${kind}`)} · {licence === undefined ? t('about.no-licence') : `${t('about.licence')}${licence}`}</p></li>)}</ul>
          </details>
        </section>
        <section><h2 id="accessibility">{t('about.accessibility')}</h2><p>{t('about.accessibility-says')}</p><p>{t('about.accessibility-limits', { phone: hotline })}</p></section>
        <section><h2 id="privacy">{t('about.privacy')}</h2><p>{t('about.privacy-says')}</p></section>
      </div>
    </>
  );
}
