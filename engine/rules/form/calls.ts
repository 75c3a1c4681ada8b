import { known, NONE, UNKNOWN } from '../value.ts';
import type { Value } from '../value.ts';
import { BUILTINS } from './builtins/index.ts';
import { integerOf } from './decimal.ts';
import { runIn } from './evaluate.ts';
import { called } from './function.ts';
import { is } from './value.ts';

/** The functions of texts that the checker takes in forms, for the interpreter: none of none, unknown of unknown. */
export const CALLS: ReadonlyMap<string, (of: readonly Value[]) => Value> = new Map(
  ['contains', 'starts with', 'ends with', 'string length'].map((name) => [name, (of: readonly Value[]): Value => {
    if (of.some((value) => value.kind === 'none')) return NONE;
    const texts = of.flatMap((value) => (value.kind === 'known' && typeof value.value === 'string' ? [{ value: value.value }] : []));
    if (texts.length < of.length) return UNKNOWN;
    const found = called(BUILTINS.get(name) ?? null, texts, runIn({ types: new Map() }));
    if (typeof found === 'boolean') return known(found);
    const length = is(found, 'number') ? integerOf(found) : undefined;
    return length === undefined ? NONE : known(BigInt(length));
  }]),
);
