import { appendEvents, readStream } from '#adapters/store/index.ts';
import { addWorkingDays, caseStream, workingCalendar } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { decidingDepartment } from '#engine/entitlement/index.ts';
import { cellOfStated, CHECK_WORKING_DAYS, checksOpenIn, COMMITMENT, correctionsOfDeclared, DECLARATION_CASE, declaredIn, isDeclarable, sameStated, usedBy } from '#engine/record/index.ts';
import type { DeclarationRefusal, FactName, Person, Stated } from '#engine/record/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { aboutOf } from '#engine/ports.ts';
import { householdKeyOf } from '../household.ts';
import { catchUp, rowsOf } from './facts.ts';
import { heldNow } from './held-now.ts';
import type { RecordInput } from './open.ts';

/**
 * States a fact that no department knows: an entry of the person's own, then beside the release, and a task for the department of a
 * service that reads it, which looks afterwards whether it is so. Whoever was found to have declared what is not so declares nothing more.
 */
export async function declareFact(input: RecordInput, person: Person, { fact: id, no }: FactName, value: Stated): Promise<DeclarationRefusal | undefined> {
  const { database, vault, clock, random, city } = input;
  const { schema } = city().rules.vocabulary;
  const fact = schema.facts.get(id);
  const row = fact && rowsOf(city(), aboutOf(person))?.get(fact.entity)?.[no ?? 0];
  const standing = row === undefined ? undefined : city().standings()?.standingOf(id, row, dayNumber(city().today));
  if (!fact || !standing) return 'fact-unknown';
  const stream = caseStream(DECLARATION_CASE, aboutOf(person));
  const before = await database.read(person, 'what I declared', async (session) => declaredIn(await readStream(session, vault, stream)));
  if (before.some(({ refuted }) => refuted !== undefined)) return 'refuted-before';
  if (!isDeclarable(city().rules, { fact: id, standing, on: dayNumber(city().today), origins: city().population?.origins })) return 'held';
  if (cellOfStated(schema, fact, value) === undefined) return 'value-wrong';
  await database.write(person, 'declare a fact', async (session) => {
    const entries = await readStream(session, vault, stream);
    const last = declaredIn(entries).findLast((one) => one.fact === id && one.no === no);
    if (last && sameStated(last.value, value)) return;
    const payload = { fact: id, no, value, on: city().today, commitment: COMMITMENT };
    const about = { stream, subjectKey: aboutOf(person), householdKey: householdKeyOf(city(), aboutOf(person)) };
    // A check that is still to be done is of what is said now as well.
    const isChecked = checksOpenIn(entries).some((one) => one.fact === id && one.no === no);
    await appendEvents(session, vault, [{ ...about, kind: 'fact-declared', payload }, ...(isChecked ? [] : checkOf(city(), person, { fact: id, no }).map((task) => ({ ...about, ...task })))], { at: clock.now(), actor: person.id, random });
  });
  await catchUp(input, person);
  return undefined;
}

/** The task of looking afterwards, for the department of the first service that reads the fact. */
function checkOf(city: City, person: Person, { fact, no }: FactName) {
  const service = city.pack.services.get(usedBy(city.rules, dayNumber(city.today)).get(fact)?.[0] ?? '');
  if (service === undefined) return [];
  const { id, decidedBy, owner } = service;
  const department = decidedBy === undefined && owner !== 'unfilled' ? owner : decidingDepartment(service);
  const { on: dueOn, counted: dueCounted } = addWorkingDays(workingCalendar(city.pack.calendar), city.today, CHECK_WORKING_DAYS);
  const area = heldNow(city, person, { fact, no })?.county ?? '';
  return [{ kind: 'task-opened', payload: { taskKind: 'review', department, area, service: id, dueOn, dueCounted, about: { change: 'declared', fact, no } } }];
}

/** Puts beside the release what the checks of somebody's declarations have found, at once: they are decided anew with it. */
export async function bringRefuted({ database, vault, city, correcting }: Pick<RecordInput, 'database' | 'vault' | 'city' | 'correcting'>, stream: string, person: string): Promise<void> {
  const declared = await database.system('what was declared and is not so', async (session) => declaredIn(await readStream(session, vault, stream)));
  const rows = rowsOf(city(), person);
  if (rows) correcting.correct(declared.filter(({ refuted }) => refuted).flatMap((one) => correctionsOfDeclared(one, { rows, schema: city().rules.vocabulary.schema })));
}
