import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { clauseOf, NO_GRANT } from '#engine/entitlement/index.ts';
import type { ServiceAnswers } from '#engine/entitlement/index.ts';
import { REASON } from '#engine/rules/index.ts';
import { draftOf, settle } from '../folder.ts';
import { longsOf, ParquetWriter, yesBits } from '../parquet/write.ts';
import type { ParquetColumn, Values } from '../parquet/write.ts';
import type { StoredResult } from '../result.ts';
import { answersAbout } from './before.ts';
import type { StoredRun } from './place.ts';

const GROUP_ROWS = 262_144;

/** The answers about the things of one kind, for whoever reads Parquet: one row each, in the order of rows. */
export const answerFile = ({ folder }: Pick<StoredRun, 'folder'>, subject: string): string => join(folder, `answers-${subject}.parquet`);

/**
 * Writes the answers about one kind of thing: for each service a column of words (`yes`, `no:` or `unknown:` and the
 * clause that says so) and, where it pays, one of fen that is null where nothing is paid. It is there once it is whole.
 */
export function writeAnswers(path: string, result: StoredResult, subject: string): void {
  const services = result.manifest.services.filter((service) => service.subject === subject);
  const all = services.flatMap(({ service }) => answersAbout(result, service) ?? []);
  const columns = all.flatMap((answers): readonly Written[] => [{ answers, fen: false, words: wordsOf(answers), next: 0 }, ...(answers.amounts ? [{ answers, fen: true, words: [], next: 0 }] : [])]);
  rmSync(draftOf(path), { force: true });
  const writer = new ParquetWriter(draftOf(path), columns.map(({ answers: { decision }, fen }): ParquetColumn => (fen ? { name: `${decision.service}.fen`, type: 'int64' } : { name: decision.service, type: 'text' })), 'zstd');
  const rows = all[0]?.reasons.length ?? 0;
  for (let from = 0; from < rows; from += GROUP_ROWS) {
    const to = Math.min(rows, from + GROUP_ROWS);
    writer.group(to - from, (at) => valuesOf(columns[at], from, to));
  }
  writer.close();
  settle(path);
}

/** A column while row groups go by; `next` is its next amount. */
interface Written {
  readonly answers: ServiceAnswers;
  readonly fen: boolean;
  readonly words: readonly string[];
  next: number;
}

function valuesOf(column: Written | undefined, from: number, to: number): Values {
  if (!column) throw new RangeError('a column of answers that is not there');
  const { answers: { amounts, reasons }, fen, words } = column;
  const part = reasons.subarray(from, to);
  if (!fen || !amounts) return { present: undefined, values: part, words };
  const first = column.next;
  for (const reason of part) if (reason === REASON.yes) column.next += 1;
  return { present: yesBits(part), values: longsOf(amounts.subarray(first, column.next)) };
}

/** By reason what it says; what no row can have is empty. */
function wordsOf({ decision }: Pick<ServiceAnswers, 'decision'>): readonly string[] {
  const most = REASON.unknown + decision.clauses.length;
  return Array.from({ length: 256 }, (_, reason) => {
    if (reason === REASON.yes) return 'yes';
    const clause = reason <= most && reason !== NO_GRANT ? clauseOf(decision, reason) : undefined;
    return clause === undefined ? '' : `${reason < REASON.unknown ? 'no' : 'unknown'}:${clause}`;
  });
}
