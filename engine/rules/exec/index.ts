export * from './interp.ts';
export * from './kernel/index.ts';
