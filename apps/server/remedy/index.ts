export * from './answer.ts';
export * from './open.ts';
