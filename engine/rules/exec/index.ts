export * from './interp.ts';
