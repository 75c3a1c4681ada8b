export * from './apply.ts';
export * from './dirty.ts';
export * from './overlay.ts';
