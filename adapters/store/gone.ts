import { sql } from 'kysely';
import { caseStream } from '#engine/casework/index.ts';
import { aboutMissing, monthOf, monthsLater, noticeOfMissing, STILL_HERE_MONTHS } from '#engine/entitlement/index.ts';
import type { Acting, Missed, Whereabouts } from '#engine/entitlement/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { ActDoor } from './act.ts';
import { noticeGiven } from './given.ts';
import { areaOf, eachStoredGrant, grantEvents, grantId, putChanged } from './grant.ts';
import type { StoredGrant } from './grant.ts';
import { appendEvents } from './log.ts';
import type { Append } from './log.ts';
import type { Session } from './database.ts';
import { taskOpened, tasksDone } from './task.ts';

/** Of how many grants the subject was newly missed, found to have left, and found again. */
export interface GoneCounts {
  readonly asked: number;
  readonly ended: number;
  readonly freed: number;
}

/**
 * Looks after the grants of subjects whom the release of a run does not have, or has again: a run decides rows, and who
 * has none would go on being paid for ever. Done again it does nothing.
 */
export async function lookForMissing({ database, vault, by }: ActDoor, acting: Acting, isThere: (subject: string) => boolean): Promise<GoneCounts> {
  const counts = { asked: 0, ended: 0, freed: 0 };
  const month = monthOf(acting.asOf);
  await eachStoredGrant(database, `whom ${acting.run} does not know`, async (session, grants) => {
    const missing = new Map(grants.map((one) => [one.subject, !isThere(one.subject)]));
    const looked = grants.filter(({ subject, grant }) => missing.get(subject) === true || grant.held !== undefined);
    if (looked.length === 0) return;
    const found = await whereabouts(session, looked, acting.asOf);
    const changes = looked.flatMap((one) => {
      const missed = aboutMissing(one.grant, { isThere: missing.get(one.subject) === false, found: found.get(grantId(one)), run: acting.run, month });
      return missed ? [{ one, missed }] : [];
    });
    if (changes.length === 0) return;
    for (const { missed } of changes) counts[COUNTED[missed.kind]] += 1;
    const changed = changes.map(({ one: { service, subject, household }, missed: { events } }) => ({ service, subject, household, events }));
    const back = changes.filter(({ missed }) => missed.kind === 'free').map(({ one }) => one);
    const entries = await appendEvents(session, vault, [
      ...changed.flatMap(grantEvents),
      ...changes.flatMap(({ one, missed }) => toldOf(acting, one, missed)),
      ...(await tasksDone(session, 'whereabouts', back, 'still-here')),
    ], by);
    await putChanged(session, changed, new Map(looked.map((one) => [grantId(one), one])), entries);
  });
  return counts;
}

const COUNTED = { ask: 'asked', end: 'ended', free: 'freed' } as const satisfies Record<Missed['kind'], keyof GoneCounts>;

/** What the last of those who were asked has found; too long ago is not known any more. */
async function whereabouts(session: Session, grants: readonly StoredGrant[], asOf: number): Promise<ReadonlyMap<string, Whereabouts>> {
  const streams = new Map(grants.map((one) => [caseStream(one.service, one.subject), grantId(one)]));
  const { rows } = await sql<{ stream: string; state: string; outcome: string | null; on: string }>`
    select distinct on (stream) stream, state, outcome, to_char(state_at, 'YYYY-MM-DD') as on from task
    where kind = 'whereabouts' and stream = any (${[...streams.keys()]}::text[]) order by stream, number desc`.execute(session);
  return new Map(rows.flatMap(({ stream, state, outcome, on }): readonly (readonly [string, Whereabouts])[] => {
    const id = streams.get(stream);
    if (id === undefined) return [];
    if (state !== 'done') return [[id, 'asked']];
    if (outcome === 'left') return [[id, 'left']];
    return monthsLater(monthOf(dayNumber(on)), STILL_HERE_MONTHS) >= monthOf(asOf) ? [[id, 'still-here']] : [];
  }));
}

/** Whoever is missed is told like anybody else: they may well be there. */
function toldOf(acting: Acting, { service, subject, household, ...one }: StoredGrant, missed: Missed): readonly Append[] {
  const key = { service, subject, household };
  const notice = noticeOfMissing(acting, service, missed);
  return [
    ...(notice ? [noticeGiven(key, notice)] : []),
    ...(missed.kind === 'ask' ? [taskOpened(acting, 'whereabouts', { ...key, area: areaOf(one) }, { run: acting.run })] : []),
  ];
}
