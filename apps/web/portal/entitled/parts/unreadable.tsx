import type { ReactNode } from 'react';
import { Head, usePage } from '../../../page.tsx';
import { Crumbs, Title } from '../../parts/blocks.tsx';

/** The answers of the address were cut or changed on the way. */
export function Unreadable(): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('entitled.unreadable')} />
      <Crumbs to={[['/entitled', t('entitled.title')]]} />
      <Title lead={t('entitled.unreadable-says')}>{t('entitled.unreadable')}</Title>
      <p>{t('entitled.unreadable-back')}</p>
      <p className="buttons"><a className="button" href={href('/entitled')}>{t('entitled.again')}</a></p>
    </>
  );
}
