export * from './gap.ts';
