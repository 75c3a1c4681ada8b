import { nearest, Numeral } from '#engine/pack/index.ts';
import type { RuleBook } from '../link/index.ts';
import { WHOLE } from '../report.ts';
import type { Site } from '../report.ts';
import { receivesFact } from '../schema.ts';
import type { FactColumn, Link } from '../schema.ts';
import { ENTITLED, RECEIVES } from '../syntax/index.ts';
import type { Problem } from '../syntax/index.ts';
import { UNKNOWN, known } from '../value.ts';
import type { Situation, Value } from '../value.ts';
import type { Report } from '../vocabulary/index.ts';
import { factValue } from './fact-value.ts';

interface Draft {
  readonly facts: Map<string, Value>;
  readonly links: Map<string, readonly number[]>;
}

/** What an example gives, as a small world; the thing it is about is the first of its kind. */
export interface ExampleWorld {
  readonly situation: Situation;
  /** Groups whose members the example names. */
  readonly groups: ReadonlySet<string>;
  readonly entitled: ReadonlySet<string> | undefined;
  /** Whether it says what is received. */
  readonly received: boolean;
}

/** Reads the `given` of an example; what cannot be read is reported and left unknown. */
export function worldOf(book: RuleBook, subject: string, given: Readonly<Record<string, unknown>>, site: Site, report: Report): ExampleWorld {
  const reader = new WorldReader(book, report);
  const first = reader.thing(subject);
  for (const link of book.vocabulary.schema.links.values()) if (link.kind === 'grouping' && link.from === subject) reader.group(first, link);
  reader.fill(subject, first, given, site);
  return { situation: reader.things, groups: reader.groups, entitled: reader.entitled, received: Object.hasOwn(given, RECEIVES) };
}

class WorldReader {
  readonly things = new Map<string, Draft[]>();
  readonly groups = new Set<string>();
  entitled: ReadonlySet<string> | undefined;
  readonly #book: RuleBook;
  readonly #report: Report;

  constructor(book: RuleBook, report: Report) {
    this.#book = book;
    this.#report = report;
    for (const entity of book.vocabulary.schema.entities.keys()) this.things.set(entity, []);
  }

  /** A new thing of an entity of which nothing is known, by its place. */
  thing(entity: string): number {
    const list = this.things.get(entity) ?? [];
    this.things.set(entity, list);
    list.push({ facts: new Map(), links: new Map() });
    return list.length - 1;
  }

  /** The group a thing belongs to, made where there is none yet. */
  group(member: number, link: Link): number {
    const draft = this.#draft(link.from, member);
    const [found] = draft.links.get(link.id) ?? [];
    if (found !== undefined) return found;
    const made = this.thing(link.to);
    draft.links.set(link.id, [made]);
    return made;
  }

  fill(entity: string, place: number, given: Readonly<Record<string, unknown>>, site: Site): void {
    for (const [name, value] of Object.entries(given)) {
      const here: Site = { ...site, path: [...site.path, name] };
      if (name === RECEIVES || name === ENTITLED) this.#services(entity, place, name, value, here);
      else this.#named(entity, place, name, value, here);
    }
  }

  #draft(entity: string, place: number): Draft {
    return this.things.get(entity)?.[place] ?? { facts: new Map(), links: new Map() };
  }

  #fail(site: Site, code: string, data: Problem['data'], near?: string): undefined {
    this.#report(site, { code, at: WHOLE, data, nearest: near });
    return undefined;
  }

  #named(entity: string, place: number, name: string, value: unknown, site: Site): void {
    const { names, schema } = this.#book.vocabulary;
    const named = names.get(name);
    if (named?.kind === 'fact') {
      const owner = this.#owner(entity, place, named.fact.entity);
      if (owner === undefined) this.#fail(site, 'example-name-elsewhere', { name });
      else this.#draft(named.fact.entity, owner).facts.set(named.fact.id, this.#value(named.fact, value, site) ?? UNKNOWN);
    } else if (named?.kind === 'link') {
      this.#linked(entity, place, named.link, name, value, site);
    } else {
      const known_ = [...names].flatMap(([word, one]) => (one.kind === 'fact' || one.kind === 'link' ? [word] : []));
      this.#fail(site, 'example-name-unknown', { name }, nearest(name, [...known_, ...schema.facts.keys()]));
    }
  }

  /** The thing that a fact given beside others is about: the thing itself, or the group it belongs to. */
  #owner(entity: string, place: number, of: string): number | undefined {
    if (of === entity) return place;
    const link = this.#book.vocabulary.schema.links.get(of);
    return link?.kind === 'grouping' && link.from === entity ? this.group(place, link) : undefined;
  }

  #linked(entity: string, place: number, link: Link, name: string, value: unknown, site: Site): void {
    const list = value === 'none' ? [] : Array.isArray(value) ? (value as readonly unknown[]) : link.single && link.kind !== 'grouping' ? [value] : undefined;
    const maps = list?.filter(isMap);
    if (!list || !maps || maps.length < list.length) return this.#fail(site, 'example-value-wrong', { name, expected: link.single && link.kind !== 'grouping' ? 'thing' : 'things' });
    const steps = Array.isArray(value) ? maps.map((_, index) => ({ ...site, path: [...site.path, index] })) : [site];
    if (link.kind === 'grouping') {
      const group = entity === link.to ? place : this.group(place, link);
      this.groups.add(link.id);
      maps.forEach((map, index) => {
        const member = this.thing(link.from);
        this.#draft(link.from, member).links.set(link.id, [group]);
        this.fill(link.from, member, map, steps[index] ?? site);
      });
      return undefined;
    }
    if (entity !== link.from) return this.#fail(site, 'example-name-elsewhere', { name });
    const places = maps.map((map, index) => {
      const other = this.thing(link.to);
      this.fill(link.to, other, map, steps[index] ?? site);
      return other;
    });
    this.#draft(entity, place).links.set(link.id, places);
    return undefined;
  }

  /** 领取: the services received, and no others; 应领: those somebody is entitled to. */
  #services(entity: string, place: number, name: string, value: unknown, site: Site): void {
    const { services } = this.#book.pack;
    const ids = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : undefined;
    if (!Array.isArray(value) || !ids || ids.length < value.length) return this.#fail(site, 'example-value-wrong', { name, expected: 'services' });
    ids.forEach((id, index) => { if (!services.has(id)) this.#fail({ ...site, path: [...site.path, index] }, 'service-unknown', { id }, nearest(id, services.keys())); });
    if (name === ENTITLED) this.entitled = new Set(ids);
    else {
      for (const service of services.values()) {
        const fact = this.#book.vocabulary.schema.facts.get(receivesFact(service.id));
        const owner = fact && this.#owner(entity, place, fact.entity);
        if (fact && owner !== undefined) this.#draft(fact.entity, owner).facts.set(fact.id, known(ids.includes(service.id)));
      }
    }
    return undefined;
  }

  #value(fact: FactColumn, given: unknown, site: Site): Value | undefined {
    const found = factValue(this.#book.vocabulary.schema, fact, given);
    return 'code' in found ? this.#fail(site, found.code, found.data, found.nearest) : found;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Numeral);
}
