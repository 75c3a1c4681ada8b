export * from './fact-value.ts';
export * from './run.ts';
export * from './world.ts';
