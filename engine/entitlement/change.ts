import { REASON } from '#engine/rules/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { clauseOf, eachGrant, NO_GRANT } from './run.ts';
import type { Cycle } from './totals.ts';
import type { ServiceAnswers } from './run.ts';

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

/** The grants of one service that change, as columns in the order of rows: one entry a change. */
export interface ServiceChanges {
  readonly service: string;
  readonly subject: string;
  readonly rows: Int32Array;
  /** Indices in `CHANGES`. */
  readonly kinds: Uint8Array;
  /** NaN where there was, or is, no grant; undefined where that side pays nothing to anybody. */
  readonly wasFen: Float64Array | undefined;
  readonly isFen: Float64Array | undefined;
  /** Indices in `clauseIds`; `NO_CLAUSE` where nothing was, or is, decided. */
  readonly clauses: Uint8Array;
  readonly clauseIds: readonly string[];
}

/** More clauses than two decisions can name. */
export const NO_CLAUSE = 255;

export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

/** What changes in one service, and what there was before. */
export interface ServiceComparison {
  readonly changes: ServiceChanges;
  /** Grants before, and the money they were. */
  readonly grants: number;
  readonly beforeFen: number;
  /** What is paid more to those who get more, and less to those who get less, both added up without sign. */
  readonly movedFen: number;
}

/** What changes from one run to another of the same people. */
export interface ChangeList {
  readonly services: readonly ServiceChanges[];
  readonly counts: ChangeCounts;
  /** Of all services. */
  readonly grants: number;
  /** What is paid in different cycles is added up as it stands: read `cycles` for sums that mean something. */
  readonly beforeFen: number;
  readonly movedFen: number;
  readonly cycles: readonly CycleMoney[];
}

/** The money of everything that is paid in one cycle: what is paid by the month and what is paid once are no one sum. */
export interface CycleMoney {
  readonly cycle: Cycle;
  readonly beforeFen: number;
  readonly movedFen: number;
}

/**
 * The changes from one run to another over the same snapshot, or from grants in force put as answers.
 *
 * Services stand in the order of their ids and rows in their own: the same two runs give the same list to the byte.
 */
export function changesBetween(before: { readonly answers: ReadonlyMap<string, ServiceAnswers> }, after: { readonly answers: ReadonlyMap<string, ServiceAnswers> }, cycleOf: (service: string) => Cycle | undefined): ChangeList {
  const services = [...new Set([...before.answers.keys(), ...after.answers.keys()])].sort();
  const compared = services.map((service) => compareService(before.answers.get(service), after.answers.get(service)));
  const sum = (of: (one: ServiceComparison) => number): number => compared.reduce((total, one) => total + of(one), 0);
  return {
    services: compared.map(({ changes }) => changes).filter(({ rows }) => rows.length > 0),
    counts: countsOf(compared.map(({ changes }) => changes)),
    grants: sum(({ grants }) => grants), beforeFen: sum(({ beforeFen }) => beforeFen), movedFen: sum(({ movedFen }) => movedFen),
    cycles: cyclesOf(compared.map((one) => ({ ...one, service: one.changes.service })), cycleOf),
  };
}

/** In the order in which sums by cycle are told. */
export const CYCLES = ['month', 'year', 'once', 'day', 'use'] as const satisfies readonly Cycle[];

/** The money of services by the cycle in which they are paid; a cycle without any is left out. Where a standard does not say how often, it is once. */
export function cyclesOf(services: readonly { readonly service: string; readonly beforeFen: number; readonly movedFen: number }[], cycleOf: (service: string) => Cycle | undefined): readonly CycleMoney[] {
  const byCycle = Map.groupBy(services, ({ service }) => cycleOf(service) ?? 'once');
  return CYCLES.flatMap((cycle): readonly CycleMoney[] => {
    const [beforeFen, movedFen] = (byCycle.get(cycle) ?? []).reduce(([before, moved], one) => [before + one.beforeFen, moved + one.movedFen], [0, 0]);
    return beforeFen === 0 && movedFen === 0 ? [] : [{ cycle, beforeFen, movedFen }];
  });
}

export function countsOf(changes: readonly Pick<ServiceChanges, 'kinds'>[]): ChangeCounts {
  const counts = { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 };
  for (const { kinds } of changes) for (const kind of kinds) counts[CHANGES[kind] ?? 'new']++;
  return counts;
}

/** The list one change after another. */
export function* eachChange({ services }: Pick<ChangeList, 'services'>): Generator<Change> {
  for (const changes of services) for (let at = 0; at < changes.rows.length; at++) yield changeAt(changes, at);
}

/** One change of a service. */
export function changeAt({ service, subject, rows, kinds, wasFen, isFen, clauses, clauseIds }: ServiceChanges, at: number): Change {
  const fen = (column: Float64Array | undefined): number | undefined => {
    const value = column?.[at] ?? NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  return { service, subject, row: rows[at] ?? 0, kind: CHANGES[kinds[at] ?? 0] ?? 'new', wasFen: fen(wasFen), isFen: fen(isFen), clause: clauseIds[clauses[at] ?? NO_CLAUSE] };
}

/** The same of one service. Where a side did not decide it, nobody of those that the other side knows has a grant; one side must have. */
export function compareService(before: ServiceAnswers | undefined, after: ServiceAnswers | undefined): ServiceComparison {
  const decision = (after ?? before)?.decision;
  if (!decision) throw new Error('a service without a decision is compared');
  const [was, is] = [before?.reasons ?? nobody(after), after?.reasons ?? nobody(before)];
  if (was.length !== is.length) throw new RangeError(`${decision.service} was decided for other people`);
  let [grants, beforeFen] = [0, 0];
  if (before) eachGrant(before, (_, fen) => { grants += 1; beforeFen += fen; });
  const list = new ChangeColumns(was.length, before, after);
  // The very same answers hold no change.
  if (before !== after) list.compare(was, is);
  return { changes: { service: decision.service, subject: decision.subject, ...list.columns() }, grants, beforeFen, movedFen: list.movedFen };
}

const nobody = (other: ServiceAnswers | undefined): Uint8Array => new Uint8Array(other?.reasons.length ?? 0).fill(NO_GRANT);

/** The changes of a service while rows go by; room for all rows is kept, and what is used of it is copied at the end. */
class ChangeColumns {
  movedFen = 0;
  readonly #rows: Int32Array;
  readonly #kinds: Uint8Array;
  readonly #clauses: Uint8Array;
  readonly #was: Column | undefined;
  readonly #is: Column | undefined;
  readonly #wasFen: Float64Array;
  readonly #isFen: Float64Array;
  readonly #clauseIds: string[] = [];
  readonly #placesBefore: Uint8Array;
  readonly #placesAfter: Uint8Array;
  readonly #amountPlace: number;
  #count = 0;

  constructor(rows: number, before: ServiceAnswers | undefined, after: ServiceAnswers | undefined) {
    [this.#rows, this.#kinds, this.#clauses] = [new Int32Array(rows), new Uint8Array(rows), new Uint8Array(rows)];
    [this.#was, this.#is] = [before?.amounts, after?.amounts];
    [this.#wasFen, this.#isFen] = [new Float64Array(this.#was ? rows : 0), new Float64Array(this.#is ? rows : 0)];
    this.#placesBefore = this.#placesOf(before);
    this.#placesAfter = this.#placesOf(after);
    this.#amountPlace = this.#place('amount');
  }

  /** Most rows have it on neither side, or the same on both. */
  compare(was: Uint8Array, is: Uint8Array): void {
    const [wasAmounts, isAmounts] = [this.#was, this.#is];
    let [nextWas, nextIs] = [0, 0];
    for (let row = 0; row < was.length; row++) {
      const [reasonWas, reasonIs] = [was[row] ?? NO_GRANT, is[row] ?? NO_GRANT];
      if (reasonWas !== REASON.yes && reasonIs !== REASON.yes) continue;
      const wasFen = reasonWas === REASON.yes ? (wasAmounts?.[nextWas++] ?? 0) : NaN;
      const isFen = reasonIs === REASON.yes ? (isAmounts?.[nextIs++] ?? 0) : NaN;
      if (wasFen !== isFen) this.#put(row, { was: reasonWas, is: reasonIs, wasFen, isFen });
    }
  }

  #put(row: number, { was, is, wasFen, isFen }: { readonly was: number; readonly is: number; readonly wasFen: number; readonly isFen: number }): void {
    const differenceFen = (is === REASON.yes ? isFen : 0) - (was === REASON.yes ? wasFen : 0);
    const kind = kindOf(was, is, differenceFen);
    if (kind === undefined) return;
    const at = this.#count++;
    this.movedFen += Math.abs(differenceFen);
    this.#rows[at] = row;
    this.#kinds[at] = CHANGES.indexOf(kind);
    this.#wasFen[at] = wasFen;
    this.#isFen[at] = isFen;
    this.#clauses[at] = this.#clauseOf(kind, was, is);
  }

  columns(): Omit<ServiceChanges, 'service' | 'subject'> {
    const count = this.#count;
    return {
      rows: this.#rows.slice(0, count), kinds: this.#kinds.slice(0, count), clauses: this.#clauses.slice(0, count), clauseIds: this.#clauseIds,
      wasFen: this.#was && this.#wasFen.slice(0, count), isFen: this.#is && this.#isFen.slice(0, count),
    };
  }

  #clauseOf(kind: ChangeKind, was: number, is: number): number {
    switch (kind) {
      case 'new': return this.#placesBefore[was] ?? NO_CLAUSE;
      case 'raised': case 'lowered': return this.#amountPlace;
      case 'ended': case 'now-unknown': return this.#placesAfter[is] ?? NO_CLAUSE;
      default: return kind satisfies never;
    }
  }

  /** By reason the place of the clause that it names. */
  #placesOf(answers: ServiceAnswers | undefined): Uint8Array {
    return Uint8Array.from({ length: 256 }, (_, reason) => {
      const clause = answers && clauseOf(answers.decision, reason);
      return clause === undefined ? NO_CLAUSE : this.#place(clause);
    });
  }

  #place(clause: string): number {
    const found = this.#clauseIds.indexOf(clause);
    return found >= 0 ? found : this.#clauseIds.push(clause) - 1;
  }
}

function kindOf(was: number, is: number, differenceFen: number): ChangeKind | undefined {
  if (was === REASON.yes && is === REASON.yes) return differenceFen > 0 ? 'raised' : differenceFen < 0 ? 'lowered' : undefined;
  if (is === REASON.yes) return 'new';
  if (was !== REASON.yes) return undefined;
  return is >= REASON.unknown ? 'now-unknown' : 'ended';
}

/** How much a run may change before a person looks at it, in basis points of the grants and of the money before. */
export interface StopLimits {
  readonly grantsBp: number;
  readonly moneyBp: number;
}

export const USUAL_LIMITS: StopLimits = { grantsBp: 500, moneyBp: 500 };

export interface Stop {
  readonly of: 'grants' | 'money';
  /** Of which money; undefined for grants. */
  readonly cycle?: Cycle | undefined;
  /** How many grants, or fen, change. */
  readonly changed: number;
  readonly before: number;
  readonly limitBp: number;
}

/**
 * The limits that a change list breaks: such a run waits for a person. Where there was nothing before, any change does.
 *
 * `missing`: grants before of subjects who are not there any more. A feed that lost its rows looks like a city that moved away.
 *
 * Money is measured cycle by cycle: a year's sum that doubles must not hide behind many small monthly ones.
 */
export function stopsOf({ counts, grants, cycles, missing = 0 }: Pick<ChangeList, 'counts' | 'grants' | 'cycles'> & { readonly missing?: number }, { grantsBp, moneyBp }: StopLimits): readonly Stop[] {
  const changed = CHANGES.reduce((sum, kind) => sum + counts[kind], missing);
  const measured: readonly Stop[] = [{ of: 'grants', changed, before: grants + missing, limitBp: grantsBp }, ...cycles.map(({ cycle, movedFen, beforeFen }): Stop => ({ of: 'money', cycle, changed: movedFen, before: beforeFen, limitBp: moneyBp }))];
  return measured.filter((one) => BigInt(one.changed) * 10_000n > BigInt(one.before) * BigInt(one.limitBp));
}
