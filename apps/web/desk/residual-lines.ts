import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { MOST_RESIDUAL } from '#engine/population/index.ts';
import type { Residual } from '#engine/population/index.ts';
import type { DeskWords } from './words.ts';

/** A published total beside what was drawn, ready to be shown. */
export interface ResidualLine {
  readonly key: string;
  readonly name: string;
  readonly published: string;
  readonly wanted: string;
  readonly drawn: string;
  readonly residual: string;
  readonly source: string;
  readonly state: 'held-out' | 'within' | 'misses';
}

/** The residual table: how far a calibrated total may be off, in percent, and the totals. */
export interface ResidualTable {
  readonly limit: number;
  readonly lines: readonly ResidualLine[];
}

/** The totals that the drawn people are measured by, in the order of the pack; none where nobody was drawn. */
export function residualTable({ population }: Pick<City, 'population'>, locale: Locale, t: DeskWords): ResidualTable {
  const lines = (population?.residuals ?? []).map((one): ResidualLine => ({
    key: one.id, name: say(one.name, locale), published: numberOf(one.published, one.kind), wanted: numberOf(one.wanted, one.kind), drawn: numberOf(one.drawn, one.kind),
    residual: one.residual === undefined ? '' : offWords(one.residual), source: t('residuals.source', { source: one.source, year: one.year }),
    state: one.heldOut ? 'held-out' : one.residual !== undefined && Math.abs(one.residual) <= MOST_RESIDUAL ? 'within' : 'misses',
  }));
  return { limit: MOST_RESIDUAL, lines };
}

/** How far something is off in percent, with its sign; what rounds to nothing is 0. */
export function offWords(percent: number): string {
  const size = Math.abs(percent).toFixed(2);
  return Number(size) === 0 ? '0%' : `${percent > 0 ? '+' : '−'}${size}%`;
}

function numberOf(value: number, kind: Residual['kind']): string {
  return kind === 'percent' ? `${value.toFixed(2)}%` : value.toLocaleString('en', { maximumFractionDigits: kind === 'count' ? 0 : 2 });
}
