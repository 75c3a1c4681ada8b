export type * from './ast.ts';
export { swallowed } from './hints.ts';
export * from './parse.ts';
export * from './print.ts';
export * from './words.ts';
