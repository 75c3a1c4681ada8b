import { personWorld, relatedRows, sightsOf } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { memoOf } from '#engine/rules/index.ts';
import type { Expr, Rule, RuleBook } from '#engine/rules/index.ts';

/** The rows of those whom the person in a row looks after by law on a day (yyyymmdd): whom the relation of the plan leads to and the rule text of the plan fits for certain. */
export function wardsOf(book: RuleBook, snapshot: Snapshot, row: number, on: number): readonly number[] {
  const { guardianship, interview } = book.pack.plan;
  const { schema } = book.vocabulary;
  const entity = interview?.subject ?? 'person';
  const link = schema.links.get(guardianship?.link ?? '');
  const when = guardianship && book.check(guardianship.ward, { entity, lawOn: on }).expr;
  if (!link || !when) return [];
  const rule: Rule = { service: 'ward', subject: entity, clauses: [{ id: 'is', when }] };
  const sights = sightsOf(schema, [{ service: rule.service, subject: entity, parts: [when] }], ({ node }: Expr) => node);
  return (relatedRows(snapshot, link, row) ?? []).filter((ward) => {
    const { situation, place } = personWorld(snapshot, { entity, row: ward, sights });
    return memoOf({ schema, rules: [rule], situation }).verdict(rule.service, place).kind === 'yes';
  });
}
