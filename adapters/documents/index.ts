export * from './csv.ts';
export * from './memo.ts';
export * from './xlsx.ts';
