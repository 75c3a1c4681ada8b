import { readDescribed, SELF, situationOf } from '#engine/entitlement/index.ts';
import type { Refused, Told } from '#engine/entitlement/index.ts';
import { constantOf, evaluate, known } from '#engine/rules/index.ts';
import type { Expr, FactColumn, RuleBook, Value } from '#engine/rules/index.ts';
import { dueList } from './due.ts';
import type { Day, DueList } from './due.ts';
import { factsIn } from './link.ts';
import type { LinkedSchedule } from './link.ts';

/** What somebody whom nobody named asks a schedule. */
export interface DueQuestion {
  /** Facts by name, as situations write them. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The day from which spans count (yyyymmdd), where it is said itself instead of what it follows from. */
  readonly anchor?: number | undefined;
}

export interface DueAnswer extends DueList {
  readonly kind: 'answered';
  /** Whether such a person is followed on the day; unknown where too little was said. */
  readonly followed: 'yes' | 'no' | 'unknown';
  readonly anchor: Day;
}

export type DueAnswered = DueAnswer | { readonly kind: 'refused'; readonly refused: readonly Refused[] };

/** The facts that the dates of a schedule follow from, in the order in which they are best asked; those of the person alone can be told. */
export function askedFor({ vocabulary }: RuleBook, { anchor, when, counted }: LinkedSchedule): readonly FactColumn[] {
  return factsIn([...when.values(), anchor, ...counted.values()]).flatMap((id) => vocabulary.schema.facts.get(id) ?? []);
}

/** What is due when for a described person, of whom nobody has any record, on a day (yyyymmdd). */
export function askSchedule(book: RuleBook, linked: LinkedSchedule, { facts, anchor: said }: DueQuestion, day: number): DueAnswered {
  const read = readDescribed(book, { facts });
  if (read.kind === 'refused') return read;
  const value = valuesFor(book, read.told);
  const anchor = said ?? dayOfValue(value(linked.anchor));
  const found = value(linked.who);
  return {
    kind: 'answered', anchor,
    followed: found.kind === 'unknown' ? 'unknown' : found.kind === 'known' && found.value === true ? 'yes' : 'no',
    ...dueList(linked.schedule, {
      anchor, done: undefined,
      counted: new Map([...linked.counted].map(([text, expr]) => [text, dayOfValue(value(expr))])),
      holds: new Map([...linked.when].map(([text, expr]) => [text, truthOfValue(value(expr))])),
    }, day),
  };
}

function valuesFor(book: RuleBook, told: Told): (expr: Expr) => Value {
  const world = { schema: book.vocabulary.schema, rules: [], situation: situationOf(book, told, () => 'open') };
  // What a schedule may say is checked as a rule of a service is: its values are those of facts.
  return (expr) => {
    const found = evaluate(world, expr, SELF);
    return found.kind === 'known' ? known(constantOf(found.value)) : found;
  };
}

function dayOfValue(value: Value): Day {
  return value.kind === 'known' ? Number(value.value) : value.kind;
}

function truthOfValue(value: Value): boolean | undefined {
  return value.kind === 'unknown' ? undefined : value.kind === 'known' && value.value === true;
}
