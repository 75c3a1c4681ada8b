export * from './decide.ts';
export * from './import.ts';
export * from './model.ts';
export * from './pack-table.ts';
export * from './rename.ts';
export * from './types.ts';
