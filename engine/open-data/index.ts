export * from './data-set.ts';
export * from './memo.ts';
export * from './schema.ts';
