export * from './dirty.ts';
export * from './overlay.ts';
