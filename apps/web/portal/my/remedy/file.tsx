import type { ReactNode } from 'react';
import type { Route } from './+types/file.ts';
import { Head, usePage } from '../../../page.tsx';
import { filePaper } from '../../../remedy/file-paper.ts';
import { PaperBlocks } from '../../../remedy/paper-blocks.tsx';
import { Crumbs, Title } from '../../parts/blocks.tsx';
import { ownSent } from './here.ts';
import { applicationView } from './view.ts';

/** The file that is attached, word for word as the organ reads it. */
export async function loader(args: Route.LoaderArgs) {
  const { city, one, locale } = await ownSent(args);
  const { path, service } = applicationView(city, one, locale);
  return { path, service, blocks: filePaper(city, one).blocks };
}

export default function File({ loaderData: { path, service, blocks } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('remedy.file.title')} />
      <Crumbs to={[['/my', t('my.title')], ['/my/reconsideration', t('remedy.title')], [path, service]]} />
      <Title lead={t('remedy.file.lead')}>{t('remedy.file.title')}</Title>
      <p className="no-print"><a href={href(`${path}/file.pdf`)} download="file.pdf">{t('remedy.file.pdf')}</a></p>
      <PaperBlocks of={blocks} />
    </>
  );
}
