export * from './paper.ts';
export * from './proof.ts';
