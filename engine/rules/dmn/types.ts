import { ANY, NOTHING, passes, runIn, typeOf } from '../form/index.ts';
import type { FormType, FormValue } from '../form/index.ts';
import type { FormCell } from '../syntax/index.ts';
import type { ItemType } from './model.ts';

/** Types by the name that a model gives them; one that asks itself is any. */
export function typesOf(items: readonly ItemType[], outside: ReadonlyMap<string, FormType>, cell: (text: string) => FormCell | undefined): ReadonlyMap<string, FormType> {
  const types = new Map<string, FormType>(outside);
  const byName = new Map(items.map((item) => [item.name, item]));
  const open = new Set<string>();
  const named = (name: string | undefined): FormType => {
    if (name === undefined) return ANY;
    const item = byName.get(name);
    const known = types.get(name);
    if (known || !item) return known ?? typeOf({ kind: 'named', name }, types) ?? ANY;
    if (open.has(name)) return ANY;
    open.add(name);
    const made = typeOfItem(item);
    open.delete(name);
    types.set(name, made);
    return made;
  };
  const typeOfItem = (item: ItemType): FormType => {
    const one = constrained(oneOf(item), item.allowed);
    return item.collection ? { kind: 'list', of: one } : one;
  };
  const oneOf = (item: ItemType): FormType => {
    if (item.takes) return { kind: 'function', takes: item.takes.map(named), gives: named(item.gives) };
    return item.components.length > 0 ? { kind: 'context', entries: new Map(item.components.map((part) => [part.name, typeOfItem(part)])) } : named(item.type);
  };
  const constrained = (of: FormType, allowed: string | undefined): FormType => {
    const tests = allowed === undefined ? undefined : cell(allowed);
    if (!tests) return of;
    return { kind: 'allowed', of, passes: (value: FormValue) => passes(tests, value, NOTHING, runIn({ types: new Map() })) === true };
  };
  for (const { name } of items) named(name);
  return types;
}
