export * from './archive.ts';
export type { Database, Principal, Session } from './database.ts';
export { appendEvents, LogConflict, readStream, retryOnConflict } from './log.ts';
export type { Append, AppendStamp, ReadEntry } from './log.ts';
export * from './open.ts';
export * from './release.ts';
export * from './vault.ts';
