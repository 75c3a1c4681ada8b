import type { ReactNode } from 'react';
import { day } from '../../format.ts';
import { Text, usePage } from '../../page.tsx';
import { Scroll, Tag } from '../parts/blocks.tsx';
import type { timetablesOf } from './view.ts';

type Table = ReturnType<typeof timetablesOf>[number];

/** What falls due when, and by whom it is done; with a way to be told the days. */
export function Timetable({ of, service }: { readonly of: Table; readonly service: string }): ReactNode {
  const { t, say, href, locale } = usePage();
  return (
    <section id={of.id}>
      <h2><Text of={of.name} />{of.demo ? <> <Tag kind="parameter" /></> : null}</h2>
      <p>{t('due.by', { level: t(`due.level-${of.level}`), by: of.by ? say(of.by) : '' })}</p>
      {of.asked ? <p className="buttons"><a className="button" href={href(`/services/${service}/due`, { list: of.id })}>{t('due.ask')}</a></p> : null}
      <Scroll label={say(of.name)}>
        <table>
          <caption className="away">{say(of.name)}</caption>
          <thead><tr><th scope="col">{t('due.what')}</th><th scope="col">{t('due.when')}</th></tr></thead>
          <tbody>{of.items.map((item) => <tr key={item.id}><th scope="row"><Text of={item.name} /></th><td>{item.when}</td></tr>)}</tbody>
        </table>
      </Scroll>
      {of.ends === undefined ? null : <p><b>{t('due.ends', { day: day(of.ends, locale) })}</b></p>}
      {of.note ? <p className="muted"><Text of={of.note} /></p> : null}
    </section>
  );
}
