import type { Fold } from '../op.ts';
import { joined, NONE, sql, truth } from './text.ts';
import type { Term, Text } from './text.ts';

/** What is folded: a filter and a value of the linked things. */
export interface Folded {
  readonly fold: Fold;
  readonly where: Term | undefined;
  readonly value: Term | undefined;
}

/**
 * A fold as an aggregate over the linked things of one owner.
 *
 * Only what passes the filter is looked at, and of that only what is not none. An unknown filter or value makes the
 * whole unknown, except that one true settles `some` and one false settles `every`.
 */
export function aggregate({ fold, where, value }: Folded): Text {
  const passes = where && truth(where);
  const lost = unknowns(fold, where, value).map((condition) => sql`COUNT(CASE WHEN ${condition} THEN 1 END)`);
  const found = result(fold, passes, value);
  const settles = value && (fold === 'some' || fold === 'every') ? sql`COUNT(CASE WHEN ${both(passes, settling(fold, value))} THEN 1 END) > 0` : undefined;
  const first = settles ? [sql`WHEN ${settles} THEN ${fold === 'some' ? 'TRUE' : 'FALSE'}`] : [];
  const second = lost.map((count) => sql`WHEN ${count} > 0 THEN NULL`);
  const cases = [...first, ...second];
  return cases.length === 0 ? found : sql`CASE ${joined(cases, ' ')} ELSE ${found} END`;
}

/** What a fold over nothing gives. */
export function emptyFold(fold: Fold): string {
  switch (fold) {
    case 'count': case 'sum': return '0';
    case 'least': case 'greatest': return String(NONE);
    case 'some': return 'FALSE';
    case 'every': return 'TRUE';
    default: return fold satisfies never;
  }
}

function unknowns(fold: Fold, where: Term | undefined, value: Term | undefined): readonly Text[] {
  const filter = where?.unknowable === true ? [sql`${where} IS NULL`] : [];
  const values = fold !== 'count' && value?.unknowable === true ? [both(where && truth(where), sql`${value} IS NULL`)] : [];
  return [...filter, ...values];
}

function result(fold: Fold, passes: Text | undefined, value: Term | undefined): Text {
  if (fold === 'some') return sql`FALSE`;
  if (fold === 'every') return sql`TRUE`;
  if (fold === 'count' || !value) return passes ? sql`COUNT(CASE WHEN ${passes} THEN 1 END)` : sql`COUNT(*)`;
  const counted = value.nonable ? both(passes, sql`${value} <> ${NONE}`) : passes;
  const of = counted ? sql`CASE WHEN ${counted} THEN ${value} END` : sql`${value}`;
  if (fold === 'sum') return sql`COALESCE(CAST(SUM(${of}) AS BIGINT), 0)`;
  return sql`COALESCE(${fold === 'least' ? 'MIN' : 'MAX'}(${of}), ${NONE})`;
}

/** A value of `some` that is true, or of `every` that is false; none is left out. */
function settling(fold: 'some' | 'every', value: Term): Text {
  if (value.form !== 'truth') return sql`${value} = ${fold === 'some' ? 1 : 0}`;
  return fold === 'some' ? value : sql`NOT ${value}`;
}

function both(a: Text | undefined, b: Text): Text {
  return a ? sql`${a} AND ${b}` : b;
}
