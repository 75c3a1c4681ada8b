export * from './books.ts';
export * from './loop.ts';
export * from './shown.ts';
