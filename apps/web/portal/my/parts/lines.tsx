import type { ReactNode } from 'react';
import { day } from '../../../format.ts';
import { Text, usePage } from '../../../page.tsx';
import { Tag } from '../../parts/blocks.tsx';
import type { OwnLine } from '../lines.ts';
import type { NoticeView } from '../notice-view.ts';

/** A part of a resident's page, with how many things are in it. */
export function Section({ id, title, count, children }: { readonly id: string; readonly title: string; readonly count?: number; readonly children: ReactNode }): ReactNode {
  return <section id={id}><h2>{title}{count === undefined ? null : <span className="count"> {count}</span>}</h2>{children}</section>;
}

/** Services, each with its reason in one sentence. */
export function Lines({ lines }: { readonly lines: readonly OwnLine[] }): ReactNode {
  const { t, href } = usePage();
  if (lines.length === 0) return null;
  return (
    <ul className="rows mine">
      {lines.map(({ id, name, shared, amount, demo, says }) => (
        <li key={id}>
          <p className="what"><a href={href(`/my/services/${id}`)}><Text of={name} /></a>{shared ? <span className="tag">{t('my.shared')}</span> : null}{amount === undefined ? null : <b className="fen">{amount} {demo ? <Tag kind="parameter" /> : null}</b>}</p>
          <p className="muted">{says}</p>
        </li>
      ))}
    </ul>
  );
}

/** What waits for one word of theirs, with the way to say it. */
export function Asks({ asks }: { readonly asks: readonly NoticeView[] }): ReactNode {
  const { t, href, locale } = usePage();
  if (asks.length === 0) return null;
  return (
    <ul className="rows mine">
      {asks.map(({ path, says, respondBy }) => (
        <li key={path}>
          <p>{says}</p>
          <p className="buttons"><a className="button" href={href(`${path}/confirmed`)}>{t('my.go-confirm')}<span className="away">{t('colon')}{says}</span></a> <a className="button plain" href={href(`${path}/refused`)}>{t('my.go-refuse')}<span className="away">{t('colon')}{says}</span></a></p>
          {respondBy === undefined ? null : <p className="muted">{t('my.respond-by', { day: day(respondBy, locale) })} <a href={href(path)}>{t('my.see-notice')}<span className="away">{t('colon')}{says}</span></a></p>}
        </li>
      ))}
    </ul>
  );
}
