import type { ReactNode } from 'react';
import type { ResidualTable } from './residual-lines.ts';
import { State } from './table.tsx';
import { useDesk } from './words.ts';

const TONES = { 'held-out': 'quiet', within: 'ok', misses: 'warn' } as const;

/** The residual table, closed until it is asked for. */
export function Residuals({ table: { limit, lines } }: { readonly table: ResidualTable }): ReactNode {
  const { t } = useDesk();
  if (lines.length === 0) return null;
  return (
    <details className="desk-more" id="residuals">
      <summary>{t('residuals.title', { count: lines.length, held: lines.filter(({ state }) => state === 'held-out').length })}</summary>
      <p className="desk-lead">{t('residuals.lead', { percent: limit })}</p>
      <div className="desk-scroll">
        <table className="desk-plain">
          <caption className="desk-hidden">{t('residuals.caption')}</caption>
          <thead><tr>
            <th scope="col">{t('residuals.total')}</th><th scope="col" className="desk-num">{t('residuals.published')}</th><th scope="col" className="desk-num">{t('residuals.wanted')}</th><th scope="col" className="desk-num">{t('residuals.drawn')}</th><th scope="col" className="desk-num">{t('residuals.residual')}</th><th scope="col">{t('residuals.state')}</th><th scope="col">{t('residuals.from')}</th>
          </tr></thead>
          <tbody>{lines.map(({ key, name, published, wanted, drawn, residual, source, state }) => (
            <tr key={key}><th scope="row">{name}</th><td className="desk-num">{published}</td><td className="desk-num">{wanted}</td><td className="desk-num">{drawn}</td><td className="desk-num">{residual}</td><td><State tone={TONES[state]}>{t(`residuals.${state}`)}</State></td><td className="desk-muted">{source}</td></tr>
          ))}</tbody>
        </table>
      </div>
    </details>
  );
}
