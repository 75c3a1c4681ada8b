import type { ReactNode } from 'react';
import { data } from 'react-router';
import { describeAccountProblem } from '#engine/console/index.ts';
import type { NewMember } from '#engine/console/index.ts';
import { say } from '#engine/kernel/index.ts';
import { nameOfRole, ROLES } from '#engine/permission/index.ts';
import type { Route } from './+types/account-new.ts';
import { onDuty } from '../context.ts';
import { codeView } from './account-view.ts';
import { EnrolCode, Field, Problem, ProveFirst } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { useConsole } from './words.ts';

/** A new account: whose, where and for what. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, locale } = onDuty(args);
  if ((await console.accounts.list(visitor.principal))?.mayManage !== true) throw data(null, { status: 403 });
  return {
    departments: [...city.pack.departments.values()].map(({ id, name }) => ({ id, name: say(name, locale) })),
    areas: [...city.pack.divisions].flatMap(([code, { kind, name }]) => (kind === 'county' ? [{ id: code, name: say(name, locale) }] : [])),
    roles: ROLES.map((id) => ({ id, name: nameOfRole(id, locale) })),
  };
}

export async function action(args: Route.ActionArgs) {
  const { city, console, visitor, locale } = onDuty(args);
  const form = await args.request.formData();
  const many = (name: string): readonly string[] => form.getAll(name).flatMap((one) => (typeof one === 'string' ? [one.slice(0, 40)] : []));
  const member: NewMember = { id: typed(form, 'id').trim().slice(0, 60), name: typed(form, 'name').trim().slice(0, 80), department: typed(form, 'department'), areas: many('areas'), roles: many('roles') };
  const answer = await console.accounts.act(visitor.principal, { do: 'add', ...member }, visitor.provenAt);
  switch (answer.kind) {
    case 'enrol': return data({ enrol: codeView(city, answer), member: undefined, says: undefined, mustProve: false });
    case 'not-allowed': throw data(null, { status: 403 });
    case 'disabled': throw new Error('an account that is made is not closed');
    default: return data({ enrol: undefined, member, says: describeAccountProblem(answer, locale), mustProve: answer.kind === 'prove-again' }, { status: 422 });
  }
}

export default function NewAccountPage({ loaderData: { departments, areas, roles }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const title = t('member.new');
  const was = actionData?.member;
  const choices = (name: 'areas' | 'roles', of: readonly { readonly id: string; readonly name: string }[]): ReactNode => of.map((one) => <label key={one.id} className="con-choice"><input type="checkbox" name={name} value={one.id} defaultChecked={was?.[name].includes(one.id) === true} />{one.name}</label>);
  return (
    <>
      <title>{`${was ? t('problem') : ''}${title}`}</title>
      <p><a href={href('/console/accounts')}>{t('accounts.back')}</a></p>
      <h1>{title}</h1>
      {actionData?.says === undefined ? null : <Problem>{actionData.says}{actionData.mustProve ? <ProveFirst to="/console/accounts" /> : null}</Problem>}
      {actionData?.enrol ? <EnrolCode {...actionData.enrol} /> : (
        <form method="post" className="con-narrow">
          <Field name="id" label={t('accounts.id')} hint={t('member.id-says')} defaultValue={was?.id} maxLength={40} autoComplete="off" />
          <Field name="name" label={t('accounts.name')} defaultValue={was?.name} maxLength={60} autoComplete="off" />
          <label className="con-field">{t('accounts.department')}<select name="department" defaultValue={was?.department ?? ''}><option value="">{t('act.choose')}</option>{departments.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select></label>
          <fieldset className="con-choices"><legend>{t('accounts.roles')}<small>{t('member.roles-says')}</small></legend>{choices('roles', roles)}</fieldset>
          <fieldset className="con-choices"><legend>{t('accounts.areas')}<small>{t('member.areas-says')}</small></legend>{choices('areas', areas)}</fieldset>
          <button className="con-button">{t('member.make')}</button>
        </form>
      )}
    </>
  );
}
