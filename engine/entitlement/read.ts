import { nearest, Numeral } from '#engine/pack/index.ts';
import { factValue, receivesFact } from '#engine/rules/index.ts';
import type { RuleBook, Value } from '#engine/rules/index.ts';
import { assumedIn } from './question.ts';
import { tellable } from './told.ts';
import type { Said, Told } from './told.ts';

/** Why a described situation is not decided: what was given that is no fact of a person, or not a value of it. */
export interface Refused {
  readonly name: string;
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly nearest: string | undefined;
}

export interface Described {
  /** Facts by name, as examples write them; numbers may be JSON numbers or digits in a string. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Facts of the other people of the household taken together. */
  readonly others?: Readonly<Record<string, unknown>> | undefined;
  /** Services that are received now; absent: not known. */
  readonly receives?: readonly string[] | undefined;
}

/** A situation by the names of its facts, with what the pack assumes of whoever says nothing else of it. Anything unknown to the pack is refused, never ignored. */
export function readDescribed(book: RuleBook, { facts, others = {}, receives }: Described): { readonly kind: 'told'; readonly told: Told } | { readonly kind: 'refused'; readonly refused: readonly Refused[] } {
  const refused: Refused[] = [];
  const own = readNamed(book, facts, refused);
  const theirs = readNamed(book, others, refused);
  const received = new Map<string, Said>();
  for (const id of receives ?? []) if (!book.pack.services.has(id)) refused.push({ name: id, code: 'service-unknown', data: { id }, nearest: nearest(id, book.pack.services.keys()) });
  if (receives) for (const id of book.pack.services.keys()) received.set(receivesFact(id), { kind: 'known', value: receives.includes(id) });
  return refused.length > 0 ? { kind: 'refused', refused } : { kind: 'told', told: { facts: new Map([...assumedIn(book, () => {}), ...received, ...own]), others: theirs } };
}

function readNamed(book: RuleBook, given: Readonly<Record<string, unknown>>, refused: Refused[]): ReadonlyMap<string, Value> {
  const { vocabulary, pack } = book;
  const subject = pack.plan.interview?.subject ?? 'person';
  return new Map(Object.entries(given).flatMap(([name, value]) => {
    const named = vocabulary.names.get(name);
    if (named?.kind !== 'fact') {
      refused.push({ name, code: 'situation-name-unknown', data: { name }, nearest: nearest(name, [...vocabulary.names].flatMap(([word, one]) => (one.kind === 'fact' ? [word] : []))) });
      return [];
    }
    if (!tellable(vocabulary.schema, subject, named.fact)) {
      refused.push({ name, code: 'situation-name-elsewhere', data: { name }, nearest: undefined });
      return [];
    }
    const read = factValue(vocabulary.schema, named.fact, asWritten(value, named.fact.type.kind === 'number'));
    if (!('code' in read)) return [[named.fact.id, read] as const];
    refused.push({ name, code: read.code, data: read.data, nearest: read.nearest });
    return [];
  }));
}

/** A JSON value as a pack would hold it: digits stay digits. */
function asWritten(value: unknown, number: boolean): unknown {
  if (typeof value === 'number') return new Numeral(String(value));
  return number && typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? new Numeral(value) : value;
}
