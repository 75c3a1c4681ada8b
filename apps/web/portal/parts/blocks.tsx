import type { ReactNode } from 'react';
import { usePage } from '../../page.tsx';
import type { Cited } from '../shape.ts';

/** What kind of truth stands beside it: a word in a frame, never a colour alone. */
export function Tag({ kind }: { readonly kind: 'demo' | 'parameter' | 'unfilled' | 'running' | 'in-pack' | 'not-yet' }): ReactNode {
  return <span className={`tag ${kind === 'parameter' ? 'demo' : kind}`}>{usePage().t(`tag.${kind}`)}</span>;
}

/** The way back up; the page itself is its heading and is not repeated. */
export function Crumbs({ to }: { readonly to: readonly (readonly [path: string, name: string])[] }): ReactNode {
  const { t, href } = usePage();
  return (
    <nav className="crumbs" aria-label={t('crumbs.label')}>
      <ol>{[['/', t('home')] as const, ...to].map(([path, name]) => <li key={path}><a href={href(path)}>{name}</a></li>)}</ol>
    </nav>
  );
}

/** The heading of a page with the sentence below it, and what the browser can do with it. */
export function Title({ children, lead }: { readonly children: ReactNode; readonly lead?: ReactNode }): ReactNode {
  return (
    <div className="title">
      <h1>{children}</h1>
      {lead === undefined ? null : <p className="lead">{lead}</p>}
      <Tools />
    </div>
  );
}

/** Reading aloud and printing: hidden until our script finds that the browser can. */
function Tools(): ReactNode {
  const { t } = usePage();
  return (
    <div className="tools" hidden>
      <button type="button" data-read-aloud="" data-stop={t('aloud.stop')} hidden>{t('aloud.start')}</button>
      <button type="button" data-print="">{t('print')}</button>
    </div>
  );
}

/** The answer to why somebody came, between two strong lines. */
export function Answer({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="answer">{children}</div>;
}

/** Something that the reader should know and that is not the answer. */
export function Note({ title, children, tone = 'warn' }: { readonly title: string; readonly children: ReactNode; readonly tone?: 'warn' | 'plain' }): ReactNode {
  return <div className={`note ${tone}`}><b>{title}</b><div>{children}</div></div>;
}

/** The plan's own words with the link to where they are printed; left as printed, half-width commas included. */
export function Printed({ of, full = true }: { readonly of: Cited; readonly full?: boolean }): ReactNode {
  const { t, href, locale } = usePage();
  return (
    <figure className="printed">
      {full && of.text.length > 0 ? <blockquote {...(locale === 'en' ? { lang: 'zh-CN' } : {})} data-printed="">{of.text.slice(0, 8).map((text) => <p key={text}>{text}</p>)}</blockquote> : null}
      <figcaption>{t('printed.at')}<a href={href(`/plan/source#L${of.line}`)}>{of.cite}</a></figcaption>
    </figure>
  );
}

/** A citation in a line of text. */
export function Cite({ of }: { readonly of: Pick<Cited, 'cite' | 'line'> }): ReactNode {
  return <a className="cite" lang="zh-CN" href={usePage().href(`/plan/source#L${of.line}`)}>{of.cite}</a>;
}

/** The narrow column of short facts beside a page. */
export function Side({ children }: { readonly children: ReactNode }): ReactNode {
  return <aside className="side" aria-label={usePage().t('side.label')}>{children}</aside>;
}

export function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return <section><h2>{title}</h2><div>{children}</div></section>;
}

/** Links to the parts of a long page. */
export function Jump({ to }: { readonly to: readonly (readonly [anchor: string, name: string, count?: number])[] }): ReactNode {
  const { t } = usePage();
  return <nav className="jump" aria-label={t('jump.label')}>{to.map(([anchor, name, count]) => <a key={anchor} href={`#${anchor}`}>{name}{count === undefined ? null : <span className="count"> {count}</span>}</a>)}</nav>;
}

/** Something wider than a phone: it scrolls by itself, also by keyboard, and the page does not. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable without a mouse
  return <section className="scroll" tabIndex={0} aria-label={label}>{children}</section>;
}
