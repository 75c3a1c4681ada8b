import type { Known, ValueType } from './type.ts';

/** A kind of thing that facts are about: a person, a household, a dwelling, a spell of insurance. */
export interface Entity {
  readonly id: string;
}

/**
 * How things are joined. A **grouping** puts each thing of `from` into at most one group of `to` (the living
 * household), and leads back from the group to its members. A **relation** leads to any number of things, in any
 * household (children, spouse). **Spells** lead to the dated records of a thing; each belongs to one thing and has
 * the facts `<id>.from` and `<id>.until` (none: still going on).
 *
 * `many` of a link's two directions is what `fold` may use, a single direction what `through` may use:
 * a grouping gives `through(id)` from member to group and `fold(id)` from group to members.
 */
export interface Link {
  readonly id: string;
  readonly kind: 'grouping' | 'relation' | 'spells';
  readonly from: string;
  readonly to: string;
  /** A relation that leads to at most one thing (spouse) is read by `through`; others are folded. */
  readonly single: boolean;
}

/** A fact as executions see it: one column of its entity. */
export interface FactColumn extends Known {
  readonly id: string;
  /** The name in rules. */
  readonly name: string;
  readonly entity: string;
  readonly type: ValueType;
}

/** A list of codes; a value of it is an index into `codes`. */
export interface CodeList {
  readonly id: string;
  readonly codes: readonly string[];
  /** What rules and people say, in the same order. */
  readonly labels: readonly string[];
}

/** The world that rules speak of: what things there are, how they are joined, and which facts each has. */
export interface Schema {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly links: ReadonlyMap<string, Link>;
  readonly facts: ReadonlyMap<string, FactColumn>;
  readonly codeLists: ReadonlyMap<string, CodeList>;
}

/** The fact that says whether somebody receives a service now (领取, contract 5); a boolean fact of the service's subject. */
export function receivesFact(service: string): string {
  return `receives.${service}`;
}

/**
 * A sensitive fact as a service sees it that may read it only where somebody has signed: unknown where nobody has.
 * `signed` is the boolean fact that says so, or `NOBODY_SIGNS`. No fact of a pack has a space in its id.
 */
export const screenedFact = (fact: string, signed: string): string => `${fact} ${signed}`;

/** Where a service may not be screened for and nothing says who has signed. */
export const NOBODY_SIGNS = '-';

/** A fact and, where it is seen only by signature, the fact that says who has signed. */
export function seenFact(id: string): SeenFact {
  const found = SEEN.get(id);
  if (found) return found;
  const at = id.indexOf(' ');
  const made = at < 0 ? { fact: id, signed: undefined } : { fact: id.slice(0, at), signed: id.slice(at + 1) };
  SEEN.set(id, made);
  return made;
}

interface SeenFact {
  readonly fact: string;
  readonly signed: string | undefined;
}

/** A vocabulary has few ids, and each value that is opened asks for its own: cut up once, their texts are known again. */
const SEEN = new Map<string, SeenFact>();
