import { readStream } from '#adapters/store/index.ts';
import type { ReadEntry } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import { describeEntry } from '#engine/console/index.ts';
import { calledIn, explainEntitlement, wordsOfPack } from '#engine/entitlement/index.ts';
import type { GrantKey } from '#engine/entitlement/index.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { aboutOf } from '#engine/ports.ts';
import type { Person } from '#engine/record/index.ts';
import { fileWriting } from '#engine/remedy/index.ts';
import type { Attached, ToldBefore } from '#engine/remedy/index.ts';
import { dayText, factsUsed } from '#engine/rules/index.ts';
import type { RemedyInput } from './open.ts';

/** The procedure is in Chinese, whatever language somebody reads in. */
const LOCALE: Locale = 'zh';

export interface ToldIn {
  readonly told: readonly ToldBefore[];
  /** What is challenged; undefined: what stands on their page. */
  readonly challenged: ToldBefore | undefined;
}

/** The file of a case as it stands now. What was opened for it is on record as any look of the person themselves. */
export async function attachedTo(input: RemedyInput, person: Person, { service, subject, decidedBy }: GrantKey & { readonly decidedBy: string }, { told, challenged }: ToldIn): Promise<Attached> {
  const { database, vault, city } = input;
  const { release, today } = city();
  const decided = await decidedNow(input, person, service);
  const entries = await database.read(person, 'the file of my case', (session) => readStream(session, vault, caseStream(service, subject)));
  return {
    madeOn: today, service, department: decidedBy, release: release.digest, lawOn: decided?.lawOn ?? today,
    told: { says: challenged?.says[LOCALE] ?? decided?.answer ?? '', on: challenged?.on ?? null },
    answer: decided?.answer ?? null, reasons: decided?.reasons ?? [], facts: decided?.facts ?? [],
    notices: told.map(({ on, says }) => ({ on, says: says[LOCALE] })), entries: entries.map((entry) => entryIn(input, entry)),
  };
}

/** What the rules come to today, in words; undefined where nobody is loaded. */
async function decidedNow({ city }: RemedyInput, person: Person, service: string): Promise<(Pick<Attached, 'lawOn' | 'reasons' | 'facts'> & { readonly answer: string }) | undefined> {
  const now = city();
  const { rules, pack, today } = now;
  const found = await now.decidePerson(person, 'own-reconsideration', { key: aboutOf(person), through: '/my/reconsideration', service });
  const one = found.kind === 'decided' ? found.entitlements.all.find((each) => each.service.id === service) : undefined;
  if (found.kind !== 'decided' || !one) return undefined;
  const words = { ...wordsOfPack(rules, LOCALE, undefined), thing: calledIn(rules, found.world, LOCALE) };
  const { answer, reasons, missing } = explainEntitlement(one, words, (name) => name);
  return {
    answer, lawOn: parseDate(dayText(found.entitlements.lawOn)) ?? today,
    reasons: reasons.map(({ held, says, law }) => ({ held, says, law: titleOf(pack.sources.get(law ?? '')) })),
    // What nobody looked up turned nothing; what is missing is why it is undecided.
    facts: factsUsed(one.trace, words).filter(({ fact, state }) => state !== 'unknown' || missing.some((each) => each.fact === fact)).map(({ name, value, state, provenance }) => {
      const holder = pack.departments.get(provenance?.holder ?? '');
      return { name, value: state === 'none' ? fileWriting(pack, LOCALE).none : (value ?? null), holder: holder ? say(holder.name, LOCALE) : null, observedOn: provenance?.observedOn === undefined ? null : dayText(provenance.observedOn) };
    }),
  };
}

/** The title of a text that somebody has read. */
function titleOf(source: { readonly kind: string; readonly title: string } | undefined): string | null {
  return source === undefined || source.kind === 'memory' ? null : source.title;
}

function entryIn({ city }: RemedyInput, { sequence, at, actor, subjectKey, kind, payload, hash }: ReadEntry): Attached['entries'][number] {
  const by = actor === 'system' ? 'system' : actor === subjectKey ? 'resident' : 'staff';
  return { sequence, at, by, says: describeEntry(kind, payload, fileWriting(city().pack, LOCALE)), hash };
}
