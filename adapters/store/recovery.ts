import { sql } from 'kysely';
import { caseStream } from '#engine/casework/index.ts';
import type { LogRecord } from '#engine/casework/index.ts';
import { balanceOf, foldRecovery, mayFollow, NO_RECOVERY, RECOVERY_EVENT, settleDebt } from '#engine/entitlement/index.ts';
import type { Balance, GrantKey, Recovery, RecoveryEvent, RecoveryRefusal } from '#engine/entitlement/index.ts';
import { grantId, readGrants } from './grant.ts';
import type { Principal } from '#engine/ports.ts';
import { addLines, lockLedger, sumsOf } from './ledger.ts';
import { appendEvents } from './log.ts';
import type { Append, AppendStamp } from './log.ts';
import type { Database, Session } from './database.ts';
import type { Schema } from './schema.ts';
import { taskOpened, tasksDone } from './task.ts';
import type { Asking } from './task.ts';
import type { Vault } from './vault.ts';

/** With what a debt is changed inside a transaction. */
export interface DebtDoor {
  readonly session: Session;
  readonly vault: Vault;
  readonly by: AppendStamp;
}

/** A grant and what of it was paid without being due. */
export interface Indebted extends GrantKey {
  readonly household: string | null;
  /** The county of the person; empty where it is not known. */
  readonly area: string;
  readonly debt: Balance['debt'];
}

export interface StoredRecovery extends GrantKey {
  readonly household: string | null;
  readonly recovery: Recovery;
}

const RECOVERY = 'recovery-';

/** An entry of a case as what happened to a debt; undefined where it is about something else, or was erased. */
export function recoveryEventOf({ kind, payload }: Pick<LogRecord, 'kind' | 'payload'>): RecoveryEvent | undefined {
  return kind.startsWith(RECOVERY) && payload !== undefined ? RECOVERY_EVENT.parse(Object.assign({ kind: kind.slice(RECOVERY.length) }, payload)) : undefined;
}

const owing = (debt: Balance['debt']): number => debt.reduce((sum, { amountFen }) => sum + amountFen, 0);

/**
 * Brings what is asked back to what the ledger says: opens a recovery, or makes an open one more or less. Who owes is told,
 * with the day by which to object, and the department that decides has a task.
 */
export async function assessDebts(door: DebtDoor, all: readonly Indebted[], asking: Asking): Promise<void> {
  const open = await readRecoveries(door.session, all);
  const changes = all.flatMap(({ debt, area, ...key }): readonly RecoveryChange[] => {
    const [owed, before] = [owing(debt), open.get(grantId(key))?.recovery ?? NO_RECOVERY];
    if (owed === before.openFen) return [];
    const event: RecoveryEvent = before.openFen === 0 ? { kind: 'opened', amountFen: owed, because: 'paid-without-being-due', respondBy: asking.respondBy } : { kind: 'assessed', amountFen: owed };
    const told = event.kind === 'opened' ? [noticeOfDebt(asking, key, owed), taskOpened(asking, 'recovery', { ...key, area }, { amountFen: owed })] : [];
    return [{ ...key, events: [event], before, also: told }];
  });
  await changeRecoveries(door, changes);
}

interface RecoveryChange extends GrantKey {
  readonly household: string | null;
  readonly events: readonly RecoveryEvent[];
  readonly before: Recovery;
  /** What else is appended to the case. */
  readonly also: readonly Append[];
}

function noticeOfDebt({ respondBy }: Asking, { service, subject, household }: GrantKey & { readonly household: string | null }, amountFen: number): Append {
  return {
    stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: 'notice-given',
    payload: { noticeKind: 'recovery', template: 'notice.recovery', values: { service: { service }, amount: { fen: amountFen }, by: { day: respondBy } }, service, respondBy },
  };
}

async function changeRecoveries({ session, vault, by }: DebtDoor, changes: readonly RecoveryChange[]): Promise<void> {
  if (changes.length === 0) return;
  const settled = changes.filter(({ events, before }) => foldRecovery(events, before).openFen === 0);
  const entries = await appendEvents(session, vault, [...changes.flatMap(({ service, subject, household, events, also }): readonly Append[] => [
    ...events.map(({ kind, ...payload }) => ({ stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: `${RECOVERY}${kind}`, payload })),
    ...also,
  ]), ...(await tasksDone(session, 'recovery', settled, 'settled'))], by);
  const last = new Map(entries.map(({ stream, sequence }) => [stream, sequence]));
  const rows = changes.map(({ service, subject, household, events, before }) => {
    const { openFen, repaidFen, waivedFen, objection, parts } = foldRecovery(events, before);
    return { service, subject_key: subject, household_key: household, sequence: last.get(caseStream(service, subject)) ?? 0, open_fen: openFen, repaid_fen: repaidFen, waived_fen: waivedFen, objection: objection ?? null, parts };
  });
  await sql`select minsheng.put_recoveries((${JSON.stringify(rows)}::text)::jsonb)`.execute(session);
}

export async function readRecoveries(session: Session, keys: readonly GrantKey[]): Promise<ReadonlyMap<string, StoredRecovery>> {
  if (keys.length === 0) return new Map();
  const rows = await session.selectFrom('recovery').selectAll().where('subject_key', 'in', [...new Set(keys.map(({ subject }) => subject))]).execute();
  return new Map(rows.map((row) => [grantId({ service: row.service, subject: row.subject_key }), {
    service: row.service, subject: row.subject_key, household: row.household_key,
    recovery: recoveryOf(row),
  }]));
}

/** A row of the read model as the debt that it says. */
export function recoveryOf({ open_fen: openFen, repaid_fen: repaidFen, waived_fen: waivedFen, objection, parts }: Pick<Schema['recovery'], 'open_fen' | 'repaid_fen' | 'waived_fen' | 'objection' | 'parts'>): Recovery {
  return { openFen, repaidFen, waivedFen, objection: objection ?? undefined, parts };
}

/**
 * A step of a recovery: an objection, its decision, an agreement, money paid back, money let go. What is paid back or let
 * go is booked with it.
 */
export async function stepRecovery({ database, vault, by }: { readonly database: Database; readonly vault: Vault; readonly by: AppendStamp }, key: GrantKey, event: RecoveryEvent): Promise<RecoveryRefusal | undefined> {
  return database.system(`recovery: ${event.kind}`, async (session) => {
    await lockLedger(session);
    const before = (await readRecoveries(session, [key])).get(grantId(key))?.recovery ?? NO_RECOVERY;
    const refusal = mayFollow(before, event);
    if (refusal) return refusal;
    const household = (await readGrants(session, [key])).get(grantId(key))?.household ?? null;
    const settled = settledBy(before, event);
    if (settled) {
      const { debt } = balanceOf(key, (await sumsOf(session, [key], 'all')).get(grantId(key)) ?? new Map());
      await addLines(session, settleDebt(key, settled.kind, settled.amountFen, debt).map((line) => ({ ...line, household })), caseStream(key.service, key.subject), by.at);
    }
    await changeRecoveries({ session, vault, by }, [{ ...key, household, events: [event], before, also: [] }]);
    return undefined;
  });
}

/** A resident objects to what is asked back, under their own rights: until somebody has decided nothing is asked for. Objected already: nothing changes. */
export async function objectToDebt({ database, vault, by, also = [] }: { readonly database: Database; readonly vault: Vault; readonly by: Omit<AppendStamp, 'actor'>; readonly also?: readonly Append[] }, owner: Principal, key: GrantKey, because: string): Promise<RecoveryRefusal | undefined> {
  return database.write(owner, 'object to a recovery', async (session) => {
    const stored = (await readRecoveries(session, [key])).get(grantId(key));
    const [before, event]: [Recovery, RecoveryEvent] = [stored?.recovery ?? NO_RECOVERY, { kind: 'objected', because }];
    if (before.objection !== undefined) return undefined;
    const refused = mayFollow(before, event);
    if (refused) return refused;
    await changeRecoveries({ session, vault, by: { ...by, actor: owner.id } }, [{ ...key, household: stored?.household ?? null, events: [event], before, also }]);
    return undefined;
  });
}

/** What of a debt a step settles. */
function settledBy(before: Recovery, event: RecoveryEvent): { readonly kind: 'repaid' | 'waived'; readonly amountFen: number } | undefined {
  switch (event.kind) {
    case 'repaid': case 'waived': return { kind: event.kind, amountFen: event.amountFen };
    case 'decided': return before.openFen > event.keptFen ? { kind: 'waived', amountFen: before.openFen - event.keptFen } : undefined;
    case 'opened': case 'assessed': case 'objected': case 'agreed': return undefined;
    default: return event satisfies never;
  }
}
