import type { ReactNode } from 'react';
import { useConsole } from './words.ts';

/** What is wrong with a form, above it; it is what a reader hears first. */
export function Problem({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useConsole();
  return <div className="con-problem" role="alert"><b>{t('problem')}</b> {children}</div>;
}

/** A field with its label above it and, where there is one, a hint. */
export function Field({ name, label, hint, ...input }: { readonly name: string; readonly label: string; readonly hint?: string | undefined; readonly type?: string; readonly defaultValue?: string | undefined; readonly autoComplete?: string; readonly inputMode?: 'numeric'; readonly autoFocus?: boolean; readonly required?: boolean; readonly maxLength?: number }): ReactNode {
  return (
    <label className="con-field">{label}
      {hint === undefined ? null : <small id={`${name}-hint`}>{hint}</small>}
      <input name={name} aria-describedby={hint === undefined ? undefined : `${name}-hint`} {...input} />
    </label>
  );
}

/** A reason that is asked for, in a few lines. */
export function Reason({ id, value }: { readonly id: string; readonly value?: string | undefined }): ReactNode {
  const { t } = useConsole();
  return <label className="con-field" htmlFor={id}>{t('act.reason')}<small>{t('act.reason-says')}</small><textarea id={id} name="reason" rows={3} maxLength={1_000} defaultValue={value} /></label>;
}

/** Where somebody proves again who they are: beside the page, so that what they wrote stays on it. */
export function ProveFirst({ to }: { readonly to: string }): ReactNode {
  const { t, href } = useConsole();
  return <> <a href={href('/staff/prove', { to })} target="_blank" rel="noopener">{t('prove.beside')}</a></>;
}

/** The code with which somebody sets up their account; it is told this once. */
export function EnrolCode({ id, code, path, until }: { readonly id: string; readonly code: string; readonly path: string; readonly until: string }): ReactNode {
  const { t } = useConsole();
  return (
    <div className="con-done" role="status">
      <p><b>{t('member.code', { id })}</b></p>
      <p className="con-key">{code}</p>
      <p>{t('member.code-says', { path, until })}</p>
    </div>
  );
}
