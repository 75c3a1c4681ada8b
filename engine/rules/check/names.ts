import { parseDecimal } from '#engine/kernel/index.ts';
import { nearest } from '#engine/pack/index.ts';
import type { Expr, Span } from '../op.ts';
import { AREAS, dayText, inBaseUnit, lowest } from '../vocabulary/index.ts';
import type { Named } from '../vocabulary/index.ts';
import { swallowed } from '../syntax/index.ts';
import type { Link } from '../schema.ts';
import type { Bound, Check, Frame, Many, Resolved, Thing } from './frame.ts';
import { numberOf } from './operand.ts';

/** What a bare name stands for in a frame: a variable, a day, or a name of the pack about the thing of the frame. */
export function bareName(check: Check, name: string, at: Span, frame: Frame): Resolved | undefined {
  const bound = frame.vars.get(name);
  if (bound) return variable(check, bound, name, at, frame);
  const { lawOn, factsOn } = check.env;
  if (name === 'law date' || name === 'facts date') return dayOf(check, name === 'law date' ? lawOn : factsOn, at, frame);
  const named = check.env.vocabulary.names.get(name);
  if (!named) return unknownName(check, name, at, frame);
  if (frame.variable !== undefined && named.kind !== 'parameter') return check.fail(frame, 'name-needs-variable', at, { name, variable: frame.variable });
  if (frame.entity === undefined && named.kind !== 'parameter' && named.kind !== 'definition') return check.fail(frame, 'entity-clash', at, { name, of: '', here: '' });
  return ofThing(check, { kind: 'thing', via: [], entity: frame.entity ?? '', depth: frame.depth }, name, at, frame);
}

/** A variable or an argument; a value of one thing means nothing where another is looked at. */
function variable(check: Check, bound: Bound, name: string, at: Span, frame: Frame): Resolved | undefined {
  const here = bound.depth === frame.depth;
  if (bound.kind === 'thing') return here ? { kind: 'thing', via: [], entity: bound.entity, depth: frame.depth } : check.fail(frame, 'outer-value-in-fold', at, { name });
  if (!bound.expr) return undefined;
  return here || bound.expr.entity === undefined ? { kind: 'expr', expr: { ...bound.expr, at } } : check.fail(frame, 'outer-value-in-fold', at, { name });
}

function dayOf(check: Check, day: number, at: Span, frame: Frame): Resolved | undefined {
  const expr = check.make({ op: 'constant', value: BigInt(day) }, at, frame, { kind: 'date', min: day, max: day });
  return expr && { kind: 'expr', expr };
}

function unknownName(check: Check, name: string, at: Span, frame: Frame): undefined {
  const near = nearest(name, [...frame.vars.keys(), ...check.env.vocabulary.names.keys()]);
  const inside = near === undefined ? swallowed(name) : undefined;
  return inside ? check.fail(frame, 'name-holds-word', at, { name, ...inside }) : check.fail(frame, 'name-unknown', at, { name }, near);
}

/** What a name stands for about a thing: its fact, its relatives, a definition applied to it. */
export function ofThing(check: Check, thing: Thing, name: string, at: Span, frame: Frame): Resolved | undefined {
  const named = check.env.vocabulary.names.get(name);
  if (!named) return unknownName(check, name, at, frame);
  switch (named.kind) {
    case 'fact': return factOf(check, thing, named, name, at, frame);
    case 'link': return linkOf(check, thing, named.link, name, at, frame);
    case 'parameter': {
      const made = parameterOf(check, thing, named, at, frame);
      const { source, validFrom } = check.env.parameterOn(named.parameter);
      return wrapped(check, thing, made && { ...made, origin: { kind: 'parameter', id: named.parameter.id, source, validFrom } }, frame);
    }
    case 'definition': return wrapped(check, thing, definitionOf(check, thing, named, at, frame), frame);
    case 'table': return check.fail(frame, 'arguments-missing', at, { name, takes: named.table.inputs.join(', ') });
    default: return named satisfies never;
  }
}

/** A value of the thing as a value of the thing the frame is about. */
function wrapped(check: Check, { via }: Thing, expr: Expr | undefined, frame: Frame): Resolved | undefined {
  const out = expr && throughAll(check, via, expr, frame);
  return out && { kind: 'expr', expr: out };
}

/** The same value seen from where the links start; what is the same for all needs no link. */
export function throughAll(check: Check, via: readonly Link[], expr: Expr, frame: Frame): Expr | undefined {
  return expr.entity === undefined ? expr : via.reduceRight<Expr | undefined>((of, link) => of && check.make({ op: 'through', link: link.id, of }, expr.at, frame), expr);
}

/** The link from a thing to the group it belongs to: none where it is the thing itself, undefined where there is no way. */
export function lift(check: Check, from: string, to: string): readonly Link[] | undefined {
  if (from === to) return [];
  const grouping = check.env.vocabulary.schema.links.get(to);
  return grouping?.kind === 'grouping' && grouping.from === from ? [grouping] : undefined;
}

function clash(check: Check, thing: Thing, name: string, of: string, at: Span, frame: Frame): undefined {
  const grouping = check.env.vocabulary.schema.links.get(thing.entity);
  const members = grouping?.kind === 'grouping' && grouping.from === of ? check.env.pack.entities.get(grouping.id)?.name : undefined;
  return members === undefined ? check.fail(frame, 'entity-clash', at, { name, of: labelOf(check, of), here: labelOf(check, thing.entity) }) : check.fail(frame, 'entity-needs-fold', at, { name, of: labelOf(check, of), here: labelOf(check, thing.entity), members });
}

function labelOf(check: Check, entity: string): string {
  return check.env.pack.entities.get(entity)?.label.zh ?? entity;
}

function factOf(check: Check, thing: Thing, { fact }: Extract<Named, { kind: 'fact' }>, name: string, at: Span, frame: Frame): Resolved | undefined {
  if (!check.env.vocabulary.schema.facts.has(fact.id)) return undefined;
  const way = lift(check, thing.entity, fact.entity);
  if (!way) return clash(check, thing, name, fact.entity, at, frame);
  return wrapped(check, { ...thing, via: [...thing.via, ...way] }, check.make({ op: 'fact', fact: fact.id }, at, frame), frame);
}

function linkOf(check: Check, thing: Thing, link: Link, name: string, at: Span, frame: Frame): Thing | Many | undefined {
  const { via, depth } = thing;
  if (link.kind === 'grouping') {
    const way = lift(check, thing.entity, link.to);
    return way ? { kind: 'many', via: [...via, ...way], link, entity: link.from, depth } : clash(check, thing, name, link.to, at, frame);
  }
  const way = lift(check, thing.entity, link.from);
  if (!way) return clash(check, thing, name, link.from, at, frame);
  if (link.single) return { kind: 'thing', via: [...via, ...way, link], entity: link.to, depth };
  return { kind: 'many', via: [...via, ...way], link, entity: link.to, depth };
}

/** A parameter on the day of law: one number where every area has the same, else looked up by the thing's area. */
function parameterOf(check: Check, thing: Thing, { parameter }: Extract<Named, { kind: 'parameter' }>, at: Span, frame: Frame): Expr | undefined {
  const { pack, lawOn, overrides } = check.env;
  const day = dayText(lawOn);
  const table = check.env.parameterOn(parameter);
  const given = overrides.get(parameter.name);
  if (given !== undefined) {
    const exact = parseDecimal(given);
    const fixed = exact && inBaseUnit(pack, exact, parameter.unit);
    return fixed && numberOf(check, fixed.units, fixed.scale, at, frame, table.unit);
  }
  if (table.missing.length > 0) check.env.report({ file: parameter.place.file, path: ['values'] }, { code: 'parameter-missing', at: { from: 0, to: 0 }, data: { name: parameter.name, day, count: table.missing.length, areas: table.missing.slice(0, 3).join('、') } });
  if (table.values.every((value) => value === undefined)) return undefined;
  if (table.everywhere !== undefined) return numberOf(check, table.everywhere, table.scale, at, frame, table.unit);
  const found = areaOf(check, thing.entity, parameter.basis);
  if (!found) return check.fail(frame, 'area-unknown', at, { name: parameter.name, basis: parameter.basis, entity: labelOf(check, thing.entity) });
  const area = check.make({ op: 'fact', fact: found.fact }, at, frame, { kind: 'code', list: AREAS });
  const seen = area && throughAll(check, found.via, area, frame);
  return seen && check.make({ op: 'lookup', of: seen, table: table.values }, at, frame, { kind: 'number', scale: table.scale, min: 0n, max: 0n, unit: table.unit });
}

function areaOf(check: Check, entity: string, basis: string): { readonly fact: string; readonly via: readonly Link[] } | undefined {
  const { areas, schema } = check.env.vocabulary;
  const own = areas.get(`${basis} ${entity}`);
  if (own !== undefined) return { fact: own, via: [] };
  const groupings = [...schema.links.values()].filter((link) => link.kind === 'grouping' && link.from === entity);
  for (const link of groupings) {
    const fact = areas.get(`${basis} ${link.to}`);
    if (fact !== undefined) return { fact, via: [link] };
  }
  return undefined;
}

/** The exact value of digits with a decimal point; undefined where they are none, or no double could ever count them. */
export function digits(text: string): { readonly units: bigint; readonly scale: number } | undefined {
  const match = /^(-?)(\d*)(?:\.(\d+))?$/.exec(text);
  if (!match || (match[2] === '' && match[3] === undefined) || text.length > 20) return undefined;
  const [, sign, whole, fraction = ''] = match;
  return lowest({ units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length });
}

function definitionOf(check: Check, thing: Thing, { definition }: Extract<Named, { kind: 'definition' }>, at: Span, frame: Frame): Expr | undefined {
  if (check.env.circular.has(definition.name)) return undefined;
  if (definition.takes && definition.takes.length > 0) return check.fail(frame, 'arguments-missing', at, { name: definition.name, takes: definition.takes.join(', ') });
  const key = `${definition.name} ${thing.entity} ${frame.inlined}`;
  if (!check.whole.has(key)) check.whole.set(key, inlined(check, { definition, args: new Map(), entity: thing.entity === '' ? undefined : thing.entity, at, frame }));
  const made = check.whole.get(key);
  return made && { ...made, at };
}

/** The body of a definition in the place of its use, about the thing of its use. */
export function inlined(check: Check, { definition, args, entity, at, frame }: { readonly definition: Extract<Named, { kind: 'definition' }>['definition']; readonly args: ReadonlyMap<string, Expr | undefined>; readonly entity: string | undefined; readonly at: Span; readonly frame: Frame }): Expr | undefined {
  const { value } = check.env.parse(definition.is);
  if (!value) return undefined;
  const inner: Frame = {
    entity, depth: frame.depth, site: { file: 'definitions.yaml', path: [{ name: definition.name }, 'is'] }, inlined: frame.inlined || args.size > 0,
    vars: new Map([...args].map(([name, expr]) => [name, { kind: 'expr', expr, depth: frame.depth }])),
    variable: args.size > 0 ? frame.variable : undefined,
  };
  const made = check.expr(value, inner);
  return made && { ...made, at, origin: { kind: 'definition', id: definition.name, source: definition.law } };
}
