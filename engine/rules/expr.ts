import { infer, isProblem } from './infer.ts';
import type { Declared, TypeProblem } from './infer.ts';
import { childrenOf } from './op.ts';
import type { Expr, Op, Span } from './op.ts';
import type { Link, Schema } from './schema.ts';
import type { Known } from './type.ts';

/** Why an expression cannot be made; beside types, it may mix things of two kinds or follow a link from the wrong one. */
export type ExprProblem =
  | TypeProblem
  | { readonly kind: 'entity-clash'; readonly left: string; readonly right: string }
  | { readonly kind: 'unknown-name'; readonly of: 'fact' | 'link' | 'service'; readonly id: string };

/** What expressions are made against: the schema, and the subject of each service that has a rule. */
export interface Scope {
  readonly schema: Schema;
  readonly subjects: ReadonlyMap<string, string>;
}

const NOWHERE: Span = { from: 0, to: 0 };

/** A link as `through` and `fold` find it: whether it may be unknown or lead to nothing. */
export function linkKnown(link: Link | undefined): Omit<Known, 'type'> {
  return { unknowable: link?.kind !== 'grouping', nonable: true };
}

/** An expression over expressions with its type, entity and place, or why there is none. */
export function typed({ schema, subjects }: Scope, node: Op<Expr>, declared?: Declared, at: Span = NOWHERE): Expr | ExprProblem {
  if (node.op === 'fact' && !schema.facts.has(node.fact)) return { kind: 'unknown-name', of: 'fact', id: node.fact };
  if ('link' in node && !schema.links.has(node.link)) return { kind: 'unknown-name', of: 'link', id: node.link };
  if (node.op === 'entitled' && !subjects.has(node.service)) return { kind: 'unknown-name', of: 'service', id: node.service };
  const inferred = infer(node, declared, {
    fact: (id) => schema.facts.get(id) ?? { type: { kind: 'boolean' }, unknowable: true, nonable: true },
    linkKnown: (id) => linkKnown(schema.links.get(id)),
  });
  if (isProblem(inferred)) return inferred;
  const entity = entityOf({ schema, subjects }, node);
  if (typeof entity === 'object') return entity;
  const { type, unknowable, nonable } = inferred;
  return { node, type, unknowable, nonable, entity, at };
}

export function isExpr(made: Expr | ExprProblem): made is Expr {
  return 'node' in made;
}

type Entity = string | undefined | ExprProblem;
/** What is known of an operand here: the kind of thing it is a value of. */
type Owned = Pick<Expr, 'entity'>;

/** What thing an operator is a value of. A link is crossed by `through` from where it leads to where it starts, by `fold` of a grouping from members to their group. */
export function entityOf({ schema, subjects }: Scope, node: Op<Owned>): string | undefined | ExprProblem {
  switch (node.op) {
    case 'fact': return schema.facts.get(node.fact)?.entity;
    case 'entitled': return subjects.get(node.service);
    case 'through': return crossed(schema.links.get(node.link), 'to', [node.of]);
    case 'fold': return crossed(schema.links.get(node.link), schema.links.get(node.link)?.kind === 'grouping' ? 'from' : 'to', childrenOf<Owned>(node));
    case 'covered-months': case 'longest-gap': {
      const link = schema.links.get(node.link);
      const owner = crossed(link, 'to', node.where ? [node.where] : []);
      return typeof owner === 'object' ? owner : common([link?.from, node.from.entity, node.to.entity]);
    }
    default: return common(childrenOf(node).map((child) => child.entity));
  }
}

/** The other end of a link, where the inner expressions are of the end they must be of. */
function crossed(link: Link | undefined, inner: 'from' | 'to', of: readonly Owned[]): Entity {
  if (!link) return undefined;
  const [inside, outside] = inner === 'from' ? [link.from, link.to] : [link.to, link.from];
  const found = common([inside, ...of.map((one) => one.entity)]);
  return typeof found === 'object' ? found : outside;
}

function common(entities: readonly (string | undefined)[]): Entity {
  const [first, ...rest] = entities.filter((entity) => entity !== undefined);
  const other = rest.find((entity) => entity !== first);
  return first !== undefined && other !== undefined ? { kind: 'entity-clash', left: first, right: other } : first;
}
