export * from './citation.ts';
export * from './files.ts';
export * from './load.ts';
export * from './messages.ts';
export * from './pack.ts';
export type * from './source/document.ts';
