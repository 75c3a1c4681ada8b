export * from './quality.ts';
export * from './plain.ts';
