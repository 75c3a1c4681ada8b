import { caseStream } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import type { GrantKey, NoticeOrder } from '#engine/entitlement/index.ts';
import type { Append } from './log.ts';

/** The entry of the case of a grant that gives its subject a notice; on which ways it leaves is decided where it is appended. */
export function noticeGiven({ service, subject, household }: GrantKey & { readonly household: string | null }, { kind, template, values, respondBy }: NoticeOrder): Append {
  const payload: Json = { noticeKind: kind, template, values, service, respondBy: respondBy ?? null };
  return { stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: 'notice-given', payload };
}
