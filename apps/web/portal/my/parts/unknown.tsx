import type { ReactNode } from 'react';
import { Head, usePage, useSite } from '../../../page.tsx';
import { Crumbs, Title } from '../../parts/blocks.tsx';

/** An address that leads to nothing of theirs: what may have happened, and what to do. */
export function Unknown(): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('my.unknown')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Title lead={t('my.unknown-says', { phone: useSite()?.hotline.phone ?? '' })}>{t('my.unknown')}</Title>
      <p className="buttons"><a className="button" href={href('/my/notices')}>{t('my.notices')}</a> <a className="button plain" href={href('/my')}>{t('my.title')}</a></p>
    </>
  );
}
