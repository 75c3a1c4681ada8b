export * from './mine.ts';
export * from './money.ts';
