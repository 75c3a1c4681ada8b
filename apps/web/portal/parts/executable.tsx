import type { ReactNode } from 'react';
import { Text, usePage } from '../../page.tsx';
import type { standardView } from '../standard-view.ts';
import { Scroll, Tag } from './blocks.tsx';

/** What the city decides by: the conditions in words, how the amount is worked out, and the standards it rests on. */
export function Executable({ id, rule: { askable, conditions, amount, amountSays, parameters } }: { readonly id: string; readonly rule: NonNullable<ReturnType<typeof standardView>> }): ReactNode {
  const { t, href, say } = usePage();
  return (
    <section>
      <h2>{t('rule.title')}</h2>
      <p className="muted">{t('rule.says')}</p>
      <ol className="cond">{conditions.map((one) => <li key={`${one.id} ${one.rule}`}><span>{one.says ? <Text of={one.says} /> : <span lang="zh-CN">{one.rule}</span>}</span></li>)}</ol>
      {askable ? <p className="buttons"><a className="button" href={href('/entitled', { s: id })}>{t('rule.ask')}</a></p> : null}
      {amount === undefined ? null : <details><summary>{t('rule.amount')}</summary>{amountSays === undefined ? <p className="code" lang="zh-CN">{amount}</p> : <p>{amountSays}</p>}</details>}
      {parameters.length === 0 ? null : (
        <Scroll label={t('rule.parameters')}>
          <table>
            <caption>{t('rule.parameters')}</caption>
            <thead><tr><th scope="col">{t('rule.parameter')}</th><th scope="col">{t('rule.value')}</th></tr></thead>
            <tbody>{parameters.map(({ id: parameter, label, by, values }) => <tr key={parameter}><th scope="row">{say(label)}</th><td>{values.map(({ area, value, from }) => <div key={`${area?.zh ?? ''} ${from}`}>{area && values.length > 1 ? `${say(area)} ` : ''}{value} <span className="muted">{t('rule.since', { day: from })}</span></div>)}{by === undefined ? <Tag kind="parameter" /> : <span className="muted">{t('rule.by')}<span lang="zh-CN">{by}</span></span>}</td></tr>)}</tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
