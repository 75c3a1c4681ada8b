import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { nameOfRole } from '#engine/permission/index.ts';
import type { Route } from './+types/sign-in.ts';
import { asked, staffDoor } from '../../context.ts';
import { Field, Problem } from '../parts.tsx';
import { consoleWords, useConsole } from '../words.ts';
import { consolePath, led, typed } from './step.ts';

/** Where staff sign in: account and password first. In a demonstration each of its members is one click. */
export function loader(args: Route.LoaderArgs) {
  const { city, query, locale, visitor } = asked(args);
  const t = consoleWords(locale);
  const staff = city.mode === 'demo' ? [...city.pack.staff.values()] : [];
  return {
    to: consolePath(query.get('to')), signedOut: query.get('problem') === 'signed-out', isIn: visitor.kind === 'staff',
    people: staff.map(({ id, name, does, department, areas, roles }) => ({
      id, name: say(name, locale), does: say(does, locale),
      is: t('people.is', {
        department: say(city.pack.departments.get(department)?.name ?? { zh: department }, locale),
        areas: areas.map((area) => say(city.pack.divisions.get(area)?.name ?? { zh: area }, locale)).join(t('list')) || t('everywhere'),
        roles: roles.map((role) => nameOfRole(role, locale)).join(t('list')),
      }),
    })),
  };
}

export async function action(args: Route.ActionArgs) {
  const { staff, ...view } = staffDoor(args);
  const form = await args.request.formData();
  const to = consolePath(typed(form, 'to'));
  const as = form.get('as');
  if (typeof as === 'string') return led(await staff.asTest(as), view, to);
  return led(await staff.password(typed(form, 'account'), typed(form, 'password')), view, '/staff/code', { to });
}

export default function SignIn({ loaderData: { to, signedOut, isIn, people }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${t('sign-in.title')}`}</title>
      <h1>{t('sign-in.title')}</h1>
      {signedOut && !actionData ? <p className="con-done" role="status">{t('sign-in.signed-out')}</p> : null}
      {isIn ? <p><a className="con-button" href={href('/console')}>{t('sign-in.go-on')}</a></p> : null}
      {actionData ? <Problem>{t(actionData.problem === 'closed' ? 'sign-in.closed' : 'sign-in.wrong', { minutes: actionData.minutes })}</Problem> : null}
      <form method="post" className="con-narrow">
        <input type="hidden" name="to" value={to} />
        <Field name="account" label={t('sign-in.account')} autoComplete="username" maxLength={60} />
        <Field name="password" type="password" label={t('sign-in.password')} autoComplete="current-password" maxLength={256} />
        <button className="con-button">{t('sign-in.next')}</button>
      </form>
      <p className="desk-muted">{t('sign-in.lost')}</p>
      {people.length === 0 ? null : (
        <section aria-labelledby="people">
          <h2 id="people">{t('people.title')} <span className="con-tag">{t('test')}</span></h2>
          <p className="desk-lead">{t('people.says')}</p>
          <ul className="con-people">{people.map(({ id, name, does, is }) => (
            <li key={id}>
              <form method="post"><input type="hidden" name="to" value={to} /><button name="as" value={id} aria-describedby={`does-${id}`}>{name}</button></form>
              <p className="desk-muted">{is}</p><p id={`does-${id}`}>{does}</p>
            </li>
          ))}</ul>
        </section>
      )}
    </>
  );
}
