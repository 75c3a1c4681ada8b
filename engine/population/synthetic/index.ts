export { collectSnapshot, LinkCollector, membersOf, starts as startsOfSizes } from './collect.ts';
export { drawCity } from './city.ts';
export type { Block, Order } from './city.ts';
export { ModelFault, syntheticModel } from './model.ts';
export type { SyntheticModel } from './model.ts';
export { checkSyntheticModel } from './plan.ts';
export { MOST_RESIDUAL, TotalCounter } from './total.ts';
export type { Residual } from './total.ts';
