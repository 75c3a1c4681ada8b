export * from './citation.ts';
export * from './files.ts';
export * from './format.ts';
export { PACK_KINDS } from './kinds.ts';
export type { Kind } from './kinds.ts';
export * from './load.ts';
export * from './messages.ts';
export * from './pack.ts';
export type * from './source/document.ts';
