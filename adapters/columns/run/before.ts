import type { ServiceAnswers } from '#engine/entitlement/index.ts';
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
}

/** Nobody has anything yet: every yes is new. */
export const NOTHING_BEFORE: Before = { id: 'nothing', people: undefined, services: [], answersOf: () => undefined };

/** Grants in force as answers (`answersInForce`), under a name that is the same for the same grants. */
export function beforeInForce(id: string, people: string, answers: ReadonlyMap<string, ServiceAnswers>): Before {
  return { id: `grants ${id}`, people, services: [...answers.keys()], answersOf: (service) => answers.get(service) };
}

/** The answers of an earlier run, as if all of them were in force; undefined where it is not finished. */
export function beforeOfRun(run: StoredRun): Before | undefined {
  const [summary, result] = [readSummary(run), answersOfRun(run)];
  if (!summary || !result) return undefined;
  return { id: `run ${run.id}`, people: summary.release.people, services: result.manifest.services.map(({ service }) => service), answersOf: (service) => answersAbout(result, service) };
}

/** The answers about one service, from their files. */
export function answersAbout(result: StoredResult, id: string): ServiceAnswers | undefined {
  const found = result.manifest.services.find(({ service }) => service === id);
  if (!found) return undefined;
  const { service, subject, clauses } = found;
  return { decision: { service, subject, clauses: clauses.map((clause) => ({ id: clause })) }, reasons: readReasons(result, found), amounts: readAmounts(result, found) };
}
