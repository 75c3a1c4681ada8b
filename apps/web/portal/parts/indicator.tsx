import type { CSSProperties, ReactNode } from 'react';
import { Text, usePage } from '../../page.tsx';
import type { IndicatorView, PairView } from '../shape.ts';

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a drawing made of text and lines is one picture to those who listen; img cannot hold it */

/** From what was to what is promised, in one line; the sentence below it is its text. */
export function Path({ pair, years }: { readonly pair: PairView; readonly years: IndicatorView['years'] }): ReactNode {
  const { t } = usePage();
  const base = pair.base ?? t('value.none-short');
  const target = pair.target ?? t('value.none-short');
  return (
    <div className="path" role="img" aria-label={t('path.says', { baseYear: years.base, base, targetYear: years.target, target })}>
      <span>{base}</span><i /><span>{target}</span>
    </div>
  );
}

/**
 * Base, target and, where printed, the value reached on one scale that starts at zero.
 *
 * Labels stand above for the base and below for the target, so that near values stay apart. What is not a number
 * is not drawn: the sentence beside the drawing says it.
 */
export function Scale({ pair, years }: { readonly pair: PairView; readonly years: IndicatorView['years'] }): ReactNode {
  const { t } = usePage();
  if (!pair.drawn) return null;
  const { base, target, actual } = pair.drawn;
  const top = topOf(pair.drawn);
  if (Math.min(base, target, actual ?? 0) < 0) return null;
  const at = (value: number): string => `${(value / top) * 100}%`;
  const dot = (value: number): CSSProperties & Record<'--at', string> => ({ '--at': at(value) });
  return (
    <div className="scale" role="img" aria-label={pair.judgement}>
      <div className="track">
        <span className="span" style={{ insetInlineStart: at(Math.min(base, target)), inlineSize: at(Math.abs(target - base)) }} />
        <span className={`dot base ${sideOf(base / top)}`} style={dot(base)}><span>{t('table.year', { year: years.base })} <b>{pair.base}</b></span></span>
        <span className={`dot target ${sideOf(target / top)}`} style={dot(target)}><span>{t('table.target', { year: years.target })} <b>{pair.target}</b></span></span>
        {actual === undefined ? null : <span className="dot actual" style={dot(actual)} />}
      </div>
      <div className="ends"><span>0</span><span>{pair.drawn.share && top === 100 ? '100%' : top}</span></div>
      {actual === undefined ? null : <div className="key"><i /> {t('table.actual', { year: years.actual ?? '' })} <b>{pair.actual}</b></div>}
    </div>
  );
}

/** The end of the scale: all of it for a share, else the next round number above the greatest value. */
function topOf({ base, target, actual, share }: NonNullable<PairView['drawn']>): number {
  const greatest = Math.max(base, target, actual ?? 0);
  return share && greatest <= 100 ? 100 : niceAbove(greatest);
}

/** Where the label of a value stands, so that it does not leave the drawing. */
function sideOf(share: number): 'start' | 'mid' | 'end' {
  return share > 0.82 ? 'end' : share < 0.18 ? 'start' : 'mid';
}

/** The next round number above: 1, 2, 2.5 or 5 times a power of ten. */
function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power > value * 1.02) ?? 10;
  return Number((step * power).toPrecision(3));
}

/** The rows of one table of the plan, by its printed groups. On a phone each row is a block. */
export function IndicatorTable({ indicators, caption }: { readonly indicators: readonly IndicatorView[]; readonly caption: string }): ReactNode {
  const { t, href } = usePage();
  const years = indicators[0]?.years;
  if (!years) return null;
  const groups = [...Map.groupBy(indicators, ({ group }) => group)];
  const value = (text: string | undefined): ReactNode => text ?? <span className="muted">{t('value.none-short')}</span>;
  return (
    <table className="grid">
      <caption>{caption}</caption>
      <thead><tr><th scope="col">{t('table.no')}</th><th scope="col">{t('table.indicator')}</th><th scope="col" className="n">{t('table.year', { year: years.base })}</th><th scope="col" className="n">{t('table.target', { year: years.target })}</th>{years.actual === undefined ? null : <th scope="col" className="n">{t('table.actual', { year: years.actual })}</th>}</tr></thead>
      {groups.map(([group, rows]) => (
        <tbody key={group}>
          <tr className="group"><th colSpan={years.actual === undefined ? 4 : 5} scope="rowgroup" lang="zh-CN" data-printed="">{group}</th></tr>
          {rows.flatMap((indicator) => indicator.pairs.map((pair, index) => (
            <tr key={pair.id}>
              <td className="no">{index === 0 ? indicator.row : ''}</td>
              <th scope="row"><a href={href(`/indicators/${indicator.id}`)}><Text of={indicator.name} /></a>{indicator.pairs.length > 1 ? <> · <Text of={pair.name} /></> : null}</th>
              <td className="n" data-label={t('table.year', { year: years.base })}>{value(pair.base)}</td>
              <td className="n" data-label={t('table.target', { year: years.target })}>{value(pair.target)}</td>
              {years.actual === undefined ? null : <td className="n" data-label={t('table.actual', { year: years.actual })}>{value(pair.actual)}</td>}
            </tr>
          )))}
        </tbody>
      ))}
    </table>
  );
}
