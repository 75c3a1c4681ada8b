import { childrenOf } from '../op.ts';
import type { Decision, Node, NodeId, Program } from '../program.ts';
import type { Link } from '../schema.ts';
import type { Calendar } from './calendar.ts';
import { monthNumber } from './calendar.ts';
import type { Dialect } from './dialect/index.ts';
import { aggregate, emptyFold } from './fold.ts';
import { isReference } from './layout.ts';
import { constantSql, formOf, ownText } from './operator.ts';
import type { Here } from './operator.ts';
import { coverSelect, spansSelect, spellValue } from './spells.ts';
import { certain, literal, select, Staging } from './staging.ts';
import { coded, isAtom, joined, NONE, sql, truth } from './text.ts';
import type { Term, Text } from './text.ts';

/** A text that is written more than once costs the reader and the planner; beyond so many characters it becomes a column. */
const LONGEST_SHARED = 60;
const LONGEST_REPEATED = 160;
const LONGEST_SINGLE = 1_200;

type NodeOf<K> = Extract<Node, { op: K }>;

/** Turns the nodes of a program into terms over stages. */
export class Emitter {
  readonly staging: Staging;
  readonly #program: Program;
  readonly #dialect: Dialect;
  readonly #terms = new Map<string, Term>();
  readonly #reasons = new Map<string, Term>();
  readonly #parents = new Map<NodeId, number>();
  /** Folds over one link at one step share a table. */
  readonly #folds = new Map<string, { readonly table: string; readonly columns: Map<string, string> }>();
  readonly #constants = new Map<string, string>();

  constructor(program: Program, dialect: Dialect) {
    this.#program = program;
    this.#dialect = dialect;
    this.staging = new Staging(program, dialect);
    for (const node of program.nodes) for (const child of childrenOf(node)) this.#parents.set(child, (this.#parents.get(child) ?? 0) + 1);
  }

  /** The reason code of a decision as a column of its subject's stages, and the amount where the verdict is yes. */
  decide(decision: Decision): { readonly reason: Term; readonly amount: Term | undefined } {
    const { subject } = decision;
    const amount = decision.amount === undefined ? undefined : this.value(decision.amount, subject);
    const clauses = decision.clauses.map(({ node }) => this.#repeatable(this.value(node, subject), 2, subject));
    const reason = this.staging.hold(subject, { ...reasonText(clauses, amount), ...certain('whole') });
    this.#reasons.set(decision.service, reason);
    const paid = amount && this.staging.hold(subject, { ...sql`CASE WHEN ${reason} = ${YES} THEN ${amount} END`, form: 'whole', unknowable: true, nonable: false });
    return { reason, amount: paid };
  }

  /** A node as a term of an entity; a node that is the same for all things may be one of any. */
  value(id: NodeId, entity: string): Term {
    const key = JSON.stringify([id, entity]);
    const found = this.#terms.get(key);
    if (found) return found;
    const node = this.#node(id);
    const made = this.#make(node, entity);
    const length = made.sql.length;
    const term = !isAtom(made) && (length > LONGEST_SINGLE || (length > LONGEST_SHARED && (this.#parents.get(id) ?? 0) > 1)) ? this.staging.hold(entity, made) : made;
    this.#terms.set(key, term);
    return term;
  }

  #make(node: Node, entity: string): Term {
    const flags = { form: formOf(node), unknowable: node.unknowable, nonable: node.nonable };
    switch (node.op) {
      case 'constant': return typeof node.value === 'bigint' ? literal(this.#dialect, node.value) : { ...sql`${constantSql(node.value, flags.form, this.#dialect)}`, ...flags };
      case 'fact': return this.staging.input(entity, { fact: node.fact }, flags);
      case 'entitled': return { ...this.#entitled(node.service), ...flags };
      case 'through': return this.#through(node);
      case 'fold': return this.#fold(node);
      case 'covered-months': case 'longest-gap': return this.#spells(node);
      case 'call': throw new Error(`a program of services calls ${node.name}, which no database has`);
      default: return { ...ownText(node, this.#here(entity)), ...flags };
    }
  }

  #entitled(service: string): Text {
    const reason = this.#reasons.get(service);
    if (!reason) throw new Error('a decision is asked before it is made');
    return sql`CASE WHEN ${reason} = ${YES} THEN TRUE WHEN ${reason} < ${UNKNOWN_AT} THEN FALSE END`;
  }

  #here(entity: string): Here {
    return {
      dialect: this.#dialect,
      calendar: this.#calendar(entity),
      of: (child, times) => this.#repeatable(this.value(child, entity), times, entity),
      node: (child) => this.#node(child),
      lookedUp: (of, table) => this.#lookedUp(entity, of, table),
    };
  }

  #calendar(entity: string): Calendar {
    return { division: this.#dialect.division, hold: (text) => this.staging.hold(entity, { ...text, form: 'whole', unknowable: true, nonable: true }) };
  }

  #repeatable(term: Term, times: number, entity: string): Term {
    return times > 1 && !isAtom(term) && term.sql.length * times > LONGEST_REPEATED ? this.staging.hold(entity, term) : term;
  }

  #lookedUp(entity: string, of: Term, table: readonly (bigint | undefined)[]): Text {
    const rows = table.flatMap((value, code) => (value === undefined ? [] : [`(${this.#dialect.big(BigInt(code))}, ${this.#dialect.big(value)})`]));
    const values = rows.join(', ');
    const name = this.#constants.get(values) ?? this.staging.side('k', 0, () => select(['v.id', 'v.value'], `(VALUES ${values}) AS v(id, value)`));
    this.#constants.set(values, name);
    return this.staging.joinedColumn(entity, of.step, { source: { table: name }, key: 'id', on: of }, (alias) => sql`${alias}.value`, { form: 'whole', unknowable: true, nonable: false });
  }

  #through({ link: id, of, unknowable, nonable }: NodeOf<'through'>): Term {
    const link = this.#link(id);
    const inner = coded(this.value(of, link.to));
    const held = isAtom(inner) ? inner : this.staging.hold(link.to, inner);
    const reference = this.#reference(link);
    const none = held.form === 'text' ? "''" : String(NONE);
    const lost = link.kind === 'grouping' ? sql`` : sql`WHEN ${reference} IS NULL THEN NULL `;
    const value = (alias: string): Text => ({ sql: held.column === undefined ? held.sql : `${alias}.${held.column}`, step: held.step, columns: held.columns });
    return this.staging.joinedColumn(link.from, held.step, { source: { entity: link.to }, key: 'id', on: reference }, (alias) => sql`CASE ${lost}WHEN ${alias}.id IS NULL THEN ${none} ELSE ${value(alias)} END`, { form: held.form, unknowable, nonable });
  }

  #fold(node: NodeOf<'fold'>): Term {
    const link = this.#link(node.link);
    const [inside, outside] = link.kind === 'grouping' ? [link.from, link.to] : [link.to, link.from];
    const of = (child: NodeId | undefined, times: number): Term | undefined => (child === undefined ? undefined : this.#repeatable(this.value(child, inside), times, inside));
    const result = aggregate({ fold: node.fold, where: of(node.where, 3), value: of(node.value, 3) });
    const { table, column } = this.#folded(link, inside, result);
    const lost = link.kind === 'grouping' ? sql`` : sql`WHEN ${this.#reference(link)} IS NULL THEN NULL `;
    const flags = { form: formOf(node), unknowable: node.unknowable, nonable: node.nonable };
    return this.staging.joinedColumn(outside, result.step, { source: { table }, key: 'id', on: sql`t.id` }, (alias) => sql`CASE ${lost}WHEN ${alias}.id IS NULL THEN ${emptyFold(node.fold)} ELSE ${alias}.${column} END`, flags);
  }

  /** A column of the table of folds over a link at the step of the aggregate. */
  #folded(link: Link, inside: string, result: Text): { readonly table: string; readonly column: string } {
    const key = JSON.stringify([link.id, result.step]);
    const columns = this.#folds.get(key)?.columns ?? new Map<string, string>();
    const reference = this.#reference(link);
    const table = this.#folds.get(key)?.table ?? this.staging.side('a', result.step, (stage) => this.#foldSelect(link, inside, reference, columns, stage), isReference(link) ? [reference] : []);
    this.#folds.set(key, { table, columns });
    const column = columns.get(result.sql) ?? this.staging.columnName();
    columns.set(result.sql, column);
    this.staging.read(result);
    return { table, column };
  }

  #foldSelect(link: Link, inside: string, reference: Term, columns: ReadonlyMap<string, string>, stage: (entity: string) => string): string {
    const aggregates = [...columns].map(([text, name]) => `${text} AS ${name}`);
    if (link.kind === 'grouping') return select([`${reference.sql} AS id`, ...aggregates], `${stage(inside)} AS t`, `\nGROUP BY ${reference.sql}`);
    const owner = isReference(link) ? `o.id` : 'e.from_id';
    const from = isReference(link) ? `${stage(link.from)} AS o\nJOIN ${stage(inside)} AS t ON t.id = o.${reference.column ?? ''}` : `${this.#edges(link)} AS e\nJOIN ${stage(inside)} AS t ON t.id = e.to_id`;
    return select([`${owner} AS id`, ...aggregates], from, `\nGROUP BY ${owner}`);
  }

  #spells(node: NodeOf<'covered-months' | 'longest-gap'>): Term {
    const link = this.#link(node.link);
    const window = [this.#repeatable(this.value(node.from, link.from), 4, link.from), this.#repeatable(this.value(node.to, link.from), 4, link.from)] as const;
    const calendar = this.#calendar(link.from);
    const months = [this.#month(link.from, window[0]), this.#month(link.from, window[1])] as const;
    const day = (end: string): Term => this.staging.input(link.to, { fact: `${link.id}.${end}` }, { form: 'whole', unknowable: true, nonable: true });
    const where = node.where === undefined ? undefined : this.#repeatable(this.value(node.where, link.to), 3, link.to);
    const columns = { where, from: day('from'), until: day('until') };
    const reads = [...months, columns.from, columns.until, ...(where ? [where] : [])];
    const step = Math.max(...reads.map((text) => text.step));
    const spans = this.staging.side('s', step, (stage) => spansSelect(calendar, columns, { spells: stage(link.to), owners: stage(link.from), edges: this.#edges(link), opens: months[0].column ?? '', closes: months[1].column ?? '' }), reads);
    const cover = this.staging.side('a', step, () => coverSelect(spans));
    const flags = { form: 'whole', unknowable: node.unknowable, nonable: node.nonable } as const;
    return this.staging.joinedColumn(link.from, step, { source: { table: cover }, key: 'id', on: sql`t.id` }, (alias) => spellValue(node.op, window, months, this.#reference(link), alias), flags);
  }

  /** The number of the month of a day as a column, since the spells are joined to it. */
  #month(entity: string, day: Term): Term {
    const { literal: date } = day;
    return this.staging.hold(entity, date === undefined ? whole(monthNumber(this.#calendar(entity), day)) : literal(this.#dialect, (date / 10_000n) * 12n + ((date / 100n) % 100n) - 1n));
  }

  /** Where a link leads, or whether its list is known. */
  #reference(link: Link): Term {
    return this.staging.input(link.from, { link: link.id }, { form: 'whole', unknowable: link.kind !== 'grouping', nonable: true });
  }

  #edges(link: Link): string {
    const table = this.staging.layout.tables.find((one) => one.of.kind === 'edges' && one.of.link === link.id);
    if (!table) throw new Error('a list of things has no table of edges');
    return this.#dialect.quote(table.name);
  }

  #link(id: string): Link {
    const link = this.#program.schema.links.get(id);
    if (!link) throw new Error(`a program follows a link ${id} that is not there`);
    return link;
  }

  #node(id: NodeId): Node {
    const node = this.#program.nodes[id];
    if (!node) throw new Error(`a program has no node ${String(id)}`);
    return node;
  }
}

const whole = (text: Text): Term => ({ ...text, form: 'whole', unknowable: true, nonable: true });

/** The codes of results (contract 13): 0 yes; from 1 on no at a clause; from 128 on unknown at a clause, the amount being the clause after the last. */
export const YES = 0;
export const NO_AT = 1;
export const UNKNOWN_AT = 128;

/** The first false clause settles it, even behind an unknown one; then the first unknown one. */
function reasonText(clauses: readonly Term[], amount: Term | undefined): Text {
  if (clauses.length >= UNKNOWN_AT - NO_AT) throw new Error('a decision has more clauses than reason codes');
  const no = clauses.map((clause, at) => sql`WHEN NOT ${truth(clause)} THEN ${NO_AT + at}`);
  const open = [...clauses, ...(amount ? [amount] : [])].flatMap((clause, at) => (clause.unknowable ? [sql`WHEN ${clause} IS NULL THEN ${UNKNOWN_AT + at}`] : []));
  const cases = [...no, ...open];
  if (cases.length === 0) return sql`${YES}`;
  return sql`CASE\n    ${joined(cases, '\n    ')}\n    ELSE ${YES}\n  END`;
}
