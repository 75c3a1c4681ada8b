import type { ReactNode } from 'react';
import type { Route } from './+types/code.ts';
import { asked, staffDoor } from '../../context.ts';
import { Field, Problem } from '../parts.tsx';
import { useConsole } from '../words.ts';
import { consolePath, led, typed } from './step.ts';

export function loader(args: Route.LoaderArgs) {
  return { to: consolePath(asked(args).query.get('to')) };
}

/** The second step: the code that the telephone shows. */
export async function action(args: Route.ActionArgs) {
  const { staff, ...view } = staffDoor(args);
  const form = await args.request.formData();
  return led(await staff.code(typed(form, 'code')), view, consolePath(typed(form, 'to')));
}

export default function Code({ loaderData: { to }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${t('code.title')}`}</title>
      <h1>{t('code.title')}</h1>
      {actionData ? <Problem>{t(`code.${actionData.problem}`, { minutes: actionData.minutes })}</Problem> : null}
      <form method="post" className="con-narrow">
        <input type="hidden" name="to" value={to} />
        <Field name="code" label={t('code.label')} hint={t('code.hint')} autoComplete="one-time-code" inputMode="numeric" maxLength={10} />
        <button className="con-button">{t('code.send')}</button> <a href={href('/staff/sign-in', { to })}>{t('code.again')}</a>
      </form>
    </>
  );
}
