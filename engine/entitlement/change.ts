import { REASON } from '#engine/rules/index.ts';
import type { Answers, Decision } from '#engine/rules/index.ts';
import { clauseOf, fenByRow, NO_GRANT } from './run.ts';
import type { Run } from './run.ts';

/** What becomes of a grant. Money that stays the same is no change, and neither is one no instead of another. */
export const CHANGES = ['new', 'raised', 'lowered', 'ended', 'now-unknown'] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** One grant that changes. */
export interface Change {
  readonly service: string;
  readonly subject: string;
  /** The row of the subject in the snapshot. */
  readonly row: number;
  readonly kind: ChangeKind;
  /** Undefined where there was, or is, no grant, and where the service pays no money. */
  readonly wasFen: number | undefined;
  readonly isFen: number | undefined;
  /**
   * Why: for a new grant the clause that stood against it before; for one that ended or is now unknown the clause that
   * says so; for money that changed `amount`. Undefined where the service was not, or is no longer, decided.
   */
  readonly clause: string | undefined;
}

/** The grants of one service that change, as columns in the order of rows. */
interface ServiceChanges {
  readonly service: string;
  readonly subject: string;
  readonly rows: Int32Array;
  /** Indices in `CHANGES`. */
  readonly kinds: Uint8Array;
  readonly wasFen: Float64Array | undefined;
  readonly isFen: Float64Array | undefined;
  readonly clauses: readonly (string | undefined)[];
}

export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

/** What changes from one run to another of the same people. */
export interface ChangeList {
  readonly services: readonly ServiceChanges[];
  readonly counts: ChangeCounts;
  /** Grants before, and the money they were; what is paid in different cycles is added up as it stands. */
  readonly grants: number;
  readonly beforeFen: number;
  /** What is paid more to those who get more, and less to those who get less, both added up without sign. */
  readonly movedFen: number;
}

/**
 * The changes from one run to another over the same snapshot, or from grants in force put as answers.
 *
 * Services stand in the order of their ids and rows in their own: the same two runs give the same list to the byte.
 */
export function changesBetween(before: Pick<Run, 'answers'>, after: Pick<Run, 'answers'>): ChangeList {
  const services = [...new Set([...before.answers.keys(), ...after.answers.keys()])].sort();
  const compared = services.map((service) => compare(before.answers.get(service), after.answers.get(service)));
  const sum = (of: (one: Compared) => number): number => compared.reduce((total, one) => total + of(one), 0);
  return {
    services: compared.map(({ changes }) => changes).filter(({ rows }) => rows.length > 0),
    counts: countsOf(compared.map(({ changes }) => changes)),
    grants: sum(({ grants }) => grants), beforeFen: sum(({ beforeFen }) => beforeFen), movedFen: sum(({ movedFen }) => movedFen),
  };
}

export function countsOf(changes: readonly Pick<ServiceChanges, 'kinds'>[]): ChangeCounts {
  const counts = { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 };
  for (const { kinds } of changes) for (const kind of kinds) counts[CHANGES[kind] ?? 'new']++;
  return counts;
}

/** The list one change after another. */
export function* eachChange({ services }: Pick<ChangeList, 'services'>): Generator<Change> {
  for (const { service, subject, rows, kinds, wasFen, isFen, clauses } of services) {
    for (const [at, row] of rows.entries()) {
      const kind = CHANGES[kinds[at] ?? 0] ?? 'new';
      yield { service, subject, row, kind, wasFen: kind === 'new' ? undefined : wasFen?.[row], isFen: kind === 'ended' || kind === 'now-unknown' ? undefined : isFen?.[row], clause: clauses[at] };
    }
  }
}

interface Compared {
  readonly changes: ServiceChanges;
  readonly grants: number;
  readonly beforeFen: number;
  readonly movedFen: number;
}

function compare(before: Answers | undefined, after: Answers | undefined): Compared {
  const decision = (after ?? before)?.decision;
  if (!decision) throw new Error('a service without a decision is compared');
  const [was, is] = [stateOf(before, after), stateOf(after, before)];
  if (was.reasons.length !== is.reasons.length) throw new RangeError(`${decision.service} was decided for other people`);
  // The very same answers hold no change.
  const { movedFen, ...columns } = before === after ? { ...NO_CHANGES, movedFen: 0 } : changesOf(was, is, before?.decision, after?.decision);
  return {
    changes: { service: decision.service, subject: decision.subject, ...columns, wasFen: was.fen, isFen: is.fen },
    grants: was.reasons.reduce((count, reason) => count + (reason === REASON.yes ? 1 : 0), 0),
    beforeFen: was.fen?.reduce((sum, one) => sum + one, 0) ?? 0,
    movedFen,
  };
}

const NO_CHANGES = { rows: new Int32Array(), kinds: new Uint8Array(), clauses: [] } as const;

function changesOf(was: State, is: State, before: Decision | undefined, after: Decision | undefined): Pick<ServiceChanges, 'rows' | 'kinds' | 'clauses'> & { readonly movedFen: number } {
  const rows: number[] = [];
  const kinds: number[] = [];
  const clauses: (string | undefined)[] = [];
  let movedFen = 0;
  for (const [row, reason] of was.reasons.entries()) {
    const now = is.reasons[row] ?? NO_GRANT;
    const differenceFen = (is.fen?.[row] ?? 0) - (was.fen?.[row] ?? 0);
    const kind = kindOf(reason, now, differenceFen);
    if (kind === undefined) continue;
    movedFen += Math.abs(differenceFen);
    rows.push(row);
    kinds.push(CHANGES.indexOf(kind));
    clauses.push(reasonOf(kind, before, reason, after, now));
  }
  return { rows: Int32Array.from(rows), kinds: Uint8Array.from(kinds), clauses, movedFen };
}

interface State {
  readonly reasons: Uint8Array;
  readonly fen: Float64Array | undefined;
}

/** The answers of a side; where it did not decide the service, nobody of those that the other side knows has a grant. */
function stateOf(answers: Answers | undefined, other: Answers | undefined): State {
  return answers ? { reasons: answers.reasons, fen: fenByRow(answers) } : { reasons: new Uint8Array(other?.reasons.length ?? 0).fill(NO_GRANT), fen: undefined };
}

function kindOf(was: number, is: number, differenceFen: number): ChangeKind | undefined {
  if (was === REASON.yes && is === REASON.yes) return differenceFen > 0 ? 'raised' : differenceFen < 0 ? 'lowered' : undefined;
  if (is === REASON.yes) return 'new';
  if (was !== REASON.yes) return undefined;
  return is >= REASON.unknown ? 'now-unknown' : 'ended';
}

function reasonOf(kind: ChangeKind, before: Decision | undefined, was: number, after: Decision | undefined, is: number): string | undefined {
  switch (kind) {
    case 'new': return before && clauseOf(before, was);
    case 'raised': case 'lowered': return 'amount';
    case 'ended': case 'now-unknown': return after && clauseOf(after, is);
    default: return kind satisfies never;
  }
}

/** How much a run may change before a person looks at it, in basis points of the grants and of the money before. */
export interface StopLimits {
  readonly grantsBp: number;
  readonly moneyBp: number;
}

export const USUAL_LIMITS: StopLimits = { grantsBp: 500, moneyBp: 500 };

export interface Stop {
  readonly of: 'grants' | 'money';
  /** How many grants, or fen, change. */
  readonly changed: number;
  readonly before: number;
  readonly limitBp: number;
}

/** The limits that a change list breaks: such a run waits for a person. Where there was nothing before, any change does. */
export function stopsOf({ counts, grants, beforeFen, movedFen }: ChangeList, { grantsBp, moneyBp }: StopLimits): readonly Stop[] {
  const changed = CHANGES.reduce((sum, kind) => sum + counts[kind], 0);
  const measured: readonly Stop[] = [{ of: 'grants', changed, before: grants, limitBp: grantsBp }, { of: 'money', changed: movedFen, before: beforeFen, limitBp: moneyBp }];
  return measured.filter((one) => BigInt(one.changed) * 10_000n > BigInt(one.before) * BigInt(one.limitBp));
}
