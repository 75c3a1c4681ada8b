export * from './gap.ts';
export * from './observe.ts';
export * from './path.ts';
