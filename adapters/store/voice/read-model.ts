import { sql } from 'kysely';
import { eventOf, fold } from '#engine/casework/index.ts';
import type { LogRecord } from '#engine/casework/index.ts';
import { foldMatter, matterStream, RATINGS, VOICE_EVENTS, voiceStream } from '#engine/voice/index.ts';
import type { ContactKey, Matter } from '#engine/voice/index.ts';
import type { Session } from '../database.ts';
import { appendEvents, readStream } from '../log.ts';
import type { AppendStamp } from '../log.ts';
import type { Vault } from '../vault.ts';

/** With what something is said or done in one transaction. */
export interface VoiceTurn {
  readonly session: Session;
  readonly vault: Vault;
  readonly by: AppendStamp;
}

type Event = Parameters<typeof appendEvents>[2][number];
type Said = readonly Pick<Event, 'kind' | 'payload'>[];

/** A contact as the table of ratings knows it. */
export const contactText = ({ kind, stream, number }: ContactKey): string => `${kind}\n${stream}\n${number}`;

/** The entries of a matter and what they come to; undefined where there is none, or none that the principal may see. */
export async function readMatter(session: Session, vault: Vault, id: string): Promise<{ readonly records: readonly LogRecord[]; readonly matter: Matter } | undefined> {
  const records = await readStream(session, vault, matterStream(id));
  const matter = records.length === 0 ? undefined : foldMatter(records);
  return matter && { records, matter };
}

/** Appends to the stream of a matter, and brings the read model to it; `before` are its entries so far. */
export async function appendToMatter({ session, vault, by }: VoiceTurn, id: string, before: readonly LogRecord[], steps: Said): Promise<Matter | undefined> {
  const about = { stream: matterStream(id), subjectKey: id, householdKey: null };
  const entries = await appendEvents(session, vault, steps.map(({ kind, payload }) => ({ ...about, kind, payload })), by);
  const records = [...before, ...entries.map((entry, at): LogRecord => ({ ...entry, ...about, payload: steps[at]?.payload }))];
  const matter = foldMatter(records);
  if (matter && steps.length > 0) await putMatters(session, [rowOfMatter(matter, records.at(-1)?.sequence ?? 0)]);
  return matter;
}

/** Appends to a resident's own stream, and brings links and ratings to it. */
export async function appendToVoice({ session, vault, by }: VoiceTurn, person: string, before: readonly LogRecord[], said: Said): Promise<void> {
  const about = { stream: voiceStream(person), subjectKey: person, householdKey: null };
  const entries = await appendEvents(session, vault, said.map(({ kind, payload }) => ({ ...about, kind, payload })), by);
  await putVoice(session, [...before, ...entries.map((entry, at): LogRecord => ({ ...entry, ...about, payload: said[at]?.payload }))], new Set(entries.map(({ sequence }) => sequence)));
}

/** Writes what a resident's stream comes to: all of it, or what these entries changed. */
export async function putVoice(session: Session, records: readonly LogRecord[], changed?: ReadonlySet<number>): Promise<void> {
  const touched = records.filter(({ sequence }) => changed?.has(sequence) !== false);
  const links = touched.flatMap((record) => {
    const event = eventOf(VOICE_EVENTS, record);
    return event && event.payload.matter !== null ? [{ id: event.payload.matter, subject_key: record.subjectKey, sequence: record.sequence }] : [];
  });
  if (links.length > 0) await sql`select minsheng.put_voice_links((${JSON.stringify(links)}::text)::jsonb)`.execute(session);
  const last = new Map(touched.flatMap((record) => {
    const number = RATINGS.concerns(record);
    return number === undefined ? [] : [[number, record] as const];
  }));
  const ratings = [...fold(RATINGS, records).values()].flatMap(({ number, contact, service, department, level, givenOn, matter }) => {
    const record = last.get(number);
    return record ? [{ subject_key: record.subjectKey, number, sequence: record.sequence, contact: contactText(contact), service, department, level, given_on: givenOn, matter }] : [];
  });
  if (ratings.length > 0) await sql`select minsheng.put_voice_ratings((${JSON.stringify(ratings)}::text)::jsonb)`.execute(session);
}

export async function putMatters(session: Session, rows: readonly ReturnType<typeof rowOfMatter>[]): Promise<void> {
  if (rows.length > 0) await sql`select minsheng.put_voice_matters((${JSON.stringify(rows)}::text)::jsonb)`.execute(session);
}

export function rowOfMatter({ id, kind, service, category, area, raisedOn, wordOn, state, answers, reopened }: Matter, sequence: number) {
  return {
    id, sequence, kind, service, category, area, raised_on: raisedOn, word_on: wordOn, state: state.kind, solved_by: state.kind === 'solved' ? state.by : null,
    check_on: state.kind === 'answered' ? state.checkOn : null, answers: answers.length, in_time: answers[0]?.inTime ?? null, reopened,
  };
}
