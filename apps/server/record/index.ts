export * from './answer.ts';
export * from './correcting.ts';
export * from './open.ts';
