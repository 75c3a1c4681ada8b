import type { Append } from '#adapters/store/index.ts';
import type { Task } from '#engine/casework/index.ts';
import type { TaskCommand } from '#engine/console/index.ts';
import { noticeOfReview } from '#engine/entitlement/index.ts';

/** What the person is told whose service somebody has finished looking at; nothing of any other step. */
export function toldOf({ kind, stream, service, subjectKey, householdKey }: Task, command: TaskCommand): readonly Append[] {
  if (kind !== 'review' || command.do !== 'complete' || service === null || subjectKey === null) return [];
  const payload = noticeOfReview(service, command.outcome, command.reason.trim());
  return payload ? [{ stream, subjectKey, householdKey, kind: 'notice-given', payload }] : [];
}
