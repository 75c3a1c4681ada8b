import { bundlesSeen, countLetters, endBundle, lettersOf, lettersWaiting, listAccounts, namesKnown, readBundle, takeLetters } from '#adapters/store/index.ts';
import type { LettersDoor, StoredBundle } from '#adapters/store/index.ts';
import { workingCalendar, workingDaysUntil } from '#engine/casework/index.ts';
import type { BundleLine, Letters } from '#engine/console/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { letterPlacing } from '../notices/placing.ts';
import type { ConsoleInput } from './console.ts';

const ID_BYTES = 4;
/** What an id looks like: what is typed into an address and is none is not asked of the store. */
const AN_ID = /^\d{8}-[0-9a-f]{8}$/;

/** The letters of a city with a store: a bundle is read as the member of staff who looks, and what is in it only for whoever sees it. */
export function openLetters({ database, vault, log, clock, random, city }: Omit<ConsoleInput, 'correcting'>): Letters {
  const place = letterPlacing(database, city);
  const door = (who: Staff): LettersDoor => ({ database, vault, by: { at: clock.now(), actor: who.id, random } });
  const zone = (): string => city().pack.plan.calendar.zone;
  const mayPrint = (who: Staff): boolean => may(who, 'letter.print', { of: 'letters', areas: who.areas });
  const seen = async (who: Staff, id: string): Promise<StoredBundle | undefined> => (AN_ID.test(id) ? database.read(who, 'look at a bundle of letters', (session) => readBundle(session, id, zone())) : undefined);
  const lines = async (bundles: readonly StoredBundle[]): Promise<readonly BundleLine[]> => {
    const counts = await database.system('count letters', (session) => countLetters(session, bundles.map(({ id }) => id)));
    const names = new Map((await listAccounts(database, vault)).map(({ id, name }) => [id, name]));
    return bundles.map(({ id, takenBy, takenOn, postedOn }) => ({ id, letters: counts.get(id) ?? 0, takenBy: names.get(takenBy) ?? takenBy, takenOn, postedOn: postedOn ?? undefined }));
  };
  return {
    list: async (who) => {
      if (!mayPrint(who)) return undefined;
      await place();
      const bundles = await lines(await database.read(who, 'look at bundles of letters', (session) => bundlesSeen(session, zone())));
      const { count, since } = await database.system('count letters that wait', (session) => lettersWaiting(session, who.areas, zone()));
      return { waiting: count, since: since ?? undefined, bundles };
    },
    take: async (who) => {
      if (!mayPrint(who)) return { kind: 'not-allowed' };
      await place();
      const id = `${city().today.replaceAll('-', '')}-${Buffer.from(random(ID_BYTES)).toString('hex')}`;
      return (await takeLetters(door(who), id, who.areas)) ? id : { kind: 'no-letters' };
    },
    bundle: async (who, id) => {
      const bundle = await seen(who, id);
      const [line] = bundle && (!bundle.ended || bundle.postedOn !== null) ? await lines([bundle]) : [];
      if (!line) return undefined;
      const { pack, today } = city();
      const calendar = workingCalendar(pack.calendar);
      const letters = await database.system('what is in a bundle of letters', (session) => lettersOf(session, vault, id, { zone: zone(), at: clock.now() }));
      return { ...line, letters: letters.length, lines: letters.map(({ area, notice: { kind, service, respondBy, reply } }) => ({ kind, service, respondBy, area, daysLeft: respondBy === null || reply !== null ? undefined : workingDaysUntil(calendar, today, respondBy) })) };
    },
    print: async (who, id, through) => {
      const bundle = await seen(who, id);
      if (!bundle || bundle.ended) return undefined;
      const letters = await database.system('print letters', async (session) => {
        const found = await lettersOf(session, vault, id, { zone: zone(), at: clock.now() });
        const names = await namesKnown(session, vault, found.map(({ notice }) => notice.subjectKey));
        return found.map((letter) => ({ ...letter, name: names.get(letter.notice.subjectKey) }));
      });
      await log.write(letters.map(({ notice: { subjectKey, householdKey } }) => ({ actor: who.id, department: who.department, purpose: 'print-letter', through, about: { kind: 'subject', subjectKey, householdKey }, columns: ['notice'] })));
      return letters;
    },
    act: async (who, id, command) => {
      const bundle = await seen(who, id);
      if (!bundle) return { kind: 'bundle-unknown' };
      const done = await endBundle(door(who), id, command === 'post' ? { kind: 'posted', on: city().today } : { kind: 'given-back' });
      return done ? undefined : { kind: 'bundle-ended' };
    },
  };
}
