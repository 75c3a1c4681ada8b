import { sql } from 'kysely';
import { caseStream } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import type { FenByCycle, RunActs } from '#engine/books/index.ts';
import { actedOn, ACTS, CYCLES, cycleOn, monthOf, NO_GRANT_YET, rightIn, sameRight, WAITS_FOR_NOTHING } from '#engine/entitlement/index.ts';
import type { Acted, Acting, ActKind, Areas, Cycle, Month, NoticeOrder, ToAct } from '#engine/entitlement/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { noticeGiven } from './given.ts';
import { changeGrants, eachStoredGrant, grantEvents, grantId, putChanged, readGrants } from './grant.ts';
import type { GrantEvents, StoredGrant } from './grant.ts';
import { appendEvents } from './log.ts';
import type { Append, AppendStamp } from './log.ts';
import type { Database, Session } from './database.ts';
import type { Vault } from './vault.ts';
import { waitingFor } from './waiting.ts';

/** How many of each act, and the fen a period of the changes behind them. */
export type ActCounts = RunActs;

export interface ActDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: AppendStamp;
}

/**
 * Acts on the changes of a run, piece by piece: what a piece does to grants, cases, tasks and notices happens together.
 *
 * Pieces come in the order of the run and are the same whenever they are made again. A piece that was done is passed
 * over, so whoever was stopped goes on where it stopped, and acting on a run twice acts once. `counts` are of the whole
 * run, pieces of earlier attempts included.
 */
export async function actOnRun(door: ActDoor, acting: Acting, pieces: AsyncIterable<readonly ToAct[]> | Iterable<readonly ToAct[]>): Promise<ActCounts> {
  let number = 0;
  for await (const piece of pieces) {
    number += 1;
    await door.database.system(`act on ${acting.run}`, (session) => actOnPiece(session, door, acting, number, piece));
  }
  return door.database.system(`count ${acting.run}`, (session) => countActs(session, acting.run));
}

async function actOnPiece(session: Session, { vault, by }: ActDoor, acting: Acting, piece: number, changes: readonly ToAct[]): Promise<void> {
  // The row is taken before anything is done: a second process that acts on the same piece waits here and then finds it done.
  const claimed = await session.insertInto('act_piece').values({ run: acting.run, piece, acted_at: by.at, counts: JSON.stringify({}) }).onConflict((conflict) => conflict.doNothing()).returning('piece').executeTakeFirst();
  if (!claimed) return;
  const keys = changes.map(({ key }) => key);
  const [grants, waiting] = [await readGrants(session, keys), await waitingFor(session, vault, keys.map(({ service, subject }) => caseStream(service, subject)))];
  const acted = changes.map((change) => actedOn(acting, change, grants.get(grantId(change.key))?.grant ?? NO_GRANT_YET, waiting.get(caseStream(change.key.service, change.key.subject)) ?? WAITS_FOR_NOTHING));
  const entries = await appendEvents(session, vault, acted.flatMap((one) => appendsOf(acting, one)), by);
  await putChanged(session, acted, grants, entries);
  await sql`update act_piece set counts = ${JSON.stringify(countOf(acting, acted, changes))}::jsonb where run = ${acting.run} and piece = ${piece}`.execute(session);
}

function appendsOf({ dueOn }: Acting, acted: Acted): readonly Append[] {
  const { service, subject, household, notice, task } = acted;
  const about = { stream: caseStream(service, subject), subjectKey: subject, householdKey: household };
  const opened: Json | undefined = task && { taskKind: task.kind, department: task.department, area: task.area, service, dueOn, dueCounted: 'calendar', about: task.about };
  return [
    ...grantEvents(acted),
    ...(notice ? [noticeGiven(acted, notice)] : []),
    ...(opened ? [{ ...about, kind: 'task-opened', payload: opened }] : []),
  ];
}

/** A grant as its months came out once they were decided again, and what its subject is told of it. */
export interface Settled extends GrantEvents {
  readonly notices: readonly NoticeOrder[];
}

/** Brings grants to what their months come to, and tells those whom it touches, together. `before`: the grants as they were read. */
export async function settleGrants(session: Session, { vault, by }: Omit<ActDoor, 'database'>, settled: readonly Settled[], before: ReadonlyMap<string, StoredGrant>): Promise<void> {
  const entries = await appendEvents(session, vault, settled.flatMap((one) => [...grantEvents(one), ...one.notices.map((notice) => noticeGiven(one, notice))]), by);
  await putChanged(session, settled, before, entries);
}

/**
 * Grants whose people live, are registered, insured or work in another county than before: from the month of the run
 * another county pays. `areasOf` is where the subject of a grant is now; undefined where that is not known. Gives how many.
 */
export async function moveGrants({ database, vault, by }: ActDoor, { run, asOf }: Acting, areasOfKey: (subject: string) => Areas | undefined): Promise<number> {
  const month = monthOf(asOf);
  let moved = 0;
  await eachStoredGrant(database, `move grants of ${run}`, async (session, grants) => {
    const changes = grants.flatMap(({ grant, ...key }): readonly GrantEvents[] => {
      const [right, now] = [rightIn(grant.steps, month), areasOfKey(key.subject)];
      // Where nobody knows any more where they are they stay where they were.
      const areas = right && now && { ...right.areas, ...now };
      if (!areas || sameRight(right, { ...right, areas })) return [];
      return [{ ...key, events: [{ kind: 'set', run, ground: grant.ground ?? 'facts', from: month, right: { ...right, areas } }] }];
    });
    moved += changes.length;
    await changeGrants(session, vault, changes, new Map(grants.map((one) => [grantId(one), one])), by);
  });
  return moved;
}

function countOf({ pack, asOf }: Acting, acted: readonly Acted[], changes: readonly ToAct[]): ActCounts {
  const counts = noActs();
  const cycles = new Map([...new Set(acted.map(({ service }) => service))].map((id) => [id, cycleOf(pack.services.get(id), monthOf(asOf))]));
  acted.forEach(({ act, service }, at) => {
    const { isFen = 0, wasFen = 0 } = changes[at]?.change ?? {};
    add(counts[act.kind], 1, isFen - wasFen, { [cycles.get(service) ?? 'once']: isFen - wasFen });
  });
  return counts;
}

const cycleOf = (service: Service | undefined, month: Month): Cycle | undefined => service && cycleOn(service, month);

interface Sum {
  count: number;
  fen: number;
  byCycle?: Partial<Record<Cycle, number>>;
}

function add(sum: Sum, count: number, fen: number, byCycle: FenByCycle = {}): void {
  sum.count += count;
  sum.fen += fen;
  for (const cycle of CYCLES) {
    const more = byCycle[cycle] ?? 0;
    if (more !== 0) sum.byCycle = { ...sum.byCycle, [cycle]: (sum.byCycle?.[cycle] ?? 0) + more };
  }
}

function noActs(): Record<ActKind, Sum> {
  return { set: { count: 0, fen: 0 }, ask: { count: 0, fen: 0 }, invite: { count: 0, fen: 0 }, 'request-data': { count: 0, fen: 0 }, review: { count: 0, fen: 0 }, leave: { count: 0, fen: 0 } };
}

/** The piece that says that a run is acted on with all that belongs to it; pieces of changes begin with one. */
const LAST_PIECE = 0;

/** Notes that everything that belongs to acting on a run is done. */
export async function noteActed({ database, by }: ActDoor, run: string): Promise<void> {
  await database.system(`${run} is acted on`, async (session) => {
    await session.insertInto('act_piece').values({ run, piece: LAST_PIECE, acted_at: by.at, counts: JSON.stringify({}) }).onConflict((conflict) => conflict.doNothing()).execute();
  });
}

/** How a run was acted on, where everything that belongs to it was done; undefined where something is left. */
export async function actsOfWhole(session: Session, run: string): Promise<ActCounts | undefined> {
  const last = await session.selectFrom('act_piece').select('piece').where('run', '=', run).where('piece', '=', LAST_PIECE).executeTakeFirst();
  return last && countActs(session, run);
}

/** How a run has been acted on so far. */
export async function countActs(session: Session, run: string): Promise<ActCounts> {
  return summed((await session.selectFrom('act_piece').select('counts').where('run', '=', run).execute()).map(({ counts }) => counts));
}

/** How each run that was acted on has been acted on so far; a run that was not is left out. */
export async function actsByRun(session: Session): Promise<ReadonlyMap<string, ActCounts>> {
  const rows = await session.selectFrom('act_piece').select(['run', 'counts']).execute();
  return new Map([...Map.groupBy(rows, ({ run }) => run)].map(([run, pieces]) => [run, summed(pieces.map(({ counts }) => counts))]));
}

function summed(pieces: readonly Partial<ActCounts>[]): ActCounts {
  const sum = noActs();
  for (const counts of pieces) {
    for (const kind of ACTS) {
      add(sum[kind], counts[kind]?.count ?? 0, counts[kind]?.fen ?? 0, counts[kind]?.byCycle);
    }
  }
  return sum;
}
