import type { Persona } from '#engine/pack/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { buildProgram, REASON } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { decideAll } from './run.ts';

/** The row of each persona among the people of a snapshot on a day of law (yyyymmdd): the first whom the expression fits and no persona before has taken; none where nobody is left. */
export function personasIn(book: RuleBook, snapshot: Snapshot, on: number): ReadonlyMap<Persona, number> {
  const personas = [...book.pack.personas.values()];
  const rules = personas.flatMap(({ id, who }) => {
    const when = book.check(who, { entity: 'person', lawOn: on }).expr;
    return when ? [{ service: id, subject: 'person', clauses: [{ id: 'is', when }] }] : [];
  });
  const { answers } = decideAll(buildProgram(book.vocabulary.schema, on, rules), snapshot);
  const taken = new Set<number>();
  return new Map(personas.flatMap((persona): readonly [Persona, number][] => {
    const row = answers.get(persona.id)?.reasons.findIndex((reason, at) => reason === REASON.yes && !taken.has(at)) ?? -1;
    if (row < 0) return [];
    taken.add(row);
    return [[persona, row]];
  }));
}
