import { caseStream, replyTo } from '#engine/casework/index.ts';
import type { NoticeRefusal, NoticeReply } from '#engine/casework/index.ts';
import { monthOf, monthsLater, NO_GRANT_YET } from '#engine/entitlement/index.ts';
import type { Grant, GrantEvent, GrantKey } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import { grantEvents, grantId, putChanged, readGrants } from './grant.ts';
import { appendEvents } from './log.ts';
import type { AppendStamp } from './log.ts';
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
export async function answerNotice({ database, vault, by }: { readonly database: Database; readonly vault: Vault; readonly by: Omit<AppendStamp, 'actor'> }, principal: Principal, key: ItemKey, answer: NoticeReply, today: CalendarDate): Promise<AnswerRefusal | undefined> {
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
    const entries = await appendEvents(session, vault, [...events.map(({ kind, payload }) => ({ ...about, kind, payload })), ...grantEvents(change)], { ...by, actor: principal.id });
    await putChanged(session, [change], grants, entries);
    return undefined;
  });
}

async function grantAnswer(session: Session, of: GrantKey, grant: Grant, answer: NoticeReply, today: CalendarDate): Promise<readonly GrantEvent[]> {
  if (answer === 'confirmed') return grant.proposal ? [{ kind: 'confirmed' }] : [];
  const month = monthOf(Number(today.replaceAll('-', '')));
  const paid = await session.selectFrom('ledger_line').select('line').where('service', '=', of.service).where('subject_key', '=', of.subject).where('period', '=', month).where('kind', '=', 'paid').limit(1).executeTakeFirst();
  // What has been paid is not asked back from whoever no longer wants it: it ends with the month.
  return [{ kind: 'refused', last: paid ? month : monthsLater(month, -1) }];
}
