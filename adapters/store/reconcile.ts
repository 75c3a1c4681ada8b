import { sql } from 'kysely';
import type { PayerBooks } from '#engine/books/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { comesTo, cycleOn } from '#engine/entitlement/index.ts';
import type { LineKind, Month, PayerKey } from '#engine/entitlement/index.ts';
import { eachStoredGrant } from './grant.ts';
import type { Database } from './database.ts';

/** What all grants come to through each of some months, by payer, worked out from them anew. */
export async function decidedThrough(database: Database, pack: Pack, months: readonly Month[]): Promise<readonly ReadonlyMap<PayerKey, number>[]> {
  const decided = months.map(() => new Map<PayerKey, number>());
  await eachStoredGrant(database, `what is decided through ${months.join(' ')}`, (_, grants) => {
    for (const { service: id, grant } of grants) {
      const service = pack.services.get(id);
      if (!service) continue;
      months.forEach((month, at) => {
        const [sums, cycle] = [decided[at], cycleOn(service, month)];
        if (sums && cycle) for (const parts of comesTo({ service, cycle, ...grant }, month).values()) for (const [payer, fen] of parts) sums.set(payer, (sums.get(payer) ?? 0) + fen);
      });
    }
    return Promise.resolve();
  });
  return decided;
}

/** Holds the ledger against the decisions and the payments, payer by payer, to the fen. */
export async function reconcile(database: Database, pack: Pack, month: Month): Promise<readonly PayerBooks[]> {
  const [decided = new Map<PayerKey, number>()] = await decidedThrough(database, pack, [month]);
  return reconcileWith(database, month, decided);
}

/** The same where it is known already what the grants come to through the month. */
export async function reconcileWith(database: Database, month: Month, decided: ReadonlyMap<PayerKey, number>): Promise<readonly PayerBooks[]> {
  return database.system(`reconcile ${month}`, async (session) => {
    const { rows: sums } = await sql<{ payer: PayerKey; kind: LineKind; fen: number }>`select payer, kind, sum(amount_fen)::bigint as fen from ledger_line group by payer, kind`.execute(session);
    const { rows: open } = await sql<{ payer: PayerKey; owed: number; debt: number }>`
      select payer, coalesce(sum(fen) filter (where fen > 0), 0)::bigint as owed, coalesce(-sum(fen) filter (where fen < 0), 0)::bigint as debt
      from (select payer, sum(amount_fen) as fen from ledger_line group by subject_key, service, period, payer) balances group by payer`.execute(session);
    const payers = [...new Set([...decided.keys(), ...sums.map(({ payer }) => payer)])].sort();
    return payers.map((payer) => booksOf(payer, decided.get(payer) ?? 0, sums, open.find((one) => one.payer === payer)));
  });
}

function booksOf(payer: PayerKey, decidedFen: number, sums: readonly { readonly payer: PayerKey; readonly kind: LineKind; readonly fen: number }[], open: { readonly owed: number; readonly debt: number } | undefined): PayerBooks {
  const of = (kind: LineKind): number => sums.find((one) => one.payer === payer && one.kind === kind)?.fen ?? 0;
  const [bookedFen, paidFen, returnedFen, settledFen, repaidFen, waivedFen] = [of('due'), -of('paid'), of('returned'), of('settled'), of('repaid'), of('waived')];
  const [owedFen, debtFen] = [open?.owed ?? 0, open?.debt ?? 0];
  const holds = decidedFen === bookedFen && bookedFen - paidFen + returnedFen + settledFen + repaidFen + waivedFen === owedFen - debtFen;
  return { payer, decidedFen, bookedFen, paidFen, returnedFen, settledFen, repaidFen, waivedFen, owedFen, debtFen, holds };
}
