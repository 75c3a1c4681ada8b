import type { Program } from '../program.ts';
import { uncovered } from './coverage.ts';
import type { Dialect } from './dialect/index.ts';
import { Emitter } from './emit.ts';
import type { Layout } from './layout.ts';
import { edgeNames } from './name.ts';
import type { Statement } from './staging.ts';
import { select } from './staging.ts';

/** The results of one kind of thing: a table with `id`, and for each service a reason code and, where it pays, fen. */
export interface ResultTable {
  readonly subject: string;
  /** Quoted where needed, ready to stand after FROM. */
  readonly table: string;
  readonly services: readonly { readonly service: string; readonly reason: string; readonly amount: string | undefined }[];
}

/** A program as SQL: what it reads, what to run in order, what is there afterwards, and how to take all of it away. */
export interface Script {
  readonly layout: Layout;
  readonly statements: readonly string[];
  readonly results: readonly ResultTable[];
  readonly drops: readonly string[];
}

/**
 * The script of a program for one database.
 *
 * The values in it are those of the program; names from outside occur only as quoted names of inputs and results.
 * A program with an operator that SQL does not have is a fault; ask `uncovered` first. Run twice in one session the script needs its `drops` in between.
 */
export function sqlOf(program: Program, dialect: Dialect): Script {
  const missing = uncovered(program);
  if (missing) throw new RangeError(`SQL has no ${missing.op}: ${missing.why}`);
  const emitter = new Emitter(program, dialect);
  const decided = program.decisions.map((decision) => ({ decision, ...emitter.decide(decision) }));
  const { statements, lastOf } = emitter.staging.statements(decided.flatMap(({ reason, amount }) => (amount ? [reason, amount] : [reason])));
  const results: ResultTable[] = [];
  const written: Statement[] = [...statements];
  for (const subject of new Set(program.decisions.map((decision) => decision.subject))) {
    const own = decided.filter(({ decision }) => decision.subject === subject);
    const names = edgeNames(own.flatMap(({ decision }) => [`${decision.service}.reason`, `${decision.service}.fen`]), ['id']);
    const nameOf = (id: string): string => names.get(id) ?? id;
    const name = `r${String(results.length + 1)}`;
    const columns = own.flatMap(({ decision, reason, amount }) => [
      `${reason.sql} AS ${dialect.quote(nameOf(`${decision.service}.reason`))}`,
      ...(amount ? [`${amount.sql} AS ${dialect.quote(nameOf(`${decision.service}.fen`))}`] : []),
    ]);
    written.push({ sql: dialect.view(name, select(['t.id', ...columns], `${lastOf(subject)} AS t`)), name, makes: 'view' });
    results.push({ subject, table: name, services: own.map(({ decision, amount }) => ({ service: decision.service, reason: nameOf(`${decision.service}.reason`), amount: amount && nameOf(`${decision.service}.fen`) })) });
  }
  return { layout: emitter.staging.layout, statements: written.map((statement) => statement.sql), results, drops: written.toReversed().map((statement) => dialect.drop(statement.name, statement.makes)) };
}
