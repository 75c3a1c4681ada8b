import { fenByRow, NO_GRANT } from '#engine/entitlement/index.ts';
import type { ServiceAnswers } from '#engine/entitlement/index.ts';
import { REASON } from '#engine/rules/index.ts';
import { readAmounts, readReasons } from '../result.ts';
import type { StoredResult } from '../result.ts';
import { answersOfRun, readSummary } from './place.ts';
import type { StoredRun } from './place.ts';

/** What is in force before a run. Its services are asked for one at a time, so that they need not be in memory together. */
export interface Before {
  /** The same for the same grants: it is part of the id of the run. */
  readonly id: string;
  /** Whose rows they are (`peopleOf` a release); undefined where that makes no difference. */
  readonly people: string | undefined;
  readonly services: readonly string[];
  /** Undefined where nobody has anything. */
  readonly answersOf: (service: string) => ServiceAnswers | undefined;
  /** How many grants are of subjects who have no row; asked after the answers. */
  readonly missingOf: (service: string) => number;
}

const nobodyMissing = (): number => 0;

/** Nobody has anything yet: every yes is new. */
export const NOTHING_BEFORE: Before = { id: 'nothing', people: undefined, services: [], answersOf: () => undefined, missingOf: nobodyMissing };

/** Grants in force as answers (`answersInForce`), under a name that is the same for the same grants. */
export function beforeInForce(id: string, people: string, answers: ReadonlyMap<string, ServiceAnswers>, missing: ReadonlyMap<string, number>): Before {
  return { id: `grants ${id}`, people, services: [...answers.keys()], answersOf: (service) => answers.get(service), missingOf: (service) => missing.get(service) ?? 0 };
}

/** The answers of an earlier run, as if all of them were in force; undefined where it is not finished. */
export function beforeOfRun(run: StoredRun): Before | undefined {
  const [summary, result] = [readSummary(run), answersOfRun(run)];
  if (!summary || !result) return undefined;
  return { id: `run ${run.id}`, people: summary.release.people, services: result.manifest.services.map(({ service }) => service), answersOf: (service) => answersAbout(result, service), missingOf: nobodyMissing };
}

/**
 * The same put by the rows of another release. `rowsOf` gives for each row of a kind of thing there its row here before,
 * or -1; undefined for a kind that has no lasting keys: nothing about it can be compared.
 */
export function rekeyed(before: Before, people: string, rowsOf: (entity: string) => Int32Array | undefined): Before {
  const missing = new Map<string, number>();
  const answersOf = (service: string): ServiceAnswers | undefined => {
    const was = before.answersOf(service);
    const rows = was && rowsOf(was.decision.subject);
    if (!was || !rows) return undefined;
    const [reasons, fen] = [new Uint8Array(rows.length).fill(NO_GRANT), fenByRow(was)];
    const amounts: number[] = [];
    let found = 0;
    for (let row = 0; row < rows.length; row++) {
      const old = rows[row] ?? -1;
      if (old < 0) continue;
      const reason = was.reasons[old] ?? NO_GRANT;
      reasons[row] = reason;
      if (reason !== REASON.yes) continue;
      found += 1;
      if (fen) amounts.push(fen[old] ?? 0);
    }
    missing.set(service, was.reasons.reduce((count, reason) => (reason === REASON.yes ? count + 1 : count), 0) - found);
    return { decision: was.decision, reasons, amounts: fen && Float64Array.from(amounts) };
  };
  return { id: before.id, people, services: before.services, answersOf, missingOf: (service) => missing.get(service) ?? 0 };
}

/** The answers about one service, from their files. */
export function answersAbout(result: StoredResult, id: string): ServiceAnswers | undefined {
  const found = result.manifest.services.find(({ service }) => service === id);
  if (!found) return undefined;
  const { service, subject, clauses } = found;
  return { decision: { service, subject, clauses: clauses.map((clause) => ({ id: clause })) }, reasons: readReasons(result, found), amounts: readAmounts(result, found) };
}
