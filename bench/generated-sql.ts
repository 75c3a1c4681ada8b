import { join } from 'node:path';
import { sql } from '#engine/rules/index.ts';
import type { Program } from '#engine/rules/index.ts';
import { FACTS } from './world.ts';

/** Rows of a query with their names; whole numbers beyond 2^53 come as texts. */
type Query = (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const quoted = sql.DIALECT.duckdb.quote;

/**
 * The rules as the SQL that is generated from them, over the same Parquet, to Parquet.
 *
 * Persons are a view of the file; the households, which SQL would have to gather first, are a table that is made
 * before anything is measured. Gives what is to be measured: the script, the answers stored, everything taken away.
 */
export async function generatedSql(query: Query, program: Program, parquet: string, out: string): Promise<() => Promise<void>> {
  const { layout, statements, results, drops } = sql.sqlOf(program, sql.DIALECT.duckdb);
  for (const table of layout.tables) {
    if (table.of.kind !== 'entity') throw new Error('the rules of the benchmark have no lists');
    const ofPerson = table.of.entity === 'person';
    const columns = table.columns.map(({ name, source }) => `${source.kind === 'id' ? (ofPerson ? 'file_row_number' : 'household') : source.kind === 'link' ? 'household' : source.kind === 'fact' ? cell(source.fact, ofPerson) : 'NULL'} AS ${quoted(name)}`);
    await query(`CREATE ${ofPerson ? 'VIEW' : 'TABLE'} ${quoted(table.name)} AS SELECT ${columns.join(', ')} FROM read_parquet('${parquet}', file_row_number = true)${ofPerson ? '' : ' GROUP BY household'}`);
  }
  return async () => {
    for (const statement of statements) await query(statement);
    for (const { table, subject } of results) await query(`COPY (SELECT * FROM ${table}) TO '${fileOf(out, subject)}' (FORMAT parquet)`);
    for (const drop of drops) await query(drop);
  };
}

const fileOf = (out: string, subject: string): string => join(out, `${subject}.parquet`);

/** The file says null for none and for unknown; who has no kind of disability has no level of it. */
function cell(id: string, ofPerson: boolean): string {
  const fact = FACTS.find((one) => one.id === id);
  const value = ofPerson ? quoted(id) : `any_value(${quoted(id)})`;
  if (fact?.nonable !== true) return `CAST(${value} AS BIGINT)`;
  return id === 'disability-level' ? `CASE WHEN "disability-kind" IS NULL THEN ${sql.NONE} ELSE CAST(${value} AS BIGINT) END` : `coalesce(CAST(${value} AS BIGINT), ${sql.NONE})`;
}

/** What each service answers altogether: how many get it, the sum of their reasons and of their amounts. */
export async function generatedTotals(query: Query, program: Program, out: string): Promise<Readonly<Record<string, string>>> {
  const totals: [string, string][] = [];
  for (const { subject, services } of sql.sqlOf(program, sql.DIALECT.duckdb).results) {
    const parts = services.map(({ reason, amount }, at) => `concat(count_if(${quoted(reason)} = 0), ' ', sum(${quoted(reason)}), ' ', ${amount === undefined ? '0' : `coalesce(sum(${quoted(amount)}), 0)`}) AS s${at}`);
    const [row = {}] = await query(`SELECT ${parts.join(', ')} FROM read_parquet('${fileOf(out, subject)}')`);
    services.forEach(({ service }, at) => totals.push([service, String(row[`s${at}`])]));
  }
  return Object.fromEntries(totals);
}
