export * from './clock.ts';
export * from './event.ts';
export * from './fold.ts';
export * from './log.ts';
export * from './messages.ts';
export * from './notice.ts';
export * from './task.ts';
export * from './work.ts';
