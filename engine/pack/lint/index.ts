import type { Finding, Pack } from '../pack.ts';
import { missingItemNumber } from './numbering.ts';

/** One question that the linter asks of a plan. It computes from the pack and its source text and knows no case by name. */
export type LintRule = (pack: Pack) => readonly Finding[];

const RULES: readonly LintRule[] = [missingItemNumber];

/**
 * What is wrong with the plan itself, as printed: contradictions, values that cannot be, gaps, slips of the pen.
 *
 * Findings are shown, never repaired. Ordered by where they stand in the source, then by code, so that the same
 * pack always gives the same list.
 */
export function lintPlan(pack: Pack): readonly Finding[] {
  return RULES.flatMap((rule) => rule(pack)).sort((a, b) => (a.places[0]?.line ?? 0) - (b.places[0]?.line ?? 0) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
