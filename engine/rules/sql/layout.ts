import type { Program } from '../program.ts';
import type { Link } from '../schema.ts';
import { edgeNames } from './name.ts';

/** Where the values of a column of an input table come from. */
export type Source =
  /** The surrogate number of the thing, from 0. */
  | { readonly kind: 'id' }
  | { readonly kind: 'fact'; readonly fact: string }
  /**
   * Of a grouping or a single relation: the id of the thing it leads to, `NONE` where to nothing, NULL where unknown.
   * Of other relations and of spells: 1 where the list is known, NULL where not; the list itself is a table of edges.
   */
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'edge'; readonly end: 'from' | 'to' };

export interface InputColumn {
  /** Unquoted; at most `LONGEST_NAME` bytes. */
  readonly name: string;
  readonly type: 'whole' | 'text';
  readonly source: Source;
}

/** A table that a program reads. */
export interface InputTable {
  readonly name: string;
  readonly of: { readonly kind: 'entity'; readonly entity: string } | { readonly kind: 'edges'; readonly link: string };
  readonly columns: readonly InputColumn[];
}

export interface Layout {
  readonly tables: readonly InputTable[];
}

/** Whether a link is a column of references; if not it has a table of edges. */
export function isReference(link: Link): boolean {
  return link.kind === 'grouping' || (link.kind === 'relation' && link.single);
}

/** The tables and columns that a program reads: entities it speaks of, facts and links it uses, nothing else. */
export function layoutOf(program: Program): Layout {
  const links = usedLinks(program);
  const entities = usedEntities(program, links);
  const edges = links.filter((link) => !isReference(link));
  const names = edgeNames(entities);
  const edgeTables = edgeNames(edges.map(edgeId), [...names.values()]);
  return { tables: [...entities.map((entity) => entityTable(program, { entity, name: names.get(entity) ?? entity, links })), ...edges.map((link) => edgeTable(link, edgeTables.get(edgeId(link)) ?? link.id))] };
}

function edgeId({ from, id }: Link): string {
  return `${from}.${id}`;
}

function entityTable(program: Program, { entity, name, links }: { readonly entity: string; readonly name: string; readonly links: readonly Link[] }): InputTable {
  const facts = usedFacts(program, links).filter((fact) => program.schema.facts.get(fact)?.entity === entity);
  const own = links.filter((link) => link.from === entity).map((link) => link.id);
  const factNames = edgeNames(facts, ['id']);
  const linkNames = edgeNames(own, ['id', ...factNames.values()]);
  return {
    name,
    of: { kind: 'entity', entity },
    columns: [
      { name: 'id', type: 'whole', source: { kind: 'id' } },
      ...facts.map((fact): InputColumn => ({ name: factNames.get(fact) ?? fact, type: program.schema.facts.get(fact)?.type.kind === 'text' ? 'text' : 'whole', source: { kind: 'fact', fact } })),
      ...own.map((link): InputColumn => ({ name: linkNames.get(link) ?? link, type: 'whole', source: { kind: 'link', link } })),
    ],
  };
}

function edgeTable(link: Link, name: string): InputTable {
  const column = (end: 'from' | 'to'): InputColumn => ({ name: `${end}_id`, type: 'whole', source: { kind: 'edge', end } });
  return { name, of: { kind: 'edges', link: link.id }, columns: [column('from'), column('to')] };
}

function usedLinks({ nodes, schema }: Program): readonly Link[] {
  const ids = new Set(nodes.flatMap((node) => ('link' in node ? [node.link] : [])));
  return [...schema.links.values()].filter((link) => ids.has(link.id));
}

function usedEntities({ nodes, decisions, schema }: Program, links: readonly Link[]): readonly string[] {
  const used = new Set([...nodes.map((node) => node.entity), ...decisions.map((decision) => decision.subject), ...links.flatMap((link) => [link.from, link.to])]);
  return [...schema.entities.keys()].filter((entity) => used.has(entity));
}

/** What nodes read, and the two days of every kind of spell. */
function usedFacts({ facts, schema }: Program, links: readonly Link[]): readonly string[] {
  const used = new Set([...facts, ...links.flatMap((link) => (link.kind === 'spells' ? [`${link.id}.from`, `${link.id}.until`] : []))]);
  return [...schema.facts.keys()].filter((fact) => used.has(fact));
}
