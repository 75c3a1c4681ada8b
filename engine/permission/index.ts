export * from './matrix.ts';
export * from './may.ts';
export * from './policy.ts';
export * from './sql.ts';
