import type { ReactNode } from 'react';
import { NOT_IN_REGISTER } from '#engine/entitlement/index.ts';
import { day } from '../../../format.ts';
import { Text, usePage } from '../../../page.tsx';
import type { MessageId, Say } from '../../../words.ts';
import { Scroll } from '../../parts/blocks.tsx';
import type { holdingView, remediesView } from '../service-view.ts';

type OwnHolding = ReturnType<typeof holdingView>;

const GROUNDS = { facts: 'my.ground-facts', confirmation: 'my.ground-confirmation', application: 'my.ground-application' } as const satisfies Record<string, MessageId>;

/** What they have, what became of it, who is looking into it, and what they can do about it. */
export function Holding({ id, holding, phone }: { readonly id: string; readonly holding: OwnHolding; readonly phone: string }): ReactNode {
  const { t, say, href, locale } = usePage();
  return (
    <section>
      <h2>{t('my.holding')}</h2>
      <p>{holdingText(holding, t).join(locale === 'zh' ? '' : ' ')}</p>
      {holding.held === undefined ? null : <p>{t(holding.held === NOT_IN_REGISTER ? 'my.holding-missed' : 'my.holding-held', { phone })}{holding.waits ? <> <a href={href('/my/account')}>{t('my.account.go-right')}</a></> : null}</p>}
      {holding.pausedFrom === undefined ? null : <p>{t('my.holding-paused', { from: holding.pausedFrom })}</p>}
      <Periods periods={holding.periods} />
      {holding.tasks.map((task) => <p key={task.at}>{t('my.task', { kind: task.kind, department: say(task.department), day: day(task.dueOn, locale) })}</p>)}
      <Wishes id={id} holding={holding} />
      {holding.notices.length === 0 ? null : <p>{t('my.told-on')}{holding.notices.map(({ number, given }, at) => <span key={number}>{at === 0 ? '' : t('list.comma')}<a href={href(`/my/notices/${id}/${String(number)}`)}>{given}</a></span>)}</p>}
    </section>
  );
}

/** In sentences; between English ones stands a space. */
function holdingText({ refused, has, asked, since = '', amount, ground }: OwnHolding, t: Say): readonly string[] {
  if (refused) return [t('my.holding-refused')];
  if (!has) return [t(asked ? 'my.holding-asked' : 'my.holding-none')];
  return [t('my.holding-has', { since }), ...(amount === undefined ? [] : [t('my.holding-amount', { amount })]), ...(ground ? [t(GROUNDS[ground])] : [])];
}

function Wishes({ id, holding: { has, refused, owes, pausedFrom, mayPause } }: { readonly id: string; readonly holding: OwnHolding }): ReactNode {
  const { t, href } = usePage();
  return (
    <p className="buttons">
      {has && !refused ? <a className="button plain" href={href(`/my/services/${id}/end`)}>{t('my.go-end')}</a> : null}
      {mayPause && !refused ? <a className="button plain" href={href(`/my/services/${id}/pause`)}>{t('my.go-pause')}</a> : null}
      {pausedFrom === undefined ? null : <a className="button plain" href={href(`/my/services/${id}/resume`)}>{t('my.go-resume')}</a>}
      {refused ? <a className="button plain" href={href(`/my/services/${id}/want`)}>{t('my.go-want')}</a> : null}
      {owes ? <a className="button plain" href={href(`/my/services/${id}/say/object`)}>{t('my.go-object')}</a> : null}
    </p>
  );
}

/** Period by period: what was due, what left, and who pays. */
function Periods({ periods }: Pick<OwnHolding, 'periods'>): ReactNode {
  const { t } = usePage();
  if (periods.length === 0) return null;
  return (
    <Scroll label={t('my.periods-title')}>
      <table>
        <caption className="away">{t('my.periods-title')}</caption>
        <thead><tr><th scope="col">{t('my.period')}</th><th scope="col">{t('my.booked')}</th><th scope="col">{t('my.paid')}</th><th scope="col">{t('my.payers')}</th></tr></thead>
        <tbody>{periods.map(({ period, name, booked, paid, parts }) => <tr key={period}><th scope="row">{name}</th><td>{t('entitled.amount', { amount: booked })}</td><td>{t('entitled.amount', { amount: paid })}</td><td>{parts}</td></tr>)}</tbody>
      </table>
    </Scroll>
  );
}

/** What can be done against an answer, and until when. */
export function Remedies({ remedies, phone }: { readonly remedies: ReturnType<typeof remediesView>; readonly phone: string }): ReactNode {
  const { t, href } = usePage();
  return (
    <section>
      <h2>{t('my.remedies')}</h2>
      {remedies.length === 0 ? <p>{t('my.remedies-none', { phone })}</p> : (
        <ul className="rows">{remedies.map(({ id, name, says, days, until, source, apply }) => (
          <li key={id}><b><Text of={name} /></b><p><Text of={says} /></p><p className="muted">{days === undefined ? t('my.any-day') : until === undefined ? t('my.within', { days }) : t('my.until', { days, until })}{source === undefined ? null : <> {source}</>}</p>{apply === undefined ? null : <p className="buttons"><a className="button plain" href={href(apply)}>{t('remedy.apply.go')}</a></p>}</li>
        ))}</ul>
      )}
    </section>
  );
}
