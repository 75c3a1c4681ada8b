import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPack } from '#engine/pack/index.ts';
import { linkRules, sql } from '#engine/rules/index.ts';
import type { Program } from '#engine/rules/index.ts';
import { packFiles } from './pack-files.ts';
import { ISLAND } from '#engine/rules/sql/testing/index.ts';

/*
 * `node tools/golden-sql.ts` writes the SQL of programs that are small enough to be read in review. A test compares
 * them; who changes the emitter runs this, reads the difference, and says in the commit why the text changed.
 */

export const GOLDEN_FOLDER = fileURLToPath(new URL('../engine/rules/sql/golden/', import.meta.url));

/** The programs whose SQL is kept, by the name of their files. */
export const GOLDEN: Readonly<Record<string, Program>> = { island: ISLAND.program, 'lantern-bay': lanternBay() };

/** The made-up town's rules on a day on which all of them are in force. */
function lanternBay(): Program {
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('the town does not load');
  return linkRules(pack).book.programAt(20310615);
}

/** What each file holds: one for each program and database. */
export function goldenFiles(): ReadonlyMap<string, string> {
  return new Map(Object.entries(GOLDEN).flatMap(([name, program]) => sql.DIALECTS.map((dialect) => [`${name}.${dialect}.sql`, fileText(program, dialect)] as const)));
}

function fileText(program: Program, dialect: sql.DialectId): string {
  if (dialect === 'spark') return sql.sparkFile(program, '/data').text;
  const { layout, statements, results, drops } = sql.sqlOf(program, sql.DIALECT[dialect]);
  const creates = layout.tables.map((table) => sql.createTable(sql.DIALECT[dialect], table));
  const reads = results.map((result) => `SELECT * FROM ${result.table} ORDER BY id`);
  return [...creates, ...statements, ...reads, ...drops].map((statement) => `${statement};\n`).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(GOLDEN_FOLDER, { recursive: true });
  for (const [name, text] of goldenFiles()) writeFileSync(`${GOLDEN_FOLDER}${name}`, text);
}
