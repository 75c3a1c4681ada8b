import type { ReactNode } from 'react';
import { data } from 'react-router';
import type { AccountLine } from '#engine/console/index.ts';
import type { Route } from './+types/accounts.ts';
import { onDuty } from '../context.ts';
import { Scroll } from '../desk/scroll.tsx';
import { momentIn } from '../format.ts';
import { accountView } from './account-view.ts';
import { consoleWords, useConsole } from './words.ts';

/** The accounts of staff, and what was last done with them. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, locale } = onDuty(args);
  const t = consoleWords(locale);
  const found = await console.accounts.list(visitor.principal);
  if (!found) throw data(null, { status: 403 });
  const isEvent = (kind: string): (typeof EVENTS)[number] | undefined => EVENTS.find((one) => one === kind);
  return {
    mayManage: found.mayManage, accounts: found.accounts.map((one: AccountLine) => accountView(city, one, locale)),
    events: found.events.map(({ account, kind, at, by }, number) => { const known = isEvent(kind); return { number, account, at: momentIn(at, city.pack.plan.calendar.zone), says: known === undefined ? kind : t(`event.${known}`), by: by === 'system' ? t('by.system') : by === 'operator' ? t('by.operator') : by }; }),
  };
}

const EVENTS = ['account-added', 'account-disabled', 'account-enrolled', 'account-reset'] as const;

export default function AccountsPage({ loaderData: { mayManage, accounts, events } }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const title = t('accounts.title');
  return (
    <>
      <title>{title}</title>
      <h1>{title}</h1>
      <p className="desk-lead">{t('accounts.lead')}</p>
      {mayManage ? <p><a className="con-button" href={href('/console/accounts/new')}>{t('accounts.add')}</a></p> : null}
      <Scroll label={title}><table className="desk-table">
        <caption className="desk-hidden">{title}</caption>
        <thead><tr><th scope="col">{t('accounts.name')}</th><th scope="col">{t('accounts.department')}</th><th scope="col">{t('accounts.areas')}</th><th scope="col">{t('accounts.roles')}</th><th scope="col">{t('accounts.state')}</th></tr></thead>
        <tbody>{accounts.map(({ id, name, department, areas, roles, state }) => (
          <tr key={id}><td>{mayManage ? <a href={href(`/console/accounts/${id}`)}>{name}</a> : name} <span className="desk-muted">{id}</span></td><td>{department}</td><td>{areas}</td><td>{roles}</td><td>{t(`accounts.state-${state}`)}</td></tr>
        ))}</tbody>
      </table></Scroll>
      <section>
        <h2>{t('accounts.events')}</h2>
        {events.length === 0 ? <p className="desk-lead">{t('accounts.no-events')}</p> : <ol className="con-log">{events.map(({ number, account, at, says, by }) => <li key={number}>{account} · {says}<small>{at} · {by}</small></li>)}</ol>}
      </section>
    </>
  );
}
