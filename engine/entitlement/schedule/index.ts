export * from './difference.ts';
export * from './reforms.ts';
export { heldFrom, scheduleReform } from './schedule.ts';
export type { Order as ScheduleOrder, Scheduled } from './schedule.ts';
export * from './text.ts';
export * from './tried.ts';
