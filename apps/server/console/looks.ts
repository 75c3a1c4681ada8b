import { timeIn } from '#adapters/clock/index.ts';
import { countLooks, listAccounts, lookersIn } from '#adapters/store/index.ts';
import { MOST_LOOK_DAYS, MOST_LOOK_LINES } from '#engine/console/index.ts';
import type { Looks, LooksAsked } from '#engine/console/index.ts';
import { addDays } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { may } from '#engine/permission/index.ts';
import type { RoomInput } from './console.ts';

/** Who looked at people's data in a city with a store, read as the member of staff who asks: the policy of the table lets in whoever watches. */
export function openLooks({ database, vault, clock, city }: RoomInput): Looks {
  return {
    list: async (who, asked) => {
      if (!may(who, 'access.read', { of: 'city' })) return undefined;
      const { zone } = city().pack.plan.calendar;
      // Instants are those of the real day, also where everything is as of another.
      const days = daysOf(asked, timeIn(zone, clock.now()).on);
      const names = new Map((await listAccounts(database, vault)).map(({ id, name }) => [`staff ${id}`, name]));
      const { lookers, lines } = await database.read(who, 'look at who looked', async (session) => ({
        lookers: await lookersIn(session, { zone, ...days }), lines: await countLooks(session, { zone, ...days, by: asked.by, limit: MOST_LOOK_LINES }),
      }));
      const nameOf = (id: string): string | undefined => names.get(id) ?? (id.startsWith('staff ') ? id.slice('staff '.length) : undefined);
      return {
        ...days, count: lookers.reduce((sum, one) => (asked.by === undefined || asked.by === one.by ? sum + one.lines : sum), 0),
        by: lookers.map(({ by, looks }) => ({ id: by, name: nameOf(by), looks })),
        lines: lines.map(({ by, department, ...line }) => ({ ...line, id: by, name: nameOf(by), department: department ?? undefined })),
      };
    },
  };
}

const WEEK = 7;

/** The days that are asked for, the right way round and not too many; else the last week. */
function daysOf({ from, until }: LooksAsked, today: CalendarDate): { readonly from: CalendarDate; readonly until: CalendarDate } {
  const last = until ?? today;
  const first = from === undefined ? addDays(last, 1 - WEEK) : from > last ? last : from;
  const earliest = addDays(last, 1 - MOST_LOOK_DAYS);
  return { from: first < earliest ? earliest : first, until: last };
}
