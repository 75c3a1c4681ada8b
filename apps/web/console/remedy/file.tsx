import type { ReactNode } from 'react';
import type { Route } from './+types/file.ts';
import { filePaper } from '../../remedy/file-paper.ts';
import { PaperBlocks } from '../../remedy/paper-blocks.tsx';
import { taskPath, taskPlace } from '../view.ts';
import { useConsole } from '../words.ts';
import { reading } from './reading.ts';

/** The file of an application, word for word as the applicant has it. */
export async function loader(args: Route.LoaderArgs) {
  const { city, one, key } = await reading(args);
  const place = taskPlace(key);
  return { back: taskPath(key), subject: one.subjectKey, pdf: `/console/reconsideration-pdf/${place}`, papers: one.evidence.map(({ number, name }) => ({ path: `/console/reconsideration-paper/${number}/${place}`, name })), blocks: filePaper(city, one).blocks };
}

export default function ReconsiderationFile({ loaderData: { back, subject, pdf, papers, blocks } }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  return (
    <>
      <title>{t('remedy.title')}</title>
      <p><a href={href(back)}>{t('remedy.back')}</a></p>
      <h1>{t('remedy.title')}</h1>
      <p className="desk-note">{t('remedy.logged', { subject })}</p>
      <p><a className="con-button quiet" href={href(pdf)} download="file.pdf">{t('remedy.pdf')}</a></p>
      {papers.length === 0 ? null : <section><h2>{t('remedy.papers')}</h2><ul>{papers.map(({ path, name }) => <li key={path}><a href={path} download={name}>{name}</a></li>)}</ul></section>}
      <PaperBlocks of={blocks} />
    </>
  );
}
