import type { RuleBook } from '../link/index.ts';
import { WHOLE } from '../report.ts';
import { areaFacts, dayNumber } from '../vocabulary/index.ts';
import type { Report } from '../vocabulary/index.ts';

/**
 * Facts that a rule reads, or that say which county pays, and that no department holds, or that no department’s file
 * brings: they stay unknown until somebody is asked. Where a pack has no feeds at all, only the holder is asked for.
 */
export function lostFacts(book: RuleBook, report: Report): void {
  const { pack } = book;
  const named = new Map([...pack.facts.values()].flatMap(({ id, name }) => [[id, id], [name, id]] as const));
  const fed = new Set([...pack.feeds.values()].flatMap(({ columns }) => columns.flatMap(({ fact }) => named.get(fact ?? '') ?? [])));
  const days = new Set([...pack.services.values()].flatMap(({ standard = [] }) => standard.map(({ from }) => from)));
  const read = new Set([...[...days].flatMap((day) => book.programAt(dayNumber(day)).facts), ...payingFacts(book)]);
  for (const { id, name, holder } of pack.facts.values()) {
    if (!read.has(id)) continue;
    if (holder === 'unfilled') report({ file: 'facts.yaml', path: [{ name: id }, 'holder'] }, { code: 'fact-unheld', at: WHOLE, data: { name }, severity: 'warning' });
    else if (pack.feeds.size > 0 && !fed.has(id)) report({ file: 'facts.yaml', path: [{ name: id }, 'holder'] }, { code: 'fact-unfed', at: WHOLE, data: { name }, severity: 'warning' });
  }
}

/** The facts that say which county pays for the services that are decided. */
function payingFacts({ pack, vocabulary }: RuleBook): readonly string[] {
  const factOf = (entity: string, basis: string): string | undefined => {
    const [own] = areaFacts(vocabulary, entity, basis);
    const grouping = own === undefined ? [...vocabulary.schema.links.values()].find((link) => link.kind === 'grouping' && link.to === entity) : undefined;
    return grouping ? factOf(grouping.from, basis) : own;
  };
  return [...pack.services.values()].flatMap(({ subject = 'person', standard, payers }) => (
    standard && payers !== 'unfilled' ? payers.flatMap(({ level, of }) => (level === 'county' ? (factOf(subject, of) ?? []) : [])) : []
  ));
}
