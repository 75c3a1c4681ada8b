export * from './duty.ts';
export * from './givers.ts';
export { CONFLICT, dayIn, NO_ORIGINS, NOBODY, provenanceOf } from './origin.ts';
export type { Days, FeedDays, Givers, CellOrigin, Origins } from './origin.ts';
export { restsOn, walkerOf } from './reach.ts';
export type { Reach, Step } from './reach.ts';
export * from './standing.ts';
export * from './touched.ts';
export * from './world.ts';
