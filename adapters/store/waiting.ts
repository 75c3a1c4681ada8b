import { sql } from 'kysely';
import { eventOf, NOTICE_EVENTS } from '#engine/casework/index.ts';
import { WAITS_FOR_NOTHING } from '#engine/entitlement/index.ts';
import type { Invitation, TaskOrder, Waiting } from '#engine/entitlement/index.ts';
import type { Session } from './database.ts';
import { openPayload } from './log.ts';
import type { Vault } from './vault.ts';

/** What the cases of these streams wait for; one that waits for nothing is left out. */
export async function waitingFor(session: Session, vault: Vault, streams: readonly string[]): Promise<ReadonlyMap<string, Waiting>> {
  const [tasks, invited] = [await openTasks(session, streams), await invitations(session, vault, streams)];
  return new Map([...new Set([...tasks.keys(), ...invited.keys()])].map((stream) => [stream, { tasks: tasks.get(stream) ?? WAITS_FOR_NOTHING.tasks, invited: invited.get(stream) }]));
}

/** The kinds of tasks that cases wait for. */
async function openTasks(session: Session, streams: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<TaskOrder['kind']>>> {
  const { rows } = await sql<{ stream: string; kind: TaskOrder['kind'] }>`select stream, kind from task where state <> 'done' and stream = any (${[...streams]}::text[]) and kind in ('data-request', 'review')`.execute(session);
  const found = new Map<string, Set<TaskOrder['kind']>>();
  for (const { stream, kind } of rows) found.set(stream, (found.get(stream) ?? new Set()).add(kind));
  return found;
}

/** The last invitation to apply in each case. For how much it was is read from its entry; one that was erased is none. */
async function invitations(session: Session, vault: Vault, streams: readonly string[]): Promise<ReadonlyMap<string, Invitation>> {
  const { rows } = await sql<{ stream: string; number: number; month: number; body: Uint8Array | null }>`
    select distinct on (n.stream) n.stream, n.number, to_char(n.given_at, 'YYYYMM')::integer as month, p.body
    from notice n left join log_payload p on p.stream = n.stream and p.sequence = n.number
    where n.template = 'notice.invite' and n.stream = any (${[...streams]}::text[]) order by n.stream, n.number desc`.execute(session);
  return new Map(rows.flatMap(({ stream, number, month, body }): readonly (readonly [string, Invitation])[] => {
    const event = eventOf(NOTICE_EVENTS, { kind: 'notice-given', payload: openPayload(vault, { stream, sequence: number }, body) });
    const amount = event?.kind === 'notice-given' ? event.payload.values['amount'] : undefined;
    return typeof amount === 'object' && 'fen' in amount ? [[stream, { amountFen: amount.fen, month }]] : [];
  }));
}
