import { appendEvents, hasWorkedOn, LogConflict, readStream, readTask } from '#adapters/store/index.ts';
import type { Session } from '#adapters/store/index.ts';
import { workingCalendar } from '#engine/casework/index.ts';
import type { Task } from '#engine/casework/index.ts';
import type { ConsoleRefusal } from '#engine/console/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { DECISION_OUTCOMES, decideOn, examine, INTAKE_OUTCOMES, reconsiderationsIn, remedyFor, replyToApplication } from '#engine/remedy/index.ts';
import type { Deciding, OrganRefusal, Reconsideration, RemedyEvent } from '#engine/remedy/index.ts';
import { dueOfTask } from '../time-to-act.ts';
import type { RemedyInput } from './open.ts';

export type AnswerInput = Pick<RemedyInput, 'database' | 'vault' | 'clock' | 'random' | 'city'>;

/** What a member of staff says of an application. */
export interface OrganWord {
  readonly outcome: string;
  readonly reason: string;
}

/** Whether somebody has worked on what is to be reconsidered: they neither take the task nor do it. */
export async function workedOnIt({ database }: Pick<AnswerInput, 'database'>, who: Staff, { stream, kind }: Task): Promise<boolean> {
  return kind !== 'reconsideration-reply' && database.read(who, 'who has worked on it', (session) => hasWorkedOn(session, stream));
}

/** Examines, decides or answers an application, under the rights of the member of staff, who has the open task for it. */
export async function answerApplication(input: AnswerInput, who: Staff, task: Task, word: OrganWord): Promise<'done' | ConsoleRefusal> {
  if (await workedOnIt(input, who, task)) return { kind: 'worked-on-it' };
  if (word.outcome === 'extended' && !may(who, 'reconsideration.extend', { of: 'task', task: { ...task, open: task.state.kind !== 'done' } })) return { kind: 'head-only' };
  return input.database.write(who, 'answer an application', (session) => answerIn(input, session, who, { key: task, word })).catch((error: unknown) => {
    if (error instanceof LogConflict) return { kind: 'changed-meanwhile' };
    throw error;
  });
}

async function answerIn({ vault, clock, random, city }: AnswerInput, session: Session, who: Staff, { key, word }: { readonly key: Task; readonly word: OrganWord }): Promise<'done' | ConsoleRefusal> {
  const { pack, today } = city();
  const [task, entries] = [await readTask(session, key), await readStream(session, vault, key.stream)];
  const one = reconsiderationsIn(entries).find(({ sent, completed, accepted, extended }) => [sent?.task, completed?.task, accepted?.task, accepted?.replyTask, extended?.task].includes(key.number));
  const procedure = one?.sent && remedyFor(pack, pack.services.get(one.service), one.sent.on)?.procedure;
  if (!task || !one || !procedure) return { kind: 'task-unknown' };
  const review = dueOfTask(pack, today);
  const events = answered(one, task, who, word, { today, calendar: workingCalendar(pack.calendar), procedure, next: entries.length + 1, review: { dueOn: review.on, dueCounted: review.counted } });
  if ('kind' in events) return events;
  const { stream, subjectKey, householdKey } = task;
  await appendEvents(session, vault, events.map(({ kind, payload }) => ({ stream, subjectKey, householdKey, kind, payload })), { at: clock.now(), actor: who.id, random });
  return 'done';
}

function answered(one: Reconsideration, task: Task, who: Staff, { outcome, reason }: OrganWord, deciding: Deciding): readonly RemedyEvent[] | OrganRefusal | { readonly kind: 'outcome-unknown' } {
  const [taken, ended] = [INTAKE_OUTCOMES.find((each) => each === outcome), DECISION_OUTCOMES.find((each) => each === outcome)];
  if (task.kind === 'reconsideration-intake' && taken) return examine(one, task, who, { outcome: taken, reason }, deciding);
  if (task.kind === 'reconsideration-decision' && ended) return decideOn(one, task, who, { outcome: ended, reason }, deciding);
  if (task.kind === 'reconsideration-reply' && outcome === 'replied') return replyToApplication(one, task, who, { outcome, reason }, deciding.today);
  return { kind: 'outcome-unknown' };
}
