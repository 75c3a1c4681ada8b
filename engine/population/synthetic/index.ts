export { collectSnapshot, LinkCollector } from './collect.ts';
export { drawCity } from './city.ts';
export type { Block, Order } from './city.ts';
export { ModelFault, syntheticModel } from './model.ts';
export type { SyntheticModel } from './model.ts';
