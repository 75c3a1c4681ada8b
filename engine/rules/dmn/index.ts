export * from './decide.ts';
export * from './model.ts';
