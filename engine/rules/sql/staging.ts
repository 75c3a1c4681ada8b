import type { Program } from '../program.ts';
import type { Dialect } from './dialect/index.ts';
import { layoutOf } from './layout.ts';
import type { InputTable, Layout } from './layout.ts';
import { sql } from './text.ts';
import type { Form, Term, Text } from './text.ts';

/** A statement of the script; `makes` is what it leaves behind, to be dropped afterwards. */
export interface Statement {
  readonly sql: string;
  readonly name: string;
  readonly makes: 'stage' | 'view';
}

/** What a stage reads beside the stage before it, by LEFT JOIN: the stage of an entity, or another table. */
export interface Join {
  readonly source: { readonly entity: string } | { readonly table: string };
  /** The column of the source that has the number of the thing. */
  readonly key: string;
  /** The number of the thing, from this entity. */
  readonly on: Text;
}

/** A table beside the stages: a fold by group, spells by owner, constants. */
interface Side {
  readonly name: string;
  readonly step: number;
  /** Written when all stages up to its step are. */
  readonly select: (stage: (entity: string) => string) => string;
}

interface Column {
  readonly name: string;
  readonly text: Text;
}

/** What one stage of an entity adds to the stage before it. */
interface Addition {
  readonly columns: Column[];
  readonly joins: Map<string, { readonly alias: string; readonly join: Join }>;
}

type Flags = Pick<Term, 'form' | 'unknowable' | 'nonable'>;

/**
 * The stages of a program: for each entity a row of tables, each with the columns of the one before that are still
 * needed and a few more. All entities share the count of steps, so that a fold over the persons of step 2 is there
 * for the households of step 3.
 */
export class Staging {
  readonly layout: Layout;
  readonly dialect: Dialect;
  readonly #entities: readonly string[];
  /** By entity and step. */
  readonly #additions = new Map<string, Map<number, Addition>>();
  readonly #sides: Side[] = [];
  readonly #held = new Map<string, string>();
  readonly #owner = new Map<string, { readonly entity: string; readonly step: number }>();
  /** The last step at which a column is read. */
  readonly #lastUse = new Map<string, number>();
  #columns = 0;
  #joins = 0;
  #last = 0;

  constructor(program: Program, dialect: Dialect) {
    this.layout = layoutOf(program);
    this.dialect = dialect;
    this.#entities = this.layout.tables.flatMap((table) => (table.of.kind === 'entity' ? [table.of.entity] : []));
  }

  /** A column of the input; it is there from the first step on. */
  input(entity: string, source: { readonly fact: string } | { readonly link: string }, flags: Flags): Term {
    const table = this.#table(entity);
    const column = table.columns.find(({ source: from }) => ('fact' in source ? from.kind === 'fact' && from.fact === source.fact : from.kind === 'link' && from.link === source.link));
    if (!column) throw new Error('a program reads a column that its layout does not have');
    const from = `t.${this.dialect.quote(column.name)}`;
    const read = flags.form === 'truth' ? `(CAST(${from} AS BIGINT) = 1)` : column.type === 'text' ? from : `CAST(${from} AS BIGINT)`;
    const name = this.#add(entity, 0, { sql: read, step: 0, columns: [] });
    return { ...this.#columnText(name, 0), ...flags, column: name };
  }

  /** A column of the next stage that holds the term. */
  hold(entity: string, term: Term): Term {
    if (term.column !== undefined) return term;
    const name = this.#add(entity, term.step + 1, term);
    return { ...this.#columnText(name, term.step + 1), form: term.form, unknowable: term.unknowable, nonable: term.nonable, column: name };
  }

  /**
   * A column of the next stage that is read from a joined table; `text` makes it of the alias of that table.
   *
   * `step` is the step after which everything it reads is there.
   */
  joinedColumn(entity: string, step: number, join: Join, text: (alias: string) => Text, flags: Flags): Term {
    const alias = this.#join(entity, step + 1, join);
    const made = text(alias);
    return this.hold(entity, { ...made, step: Math.max(step, made.step), ...flags });
  }

  /** A table beside the stages, by its name. */
  side(letter: 'a' | 'k' | 's', step: number, select: Side['select'], reads: readonly Text[] = []): string {
    const name = `${letter}${String(this.#sides.length + 1)}`;
    this.#sides.push({ name, step, select });
    this.#last = Math.max(this.#last, step);
    for (const text of reads) this.#use(text.columns, step);
    return name;
  }

  /** Keeps what a text reads up to the step of the text. */
  read(text: Text): void {
    this.#use(text.columns, text.step);
  }

  /** A name for a column beside the stages. */
  columnName(): string {
    return `c${String(++this.#columns)}`;
  }

  /** The script up to the last step, and the table in which an entity then stands. `kept` are read after it. */
  statements(kept: readonly Text[]): { readonly statements: readonly Statement[]; readonly lastOf: (entity: string) => string } {
    const end = Math.max(this.#last, ...kept.map((text) => text.step));
    for (const text of kept) this.#use(text.columns, end);
    const current = new Map<string, string>();
    const lastOf = (entity: string): string => current.get(entity) ?? this.#missing(entity);
    const statements: Statement[] = [];
    for (let step = 0; step <= end; step++) {
      const before = new Map(current);
      const previous = (entity: string): string => before.get(entity) ?? this.#missing(entity);
      for (const [at, entity] of this.#entities.entries()) {
        if (step > 0 && !this.#additions.get(entity)?.has(step)) continue;
        const name = `t${String(at + 1)}_${String(step)}`;
        statements.push(step === 0 ? this.#first(name, entity) : this.#next(name, entity, step, previous));
        current.set(entity, name);
      }
      for (const side of this.#sides.filter((one) => one.step === step)) statements.push(this.#stage(side.name, side.select(lastOf)));
    }
    return { statements, lastOf };
  }

  #first(name: string, entity: string): Statement {
    const table = this.#table(entity);
    const columns = this.#additions.get(entity)?.get(0)?.columns ?? [];
    const lines = [`CAST(t.${this.dialect.quote('id')} AS BIGINT) AS id`, ...columns.map((column) => `${column.text.sql} AS ${column.name}`)];
    return { sql: this.dialect.view(name, select(lines, `${this.dialect.quote(table.name)} AS t`)), name, makes: 'view' };
  }

  #next(name: string, entity: string, step: number, previous: (entity: string) => string): Statement {
    const { columns, joins } = this.#additions.get(entity)?.get(step) ?? { columns: [], joins: new Map<string, never>() };
    const carried = [...this.#owner].filter(([column, owner]) => owner.entity === entity && owner.step < step && (this.#lastUse.get(column) ?? 0) >= step);
    const lines = ['t.id', ...carried.map(([column]) => `t.${column}`), ...columns.map((column) => `${column.text.sql} AS ${column.name}`)];
    const from = [`${previous(entity)} AS t`, ...[...joins.values()].map(({ alias, join }) => `LEFT JOIN ${'table' in join.source ? join.source.table : previous(join.source.entity)} AS ${alias} ON ${alias}.${join.key} = ${join.on.sql}`)];
    return this.#stage(name, select(lines, from.join('\n')));
  }

  #stage(name: string, text: string): Statement {
    return { sql: this.dialect.stage(name, text), name, makes: 'stage' };
  }

  #add(entity: string, step: number, text: Text): string {
    const key = JSON.stringify([entity, step, text.sql]);
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const name = this.columnName();
    this.#held.set(key, name);
    this.#owner.set(name, { entity, step });
    this.#use(text.columns, step - 1);
    this.#addition(entity, step).columns.push({ name, text });
    return name;
  }

  #join(entity: string, step: number, join: Join): string {
    const { joins } = this.#addition(entity, step);
    const key = JSON.stringify([join.source, join.key, join.on.sql]);
    const alias = joins.get(key)?.alias ?? `j${String(++this.#joins)}`;
    joins.set(key, { alias, join });
    this.#use(join.on.columns, step - 1);
    return alias;
  }

  #addition(entity: string, step: number): Addition {
    const steps = this.#additions.get(entity) ?? new Map<number, Addition>();
    this.#additions.set(entity, steps);
    const addition = steps.get(step) ?? { columns: [], joins: new Map() };
    steps.set(step, addition);
    this.#last = Math.max(this.#last, step);
    return addition;
  }

  #columnText(name: string, step: number): Text {
    return { sql: `t.${name}`, step, columns: [name] };
  }

  #use(columns: readonly string[], step: number): void {
    for (const column of columns) this.#lastUse.set(column, Math.max(step, this.#lastUse.get(column) ?? 0));
  }

  #table(entity: string): InputTable {
    return this.layout.tables.find((table) => table.of.kind === 'entity' && table.of.entity === entity) ?? this.#missing(entity);
  }

  #missing(entity: string): never {
    throw new Error(`a program speaks of ${entity}, which its layout does not have`);
  }
}

/** A SELECT with one column a line. */
export function select(columns: readonly string[], from: string, rest = ''): string {
  return `SELECT\n${columns.map((column) => `  ${column}`).join(',\n')}\nFROM ${from}${rest}`;
}

/** A column that is certain and never none. */
export const certain = (form: Form): Flags => ({ form, unknowable: false, nonable: false });

/** A number that is the same for all. */
export function literal(dialect: Dialect, value: bigint): Term {
  return { ...sql`${dialect.big(value)}`, ...certain('whole'), literal: value };
}
