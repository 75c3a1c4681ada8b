import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { describeAccountProblem } from '#engine/console/index.ts';
import type { AccountCommand } from '#engine/console/index.ts';
import type { Route } from './+types/account.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { hrefIn } from '../view.ts';
import { accountView, codeView } from './account-view.ts';
import { EnrolCode, Problem, ProveFirst } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { useConsole } from './words.ts';

/** One account, for whoever manages them. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  const found = await console.accounts.list(visitor.principal);
  if (found?.mayManage !== true) throw data(null, { status: 403 });
  const account = foundOrThrow(found.accounts.find(({ id }) => id === args.params.id));
  return { ...accountView(city, account, locale), isOwn: account.id === visitor.principal.id, closed: query.get('did') === 'disable' };
}

const DO = ['reset', 'disable'] as const satisfies readonly AccountCommand['do'][];

/** The code is told in the answer itself and stands in no address, so that nobody finds it afterwards. */
export async function action(args: Route.ActionArgs) {
  const { city, console, visitor, locale, ...view } = onDuty(args);
  const form = await args.request.formData();
  const what = foundOrThrow(DO.find((one) => one === typed(form, 'do')));
  const answer = await console.accounts.act(visitor.principal, { do: what, id: args.params.id }, visitor.provenAt);
  if (answer.kind === 'enrol') return data({ enrol: codeView(city, answer), says: undefined, mustProve: false });
  if (answer.kind === 'account-unknown') foundOrThrow(undefined);
  if (answer.kind === 'not-allowed') throw data(null, { status: 403 });
  if (answer.kind !== 'disabled') return data({ enrol: undefined, says: describeAccountProblem(answer, locale), mustProve: answer.kind === 'prove-again' }, { status: 422 });
  throw redirect(hrefIn({ ...view, locale }, `/console/accounts/${args.params.id}`, { did: what }), 303);
}

export default function AccountPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const { id, name, department, areas, roles, state, isOwn, closed } = loaderData;
  const title = t('member.title', { name });
  return (
    <>
      <title>{`${actionData?.says === undefined ? '' : t('problem')}${title}`}</title>
      <p><a href={href('/console/accounts')}>{t('accounts.back')}</a></p>
      <h1>{title}</h1>
      {actionData?.says === undefined ? null : <Problem>{actionData.says}{actionData.mustProve ? <ProveFirst to={`/console/accounts/${id}`} /> : null}</Problem>}
      {actionData?.enrol ? <EnrolCode {...actionData.enrol} /> : closed && !actionData ? <p className="con-done" role="status">{t('member.did-disable')}</p> : null}
      <dl className="con-facts">
        <dt>{t('accounts.id')}</dt><dd>{id}</dd>
        <dt>{t('accounts.department')}</dt><dd>{department}</dd>
        <dt>{t('accounts.areas')}</dt><dd>{areas}</dd>
        <dt>{t('accounts.roles')}</dt><dd>{roles}</dd>
        <dt>{t('accounts.state')}</dt><dd>{t(`accounts.state-${state}`)}</dd>
      </dl>
      {isOwn ? <p className="desk-lead">{t('member.own')}</p> : state === 'test' ? <p className="desk-lead">{t('member.test')}</p> : (
        <section className="con-narrow">
          <form method="post"><p>{t('member.reset-says')}</p><button className="con-button quiet" name="do" value="reset">{t('member.reset')}</button></form>
          {state === 'closed' ? null : <form method="post"><p>{t('member.disable-says')}</p><button className="con-button quiet" name="do" value="disable">{t('member.disable')}</button></form>}
        </section>
      )}
    </>
  );
}
