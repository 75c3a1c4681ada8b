export * from './element.ts';
export * from './read.ts';
