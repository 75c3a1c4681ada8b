import { sql } from 'kysely';
import { eventOf, NOTICE_EVENTS } from '#engine/casework/index.ts';
import { ANSWERED_NOTICE, followUp, voiceStream } from '#engine/voice/index.ts';
import { appendEvents, readStream, retryOnConflict } from '../log.ts';
import { dropOldDrafts } from './draft.ts';
import { appendToMatter, readMatter } from './read-model.ts';
import type { VoiceDoor } from './resident.ts';

/**
 * What follows by itself: residents are told of answers, another department looks where nobody has said whether it is
 * solved, old drafts go. Done again it does nothing twice. Gives how many matters were looked at.
 */
export async function followVoice(door: VoiceDoor): Promise<number> {
  const { database, now } = door;
  const ids = await database.system('what follows of what residents say', async (session) => {
    await dropOldDrafts(session, now);
    const { rows } = await sql<{ id: string }>`select id from voice_matter where state in ('answered', 'unsolved') order by id`.execute(session);
    return rows.map(({ id }) => id);
  });
  for (const id of ids) {
    // oxlint-disable-next-line no-await-in-loop -- each in a transaction of its own
    await tellAnswer(door, id);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await followMatter(door, id);
  }
  return ids.length;
}

/** Opens the check whose day has come, or the task that a check found undone. */
export async function followMatter({ database, vault, random, now, saying }: VoiceDoor, id: string): Promise<void> {
  await alone(() => database.system('what follows of a matter', async (session) => {
    const found = await readMatter(session, vault, id);
    const steps = found ? followUp(found.matter, saying) : [];
    if (found && steps.length > 0) await appendToMatter({ session, vault, by: { at: now, actor: 'system', random } }, id, found.records, steps);
  }));
}

/** Gives the resident a notice for each answer they were not told of. The department does it through the system: it does not know whom it tells. */
export async function tellAnswer({ database, vault, random, now }: VoiceDoor, id: string): Promise<void> {
  await alone(() => database.system('tell a resident of an answer', async (session) => {
    const [found, link] = [await readMatter(session, vault, id), await session.selectFrom('voice_link').select('subject_key').where('id', '=', id).executeTakeFirst()];
    if (!found || !link) return;
    const about = { stream: voiceStream(link.subject_key), subjectKey: link.subject_key, householdKey: null };
    const told = (await readStream(session, vault, about.stream)).filter((record) => { const event = eventOf(NOTICE_EVENTS, record); return event?.kind === 'notice-given' && event.payload.values['number'] === id; }).length;
    const missing = Math.max(0, found.matter.answers.length - told);
    const payload = { noticeKind: 'answered', template: ANSWERED_NOTICE, values: { number: id }, service: null, respondBy: null };
    await appendEvents(session, vault, Array.from({ length: missing }, () => ({ ...about, kind: 'notice-given', payload })), { at: now, actor: 'system', random });
  }));
}

/** Residents and departments write on the same streams meanwhile; a conflict that does not end is a fault. */
async function alone(run: () => Promise<void>): Promise<void> {
  if (await retryOnConflict(run)) throw new Error('a stream was continued by others again and again');
}
