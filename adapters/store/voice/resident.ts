import { fold } from '#engine/casework/index.ts';
import { judge, rate, RATINGS, RESIDENT, voiceStream } from '#engine/voice/index.ts';
import type { Contact, Given, Matter, Rating, Said, Saying, StoredPhoto, VoiceRefusal } from '#engine/voice/index.ts';
import type { Principal, Random } from '#engine/ports.ts';
import { newLetters } from '../code.ts';
import type { Database, Session } from '../database.ts';
import { readStream } from '../log.ts';
import type { Vault } from '../vault.ts';
import { appendToMatter, appendToVoice, contactText, readMatter } from './read-model.ts';

/** With what residents say something. */
export interface VoiceDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly random: Random;
  /** The instant. */
  readonly now: string;
  readonly saying: Saying;
}

export type Person = Extract<Principal, { kind: 'person' }>;

/** The number of a new matter. It stands in addresses, where small letters are usual. */
export const freshMatter = (random: Random): string => newLetters(random).toLowerCase();

/** Rates a contact; gives the number of what the department then has to do, where there is any. */
export async function rateContact({ database, vault, random, now, saying }: VoiceDoor, who: Person, contact: Contact, given: Given): Promise<{ readonly kind: 'rated'; readonly matter: string | undefined } | VoiceRefusal> {
  return database.write(who, 'rate a contact', async (session) => {
    const own = await readStream(session, vault, voiceStream(who.id));
    const rating = [...fold(RATINGS, own).values()].find((one) => contactText(one.contact) === contactText(contact.key));
    const matter = rating?.matter == null ? undefined : (await readMatter(session, vault, rating.matter))?.matter;
    const said = rate(contact, rating && { rating, matter }, given, saying, freshMatter(random));
    if ('kind' in said) return said;
    await appendSaid({ session, vault, by: { at: now, actor: who.id, random } }, who.id, own, said);
    return { kind: 'rated', matter: said.matter?.id ?? rating?.matter ?? undefined };
  });
}

/** Appends what a saying came to: on the resident's own stream first, for what links the matter to them must stand before it does. */
export async function appendSaid(turn: Parameters<typeof appendToVoice>[0], person: string, own: Parameters<typeof appendToVoice>[2], said: Said): Promise<void> {
  await appendToVoice(turn, person, own, said.own);
  if (!said.matter) return;
  const { id, steps } = said.matter;
  const before = await readStream(turn.session, turn.vault, `case/matter/${id}`);
  await appendToMatter({ ...turn, by: { ...turn.by, actor: RESIDENT } }, id, before, steps);
}

/** The resident says whether it is solved. */
export async function judgeMatter({ database, vault, random, now, saying }: VoiceDoor, who: Person, id: string, said: { readonly solved: boolean; readonly reason: string }): Promise<VoiceRefusal | undefined> {
  return database.write(who, 'say whether it is solved', async (session) => {
    const found = (await isTheirs(session, id)) ? await readMatter(session, vault, id) : undefined;
    if (!found) return { kind: 'matter-unknown' };
    const steps = judge(found.matter, said, saying);
    if ('kind' in steps) return steps;
    await appendToMatter({ session, vault, by: { at: now, actor: RESIDENT, random } }, id, found.records, steps);
    return undefined;
  });
}

/** The ratings of a resident. */
export async function ratingsOf(session: Session, vault: Vault, who: Person): Promise<readonly Rating[]> {
  return [...fold(RATINGS, await readStream(session, vault, voiceStream(who.id))).values()];
}

/** The matters of the resident who asks, the newest first. */
export async function mattersOf(session: Session, vault: Vault): Promise<readonly Matter[]> {
  const rows = await session.selectFrom('voice_link').innerJoin('voice_matter', 'voice_matter.id', 'voice_link.id').select('voice_link.id').orderBy('voice_matter.raised_on', 'desc').orderBy('voice_link.sequence', 'desc').execute();
  const found: Matter[] = [];
  for (const { id } of rows) {
    // oxlint-disable-next-line no-await-in-loop -- one session, one statement after the other
    const one = await readMatter(session, vault, id);
    if (one) found.push(one.matter);
  }
  return found;
}

/** One matter of the resident who asks. */
export async function matterOf(session: Session, vault: Vault, id: string): Promise<Matter | undefined> {
  return (await isTheirs(session, id)) ? (await readMatter(session, vault, id))?.matter : undefined;
}

async function isTheirs(session: Session, id: string): Promise<boolean> {
  return (await session.selectFrom('voice_link').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export const matterPhotoPlace = (id: string): string => `voice-photo/${id}`;

/** The picture of a matter that the principal may see. */
export async function photoOf(session: Session, vault: Vault, id: string): Promise<StoredPhoto | undefined> {
  const row = await session.selectFrom('voice_photo').select(['media', 'body']).where('matter', '=', id).executeTakeFirst();
  return row && { media: row.media, bytes: vault.open(row.body, matterPhotoPlace(id)) };
}

/** Keeps the picture of a matter that was just sent. */
export async function keepPhotoOf(session: Session, vault: Vault, id: string, { media, bytes }: StoredPhoto): Promise<void> {
  await session.insertInto('voice_photo').values({ matter: id, media, body: vault.seal(bytes, matterPhotoPlace(id)) }).execute();
}
