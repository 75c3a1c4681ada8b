import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/enrol.ts';
import { staffDoor } from '../../context.ts';
import { qrCode } from '../../portal/entitled/qr.ts';
import { hrefIn } from '../../view.ts';
import { Field, Problem } from '../parts.tsx';
import { useConsole } from '../words.ts';
import { typed } from './step.ts';

/** Where a member of staff sets up their account, once: a password, and the codes of their telephone. */
export async function loader(args: Route.LoaderArgs) {
  const { staff, query } = staffDoor(args);
  const code = query.get('code') ?? '';
  const found = code === '' ? undefined : await staff.enrolling(code);
  if (!found) return data({ kind: 'none' as const }, { status: 404 });
  const { cookies, ...person } = found;
  const headers = new Headers();
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return data({ kind: 'found' as const, ...person, code, qr: qrCode(person.address) }, { headers });
}

export function headers({ loaderHeaders }: Route.HeadersArgs): Headers {
  return loaderHeaders;
}

export async function action(args: Route.ActionArgs) {
  const { staff, query, ...view } = staffDoor(args);
  const form = await args.request.formData();
  const refusal = await staff.enrol(query.get('code') ?? '', { password: typed(form, 'password'), again: typed(form, 'again'), code: typed(form, 'code') });
  if (refusal === undefined) throw redirect(hrefIn(view, '/staff/sign-in'), 303);
  return data({ refusal }, { status: 422 });
}

export default function Enrol({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t } = useConsole();
  if (loaderData.kind === 'none') return <><title>{t('enrol.none')}</title><h1>{t('enrol.none')}</h1><p className="desk-lead">{t('enrol.none-says')}</p></>;
  const { account, name, key, qr } = loaderData;
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${t('enrol.title')}`}</title>
      <h1>{t('enrol.title')}</h1>
      <p className="desk-lead">{t('enrol.lead', { name, account })}</p>
      {actionData ? <Problem>{t(`enrol.${actionData.refusal}`)}</Problem> : null}
      <form method="post" className="con-narrow">
        <h2>{t('enrol.phone')}</h2>
        <p>{t('enrol.phone-says')}</p>
        <svg className="con-qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={t('enrol.qr')} shapeRendering="crispEdges"><path d={qr.path} /></svg>
        <p>{t('enrol.key')} <span className="con-key">{key.replaceAll(/(.{4})/g, '$1 ').trim()}</span></p>
        <Field name="code" label={t('code.label')} hint={t('code.hint')} autoComplete="one-time-code" inputMode="numeric" maxLength={10} />
        <h2>{t('enrol.password')}</h2>
        <Field name="password" type="password" label={t('enrol.new')} hint={t('enrol.rules')} autoComplete="new-password" maxLength={256} />
        <Field name="again" type="password" label={t('enrol.again')} autoComplete="new-password" maxLength={256} />
        <button className="con-button">{t('enrol.send')}</button>
      </form>
    </>
  );
}
