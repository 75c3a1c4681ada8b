import type { ReactNode } from 'react';
import { usePage } from '../../page.tsx';
import type { Found } from '../shape.ts';
import { Cite } from './blocks.tsx';

/** What the plan prints against itself, in plain words, with every place as printed. Nothing is corrected here. */
export function Finding({ of, subjects = false }: { readonly of: Found; readonly subjects?: boolean }): ReactNode {
  const { t, href, say } = usePage();
  return (
    <article className={`finding ${of.severity}`}>
      <p>{of.plain}</p>
      <ul>{of.places.map(({ cite, line, raw }) => <li key={`${line} ${raw}`}><q lang="zh-CN" data-printed="">{raw.length > 160 ? `${raw.slice(0, 160)}…` : raw}</q> <Cite of={{ cite, line }} /></li>)}</ul>
      {subjects && of.subjects.length > 0 ? <p className="muted">{t('finding.about')}{of.subjects.slice(0, 6).map(({ path, name }, index) => <span key={path}>{index > 0 ? t('list.and') : ''}<a href={href(path)}>{say(name)}</a></span>)}</p> : null}
    </article>
  );
}

/** The findings about one service or indicator, below their own heading; nothing where there are none. */
export function FindingsAbout({ findings }: { readonly findings: readonly Found[] }): ReactNode {
  const { t } = usePage();
  if (findings.length === 0) return null;
  return (
    <section>
      <h2 id="findings">{t('findings.about', { count: findings.length })}</h2>
      <p>{t('findings.about-says')}</p>
      {findings.map((one) => <Finding key={`${one.code} ${one.places.map(({ line }) => line).join(' ')}`} of={one} />)}
    </section>
  );
}
