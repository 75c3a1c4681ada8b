import { known, LANE, NONE, UNKNOWN } from '#engine/rules/index.ts';
import type { Value, ValueType } from '#engine/rules/index.ts';
import type { Snapshot } from './snapshot.ts';

const TRUE = known(true);
const FALSE = known(false);

/** The value of a fact in a row, as rules see it; what has no column is unknown. */
export function valueAt({ schema, columns, layout }: Pick<Snapshot, 'schema' | 'columns' | 'layout'>, fact: string, row: number): Value {
  const lane = layout.columns.get(fact)?.lane;
  const kind = schema.facts.get(fact)?.type.kind;
  return lane && kind ? valueOfCell(columns.get(fact)?.[row], LANE[lane], kind) : UNKNOWN;
}

/** The same for who reads one row after another. */
export function readingOf({ schema, columns, layout }: Pick<Snapshot, 'schema' | 'columns' | 'layout'>, fact: string): (row: number) => Value {
  const [column, lane, kind] = [columns.get(fact), layout.columns.get(fact)?.lane, schema.facts.get(fact)?.type.kind];
  if (!column || !lane || !kind) return () => UNKNOWN;
  const states = LANE[lane];
  return (row) => valueOfCell(column[row], states, kind);
}

function valueOfCell(cell: number | undefined, { unknown, none }: (typeof LANE)[keyof typeof LANE], kind: ValueType['kind']): Value {
  if (cell === undefined || cell === unknown) return UNKNOWN;
  if (cell === none) return NONE;
  return kind === 'boolean' ? (cell === 1 ? TRUE : FALSE) : known(BigInt(cell));
}
