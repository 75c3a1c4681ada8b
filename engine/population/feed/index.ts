export { checkCharacter, citizenIdFault, syntheticId, syntheticIdSql } from './citizen-id.ts';
export { cellOf, feedPlan, literal, quoted } from './plan.ts';
export type { FeedColumn, FeedPlan, FeedProblem } from './plan.ts';
export { judged } from './report.ts';
export type * from './report.ts';
