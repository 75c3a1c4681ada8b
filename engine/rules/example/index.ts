export * from './run.ts';
export * from './world.ts';
