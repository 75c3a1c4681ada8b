import { encodingOf } from '#engine/population/index.ts';
import type { Origins, PersonWorld, Sight, SightStep, Standing, Standings } from '#engine/population/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { childrenOf, receivesFact } from '#engine/rules/index.ts';
import type { Expr, FactColumn, Op, RuleBook, Schema, Value } from '#engine/rules/index.ts';
import type { OwnRows } from './rows.ts';
import { statedOf } from './stated.ts';
import type { Stated } from './stated.ts';

/** A value that the city holds about a person. */
export interface HeldFact {
  readonly fact: string;
  /** The person, the group or the kind of dated record that it is of. */
  readonly entity: string;
  /** Which of the dated records, counted from 0; null for what there is one of. */
  readonly no: number | null;
  /** Who keeps its record; undefined where the pack names nobody. */
  readonly holder: string | undefined;
  readonly sensitive: boolean;
  /** What is held; undefined where it is not known, or was not opened. */
  readonly value: Stated | undefined;
  /** Whether it was left closed because it is sensitive and nobody asked for it. */
  readonly closed: boolean;
  /** Where the value comes from; undefined where nobody has told it. */
  readonly from: { readonly feed: string; readonly department: string; readonly observedOn: number; readonly validFrom: number } | undefined;
  readonly standing: Standing;
  /** The services whose rules read it, by id. */
  readonly usedBy: readonly string[];
  /** Whether the person may state it, because no department knows it. */
  readonly declarable: boolean;
}

/** The facts of a schema that can be held: texts are not. */
export function holdable(schema: Schema): readonly FactColumn[] {
  return [...schema.facts.values()].filter((fact) => encodingOf(schema, fact) !== undefined);
}

/** What has to be opened of a person to show these facts of theirs and of their groups. */
export function sightOfFacts(schema: Schema, person: string, wanted: (fact: FactColumn) => boolean): ReadonlyMap<string, Sight> {
  const facts = holdable(schema).filter(wanted);
  const of = (entity: string): ReadonlySet<string> => new Set(facts.filter((fact) => fact.entity === entity).map(({ id }) => id));
  const none = new Map<string, SightStep>();
  const spells = [...schema.links.values()].filter((link) => link.kind === 'spells' && link.from === person && of(link.to).size > 0);
  const steps = new Map(spells.map((link): readonly [string, SightStep] => [`along ${link.id}`, { link, direction: 'along', onward: { facts: of(link.to), steps: none } }]));
  const groups = [...schema.links.values()].filter((link) => link.kind === 'grouping' && link.from === person);
  return new Map([[person, { facts: of(person), steps }], ...groups.map((link): readonly [string, Sight] => [link.to, { facts: of(link.to), steps: none }])]);
}

/** What a list of held facts is made from. */
export interface HeldInput {
  readonly book: RuleBook;
  readonly world: PersonWorld;
  readonly rows: OwnRows;
  readonly standings: Standings;
  readonly origins: Origins | undefined;
  readonly on: number;
  /** Which of the facts were opened. */
  readonly opened: (fact: FactColumn) => boolean;
}

/** Every fact of a person and of their groups, in the order of the pack; of what was not opened no value. */
export function heldFacts({ book, world, rows, standings, origins, on, opened }: HeldInput): readonly HeldFact[] {
  const { pack, vocabulary: { schema } } = book;
  const used = usedBy(book, on);
  return holdable(schema).flatMap((fact) => (rows.get(fact.entity) ?? []).map((row): HeldFact => {
    const about = { fact: fact.id, entity: fact.entity, no: isSpell(schema, fact.entity) ? (rows.get(fact.entity)?.indexOf(row) ?? 0) : null, holder: holderOf(pack, fact.id), sensitive: isSensitive(pack, fact.id), usedBy: used.get(fact.id) ?? [] };
    if (!opened(fact)) return { ...about, value: undefined, closed: true, from: undefined, standing: { kind: 'missing' }, declarable: false };
    const value = statedOf(schema, fact, valueIn(world, fact, row));
    const standing = standings.standingOf(fact.id, row, on);
    return { ...about, value, closed: false, from: value && standings.provenanceOf(fact.id, row), standing, declarable: isDeclarable(book, { fact: fact.id, standing, on, origins }) };
  }));
}

function valueIn({ situation, rows }: PersonWorld, { id, entity }: FactColumn, row: number): Value {
  const at = rows.get(entity)?.indexOf(row) ?? -1;
  return situation.get(entity)?.[at]?.facts.get(id) ?? { kind: 'unknown' };
}

export function isSpell({ links }: Schema, entity: string): boolean {
  return [...links.values()].some((link) => link.kind === 'spells' && link.to === entity);
}

export function isSensitive({ facts }: Pack, fact: string): boolean {
  return facts.get(fact)?.dataClass === 'sensitive';
}

/** Who keeps the record of a fact: of whether a service is received, whoever decides it. */
export function holderOf({ facts, services }: Pack, fact: string): string | undefined {
  const holder = facts.get(fact)?.holder ?? [...services.values()].find(({ id }) => receivesFact(id) === fact)?.decidedBy?.department;
  return holder === 'unfilled' ? undefined : holder;
}

const uses = new WeakMap<RuleBook, { readonly on: number; readonly used: ReadonlyMap<string, readonly string[]> }>();

/** By fact, the services whose rules of a day (yyyymmdd) read it; what they ask other services about is named with those. */
export function usedBy(book: RuleBook, on: number): ReadonlyMap<string, readonly string[]> {
  const known = uses.get(book);
  if (known?.on === on) return known.used;
  const used = new Map<string, string[]>();
  for (const { service, clauses, amount } of book.rulesAt(on)) {
    const read = factsRead([...clauses.map(({ when }) => when), ...(amount ? [amount] : [])]);
    for (const fact of read) used.set(fact, [...(used.get(fact) ?? []), service]);
  }
  uses.set(book, { on, used });
  return used;
}

function factsRead(exprs: readonly Expr[]): ReadonlySet<string> {
  const [seen, facts] = [new Set<Op<Expr>>(), new Set<string>()];
  const visit = ({ node }: Expr): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.op === 'fact') facts.add(node.fact);
    if (node.op === 'covered-months' || node.op === 'longest-gap') facts.add(`${node.link}.from`).add(`${node.link}.until`);
    childrenOf(node).forEach(visit);
  };
  exprs.forEach(visit);
  return facts;
}

/**
 * Whether a person may state a fact: no department of the city keeps its record, or none has ever sent it, so that nobody
 * knows it; and some service asks for it. What they have stated before they may state anew.
 */
export function isDeclarable(book: RuleBook, { fact, standing, on, origins }: { readonly fact: string; readonly standing: Standing; readonly on: number; readonly origins: Origins | undefined }): boolean {
  if (standing.kind !== 'missing' && standing.kind !== 'self-declared') return false;
  const isSent = (origins?.givers.get(fact)?.feeds.length ?? 0) > 0;
  return (holderOf(book.pack, fact) === undefined || !isSent) && (usedBy(book, on).get(fact)?.length ?? 0) > 0 && book.pack.facts.has(fact);
}
