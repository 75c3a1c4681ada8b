export * from './door.ts';
export * from './keys.ts';
export * from './snapshot/index.ts';
export * from './synthetic/index.ts';
export * from './feed/index.ts';
export * from './overlay/index.ts';
export * from './standing/index.ts';
export * from './quality/index.ts';
