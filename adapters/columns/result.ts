import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LANES, REASON, verdictsOf } from '#engine/rules/index.ts';
import type { Column, Decision, Lane, Verdict } from '#engine/rules/index.ts';
import { readParts } from './array-file.ts';
import { currentIn } from './folder.ts';

/** The version of the files of a run. */
export const RESULT_FORMAT = 2;

const service = z.strictObject({
  service: z.string(),
  subject: z.string(),
  clauses: z.array(z.string()),
  /** One byte for each row of the subject, in the rows' order. */
  reasons: z.strictObject({ file: z.string(), rows: z.int().nonnegative() }),
  /**
   * The amounts in fen of the rows whose reason is `yes`, in the rows' order: files to be read one after the other.
   * Each thread of the run has written one; where nobody of its rows gets anything it has written none.
   */
  amounts: z.strictObject({ lane: z.enum(LANES), parts: z.array(z.strictObject({ file: z.string(), length: z.int().positive() })) }).optional(),
});
export type ServiceResult = z.infer<typeof service>;

/**
 * The answers of a run: for each service a column of reasons and, where it pays, a column of amounts.
 *
 * A reason is `yes`, or `no` plus the index of the clause that is false, or `unknown` plus the index of the clause
 * that is unknown, where the index after the last clause is the amount.
 */
export const RESULT_MANIFEST = z.strictObject({
  format: z.literal(RESULT_FORMAT),
  lawOn: z.int(),
  vocabulary: z.string(),
  reasons: z.strictObject({ yes: z.literal(REASON.yes), no: z.literal(REASON.no), unknown: z.literal(REASON.unknown) }),
  services: z.array(service),
});
export type ResultManifest = z.infer<typeof RESULT_MANIFEST>;

export const reasonFile = (decision: number): string => `${String(decision).padStart(4, '0')}.reason`;
export const amountFile = (decision: number, part: number): string => `${String(decision).padStart(4, '0')}.amount.${part}`;

/** What the manifest says of one decision over so many rows; `lengths` counts the amounts of each part. */
export function describeResult(decision: Decision, number: number, rows: number, lane: Lane | undefined, lengths: readonly number[]): ServiceResult {
  return {
    service: decision.service,
    subject: decision.subject,
    clauses: decision.clauses.map((clause) => clause.id),
    reasons: { file: reasonFile(number), rows },
    ...(lane === undefined ? {} : { amounts: { lane, parts: lengths.flatMap((length, part) => (length === 0 ? [] : [{ file: amountFile(number, part), length }])) } }),
  };
}

/** A finished run on disk. */
export interface StoredResult {
  readonly folder: string;
  readonly manifest: ResultManifest;
}

/** The run that holds in a folder, or undefined where none was finished or it is of another format. */
export function openResult(root: string): StoredResult | undefined {
  const folder = currentIn(root);
  const path = folder && join(folder, 'manifest.json');
  if (!folder || !path || !existsSync(path)) return undefined;
  const manifest = RESULT_MANIFEST.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return manifest.success ? { folder, manifest: manifest.data } : undefined;
}

export function readReasons({ folder }: StoredResult, { reasons }: ServiceResult): Uint8Array {
  return new Uint8Array(readParts(folder, { parts: [{ file: reasons.file, length: reasons.rows }], lane: 'int8' }).buffer);
}

/** The amounts of the rows that get one, in order. */
export function readAmounts({ folder }: StoredResult, { amounts }: ServiceResult): Column | undefined {
  return amounts && readParts(folder, amounts);
}

/** The verdicts of a service row after row; for tests and small cities. */
export function readVerdicts(result: StoredResult, decision: Decision): readonly Verdict[] {
  const found = result.manifest.services.find(({ service: id }) => id === decision.service);
  return found ? verdictsOf({ decision, reasons: readReasons(result, found), amounts: readAmounts(result, found) }) : [];
}

