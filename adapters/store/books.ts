import { sql } from 'kysely';
import type { BatchLine, Money, MonthMoney, OpenRecoveries } from '#engine/books/index.ts';
import type { Month, PayerKey } from '#engine/entitlement/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { Database, Session } from './database.ts';
import { listBatches } from './payment.ts';
import { decidedThrough, reconcileWith } from './reconcile.ts';

/** Changes whenever something is granted, booked, paid or asked back: what was read of money before holds as long as it stays. */
export async function moneyMark(database: Database): Promise<string> {
  return database.system('whether money has moved', async (session) => {
    const { rows } = await sql<{ mark: string }>`select concat_ws(' ', coalesce((select max(line) from ledger_line), 0), coalesce((select sum(sequence) from benefit_grant), 0),
      coalesce((select sum(sequence) from payment_batch), 0), coalesce((select sum(sequence) from recovery), 0)) as mark`.execute(session);
    return rows[0]?.mark ?? '';
  });
}

/** All that was decided, booked and paid, counted. It goes over every grant. */
export async function readMoney(database: Database, pack: Pack): Promise<Money> {
  const { booked, batches, returned, recoveries } = await database.system('read the books', async (session) => ({
    booked: await bookings(session), batches: await listBatches(session), returned: await returnedOf(session), recoveries: await openRecoveries(session),
  }));
  const bookedMonths = [...new Set(booked.map(({ month }) => month))].sort((a, b) => a - b);
  const decided = bookedMonths.length === 0 ? [] : await decidedThrough(database, pack, bookedMonths);
  const through = bookedMonths.at(-1);
  const months = [...new Set([...bookedMonths, ...batches.map(({ month }) => month)])].sort((a, b) => a - b);
  return {
    months: months.map((month) => {
      const at = bookedMonths.indexOf(month);
      const grown = (payer: PayerKey): number => (at < 0 ? 0 : (decided[at]?.get(payer) ?? 0) - (decided[at - 1]?.get(payer) ?? 0));
      return monthOf(month, { booked, batches, returned, grown, decided: decided[at] });
    }),
    batches, recoveries, reconciled: through === undefined ? undefined : { through, payers: await reconcileWith(database, through, decided.at(-1) ?? new Map()) },
  };
}

interface Booking {
  readonly month: Month;
  readonly payer: PayerKey;
  readonly fen: number;
}

/** What each booking of a month has added, less what it took back. */
async function bookings(session: Session): Promise<readonly Booking[]> {
  const { rows } = await sql<Booking>`
    select substring(cause from 6)::integer as month, payer, sum(amount_fen)::bigint as fen from ledger_line where kind = 'due' and cause like 'book/%' group by cause, payer`.execute(session);
  return rows;
}

/** Of each batch, what the bank gave back. */
async function returnedOf(session: Session): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ batch: string; fen: number }>`select batch, sum(amount_fen)::bigint as fen from payment_item where returned is not null group by batch`.execute(session);
  return new Map(rows.map(({ batch, fen }) => [batch, fen]));
}

async function openRecoveries(session: Session): Promise<OpenRecoveries> {
  const { rows } = await sql<{ count: number; fen: number; objections: number }>`
    select count(*)::integer as count, coalesce(sum(open_fen), 0)::bigint as fen, count(objection)::integer as objections from recovery where open_fen > 0`.execute(session);
  const { count, fen, objections } = rows[0] ?? { count: 0, fen: 0, objections: 0 };
  return { count, openFen: fen, objections };
}

interface OfMonth {
  readonly booked: readonly Booking[];
  readonly batches: readonly BatchLine[];
  readonly returned: ReadonlyMap<string, number>;
  /** By how much the decisions of a payer have grown since the booking before. */
  readonly grown: (payer: PayerKey) => number;
  readonly decided: ReadonlyMap<PayerKey, number> | undefined;
}

function monthOf(month: Month, { booked, batches, returned, grown, decided }: OfMonth): MonthMoney {
  const own = { booked: booked.filter((one) => one.month === month), batches: batches.filter((one) => one.month === month && one.stage !== 'withdrawn') };
  const payers = [...new Set([...own.booked, ...own.batches].map(({ payer }) => payer).concat([...(decided?.keys() ?? [])]))].sort();
  return {
    month,
    payers: payers.map((payer) => {
      const paid = own.batches.filter((one) => one.payer === payer);
      const left = paid.filter(({ stage }) => stage === 'released');
      return {
        payer, decidedFen: grown(payer), bookedFen: sumOf(own.booked.filter((one) => one.payer === payer), ({ fen }) => fen),
        preparedFen: sumOf(paid, ({ totalFen }) => totalFen), paidFen: sumOf(left, ({ totalFen }) => totalFen), returnedFen: sumOf(left, ({ id }) => returned.get(id) ?? 0),
      };
    }),
  };
}

const sumOf = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((sum, one) => sum + of(one), 0);
