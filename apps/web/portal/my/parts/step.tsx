import type { ReactNode } from 'react';
import { usePage } from '../../../page.tsx';

/** What is wrong with what was sent, above the field that it is about. */
export function Mistake({ says }: { readonly says: string | undefined }): ReactNode {
  const { t } = usePage();
  return says === undefined ? null : <p className="mistake" id="mistake" role="alert"><b>{t('entitled.mistake')}</b>{says}</p>;
}

/** On to the next step. */
export function Go(): ReactNode {
  const { t } = usePage();
  return <div className="buttons"><button type="submit" className="button">{t('entitled.continue')}</button></div>;
}
