export * from './checker.ts';
export * from './compare.ts';
export * from './frame.ts';
export { lift, throughAll, digits } from './names.ts';
export { codeOf, raised } from './operand.ts';
export * from './tested.ts';
