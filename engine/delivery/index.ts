export * from './ask.ts';
export * from './count.ts';
export * from './due.ts';
export * from './followed.ts';
export * from './link.ts';
export * from './list.ts';
export * from './present.ts';
export * from './span.ts';
