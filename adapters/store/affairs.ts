import { sql } from 'kysely';
import type { Affairs, OwnPayment, OwnPeriod, Owner } from '#engine/mine/index.ts';
import type { Session } from './database.ts';
import { storedOf } from './grant.ts';
import type { GrantRow } from './grant.ts';
import { choicesOf } from './pay-account.ts';
import { noticesTo, openTasks } from './queue.ts';
import { recoveryOf } from './recovery.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** So many notices and tasks of one person are shown; older notices are in the log. */
const MOST = 500;

/** What was done about the subjects of a principal, as far as they may see it: nobody else's rows are there. Days are those of a time zone. */
export async function readAffairs(session: Session, vault: Vault, { id, subjects }: Pick<Owner, 'id' | 'subjects'>, zone: string): Promise<Affairs> {
  const { rows: grants } = await sql<GrantRow>`select * from benefit_grant where subject_key = any (${[...subjects]}::text[]) order by service, subject_key`.execute(session);
  const { rows: debts } = await sql<Schema['recovery']>`select * from recovery where subject_key = any (${[...subjects]}::text[]) order by service, subject_key`.execute(session);
  return {
    grants: grants.map(storedOf).map(({ service, subject, grant }) => ({ service, subject, grant })),
    periods: await periodsOf(session, subjects),
    payments: await paymentsOf(session, subjects, zone),
    notices: await noticesTo(session, vault, subjects, { limit: MOST, zone }),
    tasks: (await openTasks(session, { limit: MOST })).filter(({ subjectKey }) => subjectKey !== null && subjects.includes(subjectKey)),
    debts: debts.map((row) => ({ service: row.service, subject: row.subject_key, recovery: recoveryOf(row) })),
    // Whoever looks for another sees nothing of their accounts.
    payTo: subjects.includes(id) ? { subject: id, choices: await choicesOf(session, vault, id, zone) } : undefined,
  };
}

async function periodsOf(session: Session, subjects: readonly string[]): Promise<readonly OwnPeriod[]> {
  const { rows } = await sql<OwnPeriod>`
    select service, subject_key as subject, period, payer, sum(amount_fen)::bigint as "openFen",
      coalesce(sum(amount_fen) filter (where kind = 'due'), 0)::bigint as "bookedFen", coalesce(-sum(amount_fen) filter (where kind = 'paid'), 0)::bigint as "paidFen",
      coalesce(sum(amount_fen) filter (where kind = 'returned'), 0)::bigint as "returnedFen"
    from ledger_line where subject_key = any (${[...subjects]}::text[]) group by service, subject_key, period, payer order by service, subject_key, period, payer`.execute(session);
  return rows;
}

/** Items with how far their batches are. Those of a batch that is not there were being collected when something stopped. */
async function paymentsOf(session: Session, subjects: readonly string[], zone: string): Promise<readonly OwnPayment[]> {
  const { rows } = await sql<OwnPayment>`
    select i.service, i.subject_key as subject, i.amount_fen as "amountFen", i.periods, i.returned, i.account, b.payer, b.month, b.stage, to_char(l.at at time zone ${zone}, 'YYYY-MM-DD') as "leftOn"
    from payment_item i join minsheng.own_batches() b using (batch)
    left join lateral (select min(booked_at) as at from ledger_line l where l.subject_key = i.subject_key and l.service = i.service and l.cause = 'batch/' || i.batch and l.kind = 'paid') l on true
    where i.subject_key = any (${[...subjects]}::text[]) order by l.at desc nulls first, b.month desc, i.service, b.payer`.execute(session);
  return rows;
}
