import type { ReactNode } from 'react';
import { isRouteErrorResponse } from 'react-router';
import { usePage, useSite } from './page.tsx';

/** What kind of trouble an error of a route is. */
export function troubleOf(error: unknown): TroubleKind {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return status === 404 ? 'not-found' : status === 401 || status === 403 ? 'not-allowed' : 'fault';
}

/** `unreachable`, `typed-kept`, `file-lost`: the store does not answer, and what was sent is nothing, is kept, or has to be chosen again. */
export type TroubleKind = 'not-found' | 'fault' | 'not-allowed' | 'offline' | 'unreachable' | 'typed-kept' | 'file-lost';

/** When a page cannot be shown: what happened, what is safe, what to do next, whom to call. */
export function Trouble({ kind }: { readonly kind: TroubleKind }): ReactNode {
  const { t, href } = usePage();
  const phone = useSite()?.hotline.phone;
  return (
    <div className="trouble">
      <title>{t(`trouble.${kind}.title`)}</title>
      <meta name="robots" content="noindex" />
      <h1>{t(`trouble.${kind}.title`)}</h1>
      <p className="lead">{t(`trouble.${kind}.what`)}</p>
      <dl>
        <dt>{t('trouble.safe')}</dt><dd>{t(`trouble.${kind}.safe`)}</dd>
        <dt>{t('trouble.next')}</dt><dd>{t(`trouble.${kind}.next`)}</dd>
        {phone === undefined ? null : <><dt>{t('trouble.call')}</dt><dd><a className="phone" href={`tel:${phone}`}>{phone}</a> {t('trouble.call-says')}</dd></>}
      </dl>
      <p className="buttons"><a className="button" href={href('/')}>{t('trouble.home')}</a> <a className="button plain" href={href('/search')}>{t('trouble.search')}</a></p>
    </div>
  );
}
