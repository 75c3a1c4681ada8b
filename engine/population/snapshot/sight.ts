import { childrenOf } from '#engine/rules/index.ts';
import type { Link, Op, Schema } from '#engine/rules/index.ts';

/** One step from a thing to those that a link joins it with: along the link, or from a group back to its members. */
export interface SightStep {
  readonly link: Link;
  readonly direction: 'along' | 'back';
  readonly onward: Sight;
}

/**
 * What some rules look at, seen from one thing: its own facts, and the links they follow with what they look at there.
 *
 * Rules cannot ask themselves, so it is a tree of a few levels. Nothing outside it changes an answer: it is the least
 * that has to be opened of a person's values to decide for that person.
 */
export interface Sight {
  readonly facts: ReadonlySet<string>;
  /** By direction and link. */
  readonly steps: ReadonlyMap<string, SightStep>;
}

export const NO_SIGHT: Sight = { facts: new Set(), steps: new Map() };

/** A rule or a decision: the parts that are looked at for one thing of its subject. */
export interface Seeing<C> {
  readonly service: string;
  readonly subject: string;
  readonly parts: readonly C[];
}

/**
 * What some rules or decisions look at, by the entity they are about. `opOf` finds an operator: of an expression, or of a
 * node of a program; `only` are the services that are wanted, where not all are: what they ask of others is looked at too.
 */
export function sightsOf<C>(schema: Schema, decisions: readonly Seeing<C>[], opOf: (child: C) => Op<C>, only?: ReadonlySet<string>): ReadonlyMap<string, Sight> {
  const finder = new Finder(schema, decisions, opOf);
  const wanted = only ? decisions.filter(({ service }) => only.has(service)) : decisions;
  const subjects = [...new Set(wanted.map(({ subject }) => subject))];
  return new Map(subjects.map((subject) => [subject, union(wanted.filter((one) => one.subject === subject).map((one) => finder.decision(one)))]));
}

/** What is looked at to decide for a thing and for every group that it is in. */
export function sightWithGroups(schema: Schema, sights: ReadonlyMap<string, Sight>, entity: string): Sight {
  const known = TOGETHER.get(sights) ?? new Map<string, Sight>();
  TOGETHER.set(sights, known);
  const found = known.get(entity) ?? together(schema, sights, entity);
  known.set(entity, found);
  return found;
}

/** One law is asked about one person after another. */
const TOGETHER = new WeakMap<ReadonlyMap<string, Sight>, Map<string, Sight>>();

function together(schema: Schema, sights: ReadonlyMap<string, Sight>, entity: string): Sight {
  const groupings = [...schema.links.values()].filter((link) => link.kind === 'grouping' && link.from === entity);
  return union([sights.get(entity) ?? NO_SIGHT, ...groupings.map((link) => step(link, 'along', sights.get(link.to) ?? NO_SIGHT))]);
}

/** Both together. */
export function union(all: readonly Sight[]): Sight {
  const some = all.filter(({ facts, steps }) => facts.size > 0 || steps.size > 0);
  const [only, ...others] = [...new Set(some)];
  if (only === undefined) return NO_SIGHT;
  if (others.length === 0) return only;
  const steps = new Map<string, SightStep>();
  for (const [key, one] of some.flatMap((sight) => [...sight.steps])) {
    const before = steps.get(key);
    steps.set(key, before ? { ...one, onward: union([before.onward, one.onward]) } : one);
  }
  return { facts: new Set(some.flatMap(({ facts }) => [...facts])), steps };
}

/** The same without the facts that are not to be seen; what is reached only for these is not followed either. */
export function without({ facts, steps }: Sight, isSeen: (fact: string) => boolean): Sight {
  return {
    facts: new Set([...facts].filter(isSeen)),
    steps: new Map([...steps].flatMap(([key, one]) => {
      const onward = without(one.onward, isSeen);
      const isEmpty = onward.facts.size === 0 && onward.steps.size === 0;
      return isEmpty && factsIn(one.onward).size > 0 ? [] : [[key, { ...one, onward }] as const];
    })),
  };
}

/** Every fact that is looked at, wherever. */
export function factsIn({ facts, steps }: Sight): ReadonlySet<string> {
  return new Set([...facts, ...[...steps.values()].flatMap(({ onward }) => [...factsIn(onward)])]);
}

function step(link: Link, direction: SightStep['direction'], onward: Sight): Sight {
  return { facts: NO_SIGHT.facts, steps: new Map([[`${direction} ${link.id}`, { link, direction, onward }]]) };
}

class Finder<C> {
  readonly #schema: Schema;
  readonly #decisions: ReadonlyMap<string, Seeing<C>>;
  readonly #opOf: (child: C) => Op<C>;
  readonly #known = new Map<C, Sight>();
  readonly #decided = new Map<string, Sight>();

  constructor(schema: Schema, decisions: readonly Seeing<C>[], opOf: (child: C) => Op<C>) {
    this.#schema = schema;
    this.#decisions = new Map(decisions.map((one) => [one.service, one]));
    this.#opOf = opOf;
  }

  decision({ service, parts }: Seeing<C>): Sight {
    const found = this.#decided.get(service) ?? union(parts.map((part) => this.#of(part)));
    this.#decided.set(service, found);
    return found;
  }

  #of(child: C): Sight {
    const found = this.#known.get(child) ?? this.#find(this.#opOf(child));
    this.#known.set(child, found);
    return found;
  }

  #find(node: Op<C>): Sight {
    switch (node.op) {
      case 'fact': return { facts: new Set([node.fact]), steps: NO_SIGHT.steps };
      case 'entitled': {
        const asked = this.#decisions.get(node.service);
        if (!asked) throw new RangeError(`there is no decision of ${node.service}`);
        return this.decision(asked);
      }
      case 'through': return step(this.#link(node.link), 'along', this.#of(node.of));
      case 'fold': {
        const link = this.#link(node.link);
        return step(link, link.kind === 'grouping' ? 'back' : 'along', union(childrenOf(node).map((one) => this.#of(one))));
      }
      case 'covered-months': case 'longest-gap': {
        const dates: Sight = { facts: new Set([`${node.link}.from`, `${node.link}.until`]), steps: NO_SIGHT.steps };
        const spells = step(this.#link(node.link), 'along', union([dates, ...(node.where === undefined ? [] : [this.#of(node.where)])]));
        return union([spells, this.#of(node.from), this.#of(node.to)]);
      }
      default: return union(childrenOf(node).map((one) => this.#of(one)));
    }
  }

  #link(id: string): Link {
    const link = this.#schema.links.get(id);
    if (!link) throw new RangeError(`there is no link ${id}`);
    return link;
  }
}
