import { caseStream } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { isPausedIn, monthOf, monthsLater, NO_GRANT_YET, rightIn } from '#engine/entitlement/index.ts';
import type { GrantKey } from '#engine/entitlement/index.ts';
import type { Principal } from '#engine/ports.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Database, Session } from './database.ts';
import { grantEvents, grantId, putChanged, readGrants } from './grant.ts';
import type { StoredGrant } from './grant.ts';
import { appendEvents } from './log.ts';
import type { Append, AppendStamp } from './log.ts';
import { refusal } from './reply.ts';
import type { Vault } from './vault.ts';

/** With what a resident changes a grant of their own, under their own rights. */
export interface WishDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: Omit<AppendStamp, 'actor'>;
}

/** They no longer want what is granted, or asked: it ends, what asked for it counts as refused, and no run grants it again. False where there is nothing to end. */
export async function endGrant({ database, vault, by }: WishDoor, owner: Principal, of: GrantKey, today: CalendarDate): Promise<boolean> {
  return database.write(owner, 'end a grant', async (session) => {
    const grants = await readGrants(session, [of]);
    const stored = grants.get(grantId(of));
    if (stored?.grant.refused === true) return true;
    const isThere = stored && (stored.grant.proposal !== undefined || rightIn(stored.grant.steps, monthOf(dayNumber(today))) !== undefined);
    if (!isThere) return false;
    const change = { ...of, household: stored.household, events: [await refusal(session, of, today)] };
    const entries = await appendEvents(session, vault, [...grantEvents(change), ...(await unanswered(session, stored))], { ...by, actor: owner.id });
    await putChanged(session, [change], grants, entries);
    return true;
  });
}

/** They want again what they once refused. False where they have not. */
export async function wantGrant({ database, vault, by }: WishDoor, owner: Principal, of: GrantKey): Promise<boolean> {
  return database.write(owner, 'want a grant again', async (session) => {
    const grants = await readGrants(session, [of]);
    const { household = null, grant = NO_GRANT_YET } = grants.get(grantId(of)) ?? {};
    if (!grant.refused) return grants.size > 0;
    const change = { ...of, household, events: [{ kind: 'wanted' } as const] };
    await putChanged(session, [change], grants, await appendEvents(session, vault, grantEvents(change), { ...by, actor: owner.id }));
    return true;
  });
}

/** They do without from the next month on, or no longer; what they say again changes nothing. False where there is nothing to do without. */
export async function pauseGrant({ database, vault, by }: WishDoor, owner: Principal, of: GrantKey, wanted: { readonly paused: boolean; readonly today: CalendarDate }): Promise<boolean> {
  return database.write(owner, wanted.paused ? 'pause a grant' : 'resume a grant', async (session) => {
    const grants = await readGrants(session, [of]);
    const stored = grants.get(grantId(of));
    const from = monthsLater(monthOf(dayNumber(wanted.today)), 1);
    if (!stored || rightIn(stored.grant.steps, from) === undefined) return false;
    if (isPausedIn(stored.grant.pauses, from) === wanted.paused) return true;
    const change = { ...of, household: stored.household, events: [{ kind: wanted.paused ? 'paused' as const : 'resumed' as const, from }] };
    await putChanged(session, [change], grants, await appendEvents(session, vault, grantEvents(change), { ...by, actor: owner.id }));
    return true;
  });
}

/** What still asks for a confirmation that will not come. */
async function unanswered(session: Session, { service, subject, household }: StoredGrant): Promise<readonly Append[]> {
  const stream = caseStream(service, subject);
  const open = await session.selectFrom('notice').select('number').where('stream', '=', stream).where('kind', '=', 'confirmation').where('reply', 'is', null).orderBy('number').execute();
  return open.map(({ number }) => ({ stream, subjectKey: subject, householdKey: household, kind: 'notice-replied', payload: { notice: number, reply: 'refused' } }));
}

/** A resident asks for a person. While a review of the case is open nothing is added; false then. */
export async function openReview({ database, vault, by }: WishDoor, owner: Principal, opened: Append): Promise<boolean> {
  return database.write(owner, 'ask for a person', async (session) => {
    const there = await session.selectFrom('task').select('number').where('stream', '=', opened.stream).where('kind', '=', 'review').where('state', '<>', 'done').limit(1).executeTakeFirst();
    if (there) return false;
    await appendEvents(session, vault, [opened], { ...by, actor: owner.id });
    return true;
  });
}
