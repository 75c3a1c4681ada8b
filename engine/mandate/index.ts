export * from './family.ts';
export * from './mandate.ts';
