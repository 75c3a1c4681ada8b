export * from './record.ts';
export * from './text.ts';
