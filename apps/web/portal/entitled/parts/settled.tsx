import type { ReactNode } from 'react';
import { Text, usePage } from '../../../page.tsx';
import type { settledView } from '../shape.ts';

/** More than these go without saying beside a question. */
const SHOWN = 6;

/** What is clear already, beside the question. */
export function Settled({ settled, open, more }: { readonly settled: ReturnType<typeof settledView>; readonly open: number; readonly more: string | undefined }): ReactNode {
  const { t } = usePage();
  const shown = settled.slice(0, SHOWN);
  return (
    <aside className="settled" aria-labelledby="settled">
      <h2 id="settled">{t('entitled.settled', { count: settled.length })}</h2>
      {shown.length === 0 ? <p className="muted">{t('entitled.settled-none')}</p> : <ul>{shown.map(({ id, name, kind }) => <li key={id}><b className={kind}>{t(`entitled.kind-${kind}`)}</b> <Text of={name} /></li>)}</ul>}
      {settled.length > shown.length ? <p>{t('entitled.settled-more', { count: settled.length - shown.length })}</p> : null}
      <p className="muted">{t('entitled.open', { count: open })} {more === undefined ? null : <a href={more}>{t('entitled.see-all')}</a>}</p>
      <p className="muted">{t('entitled.nothing-kept')}</p>
    </aside>
  );
}
