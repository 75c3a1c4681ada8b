import type { Diagnostic } from '#engine/kernel/index.ts';
import type { RuleBook } from '../link/index.ts';
import { Reporter } from '../report.ts';
import type { Report } from '../vocabulary/index.ts';
import { untestedClauses } from './clauses.ts';
import { brokenBounds, payerGaps, standardGaps, valueGaps } from './days.ts';
import { lostFacts } from './facts.ts';

/**
 * What somebody should look at in the set of standards as a whole: days without a standard, a value or a payer, local
 * values on the wrong side of what binds them, conditions that no example tries, facts that nobody holds or brings.
 *
 * Warnings all: the pack can be served. What contradicts itself (standards or values of one day, shares that are not
 * the whole) is an error, found when the pack is loaded and linked. In the order of files and lines.
 */
export function reviewStandards(book: RuleBook): readonly Diagnostic[] {
  const reporter = new Reporter(book.pack.texts);
  const report: Report = (site, problem) => { reporter.report(site, problem); };
  standardGaps(book.pack, report);
  valueGaps(book.pack, report);
  payerGaps(book.pack, report);
  brokenBounds(book.pack, report);
  untestedClauses(book, report);
  lostFacts(book, report);
  return reporter.diagnostics();
}
