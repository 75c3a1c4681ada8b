export { decideParquet } from './decide.ts';
export type { PeopleFile } from './decide.ts';
export { ParquetReader } from './read.ts';
export { ParquetWriter } from './write.ts';
export type { ParquetColumn, Values } from './write.ts';
