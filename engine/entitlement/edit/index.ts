export * from './errors.ts';
export * from './files.ts';
export * from './history.ts';
export * from './payers.ts';
export * from './source.ts';
export * from './standard.ts';
export * from './value.ts';
