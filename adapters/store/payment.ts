import { sql } from 'kysely';
import type { BatchLine } from '#engine/books/index.ts';
import type { BatchService } from '#engine/console/index.ts';
import { batchStream } from '#engine/casework/index.ts';
import { approve, balanceOf, BATCH_EVENT, batchesOf, foldBatch, giveBack, release, withdraw } from '#engine/entitlement/index.ts';
import type { Balance, BatchEvent, BatchRefusal, BatchState, GrantKey, Item, Month, PayerKey } from '#engine/entitlement/index.ts';
import { areaOf, changeGrants, eachStoredGrant, grantId, readGrants } from './grant.ts';
import type { StoredGrant } from './grant.ts';
import { addLines, lockLedger, sumsOf } from './ledger.ts';
import { appendEvents, readStream } from './log.ts';
import type { AppendStamp, ReadEntry } from './log.ts';
import type { Database, Session } from './database.ts';
import { assessDebts } from './recovery.ts';
import { taskOpened, tasksDone } from './task.ts';
import type { Asking } from './task.ts';
import type { Vault } from './vault.ts';

/** A batch as a list shows it. */
export type StoredBatch = BatchLine;

/** An item of a batch; `returned` is why the bank gave it back. */
export interface StoredItem extends Item {
  readonly household: string | null;
  readonly returned: string | null;
}

export type PaymentRefusal = BatchRefusal
  /** What an item was prepared for is no longer owed: take the batch back and prepare again. */
  | 'batch-stale';

/** Why a grant is held whose money the bank gave back. */
const ACCOUNT_WRONG = 'account';

/** With what a command on payments is done. */
export interface PaymentDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: AppendStamp;
}

/**
 * Makes batches of everything that is owed, one a payer, and opens a recovery for what was paid without being due.
 *
 * What stands in a batch that has not left yet is not put into another. Whoever is stopped in the middle begins again:
 * items that are in no batch are thrown away first.
 */
export async function prepareBatches({ database, vault, by }: PaymentDoor, month: Month, asking: Asking): Promise<readonly StoredBatch[]> {
  await database.system(`prepare payments of ${month}`, (session) => sql`delete from payment_item where batch not in (select id from payment_batch)`.execute(session));
  const made = await database.system('count batches', (session) => session.selectFrom('payment_batch').select(['payer']).where('month', '=', month).execute());
  const idOf = (payer: PayerKey): string => `${month}-${payer.replace(':', '-')}-${made.filter((one) => one.payer === payer).length + 1}`;
  const payers = new Set<PayerKey>();
  await eachStoredGrant(database, `prepare payments of ${month}`, async (session, grants) => {
    await lockLedger(session);
    const [sums, waiting] = [await sumsOf(session, grants, 'all'), await waitingItems(session, grants)];
    const balances = grants.map((one) => ({ one, balance: balanceOf(one, sums.get(grantId(one)) ?? new Map()) }));
    await addLines(session, balances.flatMap(({ one, balance }) => balance.settlements.map((line) => ({ ...line, household: one.household }))), `settle/${month}`, by.at);
    await assessDebts({ session, vault, by }, balances.map(({ one, balance }) => ({ service: one.service, subject: one.subject, household: one.household, area: areaOf(one), debt: balance.debt })), asking);
    const payable = balances.filter(({ one }) => one.grant.held === undefined).map(({ one, balance }) => ({ service: one.service, subject: one.subject, owed: notWaiting(one, balance, waiting) }));
    const household = new Map(grants.map((one) => [grantId(one), one.household]));
    for (const { payer, items } of batchesOf(month, payable)) {
      payers.add(payer);
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      await addItems(session, idOf(payer), items.map((item) => ({ ...item, household: household.get(grantId(item)) ?? null })));
    }
  });
  return database.system(`prepare payments of ${month}`, async (session) => {
    const batches: StoredBatch[] = [];
    for (const payer of [...payers].sort()) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      batches.push(await openBatch(session, vault, by, { id: idOf(payer), payer, month }));
    }
    return batches;
  });
}

/** What items of batches that have not left hold already, by grant and payer. */
async function waitingItems(session: Session, grants: readonly StoredGrant[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ service: string; subject_key: string; payer: PayerKey }>`
    select i.service, i.subject_key, b.payer from payment_item i join payment_batch b on b.id = i.batch
    where b.stage in ('prepared', 'approved') and i.subject_key = any (${grants.map(({ subject }) => subject)}::text[])`.execute(session);
  return new Set(rows.map((row) => `${grantId({ service: row.service, subject: row.subject_key })}\n${row.payer}`));
}

function notWaiting(one: StoredGrant, { owed }: Balance, waiting: ReadonlySet<string>): Balance['owed'] {
  return owed.filter(({ payer }) => !waiting.has(`${grantId(one)}\n${payer}`));
}

async function addItems(session: Session, batch: string, items: readonly (Item & { readonly household: string | null })[]): Promise<void> {
  const rows = items.map(({ service, subject, household, amountFen, periods }) => ({ batch, service, subject_key: subject, household_key: household, amount_fen: amountFen, periods, returned: null }));
  await sql`insert into payment_item select * from jsonb_populate_recordset(null::payment_item, ${JSON.stringify(rows)}::jsonb)`.execute(session);
}

async function openBatch(session: Session, vault: Vault, by: AppendStamp, { id, payer, month }: Pick<StoredBatch, 'id' | 'payer' | 'month'>): Promise<StoredBatch> {
  const { items, total_fen: totalFen } = (await sql<{ items: number; total_fen: number }>`select count(*)::integer as items, sum(amount_fen)::bigint as total_fen from payment_item where batch = ${id}`.execute(session)).rows[0] ?? { items: 0, total_fen: 0 };
  const [entry] = await appendEvents(session, vault, [{ stream: batchStream(id), subjectKey: null, householdKey: null, kind: `${BATCH}prepared`, payload: {} }], by);
  await session.insertInto('payment_batch').values({ id, sequence: entry?.sequence ?? 1, payer, month, items, total_fen: totalFen, stage: 'prepared', prepared_by: by.actor, approved_by: null, released_by: null, changed_at: by.at }).execute();
  return { id, payer, month, items, totalFen, stage: 'prepared', preparedBy: by.actor, approvedBy: null, releasedBy: null };
}

const BATCH = 'batch-';

/** Where a batch stands by its log. */
async function stateOf(session: Session, vault: Vault, id: string): Promise<BatchState | undefined> {
  const entries = await readStream(session, vault, batchStream(id));
  return foldBatch(entries.flatMap(batchEventOf));
}

/** An entry of the stream of a batch as what happened to it. */
function batchEventOf({ kind, actor, payload }: ReadEntry): readonly BatchEvent[] {
  return kind.startsWith(BATCH) && payload !== undefined ? [BATCH_EVENT.parse(Object.assign({ kind: kind.slice(BATCH.length), by: actor }, payload))] : [];
}

/** A command on a batch: the event, or why not. The log and the list change together. */
async function command(session: Session, { vault, by }: PaymentDoor, id: string, decide: (state: BatchState | undefined) => BatchEvent | BatchRefusal): Promise<BatchEvent | BatchRefusal> {
  const event = decide(await stateOf(session, vault, id));
  if (typeof event === 'string') return event;
  const { kind, by: _, ...payload } = event;
  const [entry] = await appendEvents(session, vault, [{ stream: batchStream(id), subjectKey: null, householdKey: null, kind: `${BATCH}${kind}`, payload }], by);
  if (kind === 'prepared' || kind === 'returned') return event;
  await sql`update payment_batch set sequence = ${entry?.sequence ?? 0}, stage = ${kind}, changed_at = ${by.at}::timestamptz,
    approved_by = case when ${kind === 'approved'} then ${by.actor} else approved_by end, released_by = case when ${kind === 'released'} then ${by.actor} else released_by end where id = ${id}`.execute(session);
  return event;
}

/** The first of the two who let money go. */
export async function approveBatch(door: PaymentDoor, id: string): Promise<PaymentRefusal | undefined> {
  return door.database.system(`approve ${id}`, async (session) => refusalOf(await command(session, door, id, (state) => approve(state, door.by.actor))));
}

/** The second: from here on the money counts as paid. Refused where something in it is no longer owed. */
export async function releaseBatch(door: PaymentDoor, id: string): Promise<PaymentRefusal | undefined> {
  return door.database.system(`release ${id}`, async (session) => {
    await lockLedger(session);
    const event = release(await stateOf(session, door.vault, id), door.by.actor);
    if (typeof event === 'string') return event;
    if (await isStale(session, id)) return 'batch-stale';
    await command(session, door, id, () => event);
    await sql`
      insert into ledger_line (service, subject_key, household_key, period, payer, kind, amount_fen, cause, booked_at)
      select i.service, i.subject_key, i.household_key, (p ->> 'period')::integer, b.payer, 'paid', -(p ->> 'amountFen')::bigint, ${`batch/${id}`}, ${door.by.at}::timestamptz
      from payment_item i join payment_batch b on b.id = i.batch cross join lateral jsonb_array_elements(i.periods) p where i.batch = ${id}`.execute(session);
    return undefined;
  });
}

async function isStale(session: Session, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from payment_item i join payment_batch b on b.id = i.batch cross join lateral jsonb_array_elements(i.periods) p
    where i.batch = ${id} and (p ->> 'amountFen')::bigint > coalesce((select sum(l.amount_fen) from ledger_line l
      where l.subject_key = i.subject_key and l.service = i.service and l.period = (p ->> 'period')::integer and l.payer = b.payer), 0) limit 1`.execute(session);
  return rows.length > 0;
}

/** Takes back a batch that has not left; what it held is owed as before. */
export async function withdrawBatch(door: PaymentDoor, id: string, because: string): Promise<PaymentRefusal | undefined> {
  return door.database.system(`withdraw ${id}`, async (session) => refusalOf(await command(session, door, id, (state) => withdraw(state, door.by.actor, because))));
}

/** The bank gives an item back: it is owed again, held until the account is put right, and somebody has a task to see to that. */
export async function returnItem(door: PaymentDoor, id: string, item: GrantKey, because: string, asking: Asking): Promise<PaymentRefusal | undefined> {
  return door.database.system(`return an item of ${id}`, async (session) => {
    await lockLedger(session);
    const stored = (await itemsIn(session, id)).find((one) => grantId(one) === grantId(item));
    const event = giveBack(await stateOf(session, door.vault, id), door.by.actor, grantId(item).replace('\n', ' '), because);
    if (typeof event === 'string') return event;
    if (!stored) return 'item-unknown';
    await command(session, door, id, () => event);
    await sql`update payment_item set returned = ${because} where batch = ${id} and subject_key = ${item.subject} and service = ${item.service}`.execute(session);
    const payer = (await session.selectFrom('payment_batch').select('payer').where('id', '=', id).executeTakeFirstOrThrow()).payer;
    await addLines(session, stored.periods.map(({ period, amountFen }) => ({ service: item.service, subject: item.subject, household: stored.household, period, payer, kind: 'returned', amountFen })), `batch/${id}`, door.by.at);
    const grants = await readGrants(session, [item]);
    const grant = grants.get(grantId(item));
    await changeGrants(session, door.vault, [{ service: item.service, subject: item.subject, household: stored.household, events: [{ kind: 'held', because: ACCOUNT_WRONG }] }], grants, door.by);
    await appendEvents(session, door.vault, [taskOpened(asking, 'account', { service: item.service, subject: item.subject, household: stored.household, area: grant ? areaOf(grant) : '' }, { batch: id, because })], door.by);
    return undefined;
  });
}

/** What was paid back into the account is paid out again with the next batch. */
export async function freeGrant({ database, vault, by }: PaymentDoor, key: GrantKey): Promise<boolean> {
  return database.system('free a grant', async (session) => {
    const grants = await readGrants(session, [key]);
    const grant = grants.get(grantId(key));
    if (grant?.grant.held !== ACCOUNT_WRONG) return false;
    await changeGrants(session, vault, [{ ...key, household: grant.household, events: [{ kind: 'freed' }] }], grants, by);
    await appendEvents(session, vault, await tasksDone(session, 'account', [{ ...key, household: grant.household }], 'account-corrected'), by);
    return true;
  });
}

/** Batches of a month, or all, the oldest first. */
export async function listBatches(session: Session, month?: Month): Promise<readonly StoredBatch[]> {
  const rows = await session.selectFrom('payment_batch').selectAll().$if(month !== undefined, (query) => query.where('month', '=', month ?? 0)).orderBy('month').orderBy('id').execute();
  return rows.map((row) => ({ id: row.id, payer: row.payer, month: row.month, items: row.items, totalFen: row.total_fen, stage: row.stage, preparedBy: row.prepared_by, approvedBy: row.approved_by, releasedBy: row.released_by }));
}

/** What a batch is for, service by service, in the order of their ids. */
export async function servicesOfBatch(session: Session, batch: string): Promise<readonly BatchService[]> {
  const { rows } = await sql<BatchService>`
    select service, count(*)::integer as items, sum(amount_fen)::bigint as "amountFen",
      count(*) filter (where returned is not null)::integer as returned, coalesce(sum(amount_fen) filter (where returned is not null), 0)::bigint as "returnedFen"
    from payment_item where batch = ${batch} group by service order by service`.execute(session);
  return rows;
}

/** The items of a batch in the order of their subjects: what is exported. */
export async function itemsIn(session: Session, batch: string): Promise<readonly StoredItem[]> {
  const rows = await session.selectFrom('payment_item').selectAll().where('batch', '=', batch).orderBy('subject_key').orderBy('service').execute();
  return rows.map((row) => ({ service: row.service, subject: row.subject_key, household: row.household_key, amountFen: row.amount_fen, periods: row.periods, returned: row.returned }));
}

function refusalOf(event: BatchEvent | BatchRefusal): BatchRefusal | undefined {
  return typeof event === 'string' ? event : undefined;
}
