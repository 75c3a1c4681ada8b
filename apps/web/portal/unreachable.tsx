import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/unreachable.ts';
import { pageInput } from '../context.ts';
import { usePage } from '../page.tsx';
import { Trouble } from '../trouble.tsx';

/** What it holds is one reader's. */
export const handle = { own: true };

const RETRY_SECONDS = 30;

/** The store does not answer: what was sent stands in the page, to be sent again by one press. Whoever comes here by themselves is led home. */
export function loader({ context }: Route.LoaderArgs) {
  const { retry } = context.get(pageInput);
  if (!retry) throw redirect('/', 303);
  const { to, typed } = retry;
  return data({ to, typed: typed === 'lost' ? undefined : typed, kind: typed === 'lost' ? 'file-lost' as const : typed === undefined ? 'unreachable' as const : 'typed-kept' as const }, { status: 503, headers: { 'retry-after': String(RETRY_SECONDS) } });
}

export const headers: Route.HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function Unreachable({ loaderData: { to, typed, kind } }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  return (
    <>
      <Trouble kind={kind} />
      {typed === undefined ? <p><a className="button" href={to}>{t('trouble.again')}</a></p> : (
        <form method="post" action={to}>
          {typed.map(([name, value], at) => <input key={`${name} ${String(at)}`} type="hidden" name={name} value={value} />)}
          <button type="submit" className="button">{t('trouble.again')}</button>
        </form>
      )}
    </>
  );
}
