import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import type { Route } from './+types/layout.ts';
import { signedIn } from '../../context.ts';
import { usePage } from '../../page.tsx';

/** Whatever is below shows what is one person's: nobody keeps it. */
export const handle = { own: true };

/** Whoever is not signed in is asked to, and comes back to the page they wanted. */
export function loader(args: Route.LoaderArgs) {
  const { name, acting, principal } = signedIn(args).visitor;
  return { name, acting, looksOnly: principal.only === 'look' };
}

/** Whose page it is, and the way out, on each page of a resident's own. */
export default function My({ loaderData: { name, acting, looksOnly } }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  return (
    <>
      <div className="whose">
        <p>{t('my.signed-in', { name })}</p>
        <form method="post" action="/sign-out"><button type="submit" className="plainly">{t('my.sign-out')}</button></form>
      </div>
      {acting ? (
        <div className="for-another" role="note">
          <p>{acting.name === undefined ? t('my.for-child') : t('my.for', { name: acting.name })}{looksOnly ? t('my.look-only') : ''}</p>
          <form method="post" action="/act-for"><button type="submit" className="button second">{t('my.back-to-own')}</button></form>
        </div>
      ) : null}
      <Outlet />
    </>
  );
}
