export { buildRelease } from './build.ts';
export type { BuildRefusal, Taken } from './build.ts';
export { stagedFeed, stageFeed } from './stage.ts';
export type { Staged, StageResult } from './stage.ts';
export { writeFeeds } from './write.ts';
