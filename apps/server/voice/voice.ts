import { contactsOf, countVoice, draftPhoto, dropDraft, judgeMatter, keepDraft, keepDraftPhoto, matterOf, mattersOf, photoOf, rateContact, ratingsOf, readDraft, sendDraft } from '#adapters/store/index.ts';
import type { Database, Person, Session, Vault, VoiceDoor } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { isActedOn, ratedUntil } from '#engine/voice/index.ts';
import type { Contact, DraftWorld, Rating, RatedContact, Saying, Voice } from '#engine/voice/index.ts';
import { draftWorld, sayingIn } from './saying.ts';

export interface VoiceInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => Pick<City, 'pack' | 'today'>;
}

/** What residents say of a city with a store. Everything is read and written under the rights of the person who asks. */
export function openVoice({ database, vault, clock, random, city }: VoiceInput): Voice {
  const asked = (): { readonly door: VoiceDoor; readonly world: DraftWorld; readonly saying: Saying } => {
    const { pack, today } = city();
    const saying = sayingIn(pack, today);
    if (!saying) throw new Error('the pack has no voice.yaml: no page leads here');
    return { door: { database, vault, random, now: clock.now(), saying }, world: draftWorld(pack, saying.rules), saying };
  };
  const departmentOf = (service: string | null): string | undefined => city().pack.services.get(service ?? '')?.decidedBy?.department;
  const read = <T>(who: Person, ask: (session: Session) => Promise<T>): Promise<T> => database.read(who, 'what I said', ask);
  const contactsIn = (session: Session, who: Person, { rules }: Saying): Promise<readonly Contact[]> => contactsOf(session, who.subjects, city().pack.plan.calendar.zone, (service) => departmentOf(service) ?? rules.desk);
  return {
    contacts: (who) => {
      const { saying } = asked();
      return read(who, async (session): Promise<readonly RatedContact[]> => {
        const [contacts, ratings, matters] = [await contactsIn(session, who, saying), await ratingsOf(session, vault, who), await mattersOf(session, vault)];
        return contacts.map((contact) => ratedContact(contact, ratings, matters, saying));
      });
    },
    rate: async (who, id, given) => {
      const { door, saying } = asked();
      const contact = (await read(who, (session) => contactsIn(session, who, saying))).find((one) => one.id === id);
      return contact && rateContact(door, who, contact, given);
    },
    matters: (who) => read(who, (session) => mattersOf(session, vault)),
    matter: (who, id) => read(who, (session) => matterOf(session, vault, id)),
    photo: (who, id) => read(who, (session) => photoOf(session, vault, id)),
    judge: (who, id, said) => judgeMatter(asked().door, who, id, said),
    draft: (who) => read(who, (session) => readDraft(session, vault, who, asked().world)),
    keep: (who, answers) => keepDraft(asked().door, who, answers),
    keepPhoto: (who, bytes) => { const { door, world } = asked(); return keepDraftPhoto(door, who, bytes, world); },
    draftPhoto: (who) => read(who, (session) => draftPhoto(session, vault, who, asked().world)),
    drop: (who) => dropDraft({ database }, who),
    send: (who, draft) => { const { door, world } = asked(); return sendDraft(door, who, draft, world, departmentOf); },
    counts: () => database.system('count what residents say', countVoice),
  };
}

function ratedContact(contact: Contact, ratings: readonly Rating[], matters: Awaited<ReturnType<Voice['matters']>>, { rules, today }: Saying): RatedContact {
  const { kind, stream, number } = contact.key;
  const rating = ratings.find((one) => one.contact.kind === kind && one.contact.stream === stream && one.contact.number === number);
  const matter = matters.find(({ id }) => id === rating?.matter);
  const until = ratedUntil(rules, contact.on);
  return { ...contact, rating, matter, until, isOpen: today <= until && !(matter && isActedOn(matter)) };
}
