import { childrenOf, constantOf, evaluate, known, UNKNOWN } from '#engine/rules/index.ts';
import type { Expr, FactColumn, RuleBook, Schema, Situation, Thing, Value } from '#engine/rules/index.ts';

/** What was said of a fact: a value, or a range that it lies in (both ends included). */
export type Said = Value | { readonly kind: 'between'; readonly min: bigint; readonly max: bigint };

/** What is known of a person nobody has named: facts of the person and of their groups, by fact id. */
export interface Told {
  readonly facts: ReadonlyMap<string, Said>;
  /** Facts of the other people of the household taken together: whether any of them has it. */
  readonly others: ReadonlyMap<string, Value>;
}

export const NOTHING_TOLD: Told = { facts: new Map(), others: new Map() };

/** The person who is asked, and the one who stands for everybody else in their groups. */
export const SELF = 0;
export const OTHERS = 1;

/** The thing of which a fact can be told: the person or a group of the person; undefined where it is of something else. */
export function tellable(schema: Schema, subject: string, { entity }: FactColumn): boolean {
  const link = schema.links.get(entity);
  return entity === subject || (link?.kind === 'grouping' && link.from === subject);
}

export type End = 'low' | 'high' | 'open';

/**
 * The small world of an anonymous person: themselves, one group of each kind, and one other member of each group who
 * stands for all the others, of whom nothing is known unless it was told. Somebody who lives alone has no others.
 *
 * A range is read at its low or high end, or left unknown.
 */
export function situationOf(book: RuleBook, told: Told, end: (fact: string) => End): Situation {
  const { schema } = book.vocabulary;
  const { interview } = book.pack.plan;
  const subject = interview?.subject ?? 'person';
  const groups = [...schema.links.values()].filter((link) => link.kind === 'grouping' && link.from === subject);
  const alone = livesAlone(book, told);
  const values = [...told.facts].map(([id, said]) => [id, read(said, end(id))] as const);
  const of = (entity: string): ReadonlyMap<string, Value> => new Map(values.filter(([id]) => schema.facts.get(id)?.entity === entity));
  const links = (ids: readonly string[]): Thing['links'] => new Map(ids.map((id) => [id, [SELF]]));
  const everywhere = groups.map(({ id }) => id);
  const self: Thing = { facts: of(subject), links: links(everywhere) };
  const others: Thing = { facts: told.others, links: links(everywhere.filter((id) => id !== interview?.household || !alone)) };
  const things = new Map<string, readonly Thing[]>([...schema.entities.keys()].map((entity) => [entity, []]));
  things.set(subject, [self, others]);
  for (const { to } of groups) things.set(to, [{ facts: of(to), links: new Map() }]);
  return derive(book, things, told);
}

/** Whether it was told that there is nobody else in the household. */
export function livesAlone(book: RuleBook, { facts }: Told): boolean {
  const named = book.vocabulary.names.get(book.pack.plan.interview?.size ?? '');
  const size = named?.kind === 'fact' ? facts.get(named.fact.id) : undefined;
  return size?.kind === 'known' && size.value === 1n;
}

function read(said: Said, end: End): Value {
  if (said.kind !== 'between') return said;
  return end === 'open' ? UNKNOWN : known(end === 'low' ? said.min : said.max);
}

interface Derivation {
  readonly fact: FactColumn;
  readonly expr: Expr;
}

const derivations = new WeakMap<RuleBook, readonly Derivation[]>();

/** The derived facts of a pack with their checked texts; what is wrong with them `linkQuestions` has said. */
function derivationsOf(book: RuleBook): readonly Derivation[] {
  const found = derivations.get(book) ?? book.pack.derived.flatMap(({ fact, is }) => {
    const named = book.vocabulary.names.get(fact);
    const expr = named?.kind === 'fact' ? book.checkForm(is, { entity: named.fact.entity, lawOn: ANY_DAY }).expr : undefined;
    return named?.kind === 'fact' && expr ? [{ fact: named.fact, expr }] : [];
  });
  derivations.set(book, found);
  return found;
}

/** Derived facts whose text is wrong, gives another kind of value, or rests on a fact that is told of something else. */
export function derivationProblems(book: RuleBook): readonly { readonly fact: string; readonly code: string }[] {
  return book.pack.derived.flatMap(({ fact, is }) => {
    const named = book.vocabulary.names.get(fact);
    if (named?.kind !== 'fact') return [{ fact, code: 'derived-fact-unknown' }];
    const { expr } = book.checkForm(is, { entity: named.fact.entity, lawOn: ANY_DAY });
    if (!expr) return [{ fact, code: 'derived-wrong' }];
    const fits = expr.type.kind === named.fact.type.kind && (expr.type.kind !== 'number' || named.fact.type.kind !== 'number' || expr.type.scale === named.fact.type.scale) && (expr.type.kind !== 'code' || named.fact.type.kind !== 'code' || expr.type.list === named.fact.type.list);
    return fits ? [] : [{ fact, code: 'derived-type-differs' }];
  });
}

/** Each part is looked at once: a loop that is written out has the same list many times. */
function factsIn(expr: Expr, seen: Set<Expr>): readonly string[] {
  if (seen.has(expr)) return [];
  seen.add(expr);
  return expr.node.op === 'fact' ? [expr.node.fact] : childrenOf<Expr>(expr.node).flatMap((child) => factsIn(child, seen));
}

/** Of each derived fact, those it follows from. */
export function sourcesOf(book: RuleBook): ReadonlyMap<string, readonly string[]> {
  return new Map(derivationsOf(book).map(({ fact, expr }) => [fact.id, factsIn(expr, new Set())]));
}

/** Derived facts rest on facts alone; a parameter in one is refused, so the day does not matter. */
const ANY_DAY = 20000101;

/** Facts that follow from told ones are filled in where nobody told them. */
function derive(book: RuleBook, situation: Situation, told: Told): Situation {
  const things = new Map(situation);
  for (const { fact, expr } of derivationsOf(book)) {
    const [thing, ...rest] = things.get(fact.entity) ?? [];
    if (!thing || told.facts.has(fact.id)) continue;
    const value = evaluate({ schema: book.vocabulary.schema, rules: [], situation: things }, expr, SELF);
    if (value.kind === 'known') things.set(fact.entity, [{ ...thing, facts: new Map([...thing.facts, [fact.id, known(constantOf(value.value))]]) }, ...rest]);
  }
  return things;
}

/** More ranges than these are left open: each doubles the work. */
const MOST_RANGES = 5;

/** The ranges that were told, with every way to read all of them at an end; one way where there are none. */
export function corners({ facts }: Told): readonly ReadonlyMap<string, End>[] {
  const ranges = [...facts].flatMap(([id, said]) => (said.kind === 'between' ? [id] : [])).slice(0, MOST_RANGES);
  return ranges.reduce<readonly ReadonlyMap<string, End>[]>((ways, id) => ways.flatMap((way) => (['low', 'high'] as const).map((end) => new Map([...way, [id, end]]))), [new Map()]);
}
