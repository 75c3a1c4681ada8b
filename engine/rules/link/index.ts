export * from './book.ts';
export { groupText, openingText } from './group.ts';
export type { Opening } from './group.ts';
export { AS_WRITTEN } from './clause.ts';
export type { Standard, Variation } from './clause.ts';
export { endingsOf } from './rule.ts';
export type { ClauseText } from './rule.ts';
