export { buildRelease } from './build.ts';
export type { BuildRefusal, Taken } from './build.ts';
export { registered, stagedFeed, stageFeed } from './stage.ts';
export type { Staged, StageOrder, StageResult } from './stage.ts';
export { writeFeeds } from './write.ts';
