export * from './blocks.ts';
export { compileKernel, kernelRefusals } from './compile.ts';
export type { Kernel, KernelRefusal, Unit } from './compile.ts';
export { amountLane, MOST_CLAUSES, REASON } from './decision.ts';
export * from './lane.ts';
export { isFar } from './layout.ts';
export type { Bound, ColumnLayout, Layout, Slot } from './layout.ts';
export * from './run.ts';
export * from './runner.ts';
