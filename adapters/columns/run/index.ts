export { answersAbout, beforeInForce, beforeOfRun, NOTHING_BEFORE, rekeyed } from './before.ts';
export type { Before } from './before.ts';
export { countClauses, readChanges } from './change-file.ts';
export type { ChangePage } from './change-file.ts';
export { answersOfRun, listRuns, openRun, peopleOf, readSummary, runIdOf } from './place.ts';
export type { RunOrder, StoredRun } from './place.ts';
export { RUN_STEPS, startRun } from './run.ts';
export type { RunOptions, RunOutcome, RunProgress, RunStep } from './run.ts';
