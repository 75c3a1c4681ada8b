import { sql } from 'kysely';
import { caseStream } from '#engine/casework/index.ts';
import type { LogRecord, NoticeValues } from '#engine/casework/index.ts';
import { balanceOf, foldRecovery, mayFollow, NO_RECOVERY, RECOVERY_EVENT, settleDebt } from '#engine/entitlement/index.ts';
import type { Balance, GrantKey, Recovery, RecoveryEvent, RecoveryRefusal } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { areaOf, grantId, readGrants } from './grant.ts';
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

/** With what word the tasks about a debt are closed by what happens to it; undefined: there is more to do. */
function endsWith({ events, before }: Pick<RecoveryChange, 'events' | 'before'>): 'settled' | 'instalments-agreed' | 'objection-decided' | undefined {
  const kinds = new Set(events.map(({ kind }) => kind));
  if (foldRecovery(events, before).openFen === 0) return 'settled';
  return kinds.has('agreed') ? 'instalments-agreed' : kinds.has('decided') ? 'objection-decided' : undefined;
}

async function changeRecoveries({ session, vault, by }: DebtDoor, changes: readonly RecoveryChange[]): Promise<void> {
  if (changes.length === 0) return;
  const ended: Append[] = [];
  for (const [outcome, some] of Map.groupBy(changes, endsWith)) {
    // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
    if (outcome !== undefined) ended.push(...(await tasksDone(session, 'recovery', some, outcome)));
  }
  const entries = await appendEvents(session, vault, [...changes.flatMap(({ service, subject, household, events, also }): readonly Append[] => [
    ...events.map(({ kind, ...payload }) => ({ stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: `${RECOVERY}${kind}`, payload })),
    ...also,
  ]), ...ended], by);
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
export async function stepRecovery(door: { readonly database: Database; readonly vault: Vault; readonly by: AppendStamp }, key: GrantKey, event: RecoveryEvent): Promise<RecoveryRefusal | undefined> {
  return stepsOfRecovery(door, key, [event]);
}

/** Several steps at once, all of them or none: an objection that is decided together with how what is kept is paid. Who owes is told what was decided. */
export async function stepsOfRecovery({ database, vault, by }: { readonly database: Database; readonly vault: Vault; readonly by: AppendStamp }, key: GrantKey, events: readonly RecoveryEvent[]): Promise<RecoveryRefusal | undefined> {
  return database.system(`recovery: ${events.map(({ kind }) => kind).join(' ')}`, async (session) => {
    await lockLedger(session);
    const before = (await readRecoveries(session, [key])).get(grantId(key))?.recovery ?? NO_RECOVERY;
    let state = before;
    const settled: NonNullable<ReturnType<typeof settledBy>>[] = [];
    for (const event of events) {
      const refusal = mayFollow(state, event);
      if (refusal) return refusal;
      settled.push(...[settledBy(state, event)].filter((one) => one !== undefined));
      state = foldRecovery([event], state);
    }
    const household = (await readGrants(session, [key])).get(grantId(key))?.household ?? null;
    for (const { kind, amountFen } of settled) {
      // oxlint-disable-next-line no-await-in-loop -- each takes what the one before it has left
      const { debt } = balanceOf(key, (await sumsOf(session, [key], 'all')).get(grantId(key)) ?? new Map());
      // oxlint-disable-next-line no-await-in-loop -- as above
      await addLines(session, settleDebt(key, kind, amountFen, debt).map((line) => ({ ...line, household })), caseStream(key.service, key.subject), by.at);
    }
    const also = events.flatMap((event) => told(key, household, event, state));
    await changeRecoveries({ session, vault, by }, [{ ...key, household, events, before, also }]);
    return undefined;
  });
}

/** What who owes is told of a step that an office made. */
function told({ service, subject }: GrantKey, household: string | null, event: RecoveryEvent, { openFen }: Recovery): readonly Append[] {
  const notice = (template: string, values: NoticeValues): readonly Append[] => [{
    stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: 'notice-given',
    payload: { noticeKind: 'recovery', template, values: { service: { service }, ...values }, service, respondBy: null },
  }];
  switch (event.kind) {
    case 'decided': return notice('notice.recovery-decided', { kept: { fen: event.keptFen }, because: event.because });
    case 'waived': return notice('notice.recovery-waived', { amount: { fen: event.amountFen }, left: { fen: openFen } });
    case 'agreed': {
      const [first, last] = [event.parts[0], event.parts.at(-1)].map((part) => parseDate(part?.dueOn ?? ''));
      return first && last ? notice('notice.recovery-agreed', { amount: { fen: openFen }, count: event.parts.length, first: { day: first }, last: { day: last } }) : [];
    }
    case 'opened': case 'assessed': case 'objected': case 'repaid': return [];
    default: return event satisfies never;
  }
}

/** Sees to it that somebody has a task about an objection: the one about the debt may be done by now. */
export async function askAboutObjection({ database, vault, by }: { readonly database: Database; readonly vault: Vault; readonly by: AppendStamp }, key: GrantKey, asking: Asking): Promise<void> {
  await database.system('a task about an objection', async (session) => {
    const found = (await readRecoveries(session, [key])).get(grantId(key));
    if (found?.recovery.objection === undefined) return;
    const open = await session.selectFrom('task').select('number').where('stream', '=', caseStream(key.service, key.subject)).where('kind', '=', 'recovery').where('state', '<>', 'done').limit(1).executeTakeFirst();
    if (open) return;
    const stored = (await readGrants(session, [key])).get(grantId(key));
    const area = stored === undefined ? '' : areaOf(stored);
    await appendEvents(session, vault, [taskOpened(asking, 'recovery', { ...key, household: found.household, area }, { amountFen: found.recovery.openFen, because: found.recovery.objection })], by);
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
