export * from './apply.ts';
export * from './attached.ts';
export * from './event.ts';
export * from './messages.ts';
export * from './organ.ts';
export type * from './port.ts';
export * from './procedure.ts';
export * from './reconsideration.ts';
export * from './writing.ts';
