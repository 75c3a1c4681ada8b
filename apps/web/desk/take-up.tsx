import type { ReactNode } from 'react';
import { Scroll } from './scroll.tsx';
import type { Measure, TakeUpLines } from './take-up-lines.ts';
import { useDesk } from './words.ts';
import type { DeskMessage } from './words.ts';

const HEADINGS = { entitled: 'take-up.entitled', drawn: 'take-up.drawn', notDrawn: 'take-up.not-drawn', undue: 'take-up.undue', near: 'take-up.near' } as const satisfies Record<Measure, DeskMessage>;

export function TakeUpTable({ takeUp: { groups, measures, isRecorded, lines } }: { readonly takeUp: TakeUpLines }): ReactNode {
  const { t } = useDesk();
  return (
    <section aria-label={t('take-up.title')}>
      <h2>{t('take-up.title')}</h2>
      <p className="desk-muted">{t(isRecorded ? 'take-up.lead' : 'take-up.not-recorded')}</p>
      <Scroll label={t('take-up.title')}>
        <table className="desk-plain desk-board" id="take-up">
          <caption className="desk-hidden">{t('take-up.title')}</caption>
          <thead>
            <tr><th scope="col" rowSpan={2}>{t('column.county')}</th>{measures.map((measure) => <th key={measure} scope="colgroup" colSpan={groups.length}>{t(HEADINGS[measure])}</th>)}</tr>
            <tr>{measures.flatMap((measure) => groups.map(({ key, name }) => <th key={`${measure} ${key}`} scope="col" className="desk-num">{name}</th>))}</tr>
          </thead>
          <tbody>{lines.map((line) => (
            <tr key={line.key}><th scope="row">{line.name}</th>{line.counts.flatMap((counts, measure) => counts.map((count, at) => <td key={`${measures[measure]} ${groups[at]?.key}`} className="desk-num">{count === null ? t('scope.few') : count.toLocaleString('en')}</td>))}</tr>
          ))}</tbody>
        </table>
      </Scroll>
      <p className="desk-muted">{t('scope.notes')}</p>
    </section>
  );
}
