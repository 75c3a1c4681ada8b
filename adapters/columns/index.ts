export { isWhole } from './array-file.ts';
export { decideStored } from './decide.ts';
export { KernelPool } from './pool.ts';
export * from './result.ts';
export { isStored, loadSnapshot, openSnapshot, saveSnapshot, SnapshotWriter } from './store.ts';
export type { StoredSnapshot } from './store.ts';
export { decideParquet } from './parquet/index.ts';
export type { PeopleFile } from './parquet/index.ts';
export * from './release.ts';
