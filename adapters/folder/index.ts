export * from './read.ts';
export * from './watch.ts';
