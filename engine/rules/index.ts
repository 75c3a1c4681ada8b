export * from './build.ts';
export * from './expr.ts';
export * from './infer.ts';
export * from './op.ts';
export * from './program.ts';
export * from './schema.ts';
export * from './type.ts';
export * from './value.ts';
export * as sql from './sql/index.ts';
