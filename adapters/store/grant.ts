import { sql } from 'kysely';
import { caseStream, json } from '#engine/casework/index.ts';
import type { Json, LogEntry, LogRecord, LogStamp } from '#engine/casework/index.ts';
import { foldGrant, GRANT_EVENT, NO_GRANT_YET } from '#engine/entitlement/index.ts';
import type { Grant, GrantEvent, GrantKey } from '#engine/entitlement/index.ts';
import { appendEvents } from './log.ts';
import type { Append, AppendStamp } from './log.ts';
import type { Database, Session } from './database.ts';
import type { Vault } from './vault.ts';

/** A grant as the store keeps it. */
export interface StoredGrant extends GrantKey {
  readonly household: string | null;
  readonly grant: Grant;
}

/** The county in which somebody lives, as far as the grant knows; empty where it does not. */
export function areaOf({ grant }: Pick<StoredGrant, 'grant'>): string {
  return grant.steps.findLast(({ right }) => right)?.right?.areas.resident ?? '';
}

/** What is to happen to one grant. */
export interface GrantEvents extends GrantKey {
  readonly household: string | null;
  readonly events: readonly GrantEvent[];
}

const GRANT = 'grant-';

export const grantId = ({ service, subject }: GrantKey): string => `${service}\n${subject}`;

/** The grants of these keys, by `grantId`; what has none is not in it. */
export async function readGrants(session: Session, keys: readonly GrantKey[]): Promise<ReadonlyMap<string, StoredGrant>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<GrantRow>`
    select g.* from benefit_grant g join unnest(${keys.map(({ service }) => service)}::text[], ${keys.map(({ subject }) => subject)}::text[]) as wanted (service, subject_key) using (service, subject_key)`.execute(session);
  return new Map(rows.map((row) => [grantId({ service: row.service, subject: row.subject_key }), storedOf(row)]));
}

/**
 * All grants in the order of their subjects, so many at a time, each time in a transaction of its own: `take` does its
 * work in it, and what it did is kept before the next are read.
 */
export async function eachStoredGrant(database: Database, reason: string, take: (session: Session, grants: readonly StoredGrant[]) => Promise<void>, { atOnce = 5_000 } = {}): Promise<void> {
  let after: GrantKey = { service: '', subject: '' };
  for (let more = true; more;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const grants = await database.system(reason, async (session) => {
      const { rows } = await sql<GrantRow>`
        select * from benefit_grant where (subject_key, service) > (${after.subject}, ${after.service}) order by subject_key, service limit ${atOnce}`.execute(session);
      const found = rows.map(storedOf);
      if (found.length > 0) await take(session, found);
      return found;
    });
    more = grants.length === atOnce;
    after = grants.at(-1) ?? after;
  }
}

/** Appends what happened to grants to their cases, and brings the read model to it; `before` are the grants as they were read. */
export async function changeGrants(session: Session, vault: Vault, changes: readonly GrantEvents[], before: ReadonlyMap<string, StoredGrant>, by: AppendStamp): Promise<void> {
  await putChanged(session, changes, before, await appendEvents(session, vault, changes.flatMap(grantEvents), by));
}

/** What happened to a grant as entries of its case. */
export function grantEvents({ service, subject, household, events }: GrantEvents): readonly Append[] {
  return events.map((event) => ({ stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: `${GRANT}${event.kind}`, payload: payloadOf(event) }));
}

/** Brings the read model of grants to what was appended. */
export async function putChanged(session: Session, changes: readonly GrantEvents[], before: ReadonlyMap<string, StoredGrant>, entries: readonly LogEntry[]): Promise<void> {
  const last = new Map(entries.map(({ stream, sequence }) => [stream, sequence]));
  await putGrants(session, changes.filter(({ events }) => events.length > 0).map(({ service, subject, household, events }) => ({
    service, subject, household, sequence: last.get(caseStream(service, subject)) ?? 0,
    grant: foldGrant(events, before.get(grantId({ service, subject }))?.grant ?? NO_GRANT_YET),
  })));
}

/** An event as the log keeps it; its kind stands in the entry. */
function payloadOf(event: GrantEvent): Json {
  const said: Json = json.parse(JSON.parse(JSON.stringify(event, (key, value: unknown) => (key === 'kind' ? undefined : value))));
  return said;
}

/** An entry of a case as the event of a grant; undefined where it is about something else, or was erased. */
export function grantEventOf({ kind, payload }: Pick<LogRecord, 'kind' | 'payload'>): GrantEvent | undefined {
  return kind.startsWith(GRANT) && payload !== undefined ? GRANT_EVENT.parse(Object.assign({ kind: kind.slice(GRANT.length) }, payload)) : undefined;
}

/** Writes rows of the read model, new ones and those that are there. */
export async function putGrants(session: Session, grants: readonly (StoredGrant & { readonly sequence: number })[]): Promise<void> {
  if (grants.length === 0) return;
  const rows = grants.map(({ service, subject, household, sequence, grant }) => ({ service, subject_key: subject, household_key: household, sequence, steps: grant.steps, ground: grant.ground ?? null, proposal: grant.proposal ?? null, refused: grant.refused, held: grant.held ?? null, pauses: grant.pauses }));
  await sql`select minsheng.put_grants((${JSON.stringify(rows)}::text)::jsonb)`.execute(session);
}

/** A row of `benefit_grant`. */
export interface GrantRow {
  readonly service: string;
  readonly subject_key: string;
  readonly household_key: string | null;
  readonly sequence: number;
  readonly steps: Grant['steps'];
  readonly ground: Grant['ground'] | null;
  readonly proposal: Grant['proposal'] | null;
  readonly refused: boolean;
  readonly held: string | null;
  readonly pauses: Grant['pauses'];
}

export function storedOf({ service, subject_key: subject, household_key: household, steps, ground, proposal, refused, held, pauses }: GrantRow): StoredGrant {
  return { service, subject, household, grant: { steps, ground: ground ?? undefined, proposal: proposal ?? undefined, refused, held: held ?? undefined, pauses } };
}

/** The stamp of what the system does by itself. */
export function systemStamp({ at }: Pick<LogStamp, 'at'>, random: AppendStamp['random']): AppendStamp {
  return { at, actor: 'system', random };
}
