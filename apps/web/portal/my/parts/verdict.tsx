import type { ReactNode } from 'react';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { day } from '../../../format.ts';
import { usePage } from '../../../page.tsx';
import type { MessageId } from '../../../words.ts';
import { Answer, Scroll, Tag } from '../../parts/blocks.tsx';
import type { verdictView } from '../service-view.ts';

type OwnVerdict = ReturnType<typeof verdictView>;

const VERDICTS = { yes: 'my.verdict-yes', no: 'my.verdict-no', unknown: 'my.verdict-unknown' } as const satisfies Record<OwnVerdict['kind'], MessageId>;

/** What it comes to, how much, why, and who pays. */
export function Verdict({ verdict: { kind, amount, demo, because, nearly, payers }, today }: { readonly verdict: OwnVerdict; readonly today: CalendarDate }): ReactNode {
  const { t, locale } = usePage();
  return (
    <Answer>
      <p className="sum words">{t(VERDICTS[kind])}</p>
      {amount === undefined ? null : <p className="sum">{amount} {demo ? <Tag kind="parameter" /> : null}</p>}
      {because === '' ? null : <p>{because}</p>}
      {nearly.length === 0 ? null : <p><b>{t('entitled.would-change')}</b>{nearly.join(t('my.semicolon'))}</p>}
      {payers.length === 0 ? null : <p className="muted">{t('entitled.pays')}{payers.map((one) => t('entitled.pays-part', { payer: one.name, amount: one.amount })).join(t('list.comma'))} {payers.some((one) => one.demo) ? <Tag kind="parameter" /> : null}</p>}
      <p className="muted">{t('my.as-of', { day: day(today, locale) })}</p>
    </Answer>
  );
}

/** Every condition with how it came out, in words, and its law. */
export function Reasons({ reasons, missing }: Pick<OwnVerdict, 'reasons' | 'missing'>): ReactNode {
  const { t } = usePage();
  if (reasons.length === 0) return null;
  return (
    <section>
      <h2>{t('my.reasons')}</h2>
      <ol className="cond">
        {reasons.map(({ clause, held, asks, says, law }) => (
          <li key={clause}><div><b className={held}>{t(`entitled.held-${held}`)}</b> {asks ?? says}{asks === undefined ? null : <p className="muted">{says}</p>}{law === undefined ? null : <p className="muted">{law}</p>}</div></li>
        ))}
      </ol>
      {missing.length === 0 ? null : <><p><b>{t('my.missing')}</b></p><ul className="plain">{missing.map((one) => <li key={one}>{one}</li>)}</ul></>}
    </section>
  );
}

/** Every value that was read, whose record it is and how old. */
export function Facts({ facts }: Pick<OwnVerdict, 'facts'>): ReactNode {
  const { t } = usePage();
  if (facts.length === 0) return null;
  return (
    <section>
      <h2>{t('my.facts')}</h2>
      <p className="muted">{t('my.facts-says')}</p>
      <Scroll label={t('my.facts')}>
        <table>
          <caption className="away">{t('my.facts')}</caption>
          <thead><tr><th scope="col">{t('my.fact')}</th><th scope="col">{t('my.value')}</th><th scope="col">{t('my.holder')}</th><th scope="col">{t('my.observed')}</th></tr></thead>
          <tbody>{facts.map(({ id, name, whose, value, holder, observed }) => <tr key={id}><th scope="row">{whose === undefined ? name : t('my.fact-of', { whose, name })}</th><td>{value}</td><td>{holder ?? t('my.holder-unfilled')}</td><td>{observed ?? t('my.observed-none')}</td></tr>)}</tbody>
        </table>
      </Scroll>
    </section>
  );
}
