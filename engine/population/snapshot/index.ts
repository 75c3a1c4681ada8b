export * from './build.ts';
export * from './encode.ts';
export * from './format.ts';
export * from './person.ts';
export { factsIn, NO_REACH, reachesOf, union as unionOfReaches } from './reach.ts';
export type { Reach, Reaching, ReachStep } from './reach.ts';
export * from './snapshot.ts';
