import { sql } from 'kysely';
import { caseStream, fold } from '#engine/casework/index.ts';
import type { LogRecord } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { helperId, MANDATES, revoke, take, witness } from '#engine/mandate/index.ts';
import type { Mandate, MandateEvent, MandateRefusal, MandateScope, SeenPaper, WrittenRefusal } from '#engine/mandate/index.ts';
import type { Principal } from '#engine/ports.ts';
import { codeHash, newCode } from './code.ts';
import type { Database, Session } from './database.ts';
import { appendEvents, openPayload, readStream } from './log.ts';
import type { AppendStamp } from './log.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

type Person = Extract<Principal, { kind: 'person' }>;

export interface MandateDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: Omit<AppendStamp, 'actor'>;
}

/** Offers a mandate to whoever brings the code, which is given here and kept nowhere. */
export async function offerMandate({ database, vault, by }: MandateDoor, principal: Person, { giver, scope, until, offerEnds }: { readonly giver: string; readonly scope: MandateScope; readonly until: CalendarDate; readonly offerEnds: string }): Promise<string> {
  const code = newCode(by.random);
  await database.write(principal, 'offer a mandate', (session) => changed(session, vault, { ...by, actor: principal.id }, principal.id, [{ kind: 'mandate-offered', payload: { codeHash: codeHash(code), scope, until, offerEnds, giver } }]));
  return code;
}

/** Takes the mandate that a code offers. Done by the system for whoever has the code: they may not write on the giver's stream. */
export async function takeMandate({ database, vault, by }: MandateDoor, { id }: Person, { code, taker, today }: { readonly code: string; readonly taker: string; readonly today: CalendarDate }): Promise<Mandate | MandateRefusal> {
  return database.system('take a mandate', async (session) => {
    const row = await session.selectFrom('mandate').select(['subject_key', 'number']).where('code_hash', '=', codeHash(code)).executeTakeFirst();
    const mandate = row && (await mandatesOf(session, vault, row.subject_key)).find(({ number }) => number === row.number);
    const events = mandate ? take(mandate, { by: id, taker, now: by.at, today }) : ({ kind: 'code-unknown' } as const);
    if ('kind' in events) return events;
    const after = await changed(session, vault, { ...by, actor: id }, row?.subject_key ?? '', events);
    return after.find(({ number, state }) => number === row?.number && state.kind === 'taken' && state.by === id) ?? { kind: 'code-unknown' };
  });
}

/** Records a mandate that was signed on paper before a member of staff; it gives nothing until another has seen it. Done by the system: the stream is the giver's. */
export async function writeMandate({ database, vault, by }: MandateDoor, staff: string, { subjectKey, ...terms }: { readonly subjectKey: string; readonly giver: string; readonly taker: string; readonly scope: MandateScope; readonly until: CalendarDate; readonly seen: SeenPaper; readonly witnessBy: string }): Promise<void> {
  await database.system('record a mandate on paper', (session) => changed(session, vault, { ...by, actor: staff }, subjectKey, [{ kind: 'mandate-written', payload: { ...terms, by: helperId(staff) } }]));
}

/** Lets a mandate on paper hold, once somebody else has seen it. */
export async function witnessMandate({ database, vault, by }: MandateDoor, staff: string, { subjectKey, number }: Pick<Mandate, 'subjectKey' | 'number'>, today: CalendarDate): Promise<WrittenRefusal | undefined> {
  return database.system('witness a mandate on paper', async (session) => {
    const mandate = (await mandatesOf(session, vault, subjectKey)).find((one) => one.number === number);
    const events = mandate ? witness(mandate, { by: staff, now: by.at, today }) : ({ kind: 'mandate-over' } as const);
    if ('kind' in events) return events;
    await changed(session, vault, { ...by, actor: staff }, subjectKey, events);
    return undefined;
  });
}

/** Ends what helpers hold of somebody, or would; gives how many there were. */
export async function endHelping({ database, vault, by }: MandateDoor, staff: string, subjectKey: string, today: CalendarDate): Promise<number> {
  return database.system('end what helpers may do', async (session) => {
    const held = (await mandatesOf(session, vault, subjectKey)).filter(({ state, until }) => (state.kind === 'taken' || state.kind === 'written') && state.by.startsWith(helperId('')) && today <= until);
    for (const mandate of held) {
      // oxlint-disable-next-line no-await-in-loop -- each stands on an entry of its own
      await changed(session, vault, { ...by, actor: staff }, subjectKey, revoke(mandate));
    }
    return held.length;
  });
}

/** The mandates on paper that wait for a second member of staff, the oldest first. */
export async function mandatesToWitness(database: Database, vault: Vault, now: string): Promise<readonly Mandate[]> {
  return database.system('what mandates are to be witnessed', async (session) => {
    const rows = await session.selectFrom('mandate').select(['subject_key', 'number']).where('code_hash', 'is', null).where('taken_by', 'is', null).where('offer_ends', '>', now).orderBy('offer_ends').execute();
    const found: Mandate[] = [];
    for (const { subject_key: giver, number } of rows) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      found.push(...(await mandatesOf(session, vault, giver)).filter((one) => one.number === number));
    }
    return found;
  });
}

/** Ends a mandate that one has given, or gives one back that one holds. */
export async function revokeMandate({ database, vault, by }: MandateDoor, principal: Person, number: number): Promise<MandateRefusal | undefined> {
  return database.write(principal, 'revoke a mandate', async (session) => {
    const mandate = (await mandatesOf(session, vault, principal.id)).find((one) => one.number === number);
    if (!mandate) return { kind: 'mandate-over' };
    await changed(session, vault, { ...by, actor: principal.id }, principal.id, revoke(mandate));
    return undefined;
  });
}

/** The mandates that somebody has given, the newest first. */
export async function mandatesOf(session: Session, vault: Vault, giver: string): Promise<readonly Mandate[]> {
  return [...fold(MANDATES, await readStream(session, vault, caseStream('mandate', giver))).values()].toReversed();
}

/** Those that somebody holds on a day, whoever gave them. Read by the system: the giver's stream is the giver's. */
export async function mandatesHeldBy(database: Database, vault: Vault, by: string, today: CalendarDate): Promise<readonly Mandate[]> {
  return database.system('what mandates somebody holds', async (session) => {
    const rows = await session.selectFrom('mandate').select(['stream', 'number']).where('taken_by', '=', by).where('until', '>=', today).execute();
    const streams = [...new Set(rows.map(({ stream }) => stream))];
    const { rows: entries } = await sql<Pick<LogRecord, 'stream' | 'sequence' | 'kind' | 'at' | 'actor'> & { subject_key: string; body: Uint8Array | null }>`
      select e.stream, e.sequence, e.kind, e.at, e.actor, e.subject_key, p.body from log_entry e left join log_payload p using (stream, sequence)
      where e.stream = any (${streams}::text[]) order by e.stream, e.sequence`.execute(session);
    const byStream = Map.groupBy(entries, ({ stream }) => stream);
    return rows.flatMap(({ stream, number }) => {
      const records = (byStream.get(stream) ?? []).map((row): LogRecord => ({ ...row, subjectKey: row.subject_key, householdKey: null, payload: openPayload(vault, row, row.body) }));
      return fold(MANDATES, records).get(number) ?? [];
    });
  });
}

/** Appends what happened to mandates and carries it into their table; gives them as they stand then. */
async function changed(session: Session, vault: Vault, by: AppendStamp, giver: string, events: readonly MandateEvent[]): Promise<readonly Mandate[]> {
  if (events.length === 0) return [];
  const stream = caseStream('mandate', giver);
  await appendEvents(session, vault, events.map(({ kind, payload }) => ({ stream, subjectKey: giver, householdKey: null, kind, payload })), by);
  const after = await mandatesOf(session, vault, giver);
  // Those that the last entries concern: an older one does not stand on an entry of whoever acts now.
  const last = after.filter(({ sequence }) => sequence === Math.max(...after.map((one) => one.sequence)));
  await sql`select minsheng.put_mandates((${JSON.stringify(last.map(rowOfMandate))}::text)::jsonb)`.execute(session);
  return after;
}

function rowOfMandate({ stream, number, sequence, subjectKey, scope, until, state }: Mandate): Schema['mandate'] {
  const offer = state.kind === 'offered' ? state : undefined;
  // A row that is offered to nobody and yet has an end waits to be witnessed.
  const ends = state.kind === 'written' ? state.witnessBy : (offer?.offerEnds ?? null);
  return {
    stream, number, sequence, subject_key: subjectKey, household_key: null, scope, until,
    code_hash: offer?.codeHash ?? null, offer_ends: ends, taken_by: state.kind === 'taken' ? state.by : null,
  };
}
