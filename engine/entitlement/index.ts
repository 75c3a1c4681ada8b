export * from './change.ts';
export * from './place.ts';
export * from './reform.ts';
export * from './run.ts';
export * from './simulate.ts';
export * from './split.ts';
export * from './suppress.ts';
export * from './totals.ts';
