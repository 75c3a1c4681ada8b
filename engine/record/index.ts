export * from './corrected.ts';
export * from './dispute.ts';
export * from './evidence.ts';
export * from './held.ts';
export * from './record.ts';
export * from './retention.ts';
export * from './rows.ts';
export * from './stated.ts';
