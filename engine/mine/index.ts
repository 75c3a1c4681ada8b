export * from './account.ts';
export * from './mine.ts';
export * from './money.ts';
export * from './pay-day.ts';
