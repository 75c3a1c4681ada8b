import { sql } from 'kysely';
import { caseStream, replyTo } from '#engine/casework/index.ts';
import type { NoticeRefusal, NoticeReply } from '#engine/casework/index.ts';
import { monthOf, monthsLater, NO_GRANT_YET, ONCE } from '#engine/entitlement/index.ts';
import type { Grant, GrantEvent, GrantKey, Period } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Principal } from '#engine/ports.ts';
import { grantEvents, grantId, putChanged, readGrants } from './grant.ts';
import { appendEvents } from './log.ts';
import type { Append, AppendStamp } from './log.ts';
import type { Database, Session } from './database.ts';
import { readNotice } from './queue.ts';
import type { ItemKey } from './read-model.ts';
import type { Vault } from './vault.ts';

/** Why an answer does nothing; somebody else's notice is as unknown as one that is not there. */
export type AnswerRefusal = NoticeRefusal | { readonly kind: 'notice-unknown' };

/**
 * A resident answers a notice: confirms what was asked, or refuses what is granted or asked. The grant follows in the same
 * transaction, under the resident's own rights. The same answer again changes nothing.
 */
export async function answerNotice({ database, vault, by, also = [] }: { readonly database: Database; readonly vault: Vault; readonly by: Omit<AppendStamp, 'actor'>; readonly also?: readonly Append[] }, principal: Principal, key: ItemKey, answer: NoticeReply, today: CalendarDate): Promise<AnswerRefusal | undefined> {
  return database.write(principal, 'answer a notice', async (session) => {
    const notice = await readNotice(session, key);
    if (!notice?.service) return { kind: 'notice-unknown' };
    const events = replyTo(notice, answer, today);
    if ('kind' in events) return events;
    if (events.length === 0) return undefined;
    const of: GrantKey = { service: notice.service, subject: notice.subjectKey };
    const grants = await readGrants(session, [of]);
    const grant = grants.get(grantId(of))?.grant ?? NO_GRANT_YET;
    const change = { ...of, household: notice.householdKey, events: await grantAnswer(session, of, grant, answer, today) };
    const about = { stream: caseStream(of.service, of.subject), subjectKey: of.subject, householdKey: notice.householdKey };
    const entries = await appendEvents(session, vault, [...events.map(({ kind, payload }) => ({ ...about, kind, payload })), ...grantEvents(change), ...also], { ...by, actor: principal.id });
    await putChanged(session, [change], grants, entries);
    return undefined;
  });
}

async function grantAnswer(session: Session, of: GrantKey, grant: Grant, answer: NoticeReply, today: CalendarDate): Promise<readonly GrantEvent[]> {
  if (answer === 'confirmed') return grant.proposal ? [{ kind: 'confirmed' }] : [];
  return grant.refused ? [] : [await refusal(session, of, today)];
}

/** A grant that is no longer wanted. What has been paid for the month, or is on its way, is neither asked back nor stopped: it ends with the month. */
export async function refusal(session: Session, { service, subject }: GrantKey, today: CalendarDate): Promise<GrantEvent> {
  const month = monthOf(dayNumber(today));
  // What it may be paid for this month: the month, the year, or once.
  const periods: readonly Period[] = [month, Math.floor(month / 100), ONCE];
  const { rows } = await sql`
    select 1 from ledger_line where service = ${service} and subject_key = ${subject} and period = any (${[...periods]}::integer[]) and kind = 'paid'
    union all
    select 1 from payment_item i join minsheng.own_batches() b using (batch) cross join lateral jsonb_array_elements(i.periods) p
    where i.service = ${service} and i.subject_key = ${subject} and b.stage in ('prepared', 'approved') and (p ->> 'period')::integer = any (${[...periods]}::integer[]) limit 1`.execute(session);
  return { kind: 'refused', last: rows.length > 0 ? month : monthsLater(month, -1) };
}
