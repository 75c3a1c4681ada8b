import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { carryDraft, checkPhoto, DRAFT_FORM, raise, raisingOf, voiceStream } from '#engine/voice/index.ts';
import type { CarriedDraft, DraftAnswers, DraftWorld, PhotoCheck, StoredPhoto, VoiceRefusal } from '#engine/voice/index.ts';
import type { Session } from '../database.ts';
import { readStream } from '../log.ts';
import type { Vault } from '../vault.ts';
import { appendSaid, freshMatter, keepPhotoOf } from './resident.ts';
import type { Person, VoiceDoor } from './resident.ts';

/** A draft that nobody has touched for so many days is thrown away. */
export const DRAFT_DAYS = 30;

export const draftBodyPlace = (person: string): string => `voice-draft/${person}`;
export const draftPhotoPlace = (person: string): string => `voice-draft-photo/${person}`;
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** What a resident has begun to write, as far as the form of today can take it; undefined where nothing. */
export async function readDraft(session: Session, vault: Vault, who: Person, world: DraftWorld): Promise<CarriedDraft | undefined> {
  const row = await session.selectFrom('voice_draft').select(['id', 'form', 'body']).where('subject_key', '=', who.id).executeTakeFirst();
  if (!row) return undefined;
  const answers: unknown = JSON.parse(new TextDecoder().decode(vault.open(row.body, draftBodyPlace(who.id))));
  return carryDraft({ id: row.id, form: row.form, answers }, world);
}

/** Keeps the answers of a draft; begins one where there is none. */
export async function keepDraft({ database, vault, random, now }: VoiceDoor, who: Person, answers: DraftAnswers): Promise<void> {
  await database.write(who, 'keep a draft', (session) => putDraft(session, vault, who, { answers, now, id: freshMatter(random) }));
}

async function putDraft(session: Session, vault: Vault, { id: person }: Person, { answers, now, id }: { readonly answers: DraftAnswers; readonly now: string; readonly id: string }): Promise<void> {
  const body = vault.seal(bytesOf(answers), draftBodyPlace(person));
  // Without a picture among the answers none is kept beside them.
  const dropsPhoto = answers.photo === undefined || answers.photo === null;
  await session.insertInto('voice_draft').values({ subject_key: person, id, form: DRAFT_FORM, body, photo: null, changed_at: now })
    .onConflict((conflict) => conflict.column('subject_key').doUpdateSet({ form: DRAFT_FORM, body, changed_at: now, ...(dropsPhoto ? { photo: null } : {}) })).execute();
}

/** Keeps a picture with the draft, without anything that says where it was taken; or says why not. */
export async function keepDraftPhoto({ database, vault, random, now }: VoiceDoor, who: Person, bytes: Uint8Array, world: DraftWorld): Promise<Exclude<PhotoCheck, { kind: 'photo' }> | undefined> {
  const checked = checkPhoto(bytes);
  if (checked.kind !== 'photo') return checked;
  await database.write(who, 'keep a picture', async (session) => {
    const before = await readDraft(session, vault, who, world);
    const photo = { media: checked.media, sha256: createHash('sha256').update(checked.bytes).digest('hex') };
    await putDraft(session, vault, who, { answers: { ...(before?.kind === 'draft' ? before.answers : {}), photo }, now, id: freshMatter(random) });
    await session.updateTable('voice_draft').set({ photo: vault.seal(checked.bytes, draftPhotoPlace(who.id)) }).where('subject_key', '=', who.id).execute();
  });
  return undefined;
}

/** The picture of a draft. */
export async function draftPhoto(session: Session, vault: Vault, who: Person, world: DraftWorld): Promise<StoredPhoto | undefined> {
  const [draft, row] = [await readDraft(session, vault, who, world), await session.selectFrom('voice_draft').select('photo').where('subject_key', '=', who.id).executeTakeFirst()];
  const media = draft?.kind === 'draft' ? draft.answers.photo?.media : undefined;
  return row?.photo && media ? { media, bytes: vault.open(row.photo, draftPhotoPlace(who.id)) } : undefined;
}

export async function dropDraft({ database }: Pick<VoiceDoor, 'database'>, who: Person): Promise<void> {
  await database.write(who, 'throw a draft away', (session) => session.deleteFrom('voice_draft').where('subject_key', '=', who.id).execute());
}

/** Sends a draft: it becomes a matter under its own number and is no draft any more. Sent again it is that matter. */
export async function sendDraft({ database, vault, random, now, saying }: VoiceDoor, who: Person, id: string, world: DraftWorld, departmentOf: (service: string) => string | undefined): Promise<{ readonly kind: 'sent'; readonly matter: string } | { readonly kind: 'draft-incomplete' } | VoiceRefusal> {
  return database.write(who, 'send what was written', async (session) => {
    if (await session.selectFrom('voice_link').select('id').where('id', '=', id).executeTakeFirst()) return { kind: 'sent', matter: id };
    const draft = await readDraft(session, vault, who, world);
    const raising = draft?.kind === 'draft' && draft.id === id ? raisingOf(draft.answers, world, departmentOf) : undefined;
    if (!raising) return { kind: 'draft-incomplete' };
    const said = raise(raising, saying, id);
    if ('kind' in said) return said;
    const photo = await draftPhoto(session, vault, who, world);
    await appendSaid({ session, vault, by: { at: now, actor: who.id, random } }, who.id, await readStream(session, vault, voiceStream(who.id)), said);
    if (raising.photo && photo) await keepPhotoOf(session, vault, id, photo);
    await session.deleteFrom('voice_draft').where('subject_key', '=', who.id).execute();
    return { kind: 'sent', matter: id };
  });
}

/** Throws away what nobody has touched for too long; gives how many. */
export async function dropOldDrafts(session: Session, now: string): Promise<number> {
  const { rows } = await sql`delete from voice_draft where changed_at < ${now}::timestamptz - make_interval(days => ${DRAFT_DAYS}) returning 1 as gone`.execute(session);
  return rows.length;
}
