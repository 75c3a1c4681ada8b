import type { ReactNode } from 'react';
import { PROVEN_MINUTES } from '#engine/console/index.ts';
import type { Route } from './+types/prove.ts';
import { onDuty, staffDoor } from '../../context.ts';
import { Field, Problem } from '../parts.tsx';
import { useConsole } from '../words.ts';
import { consolePath, led, typed } from './step.ts';

/** Before what touches money or opens sensitive facts: whoever is signed in proves again who they are. */
export function loader(args: Route.LoaderArgs) {
  const { query, visitor } = onDuty(args);
  return { to: consolePath(query.get('to')), isTest: visitor.isTest };
}

export async function action(args: Route.ActionArgs) {
  const { staff, ...view } = staffDoor(args);
  const form = await args.request.formData();
  return led(await staff.prove(typed(form, 'code')), view, consolePath(typed(form, 'to')));
}

export default function Prove({ loaderData: { to, isTest }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${t('prove.title')}`}</title>
      <h1>{t('prove.title')}</h1>
      <p className="desk-lead">{t('prove.lead', { minutes: PROVEN_MINUTES })}</p>
      {actionData ? <Problem>{t(`code.${actionData.problem}`, { minutes: actionData.minutes })}</Problem> : null}
      <form method="post" className="con-narrow">
        <input type="hidden" name="to" value={to} />
        {isTest ? <p>{t('prove.test')}</p> : <Field name="code" label={t('code.label')} hint={t('code.hint')} autoComplete="one-time-code" inputMode="numeric" maxLength={10} />}
        <button className="con-button">{t('prove.send')}</button> <a href={href('/console')}>{t('prove.back')}</a>
      </form>
    </>
  );
}
