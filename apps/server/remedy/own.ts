import { appendEvents, readStream } from '#adapters/store/index.ts';
import type { Session } from '#adapters/store/index.ts';
import { caseStream, workingCalendar } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import { aboutOf } from '#engine/ports.ts';
import type { Person } from '#engine/record/index.ts';
import { RECONSIDERATION_CASE, reconsiderationsIn, remedyFor } from '#engine/remedy/index.ts';
import type { Applying, FollowRefusal, Reconsideration, RemedyEvent, RemedyRefusal } from '#engine/remedy/index.ts';
import { householdKeyOf } from '../household.ts';
import type { RemedyInput } from './open.ts';

/** The applications of a person as the session sees them, drafts too, the newest first. */
export async function ownApplications({ vault }: Pick<RemedyInput, 'vault'>, session: Session, person: Person): Promise<readonly Reconsideration[]> {
  return reconsiderationsIn(await readStream(session, vault, caseStream(RECONSIDERATION_CASE, aboutOf(person))));
}

/** What a step starts from: what the person has applied for, and the number that the next entry will have. */
export interface OwnStream {
  readonly own: readonly Reconsideration[];
  readonly next: number;
}

/** Where a file is to be kept. */
export interface KeptAt {
  readonly stream: string;
  readonly number: number;
  readonly householdKey: string | null;
}

/** Reads the stream of a person, and appends what follows from it, under their rights; `kept` is told where the first entry stands. */
export async function inOwnStream<Refusal extends string>({ vault, clock, random, city }: RemedyInput, session: Session, person: Person, of: (at: OwnStream) => readonly (RemedyEvent | { readonly kind: string; readonly payload: Json })[] | Refusal, kept?: (at: KeptAt) => Promise<void>): Promise<Refusal | undefined> {
  const about = aboutOf(person);
  const stream = caseStream(RECONSIDERATION_CASE, about);
  const entries = await readStream(session, vault, stream);
  const events = of({ own: reconsiderationsIn(entries), next: entries.length + 1 });
  if (typeof events === 'string') return events;
  const householdKey = householdKeyOf(city(), about);
  const [first] = await appendEvents(session, vault, events.map(({ kind, payload }) => ({ stream, subjectKey: about, householdKey, kind, payload })), { at: clock.now(), actor: person.id, random });
  if (first && kept) await kept({ stream, number: first.sequence, householdKey });
  return undefined;
}

/** Goes on with an application that was sent. */
export async function followApplication(input: RemedyInput, person: Person, number: number, step: (one: Reconsideration, at: Pick<Applying, 'today' | 'calendar' | 'procedure' | 'next'>) => readonly RemedyEvent[] | FollowRefusal): Promise<RemedyRefusal | undefined> {
  const { pack, today } = input.city();
  return input.database.write(person, 'go on with an application', (session) => inOwnStream<RemedyRefusal>(input, session, person, ({ own, next }) => {
    const one = own.find((each) => each.number === number);
    if (!one?.sent) return 'application-unknown';
    const found = remedyFor(pack, pack.services.get(one.service), one.sent.on);
    return found ? step(one, { today, calendar: workingCalendar(pack.calendar), procedure: found.procedure, next }) : 'no-remedy';
  }));
}
