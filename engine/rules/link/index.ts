export * from './book.ts';
export { AS_WRITTEN } from './clause.ts';
export type { Standard, Variation } from './clause.ts';
export type { ClauseText } from './rule.ts';
