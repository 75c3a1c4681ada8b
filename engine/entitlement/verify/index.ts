export * from './apply.ts';
export { departmentOf, isUnread } from './item.ts';
export type * from './item.ts';
export * from './items.ts';
export type { FaultCode, SheetFault } from './read.ts';
export * from './sheet.ts';
