export * from './archive.ts';
export type { Database, Principal, Session } from './database.ts';
export { lockFolder } from './lock.ts';
export * from './open.ts';
export * from './release.ts';
