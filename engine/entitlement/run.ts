import type { Snapshot } from '#engine/population/index.ts';
import { compileKernel, REASON, runKernel } from '#engine/rules/index.ts';
import type { Answers, Decision, Program } from '#engine/rules/index.ts';
import { screenedSnapshot } from './screening.ts';

/** Everybody decided by the law of one day: for each service a reason for each row of its subject, and amounts. */
export interface Run {
  readonly program: Program;
  /** By service, in the order of the program. */
  readonly answers: ReadonlyMap<string, Answers>;
}

/**
 * Decides every service of a program for everybody in a snapshot. The same input gives the same bytes.
 *
 * People whom nobody asked about are decided by a program of the `screened` book: it reads what is sensitive only where
 * somebody has signed.
 */
export function decideAll(program: Program, people: Snapshot): Run {
  const snapshot = screenedSnapshot(program, people);
  const answers = runKernel(compileKernel(program, snapshot.layout), snapshot);
  return { program, answers: new Map(answers.map((one) => [one.decision.service, one])) };
}

/** The answers about one service with as much of its decision as reading them takes; those of a kernel are such. */
export interface ServiceAnswers extends Pick<Answers, 'reasons' | 'amounts'> {
  readonly decision: Pick<Decision, 'service' | 'subject'> & { readonly clauses: readonly { readonly id: string }[] };
}

/** Every row that has it, with its fen: 0 where the service pays nothing. */
export function eachGrant({ reasons, amounts }: Pick<Answers, 'reasons' | 'amounts'>, take: (row: number, amountFen: number) => void): void {
  let next = 0;
  for (let row = 0; row < reasons.length; row++) if (reasons[row] === REASON.yes) take(row, amounts?.[next++] ?? 0);
}

/** What each row gets in fen, 0 where nothing; undefined where the service pays nothing to anybody. */
export function fenByRow(answers: Pick<Answers, 'reasons' | 'amounts'>): Float64Array | undefined {
  if (!answers.amounts) return undefined;
  const fen = new Float64Array(answers.reasons.length);
  eachGrant(answers, (row, amountFen) => { fen[row] = amountFen; });
  return fen;
}

/** A no without a clause: nobody decided it, there is merely no grant. Beyond every clause that a decision may have. */
export const NO_GRANT = REASON.unknown - 1;

/** The clause that a reason names; undefined for a yes and for a no that nobody decided. */
export function clauseOf({ clauses }: ServiceAnswers['decision'], reason: number): string | undefined {
  if (reason === REASON.yes) return undefined;
  if (reason < REASON.unknown) return clauses[reason - REASON.no]?.id;
  return clauses[reason - REASON.unknown]?.id ?? 'amount';
}

/**
 * Grants in force in the form of answers, so that a run can be compared with them.
 *
 * `grants` gives the fen of each row that has one, undefined where the service pays nothing; `rows` is how many rows
 * the subject has.
 */
export function answersInForce(decision: Decision, rows: number, grants: ReadonlyMap<number, number | undefined>): Answers {
  const reasons = new Uint8Array(rows).fill(NO_GRANT);
  const held = [...grants].sort(([a], [b]) => a - b);
  for (const [row] of held) reasons[row] = REASON.yes;
  return { decision, reasons, amounts: decision.amount === undefined ? undefined : Float64Array.from(held, ([, fen]) => fen ?? 0) };
}
