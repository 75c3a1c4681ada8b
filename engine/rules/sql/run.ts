import type { Decision, Program } from '../program.ts';
import type { Situation, Verdict } from '../value.ts';
import { createTable, rowsOf } from './input.ts';
import type { Dialect } from './dialect/index.ts';
import { sqlOf } from './script.ts';
import type { ResultTable, Script } from './script.ts';
import type { Session } from './session.ts';
import { verdictOfCodes } from './verdict.ts';

/** For each service the verdict of every thing of its subject, in the order of their places. */
export type Verdicts = ReadonlyMap<string, readonly Verdict[]>;

/** The verdicts of a program over a small world, decided by a database; what it makes there it takes away again. */
export async function decideBySql(program: Program, situation: Situation, dialect: Dialect, session: Session): Promise<Verdicts> {
  const script = sqlOf(program, dialect);
  for (const table of script.layout.tables) {
    await session.run(`DROP TABLE IF EXISTS ${dialect.quote(table.name)}`);
    await session.run(createTable(dialect, table));
    await session.fill(table.name, rowsOf(table, program.schema, situation));
  }
  for (const statement of script.statements) await session.run(statement);
  const verdicts = await readVerdicts(program, script, dialect, session);
  for (const drop of script.drops) await session.run(drop);
  for (const table of script.layout.tables) await session.run(`DROP TABLE ${dialect.quote(table.name)}`);
  return verdicts;
}

/** The verdicts that stand in the result tables of a script that has run. */
export async function readVerdicts(program: Program, { results }: Pick<Script, 'results'>, dialect: Dialect, session: Session): Promise<Verdicts> {
  const verdicts = new Map<string, readonly Verdict[]>();
  for (const result of results) {
    for (const { service, reason, amount } of result.services) {
      const rows = await session.rows(resultQuery(result, { reason, amount }, dialect));
      verdicts.set(service, rows.map(([reasonCode, fen]) => verdictOfCodes(decisionOf(program, service), Number(reasonCode), fen === null || fen === undefined ? undefined : Number(fen))));
    }
  }
  return verdicts;
}

function resultQuery({ table }: ResultTable, { reason, amount }: { readonly reason: string; readonly amount: string | undefined }, dialect: Dialect): string {
  return `SELECT ${[reason, ...(amount === undefined ? [] : [amount])].map(dialect.quote).join(', ')} FROM ${table} ORDER BY id`;
}

function decisionOf(program: Program, service: string): Decision {
  const decision = program.decisions.find((one) => one.service === service);
  if (!decision) throw new Error(`a result of ${service}, which the program does not decide`);
  return decision;
}
