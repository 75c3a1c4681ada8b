export * from './gap.ts';
export * from './observe.ts';
