export * from './door.ts';
export * from './keys.ts';
export * from './snapshot/index.ts';
export * from './synthetic/index.ts';
export * from './feed/index.ts';
export * from './overlay/index.ts';
