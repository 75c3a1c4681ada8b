export { checkCharacter, citizenIdFault, syntheticId, syntheticIdSql } from './citizen-id.ts';
export { creditCheckCharacter, creditCodeFault, syntheticCreditCodeSql } from './credit-code.ts';
export { DAY, feedPlan, literal, quoted, trimmed } from './plan.ts';
export type { FeedColumn, FeedDay, FeedPlan, FeedProblem, ReadCell } from './plan.ts';
export { judged } from './report.ts';
export type * from './report.ts';
