import type { City } from '#engine/city.ts';
import type { LocalName, LocalText } from '#engine/kernel/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Citation, Domain, Persona, Plan, Service } from '#engine/pack/index.ts';

/** A place in the plan: its citation, its first line in the published text, and what is printed there. */
export interface Cited {
  readonly cite: string;
  readonly line: number;
  readonly text: readonly string[];
}

export function citedIn(city: City, citation: Citation): Cited {
  const paragraphs = city.cited(citation)?.paragraphs ?? [];
  return { cite: printCitation(citation), line: paragraphs[0]?.line ?? 1, text: paragraphs.map(({ text }) => text) };
}

/** The domains that residents meet, in the order in which they do. */
export function lifeStages({ domains, lifeOrder }: Plan): readonly Domain[] {
  const order = lifeOrder ?? domains.map(({ id }) => id);
  return order.flatMap((id) => domains.find((domain) => domain.id === id && domain.life !== undefined) ?? []);
}

/** A service in a list. */
export interface ServiceLine {
  readonly id: string;
  readonly name: LocalName;
  readonly for: LocalName;
  readonly gives: LocalText;
  /** What it is: first and foremost, then besides. */
  readonly kinds: readonly Service['kind'][];
}

export function lineOf({ id, name, for: audience, gives, kind, also }: Service): ServiceLine {
  return { id, name, for: audience, gives, kinds: [kind, ...(also ?? [])] };
}

/** A resident of the demonstration as pages show them. */
export type PersonaView = Pick<Persona, 'id' | 'name' | 'life' | 'helper'>;

/** Whom one can be in the demonstration; nobody where residents are real. */
export function personasView(city: City): readonly PersonaView[] {
  return [...city.personas().keys()].map(({ id, name, life, helper }) => ({ id, name, life, helper }));
}
