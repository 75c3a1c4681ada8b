import { known, LANE, NONE, UNKNOWN } from '#engine/rules/index.ts';
import type { Value } from '#engine/rules/index.ts';
import type { Snapshot } from './snapshot.ts';

const TRUE = known(true);
const FALSE = known(false);

/** The value of a fact in a row, as rules see it; what has no column is unknown. */
export function valueAt({ schema, columns, layout }: Pick<Snapshot, 'schema' | 'columns' | 'layout'>, fact: string, row: number): Value {
  const [cell, lane, type] = [columns.get(fact)?.[row], layout.columns.get(fact)?.lane, schema.facts.get(fact)?.type];
  if (cell === undefined || !lane || !type || cell === LANE[lane].unknown) return UNKNOWN;
  if (cell === LANE[lane].none) return NONE;
  return type.kind === 'boolean' ? (cell === 1 ? TRUE : FALSE) : known(BigInt(cell));
}
