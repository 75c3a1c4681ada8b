import type { Program } from '../program.ts';
import { SPARK } from './dialect/spark.ts';
import { sqlOf } from './script.ts';
import type { Script } from './script.ts';

/** A file of statements for `spark-sql -f`, and what it reads and writes. */
export interface SparkFile {
  readonly text: string;
  readonly script: Script;
  /** The folder of Parquet files that an input table is read from, by its name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The folder of Parquet files that the result of a subject is written to. */
  readonly outputs: ReadonlyMap<string, string>;
}

/**
 * The rules as a file for Spark: Parquet in, Parquet out.
 *
 * `root` is any address that Spark knows (a path, `hdfs://…`, `s3a://…`). Inputs lie in `root/in/1` and so on in the
 * order of the layout, results in `root/out/1` and so on in the order of the script's results.
 */
export function sparkFile(program: Program, root: string): SparkFile {
  const script = sqlOf(program, SPARK);
  const inputs = new Map(script.layout.tables.map((table, at) => [table.name, `${root}/in/${String(at + 1)}`]));
  const outputs = new Map(script.results.map((result, at) => [result.subject, `${root}/out/${String(at + 1)}`]));
  const statements = [
    ...[...inputs].map(([name, path]) => `CREATE TEMPORARY VIEW ${SPARK.quote(name)} USING parquet OPTIONS (path ${SPARK.text(path)})`),
    ...script.statements,
    ...script.results.map((result) => `INSERT OVERWRITE DIRECTORY ${SPARK.text(outputs.get(result.subject) ?? '')} USING parquet SELECT * FROM ${result.table}`),
    ...script.drops,
    ...[...inputs.keys()].map((name) => `DROP VIEW ${SPARK.quote(name)}`),
  ];
  return { text: statements.map((statement) => `${statement};\n`).join('\n'), script, inputs, outputs };
}
