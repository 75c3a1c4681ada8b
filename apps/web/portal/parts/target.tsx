import type { ReactNode } from 'react';
import { Text, usePage } from '../../page.tsx';
import type { TargetView } from '../target-view.ts';
import { Cite } from './blocks.tsx';

/** Targets of the text: the promise, for whom, until when, and the printed words. */
export function TargetList({ targets }: { readonly targets: readonly TargetView[] }): ReactNode {
  const { t, href } = usePage();
  return (
    <ul className="rows targets">
      {targets.map(({ id, name, value, scope, by, hedge, quote, indicator, cited, findings }) => (
        <li key={id} id={id}>
          <h3><Text of={name} /></h3>
          <p><b>{value}</b> <span className="muted">{by === undefined ? t('target.no-year') : t('target.by', { year: by })} · <span lang="zh-CN">{scope}</span></span></p>
          <p className="muted"><q lang="zh-CN" data-printed="">{quote}</q> <Cite of={cited} />{hedge === undefined ? null : <> {t('target.hedge')}<q lang="zh-CN" data-printed="">{hedge}</q></>}</p>
          {indicator ? <p className="muted">{t('target.repeats')}<a href={href(`/indicators/${indicator.id}`)}><Text of={indicator.name} /></a></p> : null}
          {findings.map((one) => <p key={one.code} className="flag">{one.plain}</p>)}
        </li>
      ))}
    </ul>
  );
}
