export * from './act.ts';
export * from './grant.ts';
export * from './ledger.ts';
export * from './month.ts';
export * from './payment.ts';
export * from './recovery.ts';
export * from './settle.ts';
