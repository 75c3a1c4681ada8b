import type { ReactNode } from 'react';
import { usePage } from '../../../page.tsx';

type Kept = readonly { readonly number: number; readonly file: string; readonly kilobytes: number }[];

/** The papers that were kept; with `href` they can be opened. */
export function Papers({ papers, href }: { readonly papers: Kept; readonly href?: (paper: number) => string }): ReactNode {
  const { t } = usePage();
  return <ul className="plain">{papers.map(({ number, file, kilobytes }) => <li key={number}>{href === undefined ? file : <a href={href(number)}>{file}</a>} <span className="muted">{t('record.dispute.kilobytes', { count: kilobytes })}</span></li>)}</ul>;
}

/** A paper is kept at once, as a step of its own. */
export function Upload({ papers, action, problem }: { readonly papers: Kept; readonly action: string; readonly problem: string | undefined }): ReactNode {
  const { t } = usePage();
  return (
    <>
      {papers.length === 0 ? null : <><h2>{t('record.dispute.kept')}</h2><Papers papers={papers} /></>}
      <form method="post" action={action} encType="multipart/form-data" className="upload">
        <input type="hidden" name="do" value="keep" />
        <label htmlFor="file">{t(papers.length === 0 ? 'record.dispute.file' : 'record.dispute.another')}</label>
        <input id="file" name="file" type="file" accept="image/png,image/jpeg,application/pdf" aria-describedby={problem === undefined ? undefined : 'mistake'} />
        <p className="buttons"><button type="submit" className="button plain">{t('record.dispute.keep')}</button></p>
      </form>
    </>
  );
}
