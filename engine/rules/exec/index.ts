export * from './interp.ts';
export * from './closure.ts';
export { forget } from './frame.ts';
export type { Frame } from './frame.ts';
