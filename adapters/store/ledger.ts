import { sql } from 'kysely';
import type { Pack } from '#engine/pack/index.ts';
import { book, cycleOn } from '#engine/entitlement/index.ts';
import type { GrantKey, Line, Month, PayerParts, PayerKey, Period } from '#engine/entitlement/index.ts';
import { eachStoredGrant, grantId } from './grant.ts';
import type { StoredGrant } from './grant.ts';
import type { Database, Session } from './database.ts';

/** Only one at a time writes the ledger: what it adds rests on what is there. */
const LEDGER_LOCK = 7_310_530_002;

export async function lockLedger(session: Session): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LEDGER_LOCK})`.execute(session);
}

/** Lines with whose household they are. */
export type StoredLine = Line & { readonly household: string | null };

export async function addLines(session: Session, lines: readonly StoredLine[], cause: string, at: string): Promise<void> {
  if (lines.length === 0) return;
  const column = <T>(of: (line: StoredLine) => T): T[] => lines.map(of);
  await sql`
    insert into ledger_line (service, subject_key, household_key, period, payer, kind, amount_fen, cause, booked_at)
    select *, ${cause}, ${at}::timestamptz from unnest(${column(({ service }) => service)}::text[], ${column(({ subject }) => subject)}::text[], ${column(({ household }) => household)}::text[],
      ${column(({ period }) => period)}::integer[], ${column(({ payer }) => payer)}::text[], ${column(({ kind }) => kind)}::text[], ${column(({ amountFen }) => amountFen)}::bigint[])`.execute(session);
}

/** Sums of lines of these grants by period and payer: of `due` lines alone, or of all. */
export async function sumsOf(session: Session, keys: readonly GrantKey[], of: 'due' | 'all'): Promise<ReadonlyMap<string, ReadonlyMap<Period, PayerParts>>> {
  const { rows } = await sql<{ service: string; subject_key: string; period: Period; payer: PayerKey; fen: number }>`
    select l.service, l.subject_key, l.period, l.payer, sum(l.amount_fen)::bigint as fen
    from ledger_line l join unnest(${keys.map(({ service }) => service)}::text[], ${keys.map(({ subject }) => subject)}::text[]) as wanted (service, subject_key) using (service, subject_key)
    where ${of === 'all'} or l.kind = 'due'
    group by l.service, l.subject_key, l.period, l.payer having sum(l.amount_fen) <> 0`.execute(session);
  const sums = new Map<string, Map<Period, Map<PayerKey, number>>>();
  for (const { service, subject_key: subject, period, payer, fen } of rows) {
    const id = grantId({ service, subject });
    const periods = sums.get(id) ?? new Map<Period, Map<PayerKey, number>>();
    sums.set(id, periods);
    const parts = periods.get(period) ?? new Map<PayerKey, number>();
    periods.set(period, parts.set(payer, fen));
  }
  return sums;
}

/** What was booked: how many lines, and the fen of those that add and of those that take back. */
export interface Booked {
  readonly lines: number;
  readonly addedFen: number;
  readonly takenFen: number;
}

/**
 * Books everything that falls due through a month, and what corrections have changed of earlier ones.
 *
 * Piece by piece, each in a transaction of its own: whoever is stopped books the rest the next time, and books nothing twice.
 */
export async function bookThrough(database: Database, pack: Pack, month: Month, at: string): Promise<Booked> {
  const total = { lines: 0, addedFen: 0, takenFen: 0 };
  await eachStoredGrant(database, `book ${month}`, async (session, grants) => {
    await lockLedger(session);
    const lines = await linesDue(session, pack, grants, month);
    await addLines(session, lines, `book/${month}`, at);
    for (const { amountFen } of lines) total[amountFen > 0 ? 'addedFen' : 'takenFen'] += Math.abs(amountFen);
    total.lines += lines.length;
  });
  return total;
}

async function linesDue(session: Session, pack: Pack, grants: readonly StoredGrant[], month: Month): Promise<readonly StoredLine[]> {
  const booked = await sumsOf(session, grants, 'due');
  return grants.flatMap(({ household, grant, ...key }) => {
    const service = pack.services.get(key.service);
    const cycle = service && cycleOn(service, month);
    if (!service || !cycle) return [];
    return book(key, { service, cycle, ...grant }, month, booked.get(grantId(key)) ?? new Map()).map((line) => ({ ...line, household }));
  });
}
