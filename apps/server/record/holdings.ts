import { accessesOf, casesOf, choicesOf, linesOf } from '#adapters/store/index.ts';
import type { OwnHoldings, Person } from '#engine/record/index.ts';
import { accessOf } from './accesses.ts';
import type { RecordInput } from './open.ts';

/** The most looks that are taken along: more than anybody has. */
const MOST_ACCESSES = 100_000;

/** Everything in the store that the policies let a person read about themselves. */
export async function holdingsOf({ database, vault, city }: RecordInput, person: Person): Promise<OwnHoldings> {
  return database.read(person, 'take my data along', async (session) => {
    const [entries, lines, accesses] = [await casesOf(session, vault), await linesOf(session), await accessesOf(session, { limit: MOST_ACCESSES, offset: 0 })];
    const accounts = await choicesOf(session, vault, person.id, city().pack.plan.calendar.zone);
    return {
      entries: entries.map(({ stream, sequence, kind, at, actor, payload }) => ({ stream, sequence, kind, at, by: actor === person.id ? 'self' : actor === 'system' ? 'system' : 'staff', payload })),
      money: lines.map(({ service, period, kind, amount_fen: amountFen, booked_at: bookedAt }) => ({ service, period, kind, amountFen, bookedAt })),
      accounts,
      accesses: accesses.map((row) => accessOf(city(), person, row)),
    };
  });
}
