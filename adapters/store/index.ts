export * from './archive.ts';
export type { Database, Principal, Session } from './database.ts';
export * from './open.ts';
export * from './release.ts';
