import type { Service } from '#engine/pack/index.ts';
import { screenedColumn } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { buildProgram, childrenOf, mapChildren, NOBODY_SIGNS, screenedFact, seenFact } from '#engine/rules/index.ts';
import type { Expr, FactColumn, Op, Program, Rule, RuleBook, Schema } from '#engine/rules/index.ts';

/** The fact that says who has signed for a service; undefined where everybody may be looked at. */
export function signedFor(book: RuleBook, { lawfulBasis }: Pick<Service, 'lawfulBasis'>): string | undefined {
  if (!lawfulBasis || lawfulBasis.screening === 'allowed') return undefined;
  const named = book.vocabulary.names.get(lawfulBasis.signed ?? '');
  return named?.kind === 'fact' ? named.fact.id : NOBODY_SIGNS;
}

const books = new WeakMap<RuleBook, RuleBook>();

/**
 * The rules as the law lets them look at people whom nobody asked about: for each service that not everybody may be
 * screened for, sensitive facts are read through `screenedFact`, everything else as it is. A service that asks another
 * gets the other's own verdict. What is decided for somebody who tells the facts themselves goes by the plain book.
 */
export function screened(book: RuleBook): RuleBook {
  const found = books.get(book) ?? screenedBook(book);
  books.set(book, found);
  return found;
}

function screenedBook(book: RuleBook): RuleBook {
  const { pack, vocabulary } = book;
  const signed = new Map([...pack.services.values()].flatMap((service) => { const by = signedFor(book, service); return by === undefined ? [] : [[service.id, by] as const]; }));
  if (signed.size === 0) return book;
  // What can never be unknown is the days of a spell: they are not sensitive by themselves.
  const sensitive = new Map([...vocabulary.schema.facts].filter(([id, { unknowable }]) => unknowable && pack.facts.get(id)?.dataClass === 'sensitive'));
  const seen = [...new Set(signed.values())].flatMap((by) => [...sensitive.values()].map((fact): readonly [string, FactColumn] => { const id = screenedFact(fact.id, by); return [id, { ...fact, id, name: id }]; }));
  const schema: Schema = { ...vocabulary.schema, facts: new Map([...vocabulary.schema.facts, ...seen]) };
  const rules = new WeakMap<Rule, Rule>();
  const screeners = new Map([...new Set(signed.values())].map((by) => [by, screener((fact) => sensitive.has(fact), by)]));
  const lawful = (rule: Rule): Rule => {
    const by = signed.get(rule.service);
    const found = rules.get(rule) ?? (by === undefined ? undefined : screeners.get(by)?.(rule)) ?? rule;
    rules.set(rule, found);
    return found;
  };
  return {
    pack,
    vocabulary: { ...vocabulary, schema },
    programAt: (lawOn) => buildProgram(schema, lawOn, book.rulesAt(lawOn).map(lawful)),
    rulesOf: (service) => book.rulesOf(service),
    ruleAt: (service, lawOn) => { const rule = book.ruleAt(service, lawOn); return rule && lawful(rule); },
    check: (text, about) => book.check(text, about),
    checkForm: (text, about) => book.checkForm(text, about),
    rulesAt: (lawOn) => book.rulesAt(lawOn).map(lawful),
    rulesFor: (trial) => book.rulesFor(trial)?.map(lawful),
  };
}

/** Gives rules whose sensitive facts are read by signature. What stands in several places stays one, and what reads none stays what it is. */
function screener(isSensitive: (fact: string) => boolean, by: string): (rule: Rule) => Rule {
  const operators = new WeakMap<Op<Expr>, Op<Expr>>();
  const expressions = new WeakMap<Expr, Expr>();
  const operator = (node: Op<Expr>): Op<Expr> => {
    const read = node.op === 'fact' && isSensitive(node.fact) ? { ...node, fact: screenedFact(node.fact, by) } : undefined;
    const found = operators.get(node) ?? read ?? (childrenOf(node).every((child) => expression(child) === child) ? node : mapChildren<Expr, Expr>(node, expression));
    operators.set(node, found);
    return found;
  };
  const expression = (expr: Expr): Expr => {
    const known = expressions.get(expr);
    if (known) return known;
    const node = operator(expr.node);
    const made = node === expr.node ? expr : { ...expr, node };
    expressions.set(expr, made);
    return made;
  };
  return ({ clauses, amount, ...rule }) => ({ ...rule, clauses: clauses.map((clause) => ({ ...clause, when: expression(clause.when) })), amount: amount && expression(amount) });
}

const columns = new WeakMap<Snapshot, Map<string, ReturnType<typeof screenedColumn>>>();

/** A snapshot with the columns that a program sees by signature; the same one where it sees none. */
export function screenedSnapshot(program: Program, snapshot: Snapshot): Snapshot {
  const wanted = program.facts.filter((id) => seenFact(id).signed !== undefined);
  if (wanted.length === 0) return snapshot;
  const made = columns.get(snapshot) ?? new Map<string, ReturnType<typeof screenedColumn>>();
  columns.set(snapshot, made);
  const own = wanted.flatMap((id) => {
    const found = made.get(id) ?? screenedColumn(snapshot, id);
    made.set(id, found);
    return found ? [[id, found] as const] : [];
  });
  return {
    ...snapshot, schema: program.schema,
    columns: new Map([...snapshot.columns, ...own.map(([id, { column }]) => [id, column] as const)]),
    layout: { ...snapshot.layout, columns: new Map([...snapshot.layout.columns, ...own.map(([id, { layout }]) => [id, layout] as const)]) },
  };
}
