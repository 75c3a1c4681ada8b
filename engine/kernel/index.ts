export * from './date.ts';
export * from './decimal.ts';
export * from './diagnostic.ts';
export type * from './form.ts';
export * from './json-bytes.ts';
export type * from './memo.ts';
export * from './table.ts';
export * from './text.ts';
