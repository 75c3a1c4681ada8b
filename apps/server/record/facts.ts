import { readStream } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { correctionsOf, correctionsOfDeclared, DECLARATION_CASE, declaredIn, DISPUTE_CASE, disputesIn, heldFacts, holderOf, isSensitive, ownRows, sightOfFacts } from '#engine/record/index.ts';
import type { FactsWanted, OwnFacts, OwnRows, Person } from '#engine/record/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { FactColumn } from '#engine/rules/index.ts';
import { aboutOf } from '#engine/ports.ts';
import type { RecordInput } from './open.ts';

/** Every fact of a person, read through the door. What a crash has kept from the overlay is added first. */
export async function ownFacts(input: RecordInput, person: Person, { purpose, through, open, only }: FactsWanted): Promise<OwnFacts | undefined> {
  const disputes = await catchUp(input, person);
  const city = input.city();
  const [rows, standings] = [rowsOf(city, aboutOf(person)), city.standings()];
  const { pack, vocabulary: { schema } } = city.rules;
  if (!rows || !standings) return undefined;
  const isOpened = (fact: FactColumn): boolean => {
    if (only !== undefined && fact.id !== only) return false;
    if (!isSensitive(pack, fact.id)) return true;
    if (open === undefined || open === 'all') return open === 'all';
    return ('fact' in open ? open.fact === fact.id : (holderOf(pack, fact.id) ?? '') === open.holder);
  };
  const subject = pack.plan.interview?.subject ?? 'person';
  const found = await city.door()?.factsOf(person, purpose, aboutOf(person), { through, sights: () => sightOfFacts(schema, subject, isOpened) });
  if (found?.kind !== 'facts') return undefined;
  const facts = heldFacts({ book: city.rules, world: found.world, rows, standings, origins: city.population?.origins, on: dayNumber(city.today), opened: isOpened });
  return { facts: only === undefined ? facts : facts.filter(({ fact }) => fact === only), disputes };
}

/** The rows of the release that are a person's own; undefined where nobody is loaded, or not this person. */
export function rowsOf({ population, rules: { pack } }: City, key: string): OwnRows | undefined {
  const snapshot: Snapshot | undefined = population?.base ?? population?.snapshot;
  const place = population?.keys?.rowOf(key);
  const subject = pack.plan.interview?.subject ?? 'person';
  return snapshot && place?.entity === subject ? ownRows(snapshot, subject, place.row) : undefined;
}

/** The disputes of a person; whatever they and what was declared add beside the release stands there after this. */
export async function catchUp({ database, vault, city, correcting }: RecordInput, person: Person): Promise<OwnFacts['disputes']> {
  const { disputes, declared } = await database.read(person, 'what I said about my data', async (session) => ({
    disputes: disputesIn(await readStream(session, vault, caseStream(DISPUTE_CASE, aboutOf(person)))), declared: declaredIn(await readStream(session, vault, caseStream(DECLARATION_CASE, aboutOf(person)))),
  }));
  const rows = rowsOf(city(), aboutOf(person));
  const saying = rows && { rows, schema: city().rules.vocabulary.schema };
  const added = new Set(correcting.added().filter(({ source }) => source === 'dispute').map(({ knownAt }) => knownAt));
  // What was answered beside an earlier release is a matter of the departments' records of now.
  const standing = disputes.filter(({ sent, answer }) => sent !== null && (answer === null || added.has(sent.at)));
  if (saying) correcting.correct([...standing.flatMap((one) => correctionsOf(one, saying)), ...declared.flatMap((one) => correctionsOfDeclared(one, saying))]);
  return disputes;
}
