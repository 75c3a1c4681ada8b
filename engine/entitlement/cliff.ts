import type { Pack } from '#engine/pack/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { LANE, REASON, laneOf, seenFact } from '#engine/rules/index.ts';
import type { Column, FactColumn, RuleBook } from '#engine/rules/index.ts';
import { programFor } from './affected.ts';
import { decideAll, fenByRow } from './run.ts';
import type { Run } from './run.ts';
import { screened } from './screening.ts';

/** Those who stand at a cliff of a service. */
export interface Cliff {
  /** How many lose more by one unit of money of income a month and head than they gain, or lose what is no money. */
  readonly count: number;
  /** The most that one of them loses in a cycle, in fen. */
  readonly mostFen: number;
}

/** The people of a snapshot with one unit of money more a month and head; undefined where the pack names no income. */
export function withMoreIncome({ pack, vocabulary }: RuleBook, snapshot: Snapshot): Snapshot | undefined {
  const raised = incomesOf(pack).flatMap(({ fact: name, of }) => {
    const named = vocabulary.names.get(name);
    const fact = named?.kind === 'fact' ? named.fact : undefined;
    const column = fact && snapshot.columns.get(fact.id);
    return fact && column ? [[fact.id, raisedBy(fact, column, of === 'family' ? headsOf(snapshot, fact.entity) : undefined)] as const] : [];
  });
  return raised.length === 0 ? undefined : { ...snapshot, columns: new Map([...snapshot.columns, ...raised]) };
}

/**
 * The cliff of a service: everybody is decided again with one unit of money more a month and head.
 *
 * A person gains that unit, a family one for each member; who loses more of the service stands at a cliff. `more` are
 * the people of `snapshot` with that income. A service that reads no income has none.
 */
export function cliffOf(book: RuleBook, run: Run, service: string, { snapshot, more }: { readonly snapshot: Snapshot; readonly more: Snapshot }): Cliff {
  const program = programFor(screened(book), run.program.lawOn, new Set([service]));
  const decided = run.answers.get(service);
  if (!decided || !program.facts.some((id) => more.columns.get(seenFact(id).fact) !== snapshot.columns.get(seenFact(id).fact))) return { count: 0, mostFen: 0 };
  const after = decideAll(program, more).answers.get(service);
  const [was, is] = [fenByRow(decided), after && fenByRow(after)];
  const heads = headsOf(snapshot, decided.decision.subject);
  let [count, mostFen] = [0, 0];
  decided.reasons.forEach((reason, row) => {
    if (reason !== REASON.yes) return;
    const lostFen = (was?.[row] ?? 0) - (is?.[row] ?? 0);
    const isGone = was === undefined && after?.reasons[row] !== REASON.yes;
    if (!isGone && lostFen <= UNIT_FEN * (heads?.[row] ?? 1)) return;
    count += 1;
    mostFen = Math.max(mostFen, lostFen);
  });
  return { count, mostFen };
}

/** One unit of money. */
const UNIT_FEN = 100;

const incomesOf = ({ breakdowns }: Pack): readonly { readonly fact: string; readonly of: 'head' | 'family' }[] => breakdowns.get('income')?.incomes ?? [];

/** How many members each group has; undefined for what is no group. */
function headsOf({ schema, links }: Snapshot, entity: string): Int32Array | undefined {
  const grouping = [...schema.links.values()].find((link) => link.kind === 'grouping' && link.to === entity);
  const starts = grouping && links.get(grouping.id)?.starts;
  return starts && Int32Array.from({ length: starts.length - 1 }, (_, group) => (starts[group + 1] ?? 0) - (starts[group] ?? 0));
}

/** A column with one unit more, once for each head where heads are given. Unknown and none stay; so does what would leave the range of the fact. */
function raisedBy({ type }: FactColumn, column: Column, heads: Int32Array | undefined): Column {
  const lane = laneOf(type);
  if (type.kind !== 'number' || lane === undefined) return column;
  const [unit, most, least] = [10 ** type.scale, Number(type.max), LANE[lane].least];
  const raised = column.slice();
  for (const [row, value] of column.entries()) {
    const next = value + unit * (heads?.[row] ?? 1);
    if (value >= least && next <= most) raised[row] = next;
  }
  return raised;
}
