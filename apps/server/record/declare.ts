import { appendEvents, readStream } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import { cellOfStated, COMMITMENT, DECLARATION_CASE, declaredIn, isDeclarable, sameStated } from '#engine/record/index.ts';
import type { DeclarationRefusal, FactName, Person, Stated } from '#engine/record/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { aboutOf } from '#engine/ports.ts';
import { householdKeyOf } from '../household.ts';
import { catchUp, rowsOf } from './facts.ts';
import type { RecordInput } from './open.ts';

/** States a fact that no department knows: an entry of the person's own, then beside the release. */
export async function declareFact(input: RecordInput, person: Person, { fact: id, no }: FactName, value: Stated): Promise<DeclarationRefusal | undefined> {
  const { database, vault, clock, random, city } = input;
  const { schema } = city().rules.vocabulary;
  const fact = schema.facts.get(id);
  const row = fact && rowsOf(city(), aboutOf(person))?.get(fact.entity)?.[no ?? 0];
  const standing = row === undefined ? undefined : city().standings()?.standingOf(id, row, dayNumber(city().today));
  if (!fact || !standing) return 'fact-unknown';
  if (!isDeclarable(city().rules, { fact: id, standing, on: dayNumber(city().today), origins: city().population?.origins })) return 'held';
  if (cellOfStated(schema, fact, value) === undefined) return 'value-wrong';
  const stream = caseStream(DECLARATION_CASE, aboutOf(person));
  await database.write(person, 'declare a fact', async (session) => {
    const before = declaredIn(await readStream(session, vault, stream)).findLast((one) => one.fact === id && one.no === no);
    if (before && sameStated(before.value, value)) return;
    const payload = { fact: id, no, value, on: city().today, commitment: COMMITMENT };
    await appendEvents(session, vault, [{ stream, subjectKey: aboutOf(person), householdKey: householdKeyOf(city(), aboutOf(person)), kind: 'fact-declared', payload }], { at: clock.now(), actor: person.id, random });
  });
  await catchUp(input, person);
  return undefined;
}
