import type { FunctionValue } from '../value.ts';
import { CONTEXTS } from './context.ts';
import { CONVERSIONS } from './conversion.ts';
import { LISTS } from './list.ts';
import { NUMBERS } from './number.ts';
import { RANGES } from './range.ts';
import { SORTING } from './sort.ts';
import { STATISTICS } from './statistic.ts';
import { TEMPORALS } from './temporal.ts';
import { TEXTS } from './text.ts';

/** The functions of FEEL by name. */
export const BUILTINS: ReadonlyMap<string, FunctionValue> = new Map(Object.entries({ ...CONVERSIONS, ...TEXTS, ...NUMBERS, ...LISTS, ...STATISTICS, ...SORTING, ...CONTEXTS, ...TEMPORALS, ...RANGES }));
